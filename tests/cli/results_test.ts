import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { z } from "zod";
import { BestSchema, TableSchema } from "../../ui/cli/view/result_schema.ts";
import { eachProject, type FileSet, type Project } from "../support/cli.ts";
import { mlflowPython } from "../support/python_env.ts";

/** Measures something that hangs on its parameters; one setting has no number, one fails. */
const FIT = `
import json, os, sys
args = dict(zip(sys.argv[1::2], sys.argv[2::2]))
lr, seed = float(args["--lr"]), int(args["--seed"])
if (lr, seed) == (0.001, 2): sys.exit("no luck")
acc = float("nan") if (lr, seed) == (0.1, 1) else 0.9 - abs(lr - 0.01) + seed / 1000
json.dump({"acc": acc, "size": seed}, open(args["--scores"], "w"))
open(args["--model"], "w").write(f"model of {lr} and {seed}")
`;

const FILES: FileSet = {
  "fit.py": FIT,
  "sweep.yml": `
data:
  scores: { type: json, path: out/scores.json }
  model: { type: txt, path: out/model.txt }
parameters: { lr: 0.1, seed: 1 }
matrix: { lr: [0.1, 0.01, 0.001], seed: 1..2 }
metrics: [$scores]
pipeline:
  - name: fit
    task: fit.py
    outputs: { --scores: $scores, --model: $model }
    args: { --lr: $lr, --seed: $seed }
`,
  "one.yml": `
data:
  scores: { type: json, path: out/one.json }
  model: { type: txt, path: out/one.txt }
parameters: { lr: 0.01, seed: 1 }
metrics: [$scores]
pipeline:
  - name: fit
    task: fit.py
    outputs: { --scores: $scores, --model: $model }
    args: { --lr: $lr, --seed: $seed }
`,
};

/** Ids of the newest runs, the last one first. */
async function ids(project: Project): Promise<readonly string[]> {
  const { rows } = TableSchema.parse((await project.run(["table", "--json"])).json);
  return rows.map(({ id }) => id!);
}

/** What MLflow's own client reads from a store: runs by name. */
const READ_MLFLOW = `
import json, sys
from mlflow.tracking import MlflowClient
client = MlflowClient("file://" + sys.argv[1])
names = {e.experiment_id: e.name for e in client.search_experiments()}
runs = client.search_runs(list(names))
print(json.dumps([{
  "id": r.info.run_id, "name": r.info.run_name, "status": r.info.status, "experiment": names[r.info.experiment_id],
  "params": r.data.params, "acc": str(r.data.metrics.get("acc")), "parent": r.data.tags.get("mlflow.parentRunId"),
  "files": [f.path for f in client.list_artifacts(r.info.run_id)],
} for r in runs]))
`;

interface MlflowRun {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly experiment: string;
  readonly params: Readonly<Record<string, string>>;
  readonly acc: string;
  readonly parent: string | null;
  readonly files: readonly string[];
}

/** Every file below a folder. */
function below(project: Project, folder: string): readonly string[] {
  const entries = [...Deno.readDirSync(project.path(folder))].sort((a, b) => a.name < b.name ? -1 : 1);
  return entries.flatMap(({ name, isDirectory }) =>
    isDirectory ? below(project, `${folder}/${name}`) : [`${folder}/${name}`]
  );
}

async function readByMlflow(project: Project): Promise<ReadonlyMap<string, MlflowRun>> {
  const args = ["-c", READ_MLFLOW, project.path("mlruns")];
  // MLflow asks for this since it advises databases.
  const env = { MLFLOW_ALLOW_FILE_STORE: "true" };
  const { stdout, stderr } = await new Deno.Command(await mlflowPython(), { args, env }).output();
  const decoder = new TextDecoder();
  ok(stdout.length > 0, decoder.decode(stderr));
  const runs = JSON.parse(decoder.decode(stdout)) as readonly MlflowRun[];
  return new Map(runs.map((run) => [run.name, run]));
}

eachProject("a sweep is looked at, judged, drawn, told of and handed on", FILES, async (project) => {
  (await project.run(["one.yml"])).expect({});
  (await project.run(["sweep.yml", "--keep-going", "--sequential"])).expect({ code: 1 });
  const [sweep, one] = await ids(project);

  (await project.run(["table", sweep.slice(0, 6), "--sort", "acc", "--reverse"])).expect({
    out: [
      /^point +status +lr +seed +acc +size/,
      /3 +done +0\.01 +1/,
      /2 +done +0\.1 +2/,
      /1 +done +0\.1 +1 +NaN/,
      /6 +failed/,
    ],
  });
  const csv = (await project.run(["table", sweep, "--csv", "--filter", "acc > 0.85", "seed == 1"])).expect({}).stdout;
  match(
    csv,
    /^point,status,lr,seed,acc,size,duration_ms(,reason)?\r\n3,done,0\.01,1,0\.901,1,[\d.]+,?\r\n5,done,0\.001,1,/,
  );
  const { rows, run } = TableSchema.parse((await project.run(["table", sweep, "--json"])).json);
  deepEqual([run, rows.length, rows[0].metrics.acc, rows[5].metrics], [sweep, 6, "NaN", {}]);
  (await project.run(["table", `${one}`])).expect({ out: [/^id +[0-9a-f]{12}/, /pipeline +one\.yml/, /acc +0\.901/] });
  (await project.run(["table", sweep, "--sort", "ac"])).expect({ code: 1, err: ["did you mean 'acc'?"] });

  (await project.run(["best", sweep])).expect({ code: 2, err: ["say --metric with one of acc, size"] });
  const best = (await project.run(["best", sweep, "--metric", "acc"])).expect({
    out: [
      "point 4",
      "more is better, as its name tells",
      /did not end well: 1\n/,
      /no number for acc: 1\n/,
      /Outputs: .*model\.txt/s,
    ],
  });
  const judged = BestSchema.parse((await project.run(["best", sweep, "--metric", "acc", "--json"])).json);
  equal(best.stdout.includes(judged.commands.repeat), true);
  equal(judged.commands.diff, `loom diff ${sweep}:4 ${sweep}:3`);
  (await project.run(judged.commands.repeat.split(" ").slice(1))).expect({ out: ["lr"] });
  (await project.run(["best", one])).expect({ code: 1, err: ["is no sweep"] });

  (await project.run(["plot", sweep, "--x", "lr", "--y", "acc", "--log", "x"])).expect({
    out: ["acc", "●", "└", "lr (log)", "Not drawn: 2"],
  });
  (await project.run(["plot", sweep, "--x", "lr", "--y", "acc", "--color", "seed", "--out", "a.svg"])).expect({
    out: ["Wrote a.svg: 4 points"],
  });
  match((await project.read("a.svg"))!, /^<svg [^]*<path [^]*>acc<[^]*>seed<[^]*<\/svg>$/);
  (await project.run(["plot", sweep, "--y", "acc", "--x", "lr", "--out", "a.json"])).expect({});
  deepEqual(JSON.parse((await project.read("a.json"))!).encoding.x.title, "lr");
  (await project.run(["plot", sweep, "--out", "a.png"])).expect({ code: 2, err: ["write .svg"] });

  (await project.run(["report", sweep])).expect({ out: [`Wrote report-${sweep}.html`] });
  const page = (await project.read(`report-${sweep}.html`))!;
  match(page, /<tr class="best">[^]*<div class="charts"><svg[^]*model of 0\.01 and 2[^]*loom rerun/);
  await project.write({ "out/one.txt": "edited" });
  (await project.run(["report", one, "--out", "one.html", "--json"])).expect({ out: ['"out/one.txt"'] });
  match((await project.read("one.html"))!, /out\/one\.txt<\/code> <span class="mark">changed since this run/);
});

eachProject("MLflow's own client reads what is exported, once and again", FILES, async (project) => {
  (await project.run(["sweep.yml", "--keep-going", "--sequential"])).expect({ code: 1 });
  const [sweep] = await ids(project);
  (await project.run(["export", sweep, "--format", "mlflow"])).expect({
    out: [
      "Exported 7 runs to mlruns, experiment p/sweep.yml",
      /Outputs copied: 10/,
      "mlflow ui --backend-store-uri mlruns",
    ],
  });
  const before = below(project, "mlruns");
  (await project.run(["export", sweep, "--format", "mlflow"])).expect({});
  deepEqual(below(project, "mlruns"), before);
  const runs = await readByMlflow(project);
  deepEqual(runs.size, 7);
  const whole = runs.get(sweep)!;
  deepEqual([whole.status, whole.parent, whole.params, whole.files], ["FAILED", null, {}, ["sweep.yml"]]);
  const good = runs.get("lr=0.01,seed=2")!;
  deepEqual([good.status, good.parent, good.params], ["FINISHED", whole.id, { lr: "0.01", seed: "2" }]);
  deepEqual([good.acc, good.experiment], ["0.902", "p/sweep.yml"]);
  equal(good.files.length, 1);
  deepEqual([runs.get("lr=0.1,seed=1")!.acc, runs.get("lr=0.001,seed=2")!.status], ["nan", "FAILED"]);

  await project.write({ "other/notes.txt": "mine" });
  (await project.run(["export", sweep, "--format", "mlflow", "--out", "other"])).expect({
    code: 1,
    err: ["no file store of MLflow"],
  });
  deepEqual(project.list("other"), ["notes.txt"]);

  (await project.run(["export", sweep, "--format", "csv", "--out", "t.csv"])).expect({ exactly: "Wrote t.csv\n" });
  match((await project.read("t.csv"))!, /^point,status,lr,seed,/);
  const document = (await project.run(["export", sweep, "--format", "json"])).json as {
    run: { points: readonly unknown[] };
  };
  equal(document.run.points.length, 6);
  (await project.run(["export", sweep, "--format", "cvs"])).expect({ code: 2, err: ["did you mean 'csv'?"] });
  (await project.run(["export", sweep, "--format", "csv", "--json"])).expect({ code: 2, err: ["exclude each other"] });
});

eachProject("looking at results makes nothing where nothing was run", {}, async (project) => {
  (await project.run(["table"])).expect({ exactly: "No runs found.\n" });
  deepEqual((await project.run(["table", "--json"])).json, { total: 0, rows: [] });
  (await project.run(["plot"])).expect({ exactly: "No runs found.\n" });
  (await project.run(["best", "3f2a"])).expect({ code: 1, err: ["There is no run 3f2a"] });
  (await project.run(["report", "../x"])).expect({ code: 1, err: ["There is no run ../x"] });
  equal(await project.has(".loom"), false);
});

Deno.test("TableSchema and BestSchema can be published", () => {
  for (const schema of [TableSchema, BestSchema]) equal(z.toJSONSchema(schema).type, "object");
});
