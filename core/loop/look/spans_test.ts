import { deepStrictEqual as deepEqual, match, ok, rejects, strictEqual as equal } from "node:assert/strict";
import {
  loop,
  memoryStore,
  otlpListeners,
  type OtlpSpan,
  type OtlpTraces,
  otlpTraces,
  predicate,
  type Store,
} from "@loom/loom";
import { z } from "zod";

const response = { model: "claude-sonnet-4-5", usage: { input_tokens: 100, output_tokens: 20 } };

function spansIn({ resourceSpans: [{ scopeSpans: [{ spans }] }] }: OtlpTraces): readonly OtlpSpan[] {
  return spans;
}

/** Attributes by name, without their types. */
function members(span: OtlpSpan): Readonly<Record<string, unknown>> {
  return Object.fromEntries(span.attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}

function byName(spans: readonly OtlpSpan[], name: string): OtlpSpan {
  const found = spans.find((span) => span.name === name);
  ok(found, `${name} is not among ${spans.map((span) => span.name).join(", ")}`);
  return found;
}

/** What is the same in both ways of telling. */
function place({ traceId, spanId, parentSpanId, name }: OtlpSpan) {
  return { traceId, spanId, parentSpanId, name };
}

/** A parent whose step calls a child, asks a model, and fails once; told live, and stored. */
async function told(store: Store = memoryStore()) {
  const live: OtlpSpan[] = [];
  const on = otlpListeners((traces) => live.push(...spansIn(traces)));
  const child = loop({
    name: "child",
    state: z.number(),
    checkpoint: store,
    on,
    convergeOn: predicate(() => true),
    step: (n, ctx) => {
      ctx.spend({ usd: 0.25 });
      return n + 1;
    },
  });
  const parent = loop({
    name: "parent",
    version: "2",
    state: z.number(),
    checkpoint: store,
    on,
    budget: { usd: 10 },
    retry: { attempts: 2, backoff: 0 },
    convergeOn: predicate((history) => history.length === 2),
    score: (n) => n / 2,
    step: async (n, ctx) => {
      if (ctx.step === 0 && ctx.attempt === 1) throw new Error("not yet");
      if (ctx.step === 1) return await child(n);
      await ctx.once("ask", () => response, { cost: () => ({ usd: 0.5, tokens: 120 }) });
      return n + 1;
    },
  });
  const { runId } = await parent.run(0);
  return { live, runId, stored: spansIn(await otlpTraces(store, runId)) };
}

Deno.test("otlpTraces() makes a tree of runs, steps and tries, all of one trace", async () => {
  const { stored } = await told();
  const parents = stored.map(({ name, parentSpanId }) => [name, stored.find((it) => it.spanId === parentSpanId)?.name]);
  deepEqual(parents, [
    ["loop parent", undefined],
    ["step 0", "loop parent"],
    ["attempt 1", "step 0"],
    ["attempt 2", "step 0"],
    ["step 1", "loop parent"],
    ["loop child", "step 1"],
    ["step 0", "loop child"],
  ]);
  equal(new Set(stored.map(({ traceId }) => traceId)).size, 1);
  equal(new Set(stored.map(({ spanId }) => spanId)).size, stored.length);
  for (const { traceId, spanId, startTimeUnixNano, endTimeUnixNano } of stored) {
    match(`${traceId} ${spanId}`, /^[0-9a-f]{32} [0-9a-f]{16}$/);
    ok(BigInt(startTimeUnixNano) <= BigInt(endTimeUnixNano));
  }
});

Deno.test("otlpTraces() says what was spent, how it went, and what is known of the model", async () => {
  const { stored, runId } = await told();
  const run = byName(stored, "loop parent");
  const { "loom.reason": reason, "loom.cost_usd": usd, ...others } = members(run);
  deepEqual([reason, usd, run.status], ["converged:predicate", 0.75, { code: 1 }]);
  deepEqual(others, {
    "loom.run.id": runId,
    "loom.loop.name": "parent",
    "loom.loop.version": "2",
    "loom.status": "completed",
    "loom.steps": "2",
    "loom.unknown_usd": 0,
    "loom.tokens": "120",
    "loom.budget_usd": 10,
    "loom.best.step": "1",
    "loom.best.score": 1,
  });
  deepEqual(members(byName(stored, "step 0")), {
    "loom.run.id": runId,
    "loom.step": "0",
    "loom.attempts": "2",
    "loom.cost_usd": 0.5,
    "loom.child_cost_usd": 0,
    "loom.tokens": "120",
    "loom.score": 0.5,
    "loom.decision": "advance",
    "gen_ai.response.model": "claude-sonnet-4-5",
    "gen_ai.usage.input_tokens": "100",
    "gen_ai.usage.output_tokens": "20",
  });
  equal(members(byName(stored, "step 1"))["loom.child_cost_usd"], 0.25);
  deepEqual(byName(stored, "attempt 1").status, { code: 2, message: "Error: not yet" });
  const { "gen_ai.usage.input_tokens": unknown } = members(byName(stored, "step 1"));
  equal(unknown, undefined);
});

Deno.test("otlpTraces() keeps whole numbers apart from others, as the protocol does", async () => {
  const { stored } = await told();
  const values = Object.fromEntries(byName(stored, "step 0").attributes.map(({ key, value }) => [key, value]));
  deepEqual(values["loom.step"], { intValue: "0" });
  deepEqual(values["loom.child_cost_usd"], { doubleValue: 0 });
});

Deno.test("otlpTraces() puts events into the span they belong to", async () => {
  const { stored } = await told();
  const names = (name: string) => byName(stored, name).events.map((event) => event.name);
  deepEqual([names("loop parent"), names("step 1")], [[], ["converged"]]);
  deepEqual(byName(stored, "step 1").events[0].attributes, [
    { key: "loom.reason", value: { stringValue: "predicate" } },
  ]);
});

Deno.test("otlpTraces() of a child alone hangs it on the step that called it", async () => {
  const store = memoryStore();
  const { stored } = await told(store);
  const child = members(byName(stored, "loop child"))["loom.run.id"] as string;
  deepEqual(spansIn(await otlpTraces(store, child)), stored.slice(-2));
});

Deno.test("otlpTraces() tells of a step that only waits", async () => {
  const store = memoryStore();
  const asks = loop({
    name: "asks",
    state: z.number(),
    checkpoint: store,
    budget: { iterations: 1 },
    step: (_, ctx) => ctx.pause<number>("how many", {}),
  });
  const { runId } = await asks.run(0);
  const step = byName(spansIn(await otlpTraces(store, runId)), "step 0");
  deepEqual([members(step)["loom.attempt.status"], step.status], ["paused", { code: 0 }]);
  deepEqual(step.events.map(({ name }) => name), ["paused"]);
  await rejects(otlpTraces(store, "nothing"), { code: "RUN_NOT_FOUND" });
});

Deno.test("otlpListeners() tells each step when it is over, with the ids that are stored", async () => {
  const { live, stored } = await told();
  const steps = stored.filter(({ name }) => !name.startsWith("attempt"));
  deepEqual(live.map(({ name }) => name), ["step 0", "step 0", "loop child", "step 1", "loop parent"]);
  const sorted = (spans: readonly OtlpSpan[]) => spans.map(place).sort((a, b) => a.spanId < b.spanId ? -1 : 1);
  deepEqual(sorted(live), sorted(steps));
  const first = byName(live, "step 0");
  deepEqual([members(first)["loom.cost_usd"], first.events.map(({ name }) => name)], [0.5, ["step.failed"]]);
});

Deno.test("otlpListeners() marks what failed", async () => {
  const live: OtlpSpan[] = [];
  const fails = loop({
    name: "fails",
    state: z.number(),
    checkpoint: "memory",
    budget: { iterations: 2 },
    on: otlpListeners((traces) => live.push(...spansIn(traces))),
    step: () => {
      throw new TypeError("no");
    },
  });
  await fails.run(0);
  deepEqual(live.map(({ name, status }) => [name, status.code, status.message]), [
    ["step 0", 2, "TypeError: no"],
    ["loop fails", 2, undefined],
  ]);
});

Deno.test("otlpTraces() has a span of each candidate, otlpListeners() one of the iteration", async () => {
  const [store, live] = [memoryStore(), [] as OtlpSpan[]];
  const tries = loop({
    name: "tries",
    state: z.number(),
    checkpoint: store,
    budget: { iterations: 2 },
    branches: { n: 2 },
    on: otlpListeners((traces) => live.push(...spansIn(traces))),
    step: async (n, ctx) => {
      await ctx.once("ask", () => response, { cost: () => ({ usd: 0.1, tokens: 120 }) });
      return n + Number(ctx.idempotencyKey.endsWith("1"));
    },
    score: (n) => n,
  });
  const { runId } = await tries.run(0);
  const stored = spansIn(await otlpTraces(store, runId));
  const names = stored.map((span) => span.name);
  deepEqual(names, ["loop tries", "step 0 0", "step 0 1", "step 1 0", "step 1 1"]);
  deepEqual(stored.slice(1).map((span) => members(span)["gen_ai.usage.input_tokens"]), Array(4).fill("100"));
  deepEqual(live.map((span) => span.name), ["step 0", "step 1", "loop tries"]);
});
