/**
 * What a run may spend.
 *
 * @module
 */

import { deepStrictEqual as deepEqual, ok, strictEqual as equal, throws } from "node:assert/strict";
import { BudgetExhausted, predicate } from "../../../core/loop/mod.ts";
import type { Behaviour } from "../support/behaviour.ts";
import { type Count, counting, eventsOf, rowOf, stepsOf } from "../support/counting.ts";
import type { World } from "../support/world.ts";

/** Types and data of events of a run. */
async function told(world: World, run: { runId: string }, type: string): Promise<unknown[]> {
  const events = await eventsOf(world, run.runId);
  return events.filter((it) => it.type === type).map(({ data }) => JSON.parse(data) as unknown);
}

/** Limits, warnings, deadlines. */
export const budgets: Behaviour = {
  "reaching a limit exactly is allowed, one nano-USD more is not": async (world) => {
    for (const [max, steps] of [[0.5, 2], [0.500000001, 1], [1, 1], [1.000000001, 0]] as const) {
      const result = await counting(world, { budget: { usd: 1 }, stepCost: { max: { usd: max } }, cost: () => max })
        .run({
          n: 0,
        });
      deepEqual([result.steps, result.spent.usd], [steps, max * steps]);
    }
  },

  "a limit of 0 runs no step": async (world) => {
    for (const budget of [{ usd: 0 }, { tokens: 0 }, { iterations: 0 }, { wallClock: 0 }]) {
      const { steps, status, state } = await counting(world, { budget }).run({ n: 3 });
      deepEqual([steps, status, state.n], [0, "budget_exhausted", 3]);
    }
  },

  "the error says which limit, how much of it is used and what was needed": async (world) => {
    const loop = counting(world, {
      budget: { usd: 1 },
      stepCost: { max: { usd: 0.4 } },
      cost: () => 0.3,
    });
    const { error, runId } = await loop.run({ n: 0 });
    ok(error instanceof BudgetExhausted);
    const { limit, used, max, reserve, scope } = error;
    deepEqual({ limit, used, max, reserve, scope, runId: error.runId }, {
      limit: "usd",
      used: 0.9,
      max: 1,
      reserve: 0.4,
      scope: "own",
      runId,
    });
    const other = (await counting(world, { budget: { tokens: 5 }, cost: () => ({ tokens: 3 }) }).run({ n: 0 })).error;
    const { limit: name, used: count, reserve: none } = other as BudgetExhausted;
    deepEqual([name, count, none], ["tokens", 6, 0]);
  },

  "with a max the guarantee is hard; with an estimate, or costs that were seen, estimated; else soft": async (
    world,
  ) => {
    const cost = () => 0.1;
    const guarantees = [];
    for (
      const spec of [
        { stepCost: { max: { usd: 0.1 } } },
        { stepCost: { estimate: () => ({ usd: 0.1 }) } },
        { stepCost: { estimate: () => ({ usd: 0.1 }), max: { usd: 0.2 } } },
        {},
      ]
    ) guarantees.push((await counting(world, { budget: { usd: 1 }, cost, ...spec }).run({ n: 0 })).guarantee);
    deepEqual(guarantees, ["hard", "estimated", "estimated", "soft"]);
    const metered = counting(world, {
      budget: { usd: 1 },
      stepCost: { estimate: () => ({ usd: 0.1 }), max: { usd: 0.3 } },
      step: ({ n }, ctx) => {
        ctx.reserve({ usd: 0.2 }).settle({ usd: 0.2 });
        return { n: n + 1 };
      },
    });
    const { guarantee, spent } = await metered.run({ n: 0 });
    deepEqual([guarantee, spent.usd], ["hard", 1]);
  },

  "a run whose steps all failed is as sure of its budget as its weakest step was": async (world) => {
    const loop = counting(world, {
      budget: { usd: 1 },
      step: () => {
        throw new Error("no");
      },
    });
    equal((await loop.run({ n: 0 })).guarantee, "soft");
  },

  "after three costs the next one is taken to be the largest of the last five": async (world) => {
    const costs = [0.5, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1];
    const loop = counting(world, { budget: { usd: 1.5 }, cost: () => costs.shift() ?? 0.1 });
    // While the first one counts, less than 0.5 must not be left; then it is forgotten.
    deepEqual((await loop.run({ n: 0 })).spent.usd, 1.5);
    const early = [0.1, 0.1, 0.6, 0.1];
    const other = counting(world, { budget: { usd: 1 }, cost: () => early.shift()! });
    deepEqual((await other.run({ n: 0 })).spent.usd, 0.8);
  },

  "a step that is dearer than its max is recorded whole, told, and the last one": async (world) => {
    const loop = counting(world, { budget: { usd: 1 }, stepCost: { max: { usd: 0.5 } }, cost: () => 0.8 });
    const result = await loop.run({ n: 0 });
    deepEqual([result.spent.usd, result.steps], [0.8, 1]);
    deepEqual(await told(world, result, "budget.overrun"), [{ step: 0, usd: 0.8, maxUsd: 0.5 }]);
  },

  "a step that fails beyond its max tells of it, too": async (world) => {
    const loop = counting(world, {
      budget: { usd: 1 },
      stepCost: { max: { usd: 0.5 } },
      step: (_state, ctx) => {
        ctx.spend({ usd: 0.9 });
        throw new Error("dear");
      },
    });
    const result = await loop.run({ n: 0 });
    equal((await told(world, result, "budget.overrun")).length, 1);
    equal((await told(world, result, "budget.warning")).length, 1);
  },

  "warnings come once each, at 50, 80 and 95 percent": async (world) => {
    const loop = counting(world, { budget: { usd: 1, iterations: 100 }, cost: () => 0.16 });
    const percents = async (run: { runId: string }) =>
      (await told(world, run, "budget.warning") as { limit: string; percent: number }[])
        .filter(({ limit }) => limit === "usd").map(({ percent }) => percent);
    const result = await loop.run({ n: 0 });
    deepEqual(await percents(result), [50, 80, 95]);
    await loop.resume(result.runId, { addBudget: { usd: 1 } });
    deepEqual(await percents(result), [50, 80, 95, 50, 80, 95]);
  },

  "time is warned of as money is": async (world) => {
    const loop = counting(world, {
      budget: { wallClock: "10s" },
      step: async ({ n }) => {
        await world.clock.advance(3_000);
        return { n: n + 1 };
      },
    });
    const result = await loop.run({ n: 0 });
    deepEqual((await told(world, result, "budget.warning") as { percent: number }[]).map(({ percent }) => percent), [
      50,
      80,
      95,
    ]);
  },

  "a call inside a step is refused before it is made, and the step ends between calls": async (world) => {
    let made = 0;
    const loop = counting(world, {
      budget: { usd: 1 },
      step: (_state, ctx) => {
        for (;;) {
          const call = ctx.reserve({ usd: 0.3 });
          made++;
          call.settle({ usd: 0.25 });
        }
      },
    });
    const { spent, steps, status } = await loop.run({ n: 0 });
    deepEqual([made, spent.usd, steps, status], [3, 0.75, 0, "budget_exhausted"]);
  },

  "a reservation that is neither settled nor released is charged whole; settled twice it counts once": async (
    world,
  ) => {
    const loop = counting(world, {
      budget: { usd: 2 },
      convergeOn: predicate(() => true),
      step: ({ n }, ctx) => {
        ctx.reserve({ usd: 0.5 });
        ctx.reserve({ usd: 1 }).release();
        const call = ctx.reserve({ usd: 0.5 });
        call.settle({ usd: 0.125 });
        call.settle({ usd: 0.5 });
        call.release();
        deepEqual(ctx.remaining().usd, 1.375);
        return { n };
      },
    });
    const result = await loop.run({ n: 0 });
    deepEqual([result.spent.usd, (await rowOf(world, result)).reservedNano], [0.625, 0]);
  },

  "reserving comes out of what the step holds first": async (world) => {
    const loop = counting(world, {
      budget: { usd: 1 },
      stepCost: { max: { usd: 1 } },
      step: ({ n }, ctx) => {
        ctx.reserve({ usd: 0.6 }).settle({ usd: 0.5 });
        ctx.reserve({ usd: 0.5 }).settle({ usd: 0.5 });
        throws(() => ctx.reserve({ usd: 0.000000001 }), { code: "BUDGET_EXHAUSTED" });
        return { n };
      },
    });
    const { spent, steps } = await loop.run({ n: 0 });
    deepEqual([spent.usd, steps], [1, 1]);
  },

  "a cost that fails charges what was held, a response without usage, too": async (world) => {
    const loop = counting(world, {
      budget: { usd: 1, iterations: 1 },
      stepCost: { max: { usd: 0.5 } },
      step: ({ n }, ctx) => {
        ctx.spend({ id: "x", model: "m", content: [] });
        return { n };
      },
    });
    const result = await loop.run({ n: 0 });
    deepEqual([result.spent.usd, (await told(world, result, "cost.missing")).length], [0.5, 1]);
  },

  "time in which nobody holds the run is free, unless the calendar counts": async (world) => {
    for (const [mode, status, steps] of [["active", "completed", 2], ["calendar", "budget_exhausted", 1]] as const) {
      const loop = counting(world, {
        budget: { wallClock: { limit: "10s", mode } },
        convergeOn: predicate(({ length }) => length === 2),
        step: async ({ n }, { step }) => {
          await world.clock.advance(4_000);
          if (step === 0) throw new Error("down");
          return { n: n + 1 };
        },
      });
      const { runId, remaining } = await loop.run({ n: 0 });
      equal(remaining.wallClockMs, 6_000);
      await world.clock.advance(3_600_000);
      const again = await loop.resume(runId);
      deepEqual([again.status, again.steps, again.remaining.wallClockMs], [status, steps, 2_000 * (steps - 1)]);
    }
  },

  "more time of the calendar, or a fresh budget, counts from now": async (world) => {
    const loop = counting(world, {
      budget: { wallClock: { limit: "10s", mode: "calendar" } },
      step: async ({ n }) => {
        await world.clock.advance(6_000);
        return { n: n + 1 };
      },
    });
    const { runId } = await loop.run({ n: 0 });
    await world.clock.advance(60_000);
    equal((await loop.resume(runId)).steps, 2);
    equal((await loop.resume(runId, { budget: "fresh" })).steps, 4);
  },

  "a step that returns within the grace period counts, then the run ends": async (world) => {
    const loop = counting(world, {
      budget: { wallClock: { limit: "10s", grace: "2s" } },
      step: async ({ n }, { signal }) => {
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        await world.clock.sleep(1_000);
        return { n: n + 1 };
      },
    });
    const result = await world.settle(loop.run({ n: 0 }));
    deepEqual([result.reason, result.state.n, result.steps], ["budget:wall_clock", 1, 1]);
    const { limit, max, scope } = result.error as BudgetExhausted;
    deepEqual([limit, max, scope], ["wall_clock", 10_000, "own"]);
  },

  "a step that goes on is given up after it, its result discarded and its reservation charged": async (world) => {
    const late = Promise.withResolvers<Count>();
    const loop = counting(world, {
      budget: { usd: 1, wallClock: { limit: "10s", grace: "2s" } },
      stepCost: { max: { usd: 0.25 } },
      step: () => late.promise,
    });
    const result = await world.settle(loop.run({ n: 0 }));
    equal(world.clock.monotonicMs() <= 13_000, true);
    late.resolve({ n: 9 });
    await world.quiet();
    deepEqual([result.reason, result.state.n, result.steps], ["budget:wall_clock", 0, 0]);
    deepEqual([result.spent.usd, result.unknownSpend.usd, result.remaining.usd], [0, 0.25, 0.75]);
    deepEqual((await world.store.attempts(result.runId)).map(({ status }) => status), ["abandoned"]);
    deepEqual(await stepsOf(world, result), []);
  },

  "what is unknown counts, and can be known better": async (world) => {
    for (const [onUnknown, remaining] of [["charge", 0.75], ["ignore", 1], [() => ({ usd: 0.125 }), 0.875]] as const) {
      const loop = counting(world, {
        budget: { usd: 1 },
        stepCost: { max: { usd: 0.25 } },
        onUnknown,
        convergeOn: predicate(() => true),
      });
      const id = `run-${remaining}`;
      const dead = counting(world.elsewhere(), {
        budget: { usd: 1 },
        stepCost: { max: { usd: 0.25 } },
        convergeOn: predicate(() => true),
        step: () => new Promise<Count>(() => {}),
      });
      void dead.run({ n: 0 }, { runId: id });
      await world.quiet();
      const heard: unknown[] = [];
      const on = {
        "step.lost": ({ step, unknownUsd }: object & { step?: number; unknownUsd?: unknown }) =>
          void heard.push([step, unknownUsd]),
      };
      const result = await loop.resume(id, { steal: true, on });
      deepEqual([result.status, result.remaining.usd, heard], ["completed", remaining, [[0, 0.25]]]);
    }
  },
};
