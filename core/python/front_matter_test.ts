import { deepStrictEqual as deepEqual, match, strictEqual as equal } from "node:assert/strict";
import { memoryFiles } from "../../tests/support/memory_files.ts";
import { Float } from "../yaml/value.ts";
import { discoverTasks, readTaskSchema } from "./front_matter.ts";

const BLOCK = `Detect fixations.

    More text.
    ---
    inputs:
      video: Path to the video
      gaze: {type: csv, description: Positions}
    outputs:
      -o: {type: csv}
    args:
      --threshold: {type: float, default: 50.0, description: Limit, required: true}
      --mode: {choices: [a, b]}
      --plain: Just words
      --bare:
    ---
`;

Deno.test("readTaskSchema() reads ports and args in file order", () => {
  const schema = readTaskSchema(`"""${BLOCK}"""\nimport os\n`, "/w/tasks/fix.py");
  deepEqual([schema.name, schema.path, schema.description], ["fix", "tasks/fix.py", "Detect fixations."]);
  deepEqual([...schema.inputs], [
    ["video", { description: "Path to the video" }],
    ["gaze", { type: "csv", description: "Positions" }],
  ]);
  deepEqual([...schema.outputs], [["-o", { type: "csv", description: "" }]]);
  deepEqual([...schema.args], [
    ["--threshold", { type: "float", default: new Float(50), description: "Limit", required: true }],
    ["--mode", { type: "str", description: "", required: false, choices: ["a", "b"] }],
    ["--plain", { type: "str", description: "Just words", required: false }],
    ["--bare", { type: "str", description: "", required: false }],
  ]);
  equal(schema.problem, undefined);
});

Deno.test("readTaskSchema() knows scripts that answer a question", () => {
  equal(readTaskSchema('"""Q.\n---\nkind: condition\n---\n"""', "/w/tasks/q.py").kind, "condition");
});

const EMPTY: Readonly<Record<string, string>> = {
  "a block that is no YAML": '"""D.\n---\ninputs: [\n---\n"""',
  "a block that is a list": '"""D.\n---\n- a\n---\n"""',
  "inputs that are a list": '"""D.\n---\ninputs: [a]\n---\n"""',
};

for (const [what, source] of Object.entries(EMPTY)) {
  Deno.test(`readTaskSchema() keeps the description and tells the problem of ${what}`, () => {
    const schema = readTaskSchema(source, "/w/tasks/t.py");
    deepEqual([schema.description, schema.inputs.size], ["D.", 0]);
    match(schema.problem ?? "", /'inputs'|front matter/);
  });
}

Deno.test("readTaskSchema() gives an empty schema for a source that is no Python", () => {
  for (const rest of ["def f(", "x = 'open", "  indented()", "if x:\npass", "this is all broken", "x = $y", "x ="]) {
    const schema = readTaskSchema(`"""D.\n---\ninputs: {a: b}\n---\n"""\n${rest}\n`, "/w/tasks/t.py");
    deepEqual([schema.description, schema.inputs.size], ["", 0], rest);
    match(schema.problem ?? "", /^line \d+: /);
  }
});

Deno.test("discoverTasks() takes Python files by name, without private, hidden and helper ones", () => {
  const files = memoryFiles({
    "/w/tasks/b.py": '"""B."""',
    "/w/tasks/a.py": "x = 1",
    "/w/tasks/Z.py": "",
    "/w/tasks/_p.py": "",
    "/w/tasks/.h.py": "",
    "/w/tasks/runner.py": "",
    "/w/tasks/notes.txt": "",
    "/w/tasks/sub/c.py": "",
    "/w/tasks/folder.py/x": "",
  });
  deepEqual(discoverTasks("/w/tasks", files).map((task) => [task.path, task.description]), [
    ["tasks/Z.py", ""],
    ["tasks/a.py", ""],
    ["tasks/b.py", "B."],
  ]);
  deepEqual(discoverTasks("/none", files), []);
});

Deno.test("readTaskSchema() reads the comment at the head of other languages", () => {
  const shell = `#!/usr/bin/env bash
# -*- mode: sh -*-
# Count words.
#
# ---
# inputs:
#   text: {type: txt, description: The text}
# args:
#   --n: {type: int, choices: [1, 2]}
# ---
# More.
set -eu
# ---
# inputs: {no: no}
# ---
`;
  const schema = readTaskSchema(shell, "/w/tasks/count.sh");
  deepEqual([schema.name, schema.description, schema.problem], ["count", "Count words.", undefined]);
  deepEqual([...schema.inputs], [["text", { type: "txt", description: "The text" }]]);
  deepEqual([...schema.args.keys()], ["--n"]);
  const script = shell.replace(/^#!.*\n/, "").replaceAll(/^# ?/gm, "// ").replace("set -eu", "let x;");
  deepEqual([...readTaskSchema(script, "/w/t.ts").inputs], [...schema.inputs]);
  deepEqual([...readTaskSchema(shell.replaceAll("# ", "#"), "/w/t.R").inputs], [...schema.inputs]);
  deepEqual([...readTaskSchema(shell, "/w/program").inputs], [...schema.inputs]);
  deepEqual(readTaskSchema("x <- 1\n# ---\n# inputs: {a: b}\n# ---\n", "/w/t.R").inputs.size, 0);
  deepEqual(readTaskSchema("# Only words.\nx", "/w/t.sh").description, "Only words.");
});

Deno.test("readTaskSchema() takes a comment of Python's where the docstring has no block", () => {
  const comment = "# Words.\n# ---\n# inputs: {a: In}\n# ---\n";
  const schema = readTaskSchema(`${comment}import os\n`, "/w/t.py");
  deepEqual([schema.description, [...schema.inputs.keys()]], ["Words.", ["a"]]);
  equal(readTaskSchema(`${comment}"""Doc."""\n`, "/w/t.py").description, "Doc.");
  equal(readTaskSchema('# Licence.\n"""Doc."""\n', "/w/t.py").description, "Doc.");
  equal(readTaskSchema("# Licence.\nx = 1\n", "/w/t.py").description, "");
  const both = readTaskSchema(`${comment}"""Doc.\n---\ninputs: {b: In}\n---\n"""\n`, "/w/t.py");
  deepEqual([...both.inputs.keys()], ["b"]);
});

Deno.test("readTaskSchema() says at which line and column a block is broken", () => {
  const at = (source: string, path: string) => readTaskSchema(source, path).problemAt;
  deepEqual(at("#!/bin/sh\n\n# ---\n# args:\n#   - a: [\n# ---\n", "/w/t.sh"), { line: 5, column: 11 });
  deepEqual(at("// ---\n//  [1]\n// ---\n", "/w/t.ts"), { line: 2, column: 4 });
  deepEqual(at('"""D.\n\n  ---\n  args:\n   a: b: c\n  ---\n"""', "/w/t.py")?.line, 5);
  equal(at("# ---\n# args: {}\n# ---\n", "/w/t.sh"), undefined);
});
