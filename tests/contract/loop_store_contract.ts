import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import type { LoopBatch, LoopHolder, LoopLease, LoopStore } from "../../core/ports/loop_store.ts";
import { attemptRow, begun, blobOf, ownerOf, runRow, start, stepRow } from "./loop_rows.ts";
import { loopPruneContract } from "./loop_prune_contract.ts";

/** A store to try. */
export interface LoopStoreUnderTest {
  readonly store: LoopStore;
  /** Another connection to the same data. */
  another(): Promise<LoopStore>;
  close(): unknown;
}

/** A test with a store of its own. */
export type LoopStoreTest = (sentence: string, body: (store: LoopStore, under: LoopStoreUnderTest) => unknown) => void;

/** What every {@linkcode LoopStore} keeps to. */
export function loopStoreContract(name: string, open: () => Promise<LoopStoreUnderTest>): void {
  const test: LoopStoreTest = (sentence, body) =>
    Deno.test(`${name}: ${sentence}`, async () => {
      const under = await open();
      try {
        await body(under.store, under);
      } finally {
        await under.close();
      }
    });
  rowContract(test);
  batchContract(test);
  orderContract(test);
  leaseContract(test);
  poolContract(test);
  outsideContract(test);
  loopPruneContract(test);
}

/** Refused with this code, whether the store answers at once or by promise. */
async function refuses(work: () => unknown, code: string): Promise<void> {
  await rejects(async () => await work(), { code });
}

const place = { step: 1, branch: "b" };
const full = runRow("r", {
  version: "2",
  status: "failed",
  reason: "error",
  error: "Error: ☃ \u{1f600} 'quoted' \\ \n",
  errorStack: "at x",
  head: place,
  best: { ...place, score: 0.1 + 0.2 },
  parent: { run: "p", ...place },
  forkedFrom: { run: "f", step: 3 },
  pool: "team",
  limits: { nano: 5, wallClockMode: "calendar" },
  activeMs: 1.25,
  cancelRequested: true,
  imported: true,
  spentNano: Number.MAX_SAFE_INTEGER,
  lastSeq: 7,
});
const fullStep = stepRow("r", 1, {
  branch: "b",
  status: "error",
  input: { step: 0, branch: "a" },
  stateRef: "s",
  score: -1e-300,
  scoreError: "a",
  costError: "b",
  error: "c",
  errorStack: "d",
});
const fullAttempt = attemptRow("r", 1, { status: "lost", actualNano: 3, actualTokens: 4, error: "e" });
const memo = { run: "r", step: 1, branch: "b", key: "k", value: '{"a":[1,null]}', costNano: 9 };
const pause = { run: "r", key: "k", request: "{}", schema: "{}", deadline: 5, askedAt: 1 };
const event = { run: "r", seq: 1, type: "run.started", data: '{"10":1,"9":{"data":"\\"}"},"a":"☃"}', at: start };

function rowContract(test: LoopStoreTest): void {
  test("every kind of row comes back as it went in", async (store, { another }) => {
    await begun(store, "p");
    await begun(store, "f");
    const blob = { ref: "s", codec: "delta" as const, baseRef: "t", bytes: Uint8Array.of(0, 255, 10, 13) };
    const lists = { blobs: [blob], attempts: [fullAttempt], steps: [fullStep], memos: [memo], pauses: [pause] };
    const breakers = [{ name: "model", state: '{"state":"open"}' }];
    await store.createRun(full, { ...lists, events: [event], breakers }, ownerOf(1));
    const reader = await another();
    deepEqual(await reader.getRun("r"), full);
    deepEqual(await reader.steps("r"), [fullStep]);
    deepEqual(await reader.attempts("r"), [fullAttempt]);
    deepEqual(await reader.memos("r", 1), [memo]);
    deepEqual(await reader.pauses("r"), [pause]);
    deepEqual(await reader.events("r"), [event]);
    deepEqual(await reader.blob("s"), blob);
    deepEqual(await reader.breaker("model"), breakers[0]);
  });

  test("what is not there is undefined, or an empty list", async (store) => {
    equal(await store.getRun("r"), undefined);
    equal(await store.blob("r"), undefined);
    equal(await store.breaker("r"), undefined);
    equal(await store.pool("r", ""), undefined);
    equal(await store.holder("r"), undefined);
    const lists = [store.listRuns({}), store.steps("r"), store.attempts("r"), store.memos("r", 0), store.pauses("r")];
    deepEqual(await Promise.all([...lists, store.events("r")]), [[], [], [], [], [], []]);
  });

  test("createRun() refuses an id that is taken, and changes nothing", async (store) => {
    await begun(store);
    const again = () => store.createRun(runRow("r", { name: "other" }), { steps: [stepRow("r", 0)] }, ownerOf(2));
    await refuses(again, "RUN_EXISTS");
    deepEqual(await store.getRun("r"), runRow("r"));
    deepEqual(await store.steps("r"), []);
    equal((await store.holder("r"))?.holder.pid, 1);
  });

  test("now() is the present, in whole milliseconds", async (store) => {
    const now = await store.now();
    ok(Number.isInteger(now) && Math.abs(now - Date.now()) < 60_000, `${now}`);
  });
}

function batchContract(test: LoopStoreTest): void {
  test("commit() changes the members that are given and leaves the others", async (store) => {
    const lease = await begun(store, "r", { head: place, error: "e", cancelRequested: true });
    const runs = [{ id: "r", steps: 3, error: undefined, cancelRequested: false, specHash: "h", specJson: "{}" }];
    await store.commit({ leases: [lease], runs });
    const { error: _, ...kept } = runRow("r", { head: place, error: "e" });
    deepEqual(await store.getRun("r"), { ...kept, steps: 3, cancelRequested: false, specHash: "h", specJson: "{}" });
    await store.commit({ leases: [lease], runs: [{ id: "r", head: undefined }] });
    equal((await store.getRun("r"))?.head, undefined);
  });

  test("rows of one key take each other's place", async (store) => {
    const lease = await begun(store);
    const commit = (batch: Omit<LoopBatch, "leases">) => store.commit({ leases: [lease], ...batch });
    await commit({ steps: [stepRow("r", 0)], attempts: [attemptRow("r", 0)], memos: [memo], blobs: [blobOf("s")] });
    const step = stepRow("r", 0, { decision: "stalled" });
    const attempt = attemptRow("r", 0, { status: "ok", actualNano: 1 });
    await commit({ steps: [step], attempts: [attempt], memos: [{ ...memo, value: "2" }], blobs: [blobOf("s")] });
    deepEqual(await store.steps("r"), [step]);
    deepEqual(await store.attempts("r"), [attempt]);
    deepEqual(await store.memos("r", 1), [{ ...memo, value: "2" }]);
  });

  const everything = {
    steps: [stepRow("r", 0)],
    events: [event],
    blobs: [blobOf("s")],
    memos: [memo],
    pauses: [pause],
  };
  const refused: Readonly<Record<string, (lease: LoopLease) => [LoopBatch, code: string]>> = {
    "of a run that is not there": (lease) => [{ leases: [lease, { run: "x", fence: 1 }] }, "LEASE_LOST"],
    "of a fence that is over": (lease) => [{ leases: [{ ...lease, fence: lease.fence - 1 }] }, "LEASE_LOST"],
    "of a fence to come": (lease) => [{ leases: [{ ...lease, fence: lease.fence + 1 }] }, "LEASE_LOST"],
    "with one lease of two lost": (lease) => [{ leases: [lease, { run: "p", fence: 7 }] }, "LEASE_LOST"],
    "above a shared limit": (lease) => [{
      leases: [lease],
      pools: [
        { pool: "a", period: "", limitNano: 5, spentNano: 1, reservedNano: 0, force: false },
        { pool: "b", period: "", limitNano: 5, spentNano: 6, reservedNano: 0, force: false },
      ],
    }, "POOL_EXHAUSTED"],
  };
  for (const [which, make] of Object.entries(refused)) {
    test(`nothing of a batch ${which} is written`, async (store) => {
      const lease = await begun(store);
      await begun(store, "p");
      const [batch, code] = make(lease);
      await refuses(() => store.commit({ runs: [{ id: "r", steps: 9 }], ...everything, ...batch }), code);
      deepEqual(await store.getRun("r"), runRow("r"));
      deepEqual(await Promise.all([store.steps("r"), store.events("r"), store.memos("r", 1), store.pauses("r")]), [
        [],
        [],
        [],
        [],
      ]);
      deepEqual(await Promise.all([store.blob("s"), store.pool("a", "")]), [undefined, undefined]);
      await store.commit({ leases: [lease], steps: everything.steps });
      equal((await store.steps("r")).length, 1);
    });
  }

  test("commit() refuses rows of a run whose lease it is not given", async (store) => {
    const lease = await begun(store);
    await begun(store, "p");
    const rows: readonly Omit<LoopBatch, "leases">[] = [{ steps: [stepRow("p", 0)] }, {
      runs: [{ id: "p", steps: 1 }],
    }];
    for (const row of rows) {
      await rejects(async () => await store.commit({ leases: [lease], events: [event], ...row }), TypeError);
    }
    deepEqual([await store.events("r"), await store.steps("p")], [[], []]);
  });

  test("a step is not lost over a text that a database cannot hold", async (store) => {
    const lease = await begun(store);
    await store.commit({ leases: [lease], steps: [stepRow("r", 0, { error: "Error: a\0b\ud800c", costNano: 7 })] });
    const [step] = await store.steps("r");
    equal(step.costNano, 7);
    ok(step.error?.startsWith("Error: a"));
  });
}

function orderContract(test: LoopStoreTest): void {
  test("steps() are in order of number and branch, and can be had in part", async (store) => {
    const lease = await begun(store);
    const places: readonly [number, string][] = [[10, ""], [2, "b"], [2, "B"], [0, ""], [2, "a"], [1, ""]];
    await store.commit({ leases: [lease], steps: places.map(([step, branch]) => stepRow("r", step, { branch })) });
    const order = async (range?: Parameters<LoopStore["steps"]>[1]) =>
      (await store.steps("r", range)).map(({ step, branch }) => `${step}${branch}`);
    deepEqual(await order(), ["0", "1", "2B", "2a", "2b", "10"]);
    deepEqual(await order({ from: 1, to: 2 }), ["1", "2B", "2a", "2b"]);
    deepEqual(await order({ last: 2 }), ["2b", "10"]);
    deepEqual(await order({ to: 2, last: 3 }), ["2B", "2a", "2b"]);
    deepEqual(await order({ last: 0 }), []);
  });

  test("attempts() are in order, and can be asked for by step and by status", async (store) => {
    const lease = await begun(store);
    const rows = [attemptRow("r", 1), attemptRow("r", 0, { attempt: 2 }), attemptRow("r", 0, { status: "lost" })];
    await store.commit({ leases: [lease], attempts: rows });
    deepEqual(await store.attempts("r"), [rows[2], rows[1], rows[0]]);
    deepEqual(await store.attempts("r", { step: 0, status: "in_flight" }), [rows[1]]);
  });

  test("events() follow each other after any number", async (store) => {
    const lease = await begun(store);
    const events = [3, 1, 2, 11, 10].map((seq) => ({ ...event, seq, data: "{}" }));
    await store.commit({ leases: [lease], events });
    const seqs = async (after?: number, limit?: number) =>
      (await store.events("r", after, limit)).map(({ seq }) => seq);
    deepEqual(await seqs(), [1, 2, 3, 10, 11]);
    deepEqual(await seqs(2), [3, 10, 11]);
    deepEqual(await seqs(1, 2), [2, 3]);
    equal((await store.events("r", 10))[0].data, "{}");
  });

  test("listRuns() gives the newest first, of a status, a name, a parent", async (store) => {
    await begun(store, "old");
    await begun(store, "new", { createdAt: start + 1, name: "other" });
    await begun(store, "child", { createdAt: start + 2, status: "paused", parent: { run: "old", ...place } });
    const ids = async (query: Parameters<LoopStore["listRuns"]>[0]) =>
      (await store.listRuns(query)).map(({ id }) => id);
    deepEqual(await ids({}), ["child", "new", "old"]);
    deepEqual(await ids({ limit: 2 }), ["child", "new"]);
    deepEqual(await ids({ status: "paused" }), ["child"]);
    deepEqual(await ids({ name: "improve", status: "running" }), ["old"]);
    deepEqual(await ids({ parent: "old" }), ["child"]);
  });
}

const isHolder = (given: LoopLease | LoopHolder): given is LoopHolder => "holder" in given;

function leaseContract(test: LoopStoreTest): void {
  test("a lease is held by one, and is free when it is released", async (store, { another }) => {
    const lease = await begun(store);
    const other = await another();
    const refused = await other.acquire("r", ownerOf(2));
    ok(isHolder(refused));
    deepEqual(refused.holder, ownerOf(1).holder);
    ok(refused.expiresAt > await store.now());
    deepEqual(await store.holder("r"), refused);
    await store.release(lease);
    equal(await other.holder("r"), undefined);
    const next = await other.acquire("r", ownerOf(2));
    deepEqual(next, { run: "r", fence: lease.fence + 1 });
  });

  test("acquire() takes over from a dead process of this host at once, and from no other", async (store) => {
    await begun(store);
    ok(isHolder(await store.acquire("r", ownerOf(2, { isAlive: false, host: "elsewhere" }))));
    deepEqual(await store.acquire("r", ownerOf(2, { isAlive: false })), { run: "r", fence: 2 });
  });

  test("acquire() takes over from one that was silent for too long", async (store) => {
    const lease = await store.createRun(runRow("r"), {}, ownerOf(1, { ttlMs: 0 }));
    equal(await store.holder("r"), undefined);
    await store.commit({ leases: [lease], steps: [stepRow("r", 0)] });
    deepEqual(await store.acquire("r", ownerOf(2)), { run: "r", fence: 2 });
  });

  test("one who was stolen from writes nothing and renews nothing", async (store, { another }) => {
    const lease = await begun(store);
    const thief = await another();
    deepEqual(await thief.acquire("r", ownerOf(2), { steal: true }), { run: "r", fence: 2 });
    await refuses(() => store.commit({ leases: [lease], steps: [stepRow("r", 0)] }), "LEASE_LOST");
    equal(await store.renew(lease, 60_000), false);
    await store.release(lease);
    equal((await store.holder("r"))?.holder.pid, 2);
    deepEqual(await thief.steps("r"), []);
  });

  test("renew() pushes the expiry on", async (store) => {
    const lease = await store.createRun(runRow("r"), {}, ownerOf(1, { ttlMs: 0 }));
    equal(await store.renew(lease, 60_000), true);
    ok(isHolder(await store.acquire("r", ownerOf(2))));
    await store.release(lease);
    equal(await store.renew(lease, 60_000), false);
    await refuses(() => store.commit({ leases: [lease] }), "LEASE_LOST");
  });

  test("acquire() says when there is no such run", async (store) => {
    await refuses(() => store.acquire("x", ownerOf(1)), "RUN_NOT_FOUND");
  });

  test("of many who want a run, one gets it", async (store, { another }) => {
    await store.release(await begun(store));
    const stores = [store, await another()];
    const wants = Array.from({ length: 8 }, (_, index) => stores[index % 2].acquire("r", ownerOf(index + 1)));
    const gets = (await Promise.all(wants)).filter((given) => !isHolder(given));
    deepEqual(gets, [{ run: "r", fence: 2 }]);
  });
}

const share = { pool: "team", period: "2026-11", limitNano: 20, spentNano: 0, reservedNano: 1, force: false };

function poolContract(test: LoopStoreTest): void {
  test("a shared limit holds against many at once, and each refusal writes nothing", async (store, { another }) => {
    const stores = [store, await another()];
    const leases = await Promise.all([0, 1, 2, 3, 4].map((index) => begun(stores[index % 2], `r${index}`)));
    const tries = Array.from({ length: 50 }, async (_, index) => {
      const lease = leases[index % 5];
      const batch = { leases: [lease], pools: [share], steps: [stepRow(lease.run, index)] };
      return await taken(async () => await stores[index % 2].commit(batch));
    });
    equal((await Promise.all(tries)).filter(Boolean).length, 20);
    const { force: _, ...row } = { ...share, reservedNano: 20 };
    deepEqual(await store.pool("team", "2026-11"), row);
    const written = await Promise.all(leases.map(async ({ run }) => (await store.steps(run)).length));
    equal(written.reduce((sum, count) => sum + count), 20);
  });

  test("what was spent was spent: a forced change passes the limit, and one that gives back is never refused", async (store) => {
    const lease = await begun(store);
    const change = (differs: Partial<typeof share>) =>
      store.commit({ leases: [lease], pools: [{ ...share, ...differs }] });
    await change({ reservedNano: 20 });
    await change({ spentNano: 30, reservedNano: -20, force: true });
    await refuses(() => change({ reservedNano: 1 }), "POOL_EXHAUSTED");
    await change({ spentNano: 1, reservedNano: -2 });
    const row = await store.pool("team", "2026-11");
    deepEqual([row?.spentNano, row?.reservedNano], [31, -2]);
    equal(await store.pool("team", ""), undefined);
  });
}

async function taken(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    equal((error as { code?: string }).code, "POOL_EXHAUSTED");
    return false;
  }
}

function outsideContract(test: LoopStoreTest): void {
  test("the first answer wins; the same question keeps it, a later one is asked anew", async (store, { another }) => {
    const lease = await begun(store);
    await store.commit({ leases: [lease], pauses: [pause] });
    const other = await another();
    await other.answer({ run: "r", key: "k", answer: "1", at: 9 });
    await refuses(() => store.answer({ run: "r", key: "k", answer: "2", at: 10 }), "ALREADY_ANSWERED");
    await store.commit({ leases: [lease], pauses: [{ ...pause, request: "[]" }] });
    deepEqual(await store.pauses("r"), [{ ...pause, request: "[]", answer: "1", answeredAt: 9 }]);
    const later = { ...pause, askedAt: 2 };
    await store.commit({ leases: [lease], pauses: [later] });
    deepEqual(await store.pauses("r"), [later]);
    await store.answer({ run: "r", key: "k", answer: "3", at: 10 });
    deepEqual(await store.pauses("r"), [{ ...later, answer: "3", answeredAt: 10 }]);
  });

  test("answer() says when nothing waits for it", async (store) => {
    await begun(store);
    await refuses(() => store.answer({ run: "r", key: "k", answer: "1", at: 1 }), "NOT_PAUSED");
    await refuses(() => store.answer({ run: "x", key: "k", answer: "1", at: 1 }), "NOT_PAUSED");
  });

  test("requestCancel() is seen by whoever drives the run", async (store, { another }) => {
    await begun(store);
    await (await another()).requestCancel("r");
    equal((await store.getRun("r"))?.cancelRequested, true);
    await refuses(() => store.requestCancel("x"), "RUN_NOT_FOUND");
  });
}
