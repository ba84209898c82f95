import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { fakeProject, ofType } from "../../../tests/support/fake_project.ts";
import type { FakeClock } from "../../../tests/support/fake_clock.ts";
import type { LoomError } from "../../errors.ts";
import type { Lease } from "../../ports/store.ts";
import { keepDriving } from "./drive.ts";

const YAML = "pipeline:\n  - {name: a, task: a.py}\n";
const OTHER = { pid: 99, host: "here", processStart: "then", run: "0123456789ab", since: 0 };

function held(isAlive: () => boolean) {
  const it = fakeProject(YAML, { context: { isAlive } });
  const lease = it.store().leases.acquire("pipeline.yml", OTHER, 3_600_000, it.clock.now(), () => true) as Lease;
  return { it, lease };
}

/** Lets the event loop turn, and time pass, until `isOver`. */
async function until(isOver: () => boolean, clock: FakeClock): Promise<void> {
  while (!isOver()) {
    await new Promise((resolve) => setTimeout(resolve));
    await clock.advance(100);
  }
}

Deno.test("a pipeline that another loom drives is busy, and says who has it", async () => {
  const { it } = held(() => true);
  await rejects(it.run(), { code: "busy", message: /process 99 on here, run 0123456789ab/ });
  equal(it.started().length, 0);
});

Deno.test("a lease whose holder is dead is taken at once", async () => {
  const { it } = held(() => false);
  equal((await it.run()).status, "done");
});

Deno.test("with --wait the run begins when the other has ended, and says once that it waits", async () => {
  const { it, lease } = held(() => true);
  let isOver = false;
  const run = it.run({ wait: true }).finally(() => isOver = true);
  await until(() => it.clock.sleepers > 0, it.clock);
  await it.clock.advance(5000);
  it.store().leases.release(lease);
  await until(() => isOver, it.clock);
  const { status, events } = await run;
  equal(status, "done");
  deepEqual(ofType(events, "notice").map(({ code }) => code), ["waiting"]);
  deepEqual(events.map(({ seq }) => seq), events.map((_, i) => i + 1));
});

Deno.test("waiting that is called off runs nothing", async () => {
  const { it } = held(() => true);
  const stop = new AbortController();
  const run = it.run({ wait: true }, { signal: stop.signal });
  const ended = rejects(run, { code: "interrupted" });
  await until(() => it.clock.sleepers > 0, it.clock);
  stop.abort();
  await ended;
  equal(it.started().length, 0);
});

Deno.test("a run whose lease another loom took starts nothing more and writes nothing more", async () => {
  const it = fakeProject(`${YAML}  - {name: b, task: b.py}\n`, {
    script: () => {
      it.store().leases.acquire("pipeline.yml", OTHER, 1e9, it.clock.now() + 1e6, () => false);
      return undefined;
    },
  });
  await rejects(it.run(), { code: "lease-lost" });
  equal(it.started().length, 1);
});

Deno.test("keepDriving() renews the lease until it is told to end, and tells when it is lost", async () => {
  const it = fakeProject(YAML);
  const store = it.store();
  const now = () => it.clock.now();
  const lease = store.leases.acquire("p", OTHER, 15_000, now(), () => true) as Lease;
  const over = new AbortController();
  const lost: LoomError[] = [];
  const onLost = (error: LoomError) => void lost.push(error);
  const driving = keepDriving(lease, { store, over: over.signal, onLost }, it.context);
  for (let i = 0; i < 10; i++) {
    await it.clock.advance(5000);
    await Promise.resolve();
  }
  deepEqual(store.leases.acquire("p", { ...OTHER, pid: 7 }, 1, now(), () => true), OTHER);
  store.leases.acquire("p", { ...OTHER, pid: 7 }, 1e9, now(), () => false);
  await it.clock.advance(5000);
  await driving;
  equal(lost[0].code, "lease-lost");
});
