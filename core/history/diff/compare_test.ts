import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { fakeProject } from "../../../tests/support/fake_project.ts";
import type { PointRecord, RunRecord } from "../../ports/store.ts";
import type { Fingerprint } from "../../run/fresh/fingerprint.ts";
import type { RunRequest } from "../../run/session/request.ts";
import { Float, type Value } from "../../yaml/value.ts";
import { type Side, sideOf, type SideStep } from "../side.ts";
import { compare, onlyChanged, onlySteps, type RunDiff } from "./compare.ts";

const YAML = `
parameters: {lr: 0.1, seed: 1}
data: {raw: raw.csv, clean: clean.csv, model: model.bin}
pipeline:
  - {name: prepare, task: prepare.py, inputs: {x: $raw}, outputs: {--out: $clean}}
  - {name: train, task: train.py, inputs: {x: $clean}, outputs: {--out: $model}, args: {--lr: $lr, --depth: 3}, env: {T: a}}
`;
const FILES = { "raw.csv": "1", "prepare.py": "import helper\n", "helper.py": "x = 1\ny = 2\n", "train.py": "a\nb\n" };

function made(yaml = YAML, files: Readonly<Record<string, string>> = FILES) {
  const project = fakeProject(yaml, { files });
  const cached = async (differences: Partial<RunRequest> = {}) =>
    (await project.run({ cached: true, ...differences })).run;
  const diff = (a: string, b: string): RunDiff => {
    const { journal, objects } = project.store();
    const [before, after] = [a, b].map((id) => sideOf(journal.getRun(id)!, undefined, journal));
    return compare(before, after, objects);
  };
  return { ...project, cached, diff };
}

function values(pairs: Readonly<Record<string, Value>>): RunRequest["overrides"] {
  return { parameters: new Map(Object.entries(pairs)), data: new Map() };
}

Deno.test("compare() tells parameters, inputs, lines of code, settings, outputs and steps", async () => {
  const { cached, diff, write } = made();
  const first = await cached();
  write("raw.csv", "2");
  write("helper.py", "x = 1\ny = 3\nz = 4\n");
  write("pipeline.yml", YAML.replace("--depth: 3", "--depth: 4").replace("T: a", "T: b"));
  const found = onlyChanged(diff(first, await cached({ overrides: values({ lr: new Float(0.01) }) })));
  deepEqual(found.parameters, [{ name: "lr", before: 0.1, after: 0.01, same: false }]);
  deepEqual(found.inputs.map(({ path, steps, madeBy }) => [path, steps, madeBy]), [
    ["raw.csv", ["prepare"], undefined],
    ["clean.csv", ["train"], "prepare"],
  ]);
  deepEqual(found.code.map(({ path, kind, steps, added, removed }) => [path, kind, steps, added, removed]), [
    ["pipeline.yml", "pipeline", ["prepare", "train"], 1, 1],
    ["helper.py", "script", ["prepare"], 2, 1],
  ]);
  deepEqual(found.code[1].hunks, [{ oldStart: 1, newStart: 1, lines: [" x = 1", "-y = 2", "+y = 3", "+z = 4"] }]);
  deepEqual(found.settings, [
    { step: "train", what: "argument", name: "--lr", before: "0.1", after: "0.01", parameter: "lr", parts: 1 },
    { step: "train", what: "argument", name: "--depth", before: "3", after: "4", parameter: undefined, parts: 1 },
    { step: "train", what: "environment", name: "T", before: "a", after: "b", parameter: undefined, parts: 1 },
  ]);
  deepEqual(found.outputs.map(({ path }) => path), ["clean.csv", "model.bin"]);
  deepEqual(found.steps.map(({ name, before, after }) => [name, before?.standing, after?.standing]), [
    ["prepare", "done", "done"],
    ["train", "done", "done"],
  ]);
  const train = onlySteps(found, new Set(["train"]));
  deepEqual(train.inputs.map(({ path }) => path), ["clean.csv"]);
  deepEqual(train.code.map(({ path }) => path), ["pipeline.yml"]);
  deepEqual(train.steps.length, 1);
});

Deno.test("compare() knows what was passed over as fresh by the run that made it", async () => {
  const { cached, diff, write } = made();
  const first = await cached();
  const second = await cached({ overrides: values({ lr: new Float(0.5) }) });
  const found = diff(first, second);
  deepEqual(found.steps.map(({ after }) => [after?.standing, after?.isKnown]), [["fresh", true], ["done", true]]);
  deepEqual(onlyChanged(found).inputs, []);
  equal(found.inputs.length, 2);
  write("raw.csv", "3");
  await cached();
  // A later run does not change what an earlier one was.
  deepEqual(diff(first, second), found);
  deepEqual(onlyChanged(diff(second, first)).parameters, [{ name: "lr", before: 0.5, after: 0.1, same: false }]);
});

Deno.test("compare() tells what only one run has, and keeps both orders", async () => {
  const { cached, diff, write } = made();
  const first = await cached();
  write(
    "pipeline.yml",
    YAML.replace("seed: 1", "rate: 2").replace("name: prepare, task: prepare.py", "name: clean, task: c.py"),
  );
  write("c.py", "new");
  const found = onlyChanged(diff(first, await cached({ cached: false })));
  deepEqual(found.parameters, [
    { name: "rate", before: undefined, after: 2, same: false },
    { name: "seed", before: 1, after: undefined, same: false },
  ]);
  deepEqual(found.steps.map(({ name, before, after }) => [name, before !== undefined, after !== undefined]), [
    ["prepare", true, false],
    ["clean", false, true],
    ["train", true, true],
  ]);
  deepEqual(found.code.map(({ path, before, after }) => [path, before !== undefined, after !== undefined]), [
    ["pipeline.yml", true, true],
    ["c.py", false, true],
    ["prepare.py", true, false],
    ["helper.py", true, false],
  ]);
});

Deno.test("compare() says of a step whose file changed meanwhile that nothing is known of it", async () => {
  let isChanging = false;
  const project = fakeProject(YAML, {
    files: FILES,
    script: ({ argv }) => {
      project.write(argv[argv.indexOf("--out") + 1].slice(3), "made");
      if (isChanging && argv[1] === "/w/prepare.py") project.write("raw.csv", "changed");
    },
  });
  const first = (await project.run()).run;
  isChanging = true;
  const second = (await project.run()).run;
  const { journal, objects } = project.store();
  const [before, after] = [first, second].map((id) => sideOf(journal.getRun(id)!, undefined, journal));
  const [prepare] = compare(before, after, objects).steps;
  deepEqual([prepare.before?.isKnown, prepare.after?.isKnown], [true, false]);
});

Deno.test("compare() counts the parts of a loop that tell the same", async () => {
  const yaml = `
data: {from: in, to: out}
pipeline:
  - {name: each, task: a.py, loop: {over: $from, into: $to}, inputs: {x: $loop_item}, outputs: {--out: $loop_output}, args: {--n: 1}}
`;
  const { cached, diff, write } = made(yaml, { "in/a": "1", "in/b": "2" });
  const first = await cached();
  write("pipeline.yml", yaml.replace("--n: 1", "--n: 2"));
  write("in/b", "3");
  const found = onlyChanged(diff(first, await cached()));
  deepEqual(found.settings.map(({ name, before, after, parts }) => [name, before, after, parts]), [[
    "--n",
    "1",
    "2",
    2,
  ]]);
  deepEqual(found.inputs.map(({ path }) => path), ["in/b"]);
  const third = await cached();
  deepEqual(onlyChanged(diff(third, third)).outputs, []);
  equal(diff(third, third).outputs.length, 2);
});

Deno.test("compare() takes the same file of two points of a sweep for one, and leaves other points out", () => {
  const { store } = made();
  const { journal, objects } = store();
  const run: RunRecord = {
    id: "a".repeat(12),
    kind: "pipeline",
    name: "p.yml",
    status: "done",
    createdAt: 1,
    request: {},
    details: { parameters: { lr: 1, seed: 7 }, points: 2 },
  };
  journal.createRun(run);
  let seq = 0;
  const finish = (step: string, lr: number, path: string) => {
    const head = { run: run.id, at: 1, seq: ++seq, step };
    journal.appendEvent({ ...head, type: "step_finished", status: "done", durationMs: 100 * lr });
    const fingerprint = JSON.stringify({
      ...{ script: ["train.py", "0".repeat(64)], imports: [], inputs: [["raw.csv", "ab"]], outputs: [], files: [] },
      ...{ args: [["--lr", String(lr)], ["--out", path]], env: [], extra: [] },
    });
    journal.putStep({ run: run.id, step, part: "", fingerprint, outputs: JSON.stringify([[path, `digest ${lr}`]]) });
  };
  finish("prepare", 0, "shared.csv");
  const points = [1, 2].map((number) => {
    const point = `lr=0.${number}`;
    finish(`train@${point}`, number / 10, `sweeps/${point}/model.bin`);
    const record: PointRecord = {
      run: run.id,
      point,
      number,
      values: { lr: number / 10 },
      status: "done",
      durationMs: number,
      metrics: { acc: number / 2 },
    };
    journal.putPoint(record);
    return record;
  });
  const [before, after] = points.map((point) => sideOf(run, point, journal));
  const found = onlyChanged(compare(before, after, objects));
  deepEqual([found.before.point, found.after.durationMs], ["lr=0.1", 2]);
  deepEqual(found.steps.map(({ name }) => name), ["prepare", "train"]);
  deepEqual(found.parameters, [{ name: "lr", before: 0.1, after: 0.2, same: false }]);
  deepEqual(found.metrics, [{ name: "acc", before: 0.5, after: 1, same: false, difference: 0.5, ratio: 1 }]);
  deepEqual(found.outputs.map(({ path }) => path), ["sweeps/{point}/model.bin"]);
  deepEqual(found.settings.map(({ name, parameter }) => [name, parameter]), [["--lr", "lr"]]);
});

Deno.test("compare() knows a file of a point again in a run that is no sweep", () => {
  const { objects } = made().store();
  const run: RunRecord = { id: "a", kind: "pipeline", name: "p.yml", status: "done", createdAt: 1, request: {} };
  const side = (folder: string, point?: PointRecord): Side => {
    const [model, log] = [`output/${folder}model.bin`, point === undefined ? "log.txt" : `output/${folder}log.txt`];
    const fingerprint: Fingerprint = {
      ...{ script: ["train.py", "ab"], imports: [], inputs: [], files: [], outputs: [], env: [], extra: [] },
      args: [["--log", log]],
    };
    const outputs = [[model, "same"], [log, folder]] as const;
    const step: SideStep = {
      name: "train",
      keptAs: "train",
      standing: "done",
      made: [{ part: "", fingerprint, outputs, run: "a" }],
    };
    return { run, point, parameters: {}, metrics: {}, steps: [step] };
  };
  const point: PointRecord = { run: "a", point: "lr=1", number: 1, values: {}, status: "done", metrics: {} };
  for (const folder of ["sweeps/lr=1/", "sweeps/p/lr=1/"]) {
    const found = onlyChanged(compare(side(""), side(folder, point), objects));
    deepEqual([found.outputs.map(({ path }) => path), found.settings], [["log.txt"], []], folder);
  }
});
