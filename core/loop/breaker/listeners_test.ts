import { deepStrictEqual as deepEqual, strictEqual as equal, throws } from "node:assert/strict";
import { makeCircuitBreaker } from "./circuit_breaker.ts";
import { FakeClock, slowTool, tool } from "./fake_tool_test.ts";
import type { BreakerListener, BreakerSurroundings, KeptBreaker } from "./types.ts";

function noted(): { listener: BreakerListener; heard: unknown[] } {
  const heard: unknown[] = [];
  return { heard, listener: { changed: (it) => void heard.push(it), refused: (it) => void heard.push(it) } };
}

Deno.test("circuitBreaker() tells the step that makes a call of each change and each refusal", () => {
  const { heard, listener } = noted();
  const search = makeCircuitBreaker(new FakeClock(), { current: () => listener })(tool, { failThreshold: 1 });
  throws(() => search("fail"));
  throws(() => search("ok"));
  deepEqual(heard, [
    { name: "tool", from: "closed", to: "open", at: 1_000 },
    { name: "tool", retryAfterMs: 30_000 },
  ]);
});

Deno.test("circuitBreaker() tells the step that made a call, also when it ends in another", async () => {
  const [first, second] = [noted(), noted()];
  let current = first.listener;
  const slow = slowTool();
  const search = makeCircuitBreaker(new FakeClock(), { current: () => current })(slow.tool, { failThreshold: 1 });
  const call = search();
  current = second.listener;
  slow.calls[0].fail();
  await call.catch(() => undefined);
  deepEqual([first.heard.length, second.heard.length], [1, 0]);
});

Deno.test("circuitBreaker() tells its own hooks, in a loop and alone", () => {
  const heard: unknown[] = [];
  const options = {
    failThreshold: 1,
    onTransition: (it: unknown) => heard.push(it),
    onRefused: (it: unknown) => heard.push(it),
  };
  const search = makeCircuitBreaker(new FakeClock())(tool, options);
  throws(() => search("fail"), /down/);
  throws(() => search("ok"), { code: "CIRCUIT_OPEN_ERROR" });
  equal(heard.length, 2);
});

Deno.test("circuitBreaker() reports what a hook throws and goes on", () => {
  const reported: unknown[] = [];
  const { heard, listener } = noted();
  const surroundings: BreakerSurroundings = { current: () => listener, report: (error) => reported.push(error) };
  const onTransition = () => {
    throw new Error("hook");
  };
  const search = makeCircuitBreaker(new FakeClock(), surroundings)(tool, { failThreshold: 1, onTransition });
  throws(() => search("fail"), /down/);
  deepEqual([search.state, heard.length, reported.length], ["open", 1, 1]);
});

function kept(clock: FakeClock) {
  const breakers: KeptBreaker[] = [];
  const circuitBreaker = makeCircuitBreaker(clock, { keep: (it) => breakers.push(it) });
  const options = { store: true, failThreshold: 2, cooldown: 1_000, backoff: "exponential" } as const;
  const search = circuitBreaker(tool, options);
  circuitBreaker(tool);
  equal(breakers.length, 1);
  return { search, breaker: breakers[0] };
}

Deno.test("restore() goes on where snapshot() was taken, with the time between counted", () => {
  const clock = new FakeClock();
  const before = kept(clock);
  for (let i = 0; i < 2; i++) throws(() => before.search("fail"));
  clock.pass(1_000);
  throws(() => before.search("fail"), /down/);
  const snapshot = before.breaker.snapshot();

  clock.utc += 500;
  clock.ms = 7;
  const after = kept(clock);
  after.breaker.restore(snapshot);
  deepEqual([after.search.state, after.search.consecutiveFailures], ["open", 3]);
  throws(() => after.search("ok"), { retryAfterMs: 1_500 });
  clock.pass(1_500);
  equal(after.search("ok"), "done");
});

Deno.test("restore() keeps a count of failures, and never waits longer than it would have", () => {
  const clock = new FakeClock();
  const before = kept(clock);
  throws(() => before.search("fail"));
  const closed = before.breaker.snapshot();
  throws(() => before.search("fail"));
  const open = before.breaker.snapshot();
  clock.utc -= 1_000_000;
  const after = kept(clock);
  after.breaker.restore(open);
  throws(() => after.search("ok"), { retryAfterMs: 1_000 });
  after.breaker.restore(closed);
  throws(() => after.search("fail"), /down/);
  equal(after.search.state, "open");
});

Deno.test("restore() waits no longer than the cooldown that the code asks for now", () => {
  const clock = new FakeClock();
  const { search, breaker } = kept(clock);
  const stored = { isOpen: true, consecutiveFailures: 2, failedTrials: 0, waitMs: 3_600_000, at: clock.utc };
  breaker.restore(JSON.stringify(stored));
  throws(() => search("ok"), { retryAfterMs: 1_000 });
});

Deno.test("restore() makes a trial again that was under way", () => {
  const clock = new FakeClock();
  const after = kept(clock);
  let snapshot = "";
  const breakers: KeptBreaker[] = [];
  const make = makeCircuitBreaker(clock, { keep: (it) => breakers.push(it) });
  const search = make((what: "ok" | "fail") => {
    snapshot = breakers[0].snapshot();
    return tool(what);
  }, { name: "search", store: true, failThreshold: 1, cooldown: 1_000 });
  throws(() => search("fail"));
  clock.pass(1_000);
  search("ok");
  after.breaker.restore(snapshot);
  equal(after.search.state, "open");
  equal(after.search("ok"), "done");
});

Deno.test("revision grows with each change of what is kept, and only then", () => {
  const { search, breaker } = kept(new FakeClock());
  const seen = [breaker.revision];
  const calls = [() => search("ok"), () => throws(() => search("fail")), () => search("ok"), () => search("ok")];
  for (const call of calls) {
    call();
    seen.push(breaker.revision);
  }
  deepEqual(seen.map((it, index) => index > 0 && it > seen[index - 1]), [false, false, true, true, false]);
});

Deno.test("restore() says so when it is handed no snapshot", () => {
  const { search, breaker } = kept(new FakeClock());
  for (
    const text of ["", "null", "{}", '{"isOpen":true,"consecutiveFailures":-1,"failedTrials":0,"waitMs":0,"at":null}']
  ) {
    throws(() => breaker.restore(text), { code: "STORE_CORRUPT" }, text);
  }
  equal(search("ok"), "done");
});
