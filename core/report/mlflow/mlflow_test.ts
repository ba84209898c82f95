import { deepStrictEqual as deepEqual, match, ok, rejects, strictEqual as equal } from "node:assert/strict";
import type { RunRecord } from "../../ports/store.ts";
import { fakeContext } from "../../../tests/support/fake_context.ts";
import { memoryFiles } from "../../../tests/support/memory_files.ts";
import { Names } from "./names.ts";
import { exportToMlflow } from "./write.ts";

const run: RunRecord = {
  id: "0123456789ab",
  kind: "pipeline",
  name: "sub/p.yml",
  status: "done",
  createdAt: 1000,
  endedAt: 2000.4,
  request: {},
  details: {
    parameters: { lr: 1, flag: true, none: null, "a b/c:d": "x".repeat(7000) },
    git: { commit: "c".repeat(40), dirty: false },
    points: 2,
  },
};

function project() {
  const files = memoryFiles({ "/w/sub/p.yml": "pipeline: []" });
  const context = fakeContext({ files, env: { USER: "mia" } });
  const store = context.stores.open("/w", () => {});
  store.journal.createRun({ ...run, source: store.objects.putText("pipeline: []") });
  const point = { run: run.id, status: "done", durationMs: 5 } as const;
  store.journal.putPoint({
    ...point,
    point: "lr=1",
    number: 1,
    values: { lr: 1 },
    metrics: { "acc/x": "NaN", acc: 1e-7, n: true, word: "a" },
  });
  store.journal.putPoint({
    ...point,
    point: "lr=2",
    number: 2,
    values: { lr: 2 },
    status: "stopped",
    reason: "bad",
    metrics: { acc: "-Infinity" },
  });
  for (const lr of [1, 2]) {
    const name = `fit@lr=${lr}`;
    files.write(`/w/sub/out/${lr}.txt`, `made by ${lr}`);
    const outputs = JSON.stringify([[`out/${lr}.txt`, files.digestText(`made by ${lr}`)]]);
    store.journal.putStep({ run: run.id, step: name, part: "", fingerprint: "{}", outputs });
    store.journal.putAttempt({
      run: run.id,
      step: name,
      part: "",
      attempt: 1,
      status: "done",
      command: [],
      startedAt: 100 * lr,
    });
    store.journal.appendEvent({
      type: "step_finished",
      step: name,
      status: "done",
      durationMs: 1,
      seq: lr,
      at: 1,
      run: run.id,
    });
  }
  const target = { context, store, project: "/w", folder: "/w/mlruns" };
  return { files, target, export: () => exportToMlflow(store.journal.getRun(run.id)!, target) };
}

function below(files: ReturnType<typeof memoryFiles>, folder: string): readonly string[] {
  return files.list(folder).flatMap(({ name, kind }) =>
    kind === "directory" ? below(files, `${folder}/${name}`) : [`${folder}/${name}`]
  ).sort();
}

Deno.test("exportToMlflow() makes a run for the sweep, and one below it for each point", async () => {
  const { files, export: exported } = project();
  const { experiment, runs, copied, left, renamed } = await exported();
  deepEqual([experiment, runs, copied, left], ["w/sub/p.yml", 3, 2, []]);
  deepEqual([...renamed], [["a b/c:d", "a b_c_d"], ["acc", "acc_2"]]);
  const ids = files.list("/w/mlruns").map(({ name }) => name).sort();
  deepEqual([ids.length, ids[0]], [2, "0"]);
  match(ids[1], /^1\d{17}$/);
  const [parent, first, second] = ["", ":lr=1", ":lr=2"].map((point) => {
    return `/w/mlruns/${ids[1]}/${files.digestText(`loom ${run.id}${point}`).slice(0, 32)}`;
  });
  const text = (path: string) => files.readText(path);
  deepEqual(below(files, `${parent}/params`).map((path) => path.slice(parent.length + 8)), ["a b_c_d", "flag", "none"]);
  deepEqual([text(`${parent}/params/flag`), text(`${parent}/params/none`)], ["True", "None"]);
  equal(text(`${parent}/params/a b_c_d`)?.length, 6000);
  equal(text(`${parent}/artifacts/p.yml`), "pipeline: []");
  equal(text(`${parent}/tags/mlflow.source.git.commit`), "c".repeat(40));
  match(
    text(`${parent}/meta.yaml`)!,
    /end_time: 2000\n.*\nexperiment_id: "1\d+"\n.*\n.*\n.*\n.*\n.*\n.*\n.*\nstart_time: 1000\nstatus: 3\n/,
  );
  equal(text(`${first}/tags/mlflow.parentRunId`), parent.slice(-32));
  equal(text(`${first}/metrics/acc_2`), "105 1e-7 0\n");
  match(text(`${first}/metrics/acc/x`) ?? "", /^105 nan 0/);
  deepEqual([text(`${first}/metrics/n`), text(`${first}/tags/loom.metric.word`)], ["105 1 0\n", "a"]);
  equal(text(`${first}/artifacts/out/1.txt`), "made by 1");
  deepEqual([text(`${second}/metrics/acc`), text(`${second}/tags/loom.reason`)], ["205 -inf 0\n", "bad"]);
  match(text(`${second}/meta.yaml`)!, /start_time: 200\nstatus: 5\n/);
  ok(!files.list("/w").some(({ name }) => name.includes(".part")));
});

Deno.test("exportToMlflow() again changes what is there, and keeps tags of others", async () => {
  const { files, export: exported } = project();
  await exported();
  const before = below(files, "/w/mlruns");
  const folder = before.find((path) => path.endsWith("tags/loom.point"))!.slice(0, -"/tags/loom.point".length);
  files.write(`${folder}/tags/mlflow.note.content`, "mine");
  files.write(`${folder}/tags/loom.old`, "of an older loom");
  await exported();
  deepEqual(below(files, "/w/mlruns"), [...before, `${folder}/tags/mlflow.note.content`].sort());
});

Deno.test("exportToMlflow() takes the experiment of this name that is there", async () => {
  const { files, export: exported } = project();
  files.write("/w/mlruns/77/meta.yaml", "experiment_id: '77'\nname: w/sub/p.yml\nlifecycle_stage: active\n");
  await exported();
  deepEqual(files.list("/w/mlruns").map(({ name }) => name), ["77"]);
  equal(files.list("/w/mlruns/77").length, 4);
});

Deno.test("exportToMlflow() copies only what the run made, and says what it left", async () => {
  const { files, export: exported } = project();
  files.write("/w/sub/out/1.txt", "changed");
  files.remove("/w/sub/out/2.txt");
  const { copied, left } = await exported();
  deepEqual([copied, left], [0, [["out/1.txt", "changed"], ["out/2.txt", "gone"]]]);
});

Deno.test("exportToMlflow() writes into no folder that holds something else", async () => {
  const { files, export: exported } = project();
  files.write("/w/mlruns/notes.txt", "mine");
  await rejects(exported, { code: "not-a-store" });
  deepEqual(below(files, "/w/mlruns"), ["/w/mlruns/notes.txt"]);
});

Deno.test("Names gives every name one that may be a path, and different ones different ones", () => {
  const names = new Names();
  const given = ["acc", "f1 score", "a/b", "a", "../x", "/etc", "a//b", "", ".", "lös", "l_s", "l?s", "x".repeat(300)];
  const made = given.map((name) => names.allowed(name));
  equal(new Set(made).size, given.length);
  ok(made.every((name) => /^[\w\-. /]+$/.test(name) && !name.includes("..") && !name.startsWith("/")), made.join("\n"));
  deepEqual(made.slice(0, 4), ["acc", "f1 score", "a/b", "a_2"]);
});
