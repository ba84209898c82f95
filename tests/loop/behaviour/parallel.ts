/**
 * Branches of a step, and candidates of an iteration.
 *
 * @module
 */

import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { predicate } from "../../../core/loop/mod.ts";
import type { Behaviour } from "../support/behaviour.ts";
import { counting, rowOf, stepsOf } from "../support/counting.ts";

/** Branches. */
export const parallel: Behaviour = {
  "ctx.parallel() gives each branch's outcome, as many at a time as are asked for": async (world) => {
    let [now, most] = [0, 0];
    const loop = counting(world, {
      budget: { iterations: 1 },
      step: async ({ n }, ctx) => {
        const work = (value: number) => async () => {
          most = Math.max(most, ++now);
          await world.clock.sleep(10);
          now--;
          if (value === 2) throw new RangeError("two");
          return value;
        };
        const branches = Object.fromEntries([1, 2, 3, 4, 5].map((value) => [`b${value}`, work(value)]));
        const { b1, b2, b5 } = await ctx.parallel(branches, { concurrency: 2 });
        deepEqual([b1, b2, b5], [{ status: "ok", value: 1 }, { status: "error", error: new RangeError("two") }, {
          status: "ok",
          value: 5,
        }]);
        return { n: n + 1 };
      },
    });
    equal((await world.settle(loop.run({ n: 0 }), 10)).status, "budget_exhausted");
    equal(most, 2);
  },

  "a race is won by the first that succeeds, the others are called off and charged what they cost": async (world) => {
    const loop = counting(world, {
      budget: { iterations: 1, usd: 1 },
      step: async ({ n }, ctx) => {
        const outcomes = await ctx.parallel<string>({
          broken: () => Promise.reject(new Error("no")),
          quick: async (branch) => {
            branch.reserve({ usd: 0.2 }).settle({ usd: 0.1 });
            await world.clock.sleep(10);
            return "quick";
          },
          slow: async (branch) => {
            const call = branch.reserve({ usd: 0.5 });
            try {
              await world.clock.sleep(60_000, branch.signal);
            } finally {
              call.settle({ usd: 0.05 });
            }
            return "slow";
          },
        }, { mode: "race" });
        deepEqual(Object.values(outcomes).map(({ status }) => status), ["error", "ok", "cancelled"]);
        return { n: n + 1 };
      },
    });
    equal((await world.settle(loop.run({ n: 0 }), 10)).spent.usd, 0.15);
  },

  "the best branch is the one with the highest score": async (world) => {
    const loop = counting(world, {
      budget: { iterations: 1 },
      step: async (_state, ctx) => {
        const branches = { a: 1, b: 3, c: 2 };
        const works = Object.entries(branches).map(([name, score]) => [name, () => Promise.resolve({ score, name })]);
        const outcomes = await ctx.parallel<{ score: number }>(Object.fromEntries(works), { mode: "best" });
        const kept = Object.entries(outcomes).filter(([, { status }]) => status === "ok");
        deepEqual(kept.map(([name]) => name), ["b"]);
        return { n: 1 };
      },
    });
    equal((await loop.run({ n: 0 })).steps, 1);
  },

  "failFast throws the first error and calls the others off": async (world) => {
    const seen: string[] = [];
    const loop = counting(world, {
      step: async ({ n }, ctx) => {
        await ctx.parallel({
          a: (branch) =>
            new Promise<void>((_, reject) => {
              branch.signal.addEventListener("abort", () => {
                seen.push("called off");
                reject(branch.signal.reason);
              });
            }),
          b: () => Promise.reject(new RangeError("first")),
        }, { failFast: true });
        return { n };
      },
    });
    const { error, status } = await loop.run({ n: 0 });
    deepEqual([status, error, seen], ["failed", new RangeError("first"), ["called off"]]);
  },

  "a finished branch is not repeated when its step is": async (world) => {
    const calls: string[] = [];
    const loop = counting(world, {
      budget: { iterations: 1, usd: 1 },
      retry: { attempts: 2, backoff: 0 },
      step: async (_state, ctx) => {
        const branch = (name: string) => async (it: typeof ctx) => {
          const inner = await it.once("call", () => Promise.resolve(calls.push(name)), { cost: () => ({ usd: 0.1 }) });
          if (name === "b" && ctx.attempt === 1) throw new Error("late");
          return inner;
        };
        const { a, b } = await ctx.parallel({ a: branch("a"), b: branch("b") });
        if (a.status !== "ok" || b.status !== "ok") throw new Error("again");
        return { n: a.value + b.value };
      },
    });
    const { state, spent } = await loop.run({ n: 0 });
    deepEqual([calls, state.n, spent.usd], [["a", "b"], 3, 0.2]);
  },

  "64 branches that reserve at once never hold more than the cap": async (world) => {
    let [refused, granted] = [0, 0];
    const loop = counting(world, {
      budget: { usd: 1 },
      convergeOn: predicate(() => true),
      step: async ({ n }, ctx) => {
        const work = async (branch: typeof ctx) => {
          let call;
          try {
            call = branch.reserve({ usd: 0.03 });
          } catch {
            refused++;
            return;
          }
          await call.stored;
          ok((await rowOf(world, ctx.runId)).reservedNano <= 1e9);
          await world.clock.sleep(10);
          granted++;
          call.settle({ usd: 0.03 });
        };
        await ctx.parallel(Object.fromEntries(Array.from({ length: 64 }, (_, index) => [`b${index}`, work])));
        return { n };
      },
    });
    const { spent } = await world.settle(loop.run({ n: 0 }), 10);
    deepEqual([granted, refused, spent.usd], [33, 31, 0.99]);
  },

  "candidates of an iteration start from one head, and one is gone on from": async (world) => {
    const loop = counting(world, {
      budget: { iterations: 2, usd: 9 },
      branches: { n: 3 },
      cost: () => 0.1,
      score: ({ n }) => n % 10,
      step: ({ n }, { idempotencyKey }) => ({ n: n * 10 + Number(idempotencyKey.at(-1)) }),
    });
    const result = await loop.run({ n: 0 });
    deepEqual([result.state.n, result.spent.iterations, result.steps, result.spent.usd], [22, 2, 6, 0.6]);
    const rows = await stepsOf(world, result);
    deepEqual(rows.map(({ step, branch, decision }) => `${step}/${branch} ${decision}`), [
      "0/0 dropped",
      "0/1 dropped",
      "0/2 advance",
      "1/0 dropped",
      "1/1 dropped",
      "1/2 advance",
    ]);
    const lowest = counting(world, {
      budget: { iterations: 1 },
      branches: { n: 3, select: (entries) => Promise.resolve(entries.findIndex(({ state }) => state.n === 1)) },
      step: (_state, { idempotencyKey }) => ({ n: Number(idempotencyKey.at(-1)) }),
    });
    equal((await lowest.run({ n: 0 })).state.n, 1);
  },
};
