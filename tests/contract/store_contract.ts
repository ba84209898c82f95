import { createHash } from "node:crypto";
import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal, throws } from "node:assert/strict";
import { recordHash, verifyChain } from "../../core/gate/chain.ts";
import type { AuditEntry } from "../../core/ports/audit.ts";
import type {
  AttemptRecord,
  DigestRecord,
  LeaseHolder,
  Memo,
  PointRecord,
  RunRecord,
  StepRecord,
  Store,
  Stores,
} from "../../core/ports/store.ts";

/** Stores to try, with the folder of a project that has none yet. */
export interface StoresUnderTest extends Disposable {
  readonly stores: Stores;
  readonly project: string;
}

const run: RunRecord = {
  id: "0123456789ab",
  kind: "pipeline",
  name: "p.yml",
  status: "running",
  createdAt: 1_700_000_000_000,
  request: { steps: ["a"], dryRun: false },
};
const attempt: AttemptRecord = {
  run: run.id,
  step: "träin",
  part: "",
  attempt: 1,
  status: "running",
  command: ["python", "a b.py"],
  startedAt: 1,
};
const memo: Memo = {
  scope: "p.yml",
  step: "a",
  part: "",
  state: "done",
  fingerprint: "{}",
  outputs: "[]",
  run: run.id,
  at: 1_700_000_000_000,
};
const digest: DigestRecord = {
  path: "/w/a",
  sizeBytes: 3_000_000_000,
  mtimeMs: 1_700_000_000_000.5,
  ctimeMs: 1_700_000_000_001,
  inode: 12_345,
  digest: "ab",
  at: 5,
};
const holder: LeaseHolder = { pid: 1, host: "here", processStart: "s", run: run.id, since: 1 };
const alive = () => true;

type Test = (sentence: string, body: (store: Store, all: StoresUnderTest) => unknown) => void;

/** What all {@linkcode Stores} keep to. */
export function storeContract(name: string, make: () => StoresUnderTest): void {
  const test: Test = (sentence, body) =>
    Deno.test(`${name}: ${sentence}`, () => {
      using under = make();
      const store = under.stores.open(under.project, (message) => ok(false, message));
      body(store, under);
      store.close();
    });
  journalContract(test);
  historyContract(test);
  cacheContract(test);
  leaseContract(test);
  receiptContract(test);
  transactionContract(test);
  auditContract(test);
  approvalContract(test);

  Deno.test(`${name}: openUser() is a store of its own, with nothing to read before it was written`, () => {
    using under = make();
    equal(under.stores.openUserReadOnly(), undefined);
    const store = under.stores.openUser((message) => ok(false, message));
    store.audit.append(entry, 1);
    equal(under.stores.openReadOnly(under.project), undefined);
    const reader = under.stores.openUserReadOnly();
    equal(reader?.audit.records().length, 1);
    reader?.close();
    store.close();
  });

  Deno.test(`${name}: projects() are those that were noted, each once`, () => {
    using under = make();
    deepEqual(under.stores.projects(), []);
    for (const project of ["/w/b", "/w/a ü", "/w/b"]) under.stores.noteProject(project);
    deepEqual(under.stores.projects(), ["/w/b", "/w/a ü"]);
  });

  Deno.test(`${name}: openReadOnly() gives nothing where nothing is, and what was written where something is`, () => {
    using under = make();
    equal(under.stores.openReadOnly(under.project), undefined);
    const store = under.stores.open(under.project, () => {});
    store.journal.createRun(run);
    const reader = under.stores.openReadOnly(under.project);
    deepEqual(reader?.journal.getRun(run.id), run);
    reader?.close();
    store.close();
    const later = under.stores.openReadOnly(under.project);
    deepEqual(later?.journal.getRun(run.id), run);
    later?.close();
  });
}

const entry: AuditEntry = {
  event: "decided",
  decision: "allow",
  reason: "it is read-only",
  origin: "human-tty",
  policy: {
    actor: "tool grüß\n",
    action: "read",
    tier: "read-only",
    read: [],
    write: [],
    hosts: [],
    programs: [],
    variables: [],
  },
};

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function auditContract(test: Test) {
  test("audit records follow each other, and say what was appended", ({ audit }) => {
    deepEqual(audit.records(), []);
    const records = [1, 2, 3].map((at) => audit.append({ ...entry, facts: { at } }, at));
    deepEqual(audit.records(), records);
    deepEqual(records.map(({ seq, atMs }) => [seq, atMs]), [[1, 1], [2, 2], [3, 3]]);
    deepEqual(JSON.parse(records[1].body), { ...entry, facts: { at: 2 } });
    for (const record of records) equal(record.hash, recordHash(record, sha256));
    deepEqual(verifyChain(records, sha256), { whole: true, count: 3, head: records[2].hash });
    deepEqual(audit.records({ afterSeq: 1, limit: 1 }), [records[1]]);
    deepEqual(audit.newest(2), records.slice(1));
    deepEqual(audit.newest(9), records);
  });

  test("audit records and approvals are not written inside a transaction that may be taken back", (store) => {
    const approval = { token: "t", binding: "b", origin: "human-tty", expiresMs: 9 } as const;
    throws(() => store.transaction(() => store.audit.append(entry, 1)), { code: "store-failed" });
    throws(() => store.transaction(() => store.approvals.put(approval, 1)), { code: "store-failed" });
    throws(() => store.transaction(() => store.approvals.use(approval, 1)), { code: "store-failed" });
    deepEqual(store.audit.records(), []);
    equal(store.audit.append(entry, 1).seq, 1);
  });
}

function approvalContract(test: Test) {
  const approval = { token: "ab".repeat(32), binding: "cd", origin: "human-tty", expiresMs: 100 } as const;

  test("an approval is used once", ({ approvals }) => {
    approvals.put(approval, 1);
    equal(approvals.use(approval, 2), true);
    equal(approvals.use(approval, 2), false);
  });

  test("an approval is for one binding, one token, and until it expires", ({ approvals }) => {
    approvals.put(approval, 1);
    equal(approvals.use({ ...approval, binding: "ce" }, 2), false);
    equal(approvals.use({ ...approval, token: "ab" }, 2), false);
    equal(approvals.use(approval, 100), false);
    equal(approvals.use(approval, 99), true);
  });
}

function journalContract(test: Test) {
  test("runs are kept, finished, found and listed newest first", ({ journal }) => {
    const other = { ...run, id: "bbbbbbbbbbbb", name: "q.yml", createdAt: run.createdAt + 1, source: "ab" };
    journal.createRun(run);
    journal.createRun(other);
    deepEqual(journal.getRun(run.id), run);
    equal(journal.getRun("absent"), undefined);
    journal.finishRun(run.id, { status: "done", endedAt: 5, durationMs: 1.5 });
    deepEqual(journal.getRun(run.id), { ...run, status: "done", endedAt: 5, durationMs: 1.5 });
    deepEqual(journal.listRuns().map(({ id }) => id), [other.id, run.id]);
    deepEqual(journal.listRuns({ name: "p.yml" }).map(({ id }) => id), [run.id]);
    deepEqual(journal.listRuns({ status: "running" }), [other]);
    deepEqual(journal.listRuns({ limit: 1 }), [other]);
    const loop: RunRecord = { ...run, id: "loop", kind: "loop", createdAt: 1 };
    journal.createRun(loop);
    deepEqual(journal.listRuns({ kind: "loop" }), [loop]);
    deepEqual(journal.listRuns({ kind: "pipeline", name: "p.yml" }).map(({ id }) => id), [run.id]);
  });

  test("results() gives runs of pipelines as tables show them, by the beginning of an id too", ({ journal }) => {
    const details = { parameters: { lr: 0.1, name: "ü", best: "NaN", none: null }, points: 3 };
    const whole: RunRecord = { ...run, id: "01ffffffffff", createdAt: run.createdAt + 1, source: "ab", details };
    journal.createRun(run);
    journal.createRun(whole);
    journal.createRun({ ...run, id: "02ffffffffff", kind: "loop" });
    journal.finishRun(whole.id, { status: "done", endedAt: 5, durationMs: 1.5, metrics: { acc: "Infinity", f1: 0.5 } });
    const plain = { id: run.id, name: run.name, status: run.status, createdAt: run.createdAt };
    const { id, name, createdAt } = whole;
    const metrics = { acc: "Infinity", f1: 0.5 };
    const shown = { id, name, status: "done", createdAt, durationMs: 1.5, details, metrics } as const;
    deepEqual(journal.results().map((it) => ({ ...it })), [shown, plain]);
    deepEqual(journal.results({ limit: 1 }).map((it) => it.id), [whole.id]);
    deepEqual(journal.results({ id: "01" }).map((it) => it.id), [whole.id, run.id]);
    deepEqual(journal.results({ id: "012" }).map((it) => it.id), [run.id]);
    deepEqual(journal.results({ id: run.id }).map((it) => it.id), [run.id]);
    deepEqual(journal.results({ id: "02" }), []);
  });

  test("a later record of an attempt replaces the earlier one and keeps its place", ({ journal }) => {
    const second = { ...attempt, step: "b" };
    const ended: AttemptRecord = { ...attempt, status: "failed", exitCode: 3, durationMs: 2, pid: 7, log: "logs/x" };
    for (const record of [attempt, second, ended]) journal.putAttempt(record);
    deepEqual(journal.attempts(run.id), [ended, second]);
    deepEqual(journal.attempts("other"), []);
  });

  test("events come back in order, from where one was", ({ journal }) => {
    const event = {
      type: "step_started",
      step: "a",
      detail: { kind: "task" },
      attempt: 1,
      at: 1,
      run: run.id,
    } as const;
    for (const seq of [1, 2, 3]) journal.appendEvent({ ...event, seq });
    deepEqual(journal.events(run.id, 1), [{ ...event, seq: 2 }, { ...event, seq: 3 }]);
    equal(journal.events(run.id).length, 3);
  });
}

const stepRecord: StepRecord = { run: run.id, step: "a", part: "", fingerprint: "{}", outputs: "[]" };

function historyContract(test: Test) {
  const details = { parameters: { lr: 0.1, name: "ü", on: true, none: null }, git: { commit: "ab", dirty: true } };

  test("details and metrics are kept with a run, and metrics stay until others come", ({ journal }) => {
    journal.createRun({ ...run, details });
    journal.finishRun(run.id, { status: "done", endedAt: 5, durationMs: 1, metrics: { acc: 0.5, loss: "NaN" } });
    journal.finishRun(run.id, { status: "failed", endedAt: 6, durationMs: 2 });
    const found = journal.getRun(run.id);
    deepEqual([found?.details, found?.metrics, found?.status], [details, { acc: 0.5, loss: "NaN" }, "failed"]);
    journal.setDetails(run.id, { ...details, python: "3.11" });
    deepEqual(journal.listRuns()[0].details, { ...details, python: "3.11" });
  });

  test("summaries count the steps that were begun, also while a run goes on", ({ journal }) => {
    journal.createRun(run);
    journal.createRun({ ...run, id: "bbbbbbbbbbbb", createdAt: run.createdAt + 1 });
    for (const part of ["x", "y"]) journal.putAttempt({ ...attempt, part });
    journal.putAttempt({ ...attempt, step: "b" });
    const { id, kind, name, status, createdAt } = run;
    deepEqual(journal.listSummaries({ name })[1], { id, kind, name, status, createdAt, steps: 2 });
    journal.finishRun(id, { status: "done", endedAt: 5, durationMs: 1.5 });
    const ended = { id, kind, name, status: "done", createdAt, durationMs: 1.5, steps: 2 };
    deepEqual(journal.listSummaries({ status: "done" }), [ended]);
    deepEqual(journal.listSummaries({ limit: 1 }).map(({ steps }) => steps), [0]);
    deepEqual(journal.listSummaries({ kind: "loop" }), []);
  });

  test("a short list tells what a run passed over, and how many of its points are done", ({ journal }) => {
    const { id } = run;
    journal.createRun(run);
    const point: PointRecord = { run: id, point: "a=1", number: 1, values: { a: 1 }, status: "done", metrics: {} };
    journal.putPoint(point);
    journal.putPoint({ ...point, point: "a=2", number: 2, status: "running" });
    const told = () => journal.listSummaries({}).map(({ fresh, points }) => [fresh, points]);
    deepEqual(told(), [[undefined, { done: 1, total: 2 }]]);
    journal.putPoint({ ...point, point: "a=2", number: 2 });
    journal.finishRun(id, { status: "done", endedAt: 5, durationMs: 1.5, fresh: 4 });
    deepEqual(told(), [[4, { done: 2, total: 2 }]]);
  });

  test("a later record of a step takes the place of the earlier one", ({ journal }) => {
    journal.createRun(run);
    journal.putStep(stepRecord);
    journal.putStep({ ...stepRecord, step: "b", part: "item ü" });
    journal.putStep({ ...stepRecord, outputs: '[["o","ab"]]', peakBytes: 5_000_000_000 });
    deepEqual(journal.steps(run.id), [
      { ...stepRecord, outputs: '[["o","ab"]]', peakBytes: 5_000_000_000 },
      { ...stepRecord, step: "b", part: "item ü" },
    ]);
    deepEqual(journal.steps("other"), []);
  });

  test("the newest record of a step is found among runs of its pipeline that had begun by then", ({ journal }) => {
    const begun = [0, 10, 20].map((at) => ({ ...run, id: `${at}`.padStart(12, "0"), createdAt: at }));
    begun.forEach(journal.createRun);
    journal.createRun({ ...run, id: "f".repeat(12), name: "q.yml", createdAt: 15 });
    for (const { id } of begun.slice(0, 2)) journal.putStep({ ...stepRecord, run: id });
    journal.putStep({ ...stepRecord, run: begun[0].id, part: "x" });
    journal.putStep({ ...stepRecord, run: "f".repeat(12) });
    const last = (at: number, part = "") => journal.lastStep({ name: run.name, step: "a", part, at })?.run;
    deepEqual([last(-1), last(0), last(9), last(10), last(99)], [
      undefined,
      begun[0].id,
      begun[0].id,
      begun[1].id,
      begun[1].id,
    ]);
    deepEqual([last(99, "x"), last(99, "y")], [begun[0].id, undefined]);
    const parts = journal.lastSteps({ name: run.name, step: "a", at: 99 });
    deepEqual(parts.map(({ part, run }) => [part, run]), [["", begun[1].id], ["x", begun[0].id]]);
    deepEqual(journal.lastSteps({ name: run.name, step: "a", at: 5 }).map(({ run }) => run), [
      begun[0].id,
      begun[0].id,
    ]);
    deepEqual(journal.lastSteps({ name: "z.yml", step: "a", at: 99 }), []);
  });

  test("points of a sweep come back in their order, as they last stood", ({ journal }) => {
    const point: PointRecord = {
      run: run.id,
      point: "lr=0.1",
      number: 2,
      values: { lr: 0.1 },
      status: "pending",
      metrics: {},
    };
    journal.putPoint(point);
    journal.putPoint({ ...point, point: "lr=1", number: 1, values: { lr: 1 } });
    journal.putPoint({ ...point, status: "stopped", metrics: { acc: 0.5 }, durationMs: 3.5, reason: "worse" });
    deepEqual(journal.points(run.id).map(({ point, status }) => [point, status]), [
      ["lr=1", "pending"],
      ["lr=0.1", "stopped"],
    ]);
    deepEqual(journal.points(run.id)[1].metrics, { acc: 0.5 });
    const known = { ...point, point: "lr=1", number: 1, exact: { lr: "1.0", x: [null] as const }, shared: ["a@k=1"] };
    journal.putPoint(known);
    deepEqual(journal.points(run.id)[0], known);
    deepEqual(journal.points("other"), []);
  });

  test("removeRuns() forgets all that is kept of runs, and sizes() counts it before", ({ journal, memos }) => {
    const other = { ...run, id: "bbbbbbbbbbbb" };
    for (const { id } of [run, other]) {
      journal.createRun({ ...run, id });
      journal.putAttempt({ ...attempt, run: id });
      journal.appendEvent({ type: "notice", level: "hint", code: "c", message: "m", seq: 1, at: 1, run: id });
      journal.putStep({ ...stepRecord, run: id, outputs: "x".repeat(id === run.id ? 1_000 : 1) });
      journal.putPoint({ run: id, point: "p", number: 1, values: {}, status: "done", metrics: {} });
    }
    memos.put(memo);
    deepEqual([...memos.runs()], [run.id]);
    const sizes = journal.sizes();
    deepEqual([...sizes.keys()].sort(), [run.id, other.id]);
    ok(sizes.get(run.id)! - sizes.get(other.id)! >= 900);
    journal.removeRuns([run.id, "unknown"]);
    deepEqual(journal.listRuns().map(({ id }) => id), [other.id]);
    const { attempts, events, steps, points } = journal;
    deepEqual([attempts, events, steps, points].map((read) => read(run.id).length), [0, 0, 0, 0]);
    deepEqual([attempts, events, steps, points].map((read) => read(other.id).length), [1, 1, 1, 1]);
  });

  test("objects are listed with their sizes, and removed", ({ objects }) => {
    const [one, two] = ["abc", "übel"].map(objects.putText);
    equal(objects.has(one), true);
    const sizes = new Map(Array.from(objects.list(), ({ digest, sizeBytes }) => [digest, sizeBytes]));
    deepEqual([sizes.size, sizes.get(one), sizes.get(two)], [2, 3, 5]);
    objects.remove(one);
    objects.remove(one);
    deepEqual([objects.has(one), objects.getText(one), [...objects.list()].length], [false, undefined, 1]);
  });

  test("compact() keeps everything", (store) => {
    store.journal.createRun(run);
    equal(store.compact(), true);
    deepEqual(store.journal.getRun(run.id), run);
  });
}

function cacheContract(test: Test) {
  test("memos are kept by scope, step and part", ({ memos }) => {
    memos.put({ ...memo, state: "running" });
    memos.put(memo);
    memos.put({ ...memo, part: "x" });
    memos.put({ ...memo, scope: "q.yml" });
    deepEqual(memos.all("p.yml").map((row) => ({ ...row })), [memo, { ...memo, part: "x" }]);
    memos.remove("p.yml", "a", "");
    deepEqual(memos.all("p.yml").map(({ part }) => part), ["x"]);
  });

  test("digests are kept by path", ({ digests }) => {
    digests.put({ ...digest, digest: "old" });
    digests.put(digest);
    deepEqual({ ...digests.get("/w/a") }, digest);
    equal(digests.get("/w/b"), undefined);
    equal(digests.all().length, 1);
  });

  test("objects are found by their SHA-256", ({ objects }) => {
    const name = objects.putText("abc");
    match(name, /^ba7816bf8f01cfea/);
    equal(objects.putText("abc"), name);
    equal(objects.getText(name), "abc");
    equal(objects.getText("0".repeat(64)), undefined);
    const bytes = new Uint8Array([0, 255, 128, 10]);
    deepEqual(objects.getBytes(objects.putBytes(bytes)), bytes);
    deepEqual(objects.getBytes(name), new TextEncoder().encode("abc"));
    equal(objects.getBytes("0".repeat(64)), undefined);
  });

  test("changes are numbered, listed newest first, and change their status", ({ changes }) => {
    const create = { task: "a", at: 1, operation: "create", path: "x", afterRef: "ab", afterMode: 0o100644 } as const;
    const rename = { task: "b", at: 2, operation: "rename", path: "x", newPath: "y" } as const;
    const [first, second] = [changes.add({ ...create, status: "intent" }), changes.add({ ...rename, status: "done" })];
    ok(second > first);
    changes.setStatus(first, "done");
    const [one, other] = [{ ...create, id: first, status: "done" }, { ...rename, id: second, status: "done" }];
    deepEqual(changes.list(), [other, one]);
    deepEqual(changes.list({ task: "a" }), [one]);
    deepEqual(changes.list({ id: second }), [other]);
    deepEqual(changes.list({ limit: 1 }), [other]);
  });
}

function leaseContract(test: Test) {
  test("a lease has one holder until it is released, and a growing fence", ({ leases }) => {
    const first = leases.acquire("p.yml", holder, 10, 100, alive);
    deepEqual(first, { name: "p.yml", fence: 1 });
    deepEqual(leases.acquire("p.yml", { ...holder, pid: 2 }, 10, 105, alive), holder);
    deepEqual([leases.holder("p.yml", 105), leases.holder("p.yml", 110), leases.holder("q.yml", 105)], [
      holder,
      undefined,
      undefined,
    ]);
    leases.release({ name: "p.yml", fence: 1 });
    equal(leases.holder("p.yml", 105), undefined);
    deepEqual(leases.acquire("p.yml", { ...holder, pid: 2 }, 10, 105, alive), { name: "p.yml", fence: 2 });
  });

  test("a lease is taken from one who is silent or, on this host, dead", ({ leases }) => {
    leases.acquire("p.yml", holder, 10, 100, alive);
    deepEqual(leases.acquire("p.yml", { ...holder, host: "there" }, 10, 105, () => false), holder);
    deepEqual(leases.acquire("p.yml", { ...holder, pid: 2 }, 10, 105, () => false), { name: "p.yml", fence: 2 });
    deepEqual(leases.acquire("p.yml", { ...holder, pid: 3 }, 10, 115, alive), { name: "p.yml", fence: 3 });
    equal(leases.renew({ name: "p.yml", fence: 2 }, 10, 116), false);
    equal(leases.renew({ name: "p.yml", fence: 3 }, 10, 120), true);
    deepEqual(leases.acquire("p.yml", holder, 10, 127, alive), { ...holder, pid: 3 });
  });

  test("releasing a lost lease takes nothing from its new holder", ({ leases }) => {
    leases.acquire("p.yml", holder, 10, 100, alive);
    leases.acquire("p.yml", { ...holder, pid: 2 }, 10, 110, alive);
    leases.release({ name: "p.yml", fence: 1 });
    deepEqual(leases.acquire("p.yml", holder, 10, 111, alive), { ...holder, pid: 2 });
  });
}

function receiptContract(test: Test) {
  test("receipts hold one body for each pipeline, for the very request it was stored for", ({ receipts }) => {
    equal(receipts.get("p.yml", "all"), undefined);
    receipts.put("p.yml", "all", "first");
    receipts.put("q.yml", "all", "other");
    equal(receipts.get("p.yml", "all"), "first");
    receipts.put("p.yml", "some", "second");
    equal(receipts.get("p.yml", "all"), undefined);
    equal(receipts.get("p.yml", "some"), "second");
    receipts.remove("p.yml");
    equal(receipts.get("p.yml", "some"), undefined);
    equal(receipts.get("q.yml", "all"), "other");
  });
}

function transactionContract(test: Test) {
  test("transaction() keeps all or nothing, and gives what the work gives", (store) => {
    const count = store.transaction(() => {
      store.memos.put(memo);
      return store.transaction(() => store.memos.all("p.yml").length);
    });
    equal(count, 1);
    const failure = new Error("no");
    const failing = () =>
      store.transaction(() => {
        store.journal.createRun(run);
        throw failure;
      });
    throws(failing, failure);
    equal(store.journal.getRun(run.id), undefined);
    store.transaction(() => store.journal.createRun(run));
    equal(store.journal.listRuns().length, 1);
  });

  test("transaction() writes nothing under a lost lease", (store) => {
    const lease = { name: "p.yml", fence: 1 };
    store.leases.acquire("p.yml", holder, 10, 100, alive);
    store.transaction(() => store.memos.put(memo), lease);
    store.leases.acquire("p.yml", { ...holder, pid: 2 }, 10, 110, alive);
    throws(() => store.transaction(() => store.memos.put({ ...memo, step: "b" }), lease), { code: "lease-lost" });
    equal(store.memos.all("p.yml").length, 1);
  });
}
