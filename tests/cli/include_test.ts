import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { eachProject } from "../support/cli.ts";

const PREP = `
parameters: {rows: 3}
data: {raw: raw.csv, clean: out/clean.csv}
pipeline:
  - {name: clean, task: steps/copy.py, inputs: {x: $raw}, outputs: {--out: $clean}, args: {--rows: $rows}, when: rows > 0}
  - group: extra
    steps: [{name: look, task: steps/copy.py, inputs: {x: $clean}, outputs: {--out: out/look.txt}}]
`;

const COPY =
  "import os, sys\na = sys.argv\nopen(a[a.index('--out') + 1], 'w').write(' '.join(a[1:]))\nprint('RAN', *a[1:])\n";

eachProject("another file's steps, data and parameters come in with a prefix, and run as one pipeline", {
  "prep/pipeline.yml": PREP,
  "prep/steps/copy.py": COPY,
  "prep/raw.csv": "1\n",
  "mine.csv": "2\n",
  "pipeline.yml": `
include:
  - prep/pipeline.yml
  - {file: prep/pipeline.yml, prefix: again, parameters: {rows: $n}, data: {raw: mine.csv, clean: again.csv}}
parameters: {n: 5}
pipeline:
  - {name: last, task: prep/steps/copy.py, inputs: {a: $prep/clean, b: $again/clean}, outputs: {--out: last.txt}}
`,
}, async (project) => {
  const at = (name: string) => project.path(name);
  (await project.run(["pipeline.yml", "--list"])).expect({
    out: ["Group: prep", "prep/clean", "Group: prep/extra", "again/extra", "prep/steps/copy.py", "last"],
  });
  (await project.run(["pipeline.yml", "--cached"])).expect({
    out: [
      `RAN ${at("prep/raw.csv")} --out ${at("prep/out/clean.csv")} --rows 3`,
      `RAN ${at("mine.csv")} --out ${at("again.csv")} --rows 5`,
      `RAN ${at("prep/out/clean.csv")} ${at("again.csv")} --out ${at("last.txt")}`,
      "Completed: 5/5",
    ],
  });
  (await project.run(["pipeline.yml", "--cached"])).expect({ out: ["[FRESH] last", "5/5"] });
  (await project.run(["pipeline.yml", "--cached"])).expect({ out: ["[FRESH] last", "5/5"] });
  await project.write({ "prep/pipeline.yml": PREP.replace("rows: 3", "rows: 4") });
  (await project.run(["pipeline.yml", "--cached"])).expect({ out: ["--rows 4", "[FRESH] again/clean"] });
  (await project.run(["status", "pipeline.yml", "--set", "prep/rows=9"])).expect({
    out: [/prep\/clean +stale +parameter prep\/rows 4 → 9/, /again\/clean +fresh/, /last +stale +upstream prep\/clean/],
  });
  (await project.run(["pipeline.yml", "--step", "prep/clean", "--set", "prep/rows=0"])).expect({
    out: ["[SKIPPED] prep/clean (when)"],
  });
  (await project.run(["pipeline.yml", "--group", "again/extra", "--dry-run"])).expect({
    out: ["[DRY RUN] again/look"],
  });
  (await project.run(["explain", "pipeline.yml", "last"])).expect({ out: ["last.txt"] });
  (await project.run(["pipeline.yml", "--clean", "--permanent", "--yes"])).expect({});
  deepEqual([project.list("prep/out"), await project.has("last.txt"), await project.has("prep/raw.csv")], [
    [],
    false,
    true,
  ]);
});

eachProject("problems of included files are told where they stand", {
  "pipeline.yml": `include:
  - parts/a.yml
  - {file: parts/aa.yml, prefix: gone}
  - pipeline.yml
  - {file: parts/b.yml, prefix: ""}
parameters: {shared: 1}
pipeline: [{name: c, task: tasks/record.py}]
`,
  "parts/a.yml": `execution: {parallel: true}
pipeline:
  - {name: x, task: x.py, timeout: soon}
`,
  "parts/b.yml": "parameters: {shared: 2}\npipeline: [{name: c, task: x.py}]\n",
  "late.yml": "include: parts/late.yml\n",
  "parts/late.yml": `parameters: {p: "\${UNSET_ONE}"}
pipeline:
  - {name: x, task: x.py, inputs: {a: $nope}, args: {--p: $p}}
`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({
    code: 1,
    err: [
      /error: pipeline.yml:3:5: Included file not found: .*aa.yml; did you mean 'a.yml'/,
      /error: pipeline.yml:4:5: .*circle: pipeline.yml → pipeline.yml/,
      /error: pipeline.yml:5:5: .*name of a step is taken already: 'c'/,
      /error: pipeline.yml:5:5: .*name of a parameter is taken already: 'shared'/,
      /error: parts\/a.yml:3:36: .*timeout/,
    ],
    not: ["[RUNNING]"],
  });
  (await project.run(["late.yml"])).expect({
    code: 1,
    err: [/error: parts\/late.yml:1:17: .*UNSET_ONE/, /error: parts\/late.yml:3:39: .*'\$late\/nope'/],
  });
});
