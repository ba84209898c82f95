import { deepStrictEqual as deepEqual, strictEqual as equal, throws } from "node:assert/strict";
import { fakeClock } from "../../../tests/support/fake_clock.ts";
import { memoryStores } from "../../../tests/support/memory_store.ts";
import type { RunEvent } from "../../ports/events.ts";
import type { Lease } from "../../ports/store.ts";
import { Recorder } from "./recorder.ts";

function setUp() {
  const store = memoryStores().open("/w", () => {});
  const told: RunEvent[] = [];
  const clock = fakeClock(1000);
  const recorder = new Recorder({ run: "r", clock, sink: (event) => void told.push(event), store });
  return { store, told, recorder };
}

Deno.test("Recorder tells facts at once, numbered, and keeps them with the next commit", () => {
  const { store, told, recorder } = setUp();
  recorder.emit({ type: "iteration_started", step: "g", iteration: 0 });
  recorder.emit({ type: "output", step: "g", stream: "stdout", text: "x" });
  recorder.emit({ type: "progress", what: "hashing", done: 1, total: 2 });
  recorder.emit({ type: "iteration_started", step: "g", iteration: 1 });
  deepEqual(told.map(({ seq, at, run }) => [seq, at, run]), [1, 2, 3, 4].map((seq) => [seq, 1000, "r"]));
  equal(store.journal.events("r").length, 0);
  recorder.commit();
  deepEqual(store.journal.events("r").map(({ seq }) => seq), [1, 4]);
});

Deno.test("Recorder keeps what it could not write, and writes it the next time", () => {
  const { store, recorder } = setUp();
  let isBroken = true;
  recorder.emit({ type: "iteration_started", step: "g", iteration: 0 });
  recorder.write(() => {
    if (isBroken) throw new Error("disk full");
  });
  throws(() => recorder.commit(), /disk full/);
  equal(store.journal.events("r").length, 0);
  isBroken = false;
  recorder.commit();
  equal(store.journal.events("r").length, 1);
});

Deno.test("Recorder writes nothing under a lease that was lost", () => {
  const { store, recorder } = setUp();
  const holder = { pid: 1, host: "h", processStart: "s", run: "r", since: 0 };
  const lease = store.leases.acquire("p", holder, 10, 0, () => true) as Lease;
  recorder.under(lease).emit({ type: "iteration_started", step: "g", iteration: 0 });
  store.leases.acquire("p", holder, 10, 20, () => true);
  throws(() => recorder.commit(), { code: "lease-lost" });
});

Deno.test("Recorder remembers whether anything was noticed", () => {
  const { recorder } = setUp();
  equal(recorder.hasNotices, false);
  recorder.emit({ type: "notice", level: "warning", code: "c", message: "m" });
  equal(recorder.hasNotices, true);
});
