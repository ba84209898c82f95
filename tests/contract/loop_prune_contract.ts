import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import type { LoopRow, LoopStore, Retention } from "../../core/ports/loop_store.ts";
import { begun, blobOf, start, stepRow } from "./loop_rows.ts";
import type { LoopStoreTest } from "./loop_store_contract.ts";

const day = 86_400_000;
const now = start + 100 * day;

/** A run that has ended, with states `<id>0`, `<id>1`, ... of ten bytes each. */
async function ended(store: LoopStore, id: string, differs: Partial<LoopRow> & { count?: number } = {}): Promise<void> {
  const { count = 1, ...members } = differs;
  const lease = await begun(store, id, { inputRef: `${id}in`, ...members });
  const numbers = Array.from({ length: count }, (_, step) => step);
  await store.commit({
    leases: [lease],
    blobs: [blobOf(`${id}in`), ...numbers.map((step) => blobOf(id + step))],
    steps: numbers.map((step) => stepRow(id, step, { stateRef: id + step })),
    events: [{ run: id, seq: 1, type: "run.started", data: "{}", at: start }],
    runs: [{ id, status: members.status ?? "completed" }],
  });
  await store.release(lease);
}

/** The rehearsal must say what the deed then says, and change nothing. */
async function pruned(store: LoopStore, retention: Retention): Promise<{ report: unknown; left: readonly string[] }> {
  const before = await store.listRuns({});
  const rehearsed = await store.prune(retention, { dryRun: true, now });
  deepEqual(await store.listRuns({}), before);
  const report = await store.prune(retention, { dryRun: false, now });
  deepEqual(rehearsed, report);
  return { report, left: (await store.listRuns({})).map(({ id }) => id).sort() };
}

/** What pruning keeps to. */
export function loopPruneContract(test: LoopStoreTest): void {
  test("prune() forgets old runs with all that is theirs", async (store) => {
    await ended(store, "old", { count: 2 });
    await ended(store, "new", { updatedAt: now - day });
    const { report, left } = await pruned(store, { maxAgeMs: 10 * day });
    deepEqual(report, { runs: 1, states: 3, bytes: 30 });
    deepEqual(left, ["new"]);
    deepEqual([await store.steps("old"), await store.events("old"), await store.blob("old0")], [[], [], undefined]);
    equal((await store.steps("new")).length, 1);
    equal((await store.blob("new0"))?.bytes.length, 10);
    equal((await begun(store, "old")).fence, 2);
  });

  test("prune() keeps the newest of too many", async (store) => {
    for (const index of [1, 2, 3]) await ended(store, `r${index}`, { createdAt: start + index });
    deepEqual((await pruned(store, { maxRuns: 2 })).left, ["r2", "r3"]);
  });

  test("prune() without a rule does nothing", async (store) => {
    await ended(store, "old");
    deepEqual(await pruned(store, {}), { report: { runs: 0, states: 0, bytes: 0 }, left: ["old"] });
  });

  test("prune() never touches runs that are live or paused", async (store) => {
    await ended(store, "paused", { status: "paused", count: 3 });
    const lease = await begun(store, "live");
    await store.commit({ leases: [lease], blobs: [blobOf("x")], steps: [stepRow("live", 0, { stateRef: "x" })] });
    const { report, left } = await pruned(store, { maxAgeMs: 1, maxRuns: 0, keepStates: "best+last" });
    deepEqual(report, { runs: 0, states: 0, bytes: 0 });
    deepEqual(left, ["live", "paused"]);
  });

  test("prune() forgets a crash when it is old, not when it is one too many", async (store) => {
    await ended(store, "crash", { status: "running", count: 3 });
    deepEqual((await pruned(store, { maxRuns: 0, keepStates: "best+last" })).report, { runs: 0, states: 0, bytes: 0 });
    deepEqual((await pruned(store, { maxAgeMs: day })).left, []);
  });

  test("prune() keeps a run whole with those inside it", async (store) => {
    await ended(store, "outer", { updatedAt: now });
    await ended(store, "inner", { parent: { run: "outer", step: 0, branch: "" } });
    deepEqual((await pruned(store, { maxAgeMs: day })).left, ["inner", "outer"]);
    deepEqual((await pruned(store, { maxRuns: 0 })).left, []);
  });

  test("prune() keeps what a fork came from, as long as the fork stays", async (store) => {
    await ended(store, "first", { count: 3 });
    await ended(store, "second", { forkedFrom: { run: "first", step: 1 }, inputRef: "first1" });
    await ended(store, "third", { forkedFrom: { run: "second", step: 0 }, updatedAt: now });
    deepEqual((await pruned(store, { maxAgeMs: day, keepStates: "best+last" })).left, ["first", "second", "third"]);
    deepEqual([...(await store.steps("first")).map(({ stateRef }) => stateRef)], [undefined, "first1", "first2"]);
    deepEqual((await pruned(store, { maxRuns: 0 })).left, []);
  });

  test("prune() lets go of states that nothing starts from", async (store) => {
    await ended(store, "r", { count: 6, head: { step: 1, branch: "" }, best: { step: 3, branch: "", score: 1 } });
    const left = async () =>
      (await store.steps("r")).flatMap(({ step, stateRef }) => stateRef === undefined ? [] : [step]);
    deepEqual((await pruned(store, { keepStates: { every: 2 } })).report, { runs: 0, states: 0, bytes: 0 });
    deepEqual(await left(), [0, 1, 2, 3, 4, 5]);
    deepEqual((await pruned(store, { keepStates: { every: 4 } })).report, { runs: 0, states: 1, bytes: 10 });
    deepEqual(await left(), [0, 1, 3, 4, 5]);
    deepEqual((await pruned(store, { keepStates: "best+last" })).report, { runs: 0, states: 2, bytes: 20 });
    deepEqual(await left(), [1, 3, 5]);
    equal(await store.blob("r0"), undefined);
    equal((await store.steps("r")).length, 6);
  });

  test("prune() keeps what a kept delta is based on, and content that another run shares", async (store) => {
    await ended(store, "r", { count: 1 });
    const lease = await begun(store, "s", { inputRef: "rin", status: "completed", updatedAt: now });
    const bytes = Uint8Array.of(1);
    const deltas = ["r0", "d1", "d2"].map((baseRef, index) => ({
      ref: `d${index + 1}`,
      codec: "delta" as const,
      baseRef,
      bytes,
    }));
    await store.commit({
      leases: [lease],
      blobs: [...deltas, blobOf("loose")],
      steps: [stepRow("s", 0, { stateRef: "d2" })],
    });
    await store.release(lease);
    deepEqual((await pruned(store, { maxAgeMs: day })).report, { runs: 1, states: 2, bytes: 11 });
    for (const ref of ["rin", "r0", "d1", "d2"]) equal((await store.blob(ref))?.ref, ref);
  });
}
