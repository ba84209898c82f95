import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { fakeProject } from "../../tests/support/fake_project.ts";
import { type HistoryRetention, pruneHistory } from "./prune.ts";

const YAML = `
data: {made: made.txt}
pipeline: [{name: a, task: a.py, outputs: {--out: $made}}]
`;

/** A project with so many runs, each of a script of its own and with a log. */
async function lived(count: number) {
  const project = fakeProject(YAML);
  const ids: string[] = [];
  for (let at = 0; at < count; at++) {
    project.write("a.py", `# ${at}`);
    const { run } = await project.run();
    project.files.write(`/w/.loom/logs/${run}/a.1.log`, "x".repeat(5_000));
    ids.push(run);
  }
  const prune = (retention: HistoryRetention, dryRun = false) => {
    const how = { files: project.files, folder: "/w/.loom", now: project.clock.now(), dryRun };
    return pruneHistory(project.store(), retention, how);
  };
  const left = () => project.store().journal.listRuns().map(({ id }) => ids.indexOf(id));
  const scripts = () =>
    ids.map((_, at) => at).filter((at) => project.store().objects.has(project.files.digestText(`# ${at}`)));
  const logs = () => ids.map((_, at) => at).filter((at) => project.files.list(`/w/.loom/logs/${ids[at]}`).length > 0);
  return { ...project, ids, prune, left, scripts, logs };
}

Deno.test("pruneHistory() forgets runs with their logs and texts, save what others refer to", async () => {
  const { prune, left, scripts, logs, store, files } = await lived(4);
  const told = prune({ maxRuns: 2 }, true);
  deepEqual([told.runs, left(), scripts(), logs()], [2, [3, 2, 1, 0], [0, 1, 2, 3], [0, 1, 2, 3]]);
  ok(told.bytes >= 10_000);
  deepEqual(prune({ maxRuns: 2 }), told);
  deepEqual([left(), scripts(), logs()], [[3, 2], [2, 3], [2, 3]]);
  equal(store().objects.has(files.digestText(YAML)), true);
  equal(prune({ maxRuns: 2 }).runs, 0);
});

Deno.test("pruneHistory() goes by age, from the moment a run began", async () => {
  const { prune, left, clock } = await lived(3);
  await clock.advance(60_000);
  equal(prune({ maxAgeMs: 120_000 }).runs, 0);
  equal(prune({ maxAgeMs: 61_500 }).runs, 1);
  deepEqual(left(), [2, 1]);
});

Deno.test("pruneHistory() lets the oldest go until the rest fits, and says what does not", async () => {
  const { prune, left } = await lived(4);
  const all = prune({ maxBytes: Infinity }).remainingBytes;
  const { runs, remainingBytes } = prune({ maxBytes: all - 10_000 });
  ok(remainingBytes <= all - 10_000);
  deepEqual([runs, left()], [2, [3, 2]]);
  ok(prune({ maxBytes: 0 }).remainingBytes > 5_000);
  deepEqual(left(), [3]);
});

Deno.test("pruneHistory() keeps a run that is under way, and one that made what is fresh", async () => {
  const { prune, left, store, ids, clock, run } = await lived(3);
  await run({ cached: true });
  store().journal.finishRun(ids[0], { status: "running", endedAt: 1, durationMs: 1 });
  await clock.advance(60_000);
  equal(prune({ maxAgeMs: 1 }).runs, 2);
  deepEqual(left(), [2, 0]);
});

Deno.test("pruneHistory() keeps a text that loom needs to take back a change of a file", async () => {
  const { prune, scripts, store, files } = await lived(2);
  const beforeRef = files.digestText("# 0");
  store().changes.add({ task: "t", at: 1, operation: "modify", path: "x", beforeRef, status: "done" });
  prune({ maxRuns: 1 });
  deepEqual(scripts(), [0, 1]);
});
