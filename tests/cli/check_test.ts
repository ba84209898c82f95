import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { CheckSchema } from "../../ui/cli/view/event_schema.ts";
import { eachProject } from "../support/cli.ts";

const FIT = `"""Fits a model.

---
inputs:
  table: {type: csv}
outputs:
  -o: {type: json}
---
"""
import argparse

MODELS = ["linear", "forest"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("table")
    parser.add_argument("-o", required=True)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--model", choices=MODELS)
    args = parser.parse_args()
    open("ran", "w").write("it was run")


if __name__ == "__main__":
    main()
`;

const GOOD = `data:
  table: {type: csv, path: table.csv}
  model: {type: json, path: output/model.json}

parameters:
  epochs: 5

pipeline:
  - name: fit
    task: tasks/fit.py
    inputs: {table: $table}
    outputs: {-o: $model}
    args: {--epochs: $epochs, --model: linear}
`;

const BAD = GOOD.replace("type: json", "type: image").replace("epochs: 5", "epochs: 5.0\n  spare: 1")
  .replace("--model: linear", "--modle: forrest, --model: forrest")
  .replace("$table}", "$tabel}")
  .concat("  - {name: fit, task: tasks/fti.py}\n");

const FILES = { "tasks/fit.py": FIT, "table.csv": "a\\n", "pipeline.yml": GOOD };

eachProject("loom check tells in one line that nothing is wrong, and runs nothing", FILES, async (project) => {
  const outcome = await project.run(["check", "pipeline.yml", "--strict"]);
  equal(outcome.stdout, "pipeline.yml: no problems (1 step, 1 script read)\n");
  deepEqual([outcome.code, outcome.stderr], [0, ""]);
  deepEqual([await project.has("ran"), await project.has(".loom")], [false, false]);
  const other = await project.run(["check", "pipeline.yml", "--set", "epochs=many"]);
  match(other.stdout, /^error: pipeline\.yml:13:22: Step 'fit' passes 'many' as '--epochs', which fit.py reads as int/);
  equal(other.code, 1);
});

const LINES = `
error: pipeline.yml:6:11: Step 'fit' passes '5.0' as '--epochs', which fit.py reads as int; write 5
warning: pipeline.yml:7:3: No step uses the parameter 'spare'; use it as '$spare', or remove it
error: pipeline.yml:12:21: Unknown reference '$tabel', used by input 'table' of step 'fit'; did you mean '$table'?
error: pipeline.yml:13:19: Output '-o' of step 'fit' is json by the front matter of fit.py, but data entry 'model' is \
image; connect other data, or mend the type of one of them
error: pipeline.yml:14:31: fit.py does not know '--modle' that step 'fit' passes; did you mean '--model'?
error: pipeline.yml:14:58: Step 'fit' passes 'forrest' as '--model', which is no choice of fit.py; did you mean 'forest'?
error: pipeline.yml:15:12: Step 'fit': the name is taken twice, by step 1 and step 2; rename one of them
pipeline.yml: 6 errors, 1 warning (1 step, 1 script read)
`.replaceAll("\\\n", "").slice(1);

eachProject("loom check tells everything that is wrong at once, with places and what to do", {
  ...FILES,
  "pipeline.yml": BAD,
}, async (project) => {
  const outcome = await project.run(["check", "pipeline.yml"]);
  deepEqual([outcome.code, outcome.stderr], [1, ""]);
  equal(outcome.stdout, LINES);
  const document = JSON.parse((await project.run(["check", "pipeline.yml", "--json"])).stdout);
  const { problems } = CheckSchema.parse(document);
  deepEqual(problems.map(({ level, code, line, column, step }) => [level, code, line, column, step]).slice(0, 3), [
    ["error", "wrong-type", 6, 11, "fit"],
    ["warning", "unused-parameter", 7, 3, undefined],
    ["error", "unknown-reference", 12, 21, "fit"],
  ]);
  ok(problems.every(({ file, hint }) => file === project.path("pipeline.yml") && hint !== undefined));
  equal((await project.run(["check", "pipeline.yaml", "--json"])).code, 1);
});

eachProject("loom check ends with 1 on warnings only when they count", {
  "pipeline.yml": GOOD.replace("parameters:", "parameters:\n  spare: 1"),
  "tasks/fit.py": FIT,
  "table.csv": "a\n",
  "broken.yml": "pipeline:\n  - {name: x\n",
}, async (project) => {
  const lenient = await project.run(["check", "pipeline.yml"]);
  deepEqual([lenient.code, lenient.lines.at(-1)], [0, "pipeline.yml: 1 warning (1 step, 1 script read)"]);
  equal((await project.run(["check", "pipeline.yml", "--strict"])).code, 1);
  const broken = await project.run(["check", "broken.yml"]);
  deepEqual([broken.code, broken.stderr], [1, ""]);
  match(broken.stdout, /^error: broken\.yml:3:1: Not valid YAML/);
  (await project.run(["check", "absent.yml"])).expect({ code: 1, err: ["Config file not found: absent.yml"] });
});
