import { eachProject } from "../support/cli.ts";
import type { Expected } from "../support/outcome.ts";

const DECLARED = `#!/usr/bin/env python3
# -*- coding: utf-8 -*-
# a comment
"""Fits a line.

---
inputs:
  table: {type: csv, description: What to fit}
  plain: only a description
outputs:
  --out: {type: json, description: Where it goes}
args:
  --rate: {type: float, default: 0.50, description: How fast, required: true}
  --mode: {choices: [slow, fast]}
---
More text.
"""
import nothing_that_is_there
`;

const PIPELINE = `
pipeline:
  - {name: fit, task: tasks/fit.py}
  - {name: other, task: tasks/record.py}
`;

eachProject("--investigate shows what a task declares, without running it", {
  "tasks/fit.py": DECLARED,
  "pipeline.yml": PIPELINE,
}, async (project) => {
  (await project.run(["pipeline.yml", "--step", "fit", "--investigate"])).expect({
    out: [
      ...["Step: fit", "tasks/fit.py", "Fits a line.", "Inputs:", "table", "csv", "What to fit", "plain"],
      ...[
        "only a description",
        "Outputs:",
        "--out",
        "json",
        "Args:",
        "--rate",
        "float",
        "0.5",
        "--mode",
        "str",
        "fast",
      ],
    ],
  });
});

eachProject("declared defaults are not passed and undeclared args are", {
  "tasks/fit.py": DECLARED.replace("import nothing_that_is_there", "import sys; print('GOT', sys.argv[1:])"),
  "pipeline.yml": "pipeline: [{name: fit, task: tasks/fit.py, args: {--own: 1}}]\n",
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({ out: ["GOT ['--own', '1']"] });
});

const FORMS: readonly (readonly [name: string, source: string | Uint8Array, shown: readonly Expected[]])[] = [
  ["three single quotes", "'''T\n---\nargs: {--x: text}\n---\n'''\n", ["T", "--x"]],
  ["a raw docstring", 'r"""T\n---\nargs: {--x: {description: a\\d}}\n---\n"""\n', ["--x", "a\\d"]],
  ["one line with escapes", '"T\\n---\\nargs: {--x: text}\\n---\\n"\n', ["T", "--x"]],
  ["indentation", '"""\n    T\n    ---\n    args:\n      --x: text\n    ---\n    """\n', ["T", "--x"]],
  ["no block", '"""Only words."""\n', ["Only words."]],
  ["no docstring", "x = 1\n", ["No interface schema"]],
  ["broken YAML", '"""T\n---\nargs: {--x: [\n---\n"""\n', ["T", "No interface schema"]],
  ["broken Python", "def (:\n", ["No interface schema"]],
  ["bytes that are no text", new Uint8Array([0x22, 0xff, 0xfe, 0x41, 0x22, 0x0a]), ["Step: fit"]],
];
for (const [name, source, shown] of FORMS) {
  eachProject(`--investigate reads ${name}`, { "tasks/fit.py": source, "pipeline.yml": PIPELINE }, async (project) => {
    (await project.run(["pipeline.yml", "--step", "fit", "--investigate"])).expect({ out: shown, not: ["internal"] });
  });
}

eachProject("--investigate of a group shows its members and what they wait for", {
  "pipeline.yml": `
data: {a: a.txt, b: b.txt}
pipeline:
  - {name: make, task: tasks/record.py, outputs: {--o: $a}}
  - group: pair
    steps:
      - {name: first, task: tasks/record.py, inputs: {i: $a}, outputs: {--o: $b}}
      - {name: second, task: tasks/record.py, inputs: {i: $b}}
`,
}, async (project) => {
  (await project.run(["pipeline.yml", "--group", "pair", "--investigate"])).expect({
    out: ["pair", "first", "external", "make", "second", "in-group", "first"],
  });
});

const REFUSED: readonly (readonly [name: string, args: readonly string[], what: string])[] = [
  ["no step", [], "--step"],
  ["several steps", ["--step", "fit", "other"], "one step"],
  ["an unknown step", ["--step", "fot"], "did you mean 'fit'?"],
  ["an unknown group", ["--group", "g"], "'g'"],
  ["a script that is missing", ["--step", "fit"], "tasks/fit.py"],
];
for (const [name, args, what] of REFUSED) {
  eachProject(`--investigate with ${name} is refused`, { "pipeline.yml": PIPELINE }, async (project) => {
    (await project.run(["pipeline.yml", "--investigate", ...args])).expect({ code: 1, err: ["error:", what] });
  });
}
