/**
 * Questions to people.
 *
 * @module
 */

import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { z } from "zod";
import { lastGood, predicate } from "../../../core/loop/mod.ts";
import type { Behaviour } from "../support/behaviour.ts";
import { counting, rowOf, typesOf } from "../support/counting.ts";

/** Questions and answers. */
export const pausing: Behaviour = {
  "a question pauses the run, and its answer lets it go on; calls that ended are not made again": async (world) => {
    const calls: string[] = [];
    const loop = counting(world, {
      budget: { iterations: 1, usd: 1 },
      step: async ({ n }, ctx) => {
        await ctx.once("draft", () => Promise.resolve(calls.push("draft")), { cost: () => ({ usd: 0.25 }) });
        const more = await ctx.pause("more", { n }, { schema: z.number().max(10) });
        return { n: n + more };
      },
    });
    const first = await loop.run({ n: 1 });
    deepEqual([first.status, first.reason, first.pending], ["paused", "paused", { key: "more", request: { n: 1 } }]);
    equal(await world.store.holder(first.runId), undefined);
    deepEqual(await loop.resume(first.runId).then(({ status, pending }) => [status, pending?.key]), ["paused", "more"]);
    equal((await world.store.attempts(first.runId)).length, 1);
    await rejects(loop.answer(first.runId, "more", 11), { code: "LOOP_CONFIG_ERROR" });
    await rejects(loop.answer(first.runId, "less", 1), { code: "NOT_PAUSED" });
    await rejects(loop.answer("nobody", "more", 1), { code: "RUN_NOT_FOUND" });
    await loop.answer(first.runId, "more", 5);
    await rejects(loop.answer(first.runId, "more", 6), { code: "ALREADY_ANSWERED" });
    const second = await loop.resume(first.runId);
    deepEqual([second.state.n, calls, second.spent.usd, second.steps], [6, ["draft"], 0.25, 1]);
    const types = (await typesOf(world, first)).filter((type) => type === "paused" || type === "answered");
    deepEqual(types, ["paused", "answered"]);
  },

  "a later step that asks under the same key is asked anew": async (world) => {
    const loop = counting(world, {
      budget: { iterations: 2 },
      step: async ({ n }, ctx) => ({ n: n * 10 + await ctx.pause<number>("digit", n) }),
    });
    const { runId } = await loop.run({ n: 0 });
    for (const digit of [4, 2]) {
      equal((await rowOf(world, runId)).status, "paused");
      await loop.answer(runId, "digit", digit);
      await loop.resume(runId);
    }
    const { state, status } = await loop.resume(runId);
    deepEqual([state.n, status], [42, "budget_exhausted"]);
    equal((await typesOf(world, runId)).filter((type) => type === "answered").length, 2);
  },

  "a question without an answer in time is answered by itself": async (world) => {
    const loop = counting(world, {
      budget: { iterations: 1 },
      step: async (_state, ctx) => ({ n: await ctx.pause("n", "?", { timeout: "1h", onTimeout: 9 }) }),
    });
    const { runId } = await loop.run({ n: 0 });
    await world.clock.advance(3_599_000);
    equal((await loop.resume(runId)).status, "paused");
    await world.clock.advance(1_000);
    equal((await loop.resume(runId)).state.n, 9);
  },

  "an earlier question that was answered does not open a run that waits for another": async (world) => {
    let entered = 0;
    const loop = counting(world, {
      budget: { iterations: 1 },
      step: async (_state, ctx) => {
        entered++;
        const a = await ctx.pause<number>("a", "?");
        const b = await ctx.pause<number>("b", "?");
        return { n: a + b };
      },
    });
    const { runId } = await loop.run({ n: 0 });
    await loop.answer(runId, "a", 1);
    equal((await loop.resume(runId)).pending?.key, "b");
    equal((await loop.resume(runId)).pending?.key, "b");
    equal(entered, 2);
    await loop.answer(runId, "b", 2);
    deepEqual([(await loop.resume(runId)).state.n, entered], [3, 3]);
  },

  "branches may ask at once, and each answer counts": async (world) => {
    const loop = counting(world, {
      budget: { iterations: 1 },
      step: async (_state, ctx) => {
        const ask = (key: string) => (branch: typeof ctx) => branch.pause<number>(key, "?");
        const outcomes = await ctx.parallel({ a: ask("a"), b: ask("b") });
        return { n: Object.values(outcomes).reduce((sum, it) => sum + (it.status === "ok" ? it.value : 0), 0) };
      },
    });
    const { runId, status } = await loop.run({ n: 0 });
    deepEqual([status, (await world.store.pauses(runId)).map(({ key }) => key)], ["paused", ["a", "b"]]);
    await loop.answer(runId, "b", 20);
    deepEqual((await loop.resume(runId)).pending?.key, "a");
    await loop.answer(runId, "a", 1);
    equal((await loop.resume(runId)).state.n, 21);
  },

  "a child that asks pauses the run around it": async (world) => {
    let entered = 0;
    const child = counting(world, {
      name: "child",
      convergeOn: predicate(() => true),
      step: async (_state, ctx) => ({ n: await ctx.pause<number>("n", "?") }),
    });
    const root = counting(world, {
      budget: { iterations: 1 },
      onError: "record",
      step: async (state) => {
        entered++;
        return (await child.run(state)).state;
      },
    });
    const { runId, status } = await root.run({ n: 0 });
    equal(status, "paused");
    const [row] = await world.store.listRuns({ parent: runId });
    equal((await root.resume(runId)).status, "paused");
    await child.answer(row.id, "n", 5);
    deepEqual([(await root.resume(runId)).state.n, entered], [5, 3]);
  },

  "a pause is no failure, whatever the strategy": async (world) => {
    const loop = counting(world, {
      budget: { iterations: 1 },
      backtrack: lastGood(),
      retry: { attempts: 3, backoff: 0 },
      step: async (_state, ctx) => {
        try {
          return { n: await ctx.pause<number>("n", "?") };
        } catch {
          return { n: -1 };
        }
      },
    });
    const { status, steps } = await loop.run({ n: 0 });
    deepEqual([status, steps], ["paused", 0]);
  },
};
