import { deepStrictEqual as deepEqual, strictEqual as equal, throws } from "node:assert/strict";
import { fakeProject } from "../../tests/support/fake_project.ts";
import type { RunRequest } from "../run/session/request.ts";
import { parseSweepWords } from "../sweep/mod.ts";
import { Float, type Value } from "../yaml/value.ts";
import { askAgain } from "./again.ts";

const YAML = `
parameters: {lr: 0.1, api_key: none}
data: {made: made.txt}
pipeline:
  - {name: a, task: a.py, outputs: {--out: $made}, args: {--lr: $lr}}
  - {name: b, task: b.py, optional: true}
`;

function overrides(parameters: Readonly<Record<string, Value>>) {
  return { parameters: new Map(Object.entries(parameters)), data: new Map([["made", "other.txt"]]) };
}

Deno.test("askAgain() asks for what was asked for, and notices that the file has changed", async () => {
  const project = fakeProject(YAML);
  const asked: Partial<RunRequest> = {
    selection: { mode: "steps", names: ["a"] },
    include: ["b"],
    extra: ["--more"],
    overrides: overrides({ lr: new Float(50) }),
  };
  const { run } = await project.run(asked);
  const record = project.store().journal.getRun(run)!;
  deepEqual(askAgain(record, "/w", project.context), { file: "/w/pipeline.yml", ...asked, isChanged: false });
  project.write("pipeline.yml", `${YAML}# more\n`);
  equal(askAgain(record, "/w", project.context).isChanged, true);
});

Deno.test("askAgain() refuses what was not kept, and says how to give it", async () => {
  const project = fakeProject(YAML);
  const { run } = await project.run({ overrides: overrides({ api_key: "sesame" }) });
  throws(() => askAgain(project.store().journal.getRun(run)!, "/w", project.context), {
    code: "secret-not-kept",
    message: /api_key/,
    hint: /--set api_key=/,
  });
});

Deno.test("askAgain() says where the text of a pipeline lies that is gone", async () => {
  const project = fakeProject(YAML);
  const { run } = await project.run();
  const record = project.store().journal.getRun(run)!;
  project.files.remove("/w/pipeline.yml");
  const hint = new RegExp(`\\.loom/objects/${record.source!.slice(0, 2)}/${record.source}`);
  throws(() => askAgain(record, "/w", project.context), { code: "pipeline-gone", hint });
});

const SWEEP = `
parameters: {lr: 0.1, k: 0}
matrix: {k: [1, 2]}
data: {split: split.txt, made: made.txt}
pipeline:
  - {name: a, task: a.py, outputs: {--out: $split}, args: {--k: $k}}
  - {name: b, task: b.py, inputs: {i: $split}, outputs: {--out: $made}, args: {--lr: $lr}}
`;

/** What is asked for to repeat the point with this number. */
async function askedForPoint(yaml: string, asked: Partial<RunRequest>, number: number) {
  const project = fakeProject(yaml);
  const { run } = await project.run({ python: "/usr/bin/python3", ...asked });
  const { journal } = project.store();
  const points = journal.points(run);
  const point = points.find((it) => it.number === number)!;
  const again = askAgain(journal.getRun(run)!, "/w", project.context, { point, points });
  const before = project.started().length;
  await project.run({ ...again, force: true });
  return { ...again, started: project.started().slice(before).map((words) => words.slice(1).join(" ")) };
}

Deno.test("askAgain() asks for one point by its values, as they were", async () => {
  const typed = { matrix: parseSweepWords({ sweep: ["lr=137.0,2", "k=5"], zip: false }) };
  const plain = await askedForPoint(SWEEP.replace(/matrix.*/, ""), typed, 1);
  deepEqual([plain.matrix, plain.python], [undefined, "/usr/bin/python3"]);
  deepEqual([...plain.overrides.parameters], [["lr", new Float(137)], ["k", 5]]);
  deepEqual(plain.started, ["--out /w/split.txt --k 5", "/w/split.txt --out /w/made.txt --lr 137.0"]);
});

Deno.test("askAgain() holds the sweep of the file at the point that is asked for", async () => {
  const of = (point: string) => [
    `--out /w/output/sweeps/${point}/split.txt --k 2`,
    `/w/output/sweeps/${point}/split.txt --out /w/output/sweeps/${point}/made.txt --lr 0.1`,
  ];
  const own = await askedForPoint(SWEEP, {}, 2);
  deepEqual([own.matrix, own.started], [undefined, of("k=2")]);
  // What was typed took the place of the file's: without it that would be swept.
  const typed = { matrix: parseSweepWords({ sweep: ["lr=7"], zip: false }) };
  const other = await askedForPoint(SWEEP, typed, 1);
  deepEqual([...other.matrix!.grid], [["lr", [7]]]);
  deepEqual(other.started, [
    "--out /w/split.txt --k 0",
    "/w/split.txt --out /w/output/sweeps/lr=7/made.txt --lr 7",
  ]);
});

Deno.test("askAgain() knows the steps of a point by their names in the file", async () => {
  const selection = { mode: "steps", names: ["a@k=1", "a@k=2"] } as const;
  const { selection: asked, started } = await askedForPoint(SWEEP, { selection }, 1);
  deepEqual([asked, started], [{ mode: "steps", names: ["a"] }, ["--out /w/output/sweeps/k=1/split.txt --k 1"]]);
});
