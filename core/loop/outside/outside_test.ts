import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { memoryStore } from "@loom/loom";
import { hostStateTools as tools } from "../../../plugins/host/loops/host.ts";
import type { LoopOwner, LoopStore } from "../../ports/loop_store.ts";
import { fakeRun, fakeStep } from "../look/fake_look_test.ts";
import { blobOf } from "../state/blobs.ts";
import { answerWithin, cancelRun, done, forkStored } from "./mod.ts";

function owner(run: string, pid = 1): LoopOwner {
  return { holder: { pid, host: "here", processStart: "", run, since: 0 }, ttlMs: 30_000, isAlive: () => true };
}

/** A store with a run of one step, held by nobody. */
async function stored(): Promise<LoopStore> {
  const store = memoryStore();
  const { blob } = blobOf('{"a":1,"b":2}', tools);
  const run = fakeRun({ status: "paused", inputRef: blob.ref, nextStep: 1, lastSeq: 1, limits: { iterations: 3 } });
  const events = [{ run: run.id, seq: 1, type: "run.started", data: "{}", at: 0 }];
  const lease = await store.createRun(run, { blobs: [blob], events }, owner(run.id));
  await store.commit({
    leases: [lease],
    steps: [fakeStep(0, { stateRef: blob.ref }), fakeStep(1, { status: "error" })],
  });
  await store.release(lease);
  return store;
}

Deno.test("cancelRun() ends a run that nobody drives, once", async () => {
  const store = await stored();
  equal(await done(cancelRun(store, "run1", owner("run1"))), "cancelled");
  equal((await store.getRun("run1"))?.status, "cancelled");
  deepEqual((await store.events("run1", 1)).map(({ seq, type }) => [seq, type]), [[2, "run.finished"]]);
  await rejects(done(cancelRun(store, "run1", owner("run1"))), { code: "nothing-to-cancel" });
});

Deno.test("cancelRun() asks whoever drives the run", async () => {
  const store = await stored();
  await store.acquire("run1", owner("run1", 2));
  equal(await done(cancelRun(store, "run1", owner("run1"))), "asked");
  equal((await store.getRun("run1"))?.cancelRequested, true);
});

Deno.test("forkStored() makes a run that goes on from the patched state, with the limits of its source", async () => {
  const store = await stored();
  const fork = { id: "fork1", at: 0, patch: { b: null, c: 3 } };
  await done(forkStored("run1", fork, { store, tools, owner: owner("fork1"), now: 7 }));
  const run = (await store.getRun("fork1"))!;
  equal(run.inputRef, tools.sha256('{"a":1,"c":3}'));
  deepEqual([run.nextStep, run.limits, run.inheritedNano, run.spentNano], [1, { iterations: 3 }, 10_000_000, 0]);
  equal(await store.holder("fork1"), undefined);
});

for (const [at, message] of [[1, /it failed there/], [9, /it has no such step/]] as const) {
  Deno.test(`forkStored() refuses step ${at}: ${message.source}`, async () => {
    const store = await stored();
    const means = { store, tools, owner: owner("fork1"), now: 0 };
    await rejects(done(forkStored("run1", { id: "fork1", at }, means)), { code: "LOOP_CONFIG_ERROR", message });
    equal(await store.getRun("fork1"), undefined);
  });
}

Deno.test("answerWithin() finds the question of a run inside, and says what is asked for instead", async () => {
  const store = await stored();
  const child = fakeRun({ id: "child1", parent: { run: "run1", step: 0, branch: "" }, status: "paused" });
  const lease = await store.createRun(child, {}, owner("child1"));
  await store.commit({ leases: [lease], pauses: [{ run: "child1", key: "ok", request: "{}", askedAt: 0 }] });
  await store.release(lease);
  const answer = { run: "run1", value: true, now: 5 };
  await rejects(done(answerWithin(store, { ...answer, key: "no" })), { code: "NOT_PAUSED", hint: "it asks for ok" });
  equal(await done(answerWithin(store, { ...answer, key: "ok" })), "child1");
  equal((await store.pauses("child1"))[0].answer, "true");
});
