import { deepStrictEqual as deepEqual, rejects, strictEqual as equal, throws } from "node:assert/strict";
import { problemsOf } from "../converge/fake_run_test.ts";
import { BudgetExhausted, type CircuitOpenError } from "../base/errors.ts";
import { makeCircuitBreaker } from "./circuit_breaker.ts";
import { FakeClock, slowTool, thrownBy, tool } from "./fake_tool_test.ts";
import type { CircuitBreakerOptions } from "./types.ts";

const open = { code: "CIRCUIT_OPEN_ERROR" };

function guarded<F extends (...args: never[]) => unknown>(
  fn: F,
  options: CircuitBreakerOptions<Awaited<ReturnType<F>>> = {},
) {
  const clock = new FakeClock();
  return { clock, guarded: makeCircuitBreaker(clock)(fn, options) };
}

function fail(guarded: (what: "fail") => unknown, times: number): void {
  for (let i = 0; i < times; i++) throws(() => guarded("fail"), /down/);
}

Deno.test("circuitBreaker() hands on this, arguments and value, and keeps the name", () => {
  const counter = {
    base: 2,
    add: guarded(function add(this: { base: number }, a: number, b: number) {
      return this.base + a + b;
    }).guarded,
  };
  equal(counter.add(3, 4), 9);
  equal(counter.add.name, "add");
  equal(guarded(tool, { name: "search" }).guarded.name, "search");
});

Deno.test("circuitBreaker() opens at the threshold, and a success before it sets the count to 0", () => {
  const { guarded: search } = guarded(tool);
  fail(search, 2);
  equal(search.consecutiveFailures, 2);
  equal(search("ok"), "done");
  equal(search.consecutiveFailures, 0);
  fail(search, 3);
  deepEqual([search.state, search.consecutiveFailures], ["open", 3]);
});

Deno.test("circuitBreaker() refuses with the time left until the cooldown is over, and closes after a good trial", () => {
  const { clock, guarded: search } = guarded(tool, { cooldown: "10s" });
  fail(search, 3);
  clock.pass(4_000);
  const refusal = thrownBy(() => search("ok")) as CircuitOpenError;
  deepEqual([refusal.name, refusal.breaker, refusal.retryAfterMs], ["CircuitOpenError", "tool", 6_000]);
  clock.pass(5_999);
  throws(() => search("ok"), open);
  equal(search.state, "open");
  clock.pass(1);
  equal(search("ok"), "done");
  deepEqual([search.state, search.consecutiveFailures], ["closed", 0]);
  deepEqual(search.transitions, [
    { from: "closed", to: "open", at: 1_000 },
    { from: "open", to: "half_open", at: 11_000 },
    { from: "half_open", to: "closed", at: 11_000 },
  ]);
});

Deno.test("circuitBreaker() opens again for the same cooldown when the trial fails", () => {
  const { clock, guarded: search } = guarded(tool, { cooldown: 100 });
  fail(search, 3);
  for (let trial = 0; trial < 5; trial++) {
    clock.pass(99);
    throws(() => search("ok"), open);
    clock.pass(1);
    fail(search, 1);
  }
});

Deno.test("circuitBreaker() doubles the cooldown with each failed trial, up to its maximum, and starts anew after a good one", () => {
  const { clock, guarded: search } = guarded(tool, { cooldown: 100, backoff: "exponential", maxCooldown: 500 });
  fail(search, 3);
  for (const cooldown of [100, 200, 400, 500, 500]) {
    clock.pass(cooldown - 1);
    throws(() => search("ok"), open, `${cooldown}`);
    clock.pass(1);
    fail(search, 1);
  }
  clock.pass(500);
  search("ok");
  fail(search, 3);
  clock.pass(100);
  equal(search("ok"), "done");
});

Deno.test("circuitBreaker() keeps a number of milliseconds that can be counted after a thousand failed trials", () => {
  const { clock, guarded: search } = guarded(tool, { cooldown: 1, backoff: "exponential" });
  fail(search, 3);
  for (let trial = 0; trial < 1_100; trial++) {
    clock.ms = 0;
    clock.ms = Number.MAX_VALUE;
    fail(search, 1);
  }
  equal(search.transitions.length, 1_000);
  equal(Number.isFinite((thrownBy(() => (clock.ms = 0, search("ok"))) as CircuitOpenError).retryAfterMs), true);
});

Deno.test("circuitBreaker() counts a promise when it settles, not when it is made", async () => {
  const { tool, calls } = slowTool();
  const { guarded: search } = guarded(tool);
  const running = [search(), search(), search()];
  equal(search.state, "closed");
  calls.forEach((it) => it.fail());
  for (const it of running) await rejects(it, /down/);
  equal(search.state, "open");
});

Deno.test("circuitBreaker() refuses by promise what is known to answer by promise", async () => {
  const { tool, calls } = slowTool();
  const { guarded: search } = guarded(tool, { failThreshold: 1 });
  const first = search();
  calls[0].fail();
  await rejects(first, /down/);
  await rejects(search(), open);
});

Deno.test("circuitBreaker() asks a lazy promise once", async () => {
  let asked = 0;
  const lazy = {
    then(ok: (value: string) => void): void {
      asked++;
      ok("row");
    },
  };
  const { guarded: query } = guarded(() => lazy as unknown as Promise<string>);
  equal(await query(), "row");
  equal(asked, 1);
});

Deno.test("circuitBreaker() lets one of eight calls through on trial and refuses the others with the time left", async () => {
  const { tool, calls } = slowTool();
  const { clock, guarded: search } = guarded(tool, { failThreshold: 1, cooldown: 100 });
  const first = search();
  calls[0].fail();
  await rejects(first);
  clock.pass(100);
  const trials = Array.from({ length: 8 }, () => search());
  clock.pass(30);
  trials.push(search());
  equal(calls.length, 2);
  calls[1].ok();
  const ends = await Promise.allSettled(trials);
  const left = ends.map((it) => it.status === "rejected" && (it.reason as CircuitOpenError).retryAfterMs);
  deepEqual(left, [false, ...Array(7).fill(100), 70]);
  equal(search.state, "closed");
});

Deno.test("circuitBreaker() gives the place of a trial that never ends to the next call, and ignores its end", async () => {
  const { tool, calls } = slowTool();
  const { clock, guarded: search } = guarded(tool, { failThreshold: 1, cooldown: 100 });
  const ends = [search()];
  calls[0].fail();
  await rejects(ends[0]);
  clock.pass(100);
  ends.push(search());
  clock.pass(100);
  ends.push(search());
  equal(calls.length, 3);
  calls[1].fail();
  await rejects(ends[1]);
  equal(search.state, "half_open");
  calls[2].ok();
  equal(await ends[2], "done");
  equal(search.state, "closed");
});

Deno.test("circuitBreaker() ignores what calls come to that began before it opened", async () => {
  const { tool, calls } = slowTool();
  const { guarded: search } = guarded(tool, { failThreshold: 1 });
  const [late, tripping] = [search(), search()];
  calls[1].fail();
  await rejects(tripping);
  calls[0].ok();
  equal(await late, "done");
  deepEqual([search.state, search.consecutiveFailures], ["open", 1]);
});

Deno.test("circuitBreaker() returns a value judged a failure, and counts it", () => {
  const { guarded: fetchIt } = guarded((status: number) => ({ status }), {
    failThreshold: 2,
    isFailure: (it) => "error" in it || it.value.status >= 500,
  });
  deepEqual([fetchIt(503), fetchIt(503)], [{ status: 503 }, { status: 503 }]);
  equal(fetchIt.state, "open");
});

Deno.test("circuitBreaker() throws an error judged harmless, which changes nothing", () => {
  const isFailure = (it: object) => "error" in it && (it.error as Error).message !== "not found";
  const find = (what: string) => {
    if (what !== "ok") throw new Error(what);
  };
  const { clock, guarded: search } = guarded(find, { isFailure, cooldown: 100 });
  throws(() => search("down"));
  throws(() => search("not found"), /not found/);
  equal(search.consecutiveFailures, 1);
  throws(() => search("down"));
  throws(() => search("down"));
  clock.pass(100);
  throws(() => search("not found"), /not found/);
  equal(search.state, "half_open");
  search("ok");
  equal(search.state, "closed");
});

Deno.test("circuitBreaker() does not blame a tool for a loop's own end", () => {
  const facts = { limit: "usd", used: 1, max: 1, reserve: 1, scope: "own" } as const;
  const { guarded: search } = guarded(() => {
    throw new BudgetExhausted(facts);
  }, { failThreshold: 1 });
  throws(search, BudgetExhausted);
  equal(search.state, "closed");
});

Deno.test("circuitBreaker() throws the real error when isFailure fails, with that as its cause, and counts nothing", () => {
  const [own, real] = [new Error("bug"), new Error("down", { cause: new Error("deep") })];
  const options = {
    failThreshold: 1,
    isFailure: () => {
      throw own;
    },
  };
  const { guarded: search } = guarded(() => {
    throw real;
  }, options);
  equal(thrownBy(search), real);
  equal((real.cause as Error).cause, own);
  deepEqual([search.state, search.consecutiveFailures], ["closed", 0]);

  const text = thrownBy(
    guarded(() => {
      throw "down";
    }, options).guarded,
  ) as AggregateError;
  deepEqual(text.errors, ["down", own]);
});

Deno.test("circuitBreaker() does not take the promise of an isFailure for a yes", async () => {
  const isFailure = (() => Promise.resolve(false)) as never;
  const { guarded: search } = guarded(() => Promise.resolve(1), { failThreshold: 1, isFailure });
  await rejects(search(), { name: "TypeError", message: /at once, not \[object Promise\]/ });
  equal(search.state, "closed");
});

Deno.test("circuitBreaker() closes and forgets on reset(), also what is under way", async () => {
  const { tool, calls } = slowTool();
  const { guarded: search } = guarded(tool, { failThreshold: 1 });
  const ends = [search(), search()];
  calls[0].fail();
  await rejects(ends[0]);
  search.reset();
  deepEqual([search.state, search.consecutiveFailures], ["closed", 0]);
  const begun = search();
  search.reset();
  calls[1].fail();
  calls[2].fail();
  await rejects(ends[1]);
  await rejects(begun);
  equal(search.state, "closed");
  deepEqual(search.transitions.map((it) => it.to), ["open", "closed"]);
});

Deno.test("circuitBreaker() refuses everything that is wrong at once", () => {
  const make = makeCircuitBreaker(new FakeClock());
  const wrong = { failThreshold: -5, cooldown: "soon", backoff: "expnential", isFailure: 1, treshold: 2, store: "yes" };
  equal(problemsOf(() => make(3 as never, wrong as never)).length, 7);
  deepEqual(problemsOf(() => make(() => 1, { cooldown: 0 })), ["cooldown must be more than 0"]);
  deepEqual(problemsOf(() => make(tool, { cooldown: "2s", maxCooldown: "1s" })), [
    "maxCooldown must be at least cooldown, 2000 ms, not 1000 ms",
  ]);
  deepEqual(problemsOf(() => make((): number => 1, { store: true })), ["store needs a name"]);
  deepEqual(problemsOf(() => make(tool, { name: "", clock: {} as never })).length, 2);
});
