/**
 * Loops inside of steps, and branches of a step.
 *
 * @module
 */

import { deepEqual, equal, ok } from "node:assert/strict";
import { type BudgetExhausted, type LoopSpec, predicate } from "../../../core/loop/mod.ts";
import { memoryStore } from "../../../plugins/host/loops/mod.ts";
import type { Behaviour } from "../support/behaviour.ts";
import { type Count, counting, rowOf, stepsOf } from "../support/counting.ts";
import type { World } from "../support/world.ts";

/** A loop of `steps` steps that cost `usd` each. */
function priced(world: World, name: string, { steps = 2, usd = 0.1, ...spec }: Partial<LoopSpec<Count>> & {
  steps?: number;
  usd?: number;
} = {}) {
  return counting(world, {
    name,
    convergeOn: predicate(({ length }) => length >= steps),
    step: ({ n }, ctx) => {
      ctx.spend({ usd, tokens: 10 });
      return { n: n + 1 };
    },
    ...spec,
  });
}

/** Child loops. */
export const nested: Behaviour = {
  "what is spent at any depth counts at all levels, iterations do not": async (world) => {
    const leaf = priced(world, "leaf", { steps: 3 });
    const middle = counting(world, { name: "middle", budget: { iterations: 2 }, step: (state) => leaf(state) });
    const root = counting(world, {
      name: "root",
      budget: { iterations: 2, usd: 5 },
      step: async (state) => (await middle.run(state)).state,
    });
    const result = await root.run({ n: 0 });
    deepEqual([result.state.n, result.spent], [12, { usd: 1.2, tokens: 120, iterations: 2, wallClockMs: 0 }]);
    deepEqual((await stepsOf(world, result)).map((it) => [it.costNano, it.childNano / 1e8]), [[0, 6], [0, 6]]);
    const children = await world.store.listRuns({ parent: result.runId });
    deepEqual(children.map((it) => [it.name, it.spentNano / 1e8, it.iterations, it.parent?.step]).sort(), [
      ["middle", 6, 2, 0],
      ["middle", 6, 2, 1],
    ]);
  },

  "a parent's cap stops a child, and the parent ends for want of money": async (world) => {
    const child = priced(world, "child", { steps: 99 });
    for (const call of [child, async (state: Count) => (await child.run(state)).state]) {
      const errors: unknown[] = [];
      const root = counting(world, {
        name: "root",
        budget: { usd: 0.2 },
        step: async (state) => {
          try {
            return await call(state);
          } catch (error) {
            errors.push((error as BudgetExhausted).scope);
            throw error;
          }
        },
      });
      const result = await root.run({ n: 0 });
      deepEqual([result.status, result.reason, result.spent.usd], ["budget_exhausted", "budget:usd", 0.2]);
      deepEqual(errors, call === child ? ["ancestor"] : []);
      const [row] = await world.store.listRuns({ parent: result.runId });
      deepEqual([row.status, row.reason], ["budget_exhausted", "budget:usd"]);
    }
  },

  "a child's own cap is a failure as any other": async (world) => {
    const child = priced(world, "child", { steps: 99, budget: { usd: 0.2 } });
    let scope = "";
    const root = counting(world, {
      budget: { usd: 9, iterations: 2 },
      onError: "record",
      step: async (state) => {
        try {
          return await child(state);
        } catch (error) {
          scope = (error as BudgetExhausted).scope;
          throw error;
        }
      },
    });
    const result = await root.run({ n: 0 });
    deepEqual([result.reason, result.steps, result.spent.usd, scope], ["budget:iterations", 2, 0.4, "own"]);
    deepEqual((await stepsOf(world, result)).map(({ error }) => error?.split(":")[0]), [
      "BudgetExhausted",
      "BudgetExhausted",
    ]);
  },

  "in a branch, too, a child's own cap is a failure of the branch alone": async (world) => {
    const child = priced(world, "child", { steps: 99, budget: { usd: 0.2 } });
    const root = counting(world, {
      budget: { usd: 9, iterations: 1 },
      step: async (state, ctx) => {
        const { a, b } = await ctx.parallel<Count>({ a: () => child(state), b: () => Promise.resolve({ n: 7 }) });
        deepEqual([a.status, b.status], ["error", "ok"]);
        return b.status === "ok" ? b.value : state;
      },
    });
    equal((await root.run({ n: 0 })).state.n, 7);
  },

  "a step that is repeated finds its children again: finished ones cost nothing": async (world) => {
    let calls = 0;
    const spec = {
      step: (
        { n }: Count,
        ctx: { spend(cost: { usd: number }): void },
      ) => (calls++, ctx.spend({ usd: 0.1 }), { n: n + 1 }),
    };
    const first = priced(world, "first", spec);
    const second = priced(world, "second", spec);
    const ids: string[][] = [];
    let fails = true;
    const root = counting(world, {
      budget: { iterations: 1, usd: 9 },
      retry: { attempts: 2, backoff: 0 },
      step: async (state) => {
        const a = await first.run(state);
        const b = await second.run(a.state, { key: "named" });
        ids.push([a.runId, b.runId]);
        if (fails) {
          fails = false;
          throw new Error("late");
        }
        return b.state;
      },
    });
    const result = await root.run({ n: 0 });
    deepEqual([ids[0], calls, result.spent.usd, result.state.n], [ids[1], 4, 0.4, 4]);
    ok(ids[0][0] !== ids[0][1]);
  },

  "a child that failed is resumed by the step that called it": async (world) => {
    let isBroken = true;
    const child = counting(world, {
      name: "child",
      convergeOn: predicate(({ last }) => last?.status === "ok" && last.state.n === 3),
      step: ({ n }) => {
        if (n === 1 && isBroken) throw new Error("down");
        return { n: n + 1 };
      },
    });
    const root = counting(world, { convergeOn: predicate(() => true), step: (state) => child(state) });
    const { runId, status } = await root.run({ n: 0 });
    equal(status, "failed");
    isBroken = false;
    const again = await root.resume(runId);
    deepEqual([again.status, again.state.n], ["completed", 3]);
  },

  "a child in another store rolls up what it spends": async (world) => {
    const elsewhere = memoryStore();
    const child = priced(world, "child", { checkpoint: elsewhere });
    const root = counting(world, { budget: { usd: 0.4, iterations: 9 }, step: (state) => child(state) });
    const result = await root.run({ n: 0 });
    deepEqual([result.spent.usd, result.reason, (await rowOf(world, result)).spentNano], [0.4, "budget:usd", 4e8]);
    deepEqual(
      [elsewhere.listRuns({}), await world.store.listRuns({ parent: result.runId })].map((it) =>
        (it as readonly unknown[]).length
      ),
      [2, 0],
    );
    elsewhere.close();
  },

  "children of branches at once never spend more than the cap": async (world) => {
    const child = priced(world, "child", { steps: 5, stepCost: { max: { usd: 0.1 } } });
    const root = counting(world, {
      budget: { usd: 0.3 },
      step: async (state, ctx) => {
        const branch = () => child(state);
        await ctx.parallel({ a: branch, b: branch, c: branch });
        return state;
      },
    });
    const { spent, status } = await root.run({ n: 0 });
    ok(status === "budget_exhausted" && spent.usd <= 0.3, `${status} ${spent.usd}`);
  },

  "the time of the run around is the child's, too": async (world) => {
    const child = counting(world, {
      name: "child",
      unbounded: true,
      step: async ({ n }, { signal }) => {
        await world.clock.sleep(1_000, signal);
        return { n: n + 1 };
      },
    });
    const root = counting(world, { budget: { wallClock: "3500ms" }, step: (state) => child(state) });
    const result = await world.settle(root.run({ n: 0 }));
    deepEqual([result.reason, result.spent.wallClockMs < 5_000], ["budget:wall_clock", true]);
    const [row] = await world.store.listRuns({ parent: result.runId });
    deepEqual([row.status, row.steps], ["budget_exhausted", 3]);
  },
};

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
