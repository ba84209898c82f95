/**
 * Verbs that change a pipeline file.
 *
 * @module
 */

import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { eachProject } from "../support/cli.ts";

const FILE = `# A field study
data:
  raw: {type: csv, path: raw.csv}   # as collected
  tidy: { path: out/tidy.csv }

parameters:
  lr: 0.1        # found by hand
  'epochs': 10
  mode: "fast"

pipeline:
  # First of all
  - name: clean
    task: steps/clean.py
    inputs: {table: $raw}
    outputs: { -o: $tidy }

  # The slow one
  - name: train
    task: steps/train.py
    when: lr < 1 and mode == 'lr'
    args:
      --lr: $lr      # as above
      --epochs: $epochs
layout:
  train: {x: 1, y: 2}
  param_lr: {x: 3, y: 4}
`;

eachProject("set, rename, rm and add step change their lines and nothing else", { "p.yml": FILE }, async (project) => {
  const expected = async (change: (text: string) => string, args: readonly string[]) => {
    const before = (await project.read("p.yml"))!;
    const outcome = await project.run(args);
    outcome.expect({ code: 0 });
    equal(await project.read("p.yml"), change(before));
    return outcome;
  };
  const set = await expected((text) => text.replace("lr: 0.1 ", "lr: 0.05 "), [
    "set",
    "p.yml",
    "parameters.lr",
    "0.05",
  ]);
  set.expect({ exactly: "@@ p.yml:7\n-  lr: 0.1        # found by hand\n+  lr: 0.05        # found by hand\n" });
  await expected((text) => text.replace('"fast"', '"yes"'), ["set", "p.yml", "parameters.mode", '"yes"']);
  await expected(
    (text) => text.replace("$epochs\n", "$epochs\n      --rate: 1.0e-5\n"),
    ["set", "p.yml", "steps.train.args.--rate", "1.0e-5"],
  );
  await expected(
    (text) =>
      text.replace("  lr: 0.05", "  rate: 0.05").replace("$lr ", "$rate ").replace("lr < 1", "rate < 1")
        .replace("param_lr", "param_rate"),
    ["rename", "p.yml", "parameters.lr", "rate"],
  );
  await expected(
    (text) =>
      text.replace(
        "layout:",
        "  - name: plot\n    task: plot.py\n    inputs: {t: $tidy}\n    args: {--dpi: 300, --big: true}\nlayout:",
      ).replace("      --rate: 1.0e-5\n", "      --rate: 1.0e-5\n\n"),
    [
      "add",
      "step",
      "p.yml",
      "plot",
      "--task",
      "plot.py",
      "--input",
      "t=$tidy",
      "--arg",
      "--dpi=300",
      "--arg=--big=yes",
    ],
  );
  const gone = /\n {2}# The slow one\n {2}- name: train[^]*?1\.0e-5\n/;
  await expected((text) => text.replace(gone, "").replace("  train: {x: 1, y: 2}\n", ""), [
    "rm",
    "p.yml",
    "steps.train",
  ]);
  (await project.run(["p.yml", "--dry-run"])).expect({ out: ["plot.py"] });
});

eachProject("what cannot be changed is told, and the file is as it was", {
  "p.yml": FILE,
  "bad.yml": "data: [1\npipeline: []\n",
  "shared.yml":
    "base: &base {a: 1}\npipeline:\n  - {name: s, task: t.py, args: *base}\n  - {name: u, task: t.py, args: *base}\n",
}, async (project) => {
  const refused = async (args: readonly string[], code: number, ...err: readonly (string | RegExp)[]) => {
    (await project.run(args)).expect({ code, err, exactly: "" });
  };
  await refused(["rm", "p.yml", "data.tidy"], 1, "it is used by steps.clean.outputs.-o (16:20)");
  await refused(["set", "p.yml", "steps.trian.task", "x.py"], 1, "Unknown step 'trian'; did you mean 'train'?");
  await refused(["set", "p.yml", "parametrs.lr", "1"], 1, "did you mean 'parameters'?");
  await refused(["rename", "p.yml", "steps.clean", "train"], 1, "The name 'train' is taken");
  await refused(["set", "p.yml", "steps.clean.timeout", "soon"], 1, /p\.yml:17:14: .*timeout/);
  await refused(["set", "p.yml", "execution.max_worker", "2"], 1, "p.yml:29:3: ", "max_workers");
  await refused(["set", "p.yml", "a..b", "2"], 2, "Cannot read the path 'a..b' at column 3");
  await refused(["set", "bad.yml", "parameters.x", "1"], 1, "bad.yml:2:1: Not valid YAML");
  await refused(["set", "none.yml", "parameters.x", "1"], 1, "Config file not found: none.yml");
  await refused(["set", "shared.yml", "base.a", "2"], 1, "&base at 1:7 is also used at 3:33, 4:33");
  await refused(["add", "step", "p.yml", "x"], 2, "--task");
  equal(await project.read("p.yml"), FILE);
  const { json } = await project.run(["rm", "p.yml", "data.raw", "--json"]);
  equal((json as { readonly code: string }).code, "still-used");
  const dry = await project.run(["rm", "p.yml", "parameters.lr", "--force", "--dry-run"]);
  dry.expect({ out: ["--- a/p.yml", "-  lr: 0.1", "-  param_lr"] });
  equal(await project.read("p.yml"), FILE);
  (await project.run(["set", "shared.yml", "steps.u.args.b", "2", "--json"])).expect({ code: 0 });
  match((await project.read("shared.yml"))!, /name: u, task: t\.py, args: \{<<: \*base, b: 2\}/);
});

eachProject("a link stays a link, and rights stay as they are", { "real/p.yml": FILE }, async (project) => {
  await Deno.chmod(project.path("real/p.yml"), 0o640);
  await Deno.symlink("real/p.yml", project.path("p.yml"));
  const { json } = await project.run(["set", "p.yml", "parameters.epochs", "20", "--json"]);
  deepEqual(json, {
    file: "p.yml",
    changed: true,
    changes: [{ path: "parameters.epochs", before: 10, after: 20, line: 8 }],
  });
  ok((await Deno.lstat(project.path("p.yml"))).isSymlink);
  equal((await Deno.stat(project.path("real/p.yml"))).mode! & 0o777, 0o640);
  equal(await project.read("real/p.yml"), FILE.replace("10", "20"));
  deepEqual(project.list("real"), ["p.yml"]);
});
