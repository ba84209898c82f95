/**
 * What loomc 0.2.0 and 0.3.0 promise and do not keep: each of these fails with what they do.
 *
 * @module
 */

import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { z } from "zod";
import { bestScore, lastGood, predicate, scorePlateau } from "../../../core/loop/mod.ts";
import type { Behaviour } from "../support/behaviour.ts";
import { counting, eventsOf, rowOf, scores, stepsOf } from "../support/counting.ts";

/** Rows of what was measured of the original, in its order. */
export const promises: Behaviour = {
  "a step that returns a promise without being an async function is awaited": async (world) => {
    const bound = ((by: number, { n }: { n: number }) => Promise.resolve({ n: n + by })).bind(undefined, 2);
    equal((await counting(world, { step: bound }).run({ n: 0 })).state.n, 10);
  },

  "every step is stored with its own state before the next one begins": async (world) => {
    const seen: number[] = [];
    const loop = counting(world, {
      step: async ({ n }, { runId }) => {
        seen.push((await world.store.steps(runId)).length);
        return { n: n + 1 };
      },
    });
    const result = await loop.run({ n: 0 });
    deepEqual(seen, [0, 1, 2, 3, 4]);
    equal(new Set((await stepsOf(world, result)).map(({ stateRef }) => stateRef)).size, 5);
  },

  "resume has what is left of the budget, not a whole new one, however often it is asked": async (world) => {
    let calls = 0;
    const loop = counting(world, { budget: { iterations: 3 }, step: ({ n }) => ({ n: n + ++calls }) });
    const { runId } = await loop.run({ n: 0 });
    for (let time = 0; time < 3; time++) {
      const again = await loop.resume(runId);
      equal(again.status, "budget_exhausted");
      equal(again.steps, 3);
    }
    equal(calls, 3);
  },

  "$0.15 spent of $2.00 leaves $1.85 after a resume": async (world) => {
    let isBroken = true;
    const loop = counting(world, {
      budget: { usd: 2 },
      convergeOn: predicate(({ length }) => length >= 4),
      step: ({ n }, ctx) => {
        if (n === 1 && isBroken) throw new Error("down");
        if (n === 1) equal(ctx.remaining().usd, 1.85);
        ctx.spend({ usd: n === 0 ? 0.15 : 0 });
        return { n: n + 1 };
      },
    });
    const { runId, remaining } = await loop.run({ n: 0 });
    equal(remaining.usd, 1.85);
    isBroken = false;
    const again = await loop.resume(runId);
    deepEqual([again.status, again.spent.usd, again.remaining.usd], ["completed", 0.15, 1.85]);
  },

  "the time that a run has taken is not given back by a resume": async (world) => {
    let calls = 0;
    const loop = counting(world, {
      budget: { wallClock: "10s" },
      step: async ({ n }) => {
        await world.clock.advance(4_000);
        if (++calls === 2) throw new Error("down");
        return { n: n + 1 };
      },
    });
    const { runId } = await loop.run({ n: 0 });
    const again = await loop.resume(runId);
    equal(again.reason, "budget:wall_clock");
    equal(again.steps, 3);
  },

  "with a limit of $1.00 and steps of at most $0.90 one step runs": async (world) => {
    const loop = counting(world, {
      budget: { usd: 1 },
      stepCost: { max: { usd: 0.9 } },
      cost: () => 0.9,
    });
    const { spent, reason, guarantee } = await loop.run({ n: 0 });
    deepEqual([spent.usd, spent.iterations, reason, guarantee], [0.9, 1, "budget:usd", "hard"]);
  },

  "ten steps of $0.10 under $1.00 are ten": async (world) => {
    const { spent, reason } = await counting(world, { budget: { usd: 1 }, cost: () => 0.1 }).run({ n: 0 });
    deepEqual([spent.usd, spent.iterations, reason], [1, 10, "budget:usd"]);
  },

  "a failed step is stored with its error, without any strategy": async (world) => {
    const loop = counting(world, {
      step: () => {
        throw new TypeError("no such model");
      },
    });
    const result = await loop.run({ n: 0 });
    const [step] = await stepsOf(world, result);
    deepEqual([step.status, step.error], ["error", "TypeError: no such model"]);
    ok(step.errorStack?.includes("promises.ts"));
    deepEqual((await world.store.attempts(result.runId)).map(({ status }) => status), ["error"]);
  },

  "a run with only a budget gives its state and its id when the budget is used up": async (world) => {
    const result = await counting(world).run({ n: 0 });
    deepEqual([result.status, result.reason, result.state.n], ["budget_exhausted", "budget:iterations", 5]);
    await rejects(counting(world)({ n: 0 }), ({ name, runId }: { name: string; runId: string }) => {
      return name === "BudgetExhausted" && /^[0-9a-f]{12}$/.test(runId);
    });
  },

  "a loop that resumes another's run is refused, with what differs": async (world) => {
    const { runId } = await counting(world).run({ n: 0 });
    const other = counting(world, { name: "other", convergeOn: scorePlateau() });
    await rejects(other.resume(runId), { code: "SPEC_MISMATCH", data: { fields: ["name", "convergeOn"] } });
  },

  "a typed state is what its schema says after a resume, too": async (world) => {
    const when = z.codec(z.string(), z.date(), {
      decode: (text) => new Date(text),
      encode: (date) => date.toISOString(),
    });
    let isBroken = true;
    const seen: unknown[] = [];
    const loop = world.loop({
      name: "dates",
      state: z.object({ at: when }),
      budget: { iterations: 4 },
      step: ({ at }) => {
        seen.push(at);
        if (seen.length === 3 && isBroken) throw new Error("down");
        return { at: new Date(at.getTime() + 1) };
      },
    });
    const { runId } = await loop.run({ at: new Date(5) });
    isBroken = false;
    const { state } = await loop.resume(runId);
    deepEqual(seen, [5, 6, 7, 7].map((ms) => new Date(ms)));
    deepEqual(state.at, new Date(8));
  },

  "what is returned is the best state, and an equal score is no regression": async (world) => {
    const loop = counting(world, {
      budget: { iterations: 4 },
      backtrack: bestScore(),
      score: scores(0.5, 0.9, 0.9, 0.2),
    });
    const result = await loop.run({ n: 0 });
    deepEqual([result.state.n, result.best?.step], [3, 2]);
    const decisions = (await stepsOf(world, result)).map(({ decision }) => decision);
    deepEqual(decisions, ["advance", "advance", "advance", "backtrack:2"]);
  },

  "resume starts from the state that was gone back to, not from the regressed one": async (world) => {
    const inputs: number[] = [];
    const loop = counting(world, {
      budget: { iterations: 2 },
      backtrack: bestScore(),
      score: ({ n }) => n === 1 ? 1 : 0,
      step: ({ n }) => {
        inputs.push(n);
        return { n: n + 1 };
      },
    });
    const { runId } = await loop.run({ n: 0 });
    await loop.resume(runId, { addBudget: { iterations: 1 } });
    deepEqual(inputs, [0, 1, 1]);
  },

  "a state that a step changes in place does not change what was stored": async (world) => {
    const loop = world.loop({
      name: "in place",
      state: z.object({ list: z.array(z.number()) }),
      budget: { iterations: 3 },
      backtrack: bestScore(),
      score: ({ list }) => list.length === 1 ? 1 : 0,
      step: (state) => {
        state.list.push(state.list.length);
        return state;
      },
    });
    const input = { list: [] as number[] };
    deepEqual((await loop.run(input)).state.list, [0]);
    deepEqual(input.list, []);
  },

  "an error that never ends is given up after a few steps, whatever the strategy": async (world) => {
    for (const backtrack of [lastGood<{ n: number }>({ backoff: 0 }), bestScore<{ n: number }>()]) {
      let calls = 0;
      const loop = counting(world, {
        budget: { usd: 1 },
        backtrack,
        step: () => {
          calls++;
          throw new Error("down");
        },
      });
      const { status, reason, error } = await loop.run({ n: 0 });
      deepEqual([status, reason, (error as Error).name], ["failed", "too_many_errors", "TooManyErrors"]);
      equal(calls, 6);
    }
  },

  "a cost that is no number is refused, and the paid state is kept": async (world) => {
    for (const wrong of [NaN, -1, Infinity]) {
      let left = 1;
      const loop = counting(world, {
        budget: { usd: 1 },
        stepCost: { max: { usd: 0.25 } },
        cost: () => left-- > 0 ? wrong : 0.25,
      });
      const result = await loop.run({ n: 0 });
      deepEqual([result.state.n, result.spent.usd], [4, 1]);
      const [first] = await stepsOf(world, result);
      deepEqual([first.costNano, first.costError?.startsWith("RangeError: ")], [250_000_000, true]);
    }
  },

  "a scorer or a cost that throws loses no paid step": async (world) => {
    const fails = () => {
      throw new Error("no answer");
    };
    const loop = counting(world, { budget: { iterations: 2 }, score: fails, cost: fails });
    const result = await loop.run({ n: 0 });
    equal(result.state.n, 2);
    for (const step of await stepsOf(world, result)) {
      deepEqual([step.status, step.scoreError, step.costError, step.score], [
        "ok",
        "Error: no answer",
        "Error: no answer",
        undefined,
      ]);
    }
  },

  "a known id is not run again, and its history stays": async (world) => {
    const loop = counting(world, { budget: { iterations: 2 } });
    await loop.run({ n: 0 }, { runId: "mine" });
    const before = await eventsOf(world, "mine");
    await rejects(loop.run({ n: 0 }, { runId: "mine" }), { code: "RUN_EXISTS" });
    deepEqual(await eventsOf(world, "mine"), before);
  },

  "an unknown id is refused, and nothing is written": async (world) => {
    await rejects(counting(world).resume("nobody"), { code: "RUN_NOT_FOUND" });
    deepEqual(await world.store.listRuns({}), []);
    deepEqual(await world.store.steps("nobody"), []);
  },

  "a completed run is not run again, and spends nothing": async (world) => {
    let calls = 0;
    const loop = counting(world, {
      convergeOn: predicate(({ length }) => length === 2),
      step: ({ n }, ctx) => {
        calls++;
        ctx.spend({ usd: 1 });
        return { n: n + 1 };
      },
    });
    const first = await loop.run({ n: 0 });
    const { updatedAt } = await rowOf(world, first);
    await world.clock.advance(5);
    const again = await loop.resume(first.runId);
    deepEqual(again, first);
    deepEqual([calls, (await rowOf(world, first)).updatedAt], [2, updatedAt]);
  },

  "a run that failed on its first step goes on from its input": async (world) => {
    let isBroken = true;
    const loop = counting(world, {
      budget: { iterations: 3 },
      step: ({ n }) => {
        if (isBroken) throw new Error("down");
        return { n: n + 1 };
      },
    });
    const { runId, status } = await loop.run({ n: 7 });
    equal(status, "failed");
    isBroken = false;
    equal((await loop.resume(runId)).state.n, 9);
  },

  "of two resumes at once one runs and the other is told who does": async (world) => {
    let calls = 0;
    const refusal = Promise.withResolvers<void>();
    const loop = counting(world, {
      budget: { iterations: 3 },
      step: async ({ n }) => {
        if (++calls === 1) throw new Error("down");
        // Until the other one has been told: it might come when this one is over.
        await refusal.promise;
        return { n: n + 1 };
      },
    });
    const { runId } = await loop.run({ n: 0 });
    const both = [loop.resume(runId), loop.resume(runId)];
    for (const one of both) one.catch(() => refusal.resolve());
    const outcomes = await Promise.allSettled(both);
    deepEqual(outcomes.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
    const refused = outcomes.find((it) => it.status === "rejected")!.reason;
    deepEqual([refused.code, refused.owner.pid, refused.retryable], ["RUN_BUSY", 1, true]);
    equal(calls, 3);
  },

  "a run that is called off, or interrupted, does not stay as running": async (world) => {
    const controller = new AbortController();
    const loop = counting(world, {
      step: ({ n }) => {
        if (n === 1) controller.abort();
        if (n === 2) world.interrupt();
        return { n: n + 1 };
      },
    });
    const called = await loop.run({ n: 0 }, { signal: controller.signal });
    deepEqual([called.status, called.steps, (await rowOf(world, called)).status], ["cancelled", 2, "cancelled"]);
    const stopped = await loop.run({ n: 2 });
    deepEqual([stopped.status, stopped.steps, (await rowOf(world, stopped)).status], ["interrupted", 1, "interrupted"]);
    equal(await world.store.holder(stopped.runId), undefined);
  },
};
