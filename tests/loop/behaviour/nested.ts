/**
 * Loops inside of steps.
 *
 * @module
 */

import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
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
