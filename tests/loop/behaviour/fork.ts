/**
 * Runs that go on from a step of another one.
 *
 * @module
 */

import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { z } from "zod";
import type { Behaviour } from "../support/behaviour.ts";
import { counting, eventsOf, rowOf, stepsOf, typesOf } from "../support/counting.ts";

/** Forks. */
export const forking: Behaviour = {
  "a fork goes on from a step, and leaves its source alone": async (world) => {
    const loop = counting(world, { budget: { iterations: 3, usd: 1 }, cost: () => 0.25 });
    const source = await loop.run({ n: 0 });
    const before = [await rowOf(world, source), await stepsOf(world, source), await eventsOf(world, source)];
    const fork = await loop.fork(source.runId, { at: 1, name: "branched" });
    deepEqual([fork.state.n, fork.steps, fork.spent.usd], [5, 3, 0.75]);
    const row = await rowOf(world, fork);
    const [, second] = await stepsOf(world, source);
    deepEqual([row.name, row.forkedFrom, row.inheritedNano, row.inputRef], [
      "branched",
      { run: source.runId, step: 1 },
      500_000_000,
      second.stateRef,
    ]);
    deepEqual((await stepsOf(world, fork)).map(({ step }) => step), [2, 3, 4]);
    deepEqual((await typesOf(world, fork))[0], "forked");
    deepEqual([await rowOf(world, source), await stepsOf(world, source), await eventsOf(world, source)], before);
  },

  "a fork may change the state, by a merge patch or a function": async (world) => {
    const state = z.object({ n: z.number(), note: z.string().optional() });
    const loop = world.loop<z.output<typeof state>>({
      name: "patched",
      state,
      budget: { iterations: 1 },
      step: (it) => ({ ...it, n: it.n + 1 }),
    });
    const { runId } = await loop.run({ n: 0, note: "old" });
    const patches = [{ n: 10 }, { note: null, n: 5 }, (it: { n: number }) => ({ n: it.n * 7 })];
    const states = [];
    for (const patch of patches) states.push((await loop.fork(runId, { at: 0, patch })).state);
    deepEqual(states, [{ n: 11, note: "old" }, { n: 6 }, { n: 8 }]);
    await rejects(loop.fork(runId, { at: 0, patch: { n: "x" } }), { code: "STATE_INVALID" });
    await rejects(loop.fork(runId, { at: 4 }), { code: "LOOP_CONFIG_ERROR", message: /no such step/ });
    await rejects(loop.fork("nobody", { at: 0 }), { code: "RUN_NOT_FOUND" });
    await rejects(loop.fork(runId, { at: 0, runId: "a b" }), { code: "LOOP_CONFIG_ERROR" });
    await rejects(loop.fork(runId, { at: 0, runId }), { code: "RUN_EXISTS" });
  },

  "what was spent before a fork counts only if that is asked for": async (world) => {
    const cost = () => ({ usd: 0.25, tokens: 10 });
    const loop = counting(world, { budget: { usd: 1 }, cost });
    const { runId } = await loop.run({ n: 0 });
    const heir = await loop.fork(runId, { at: 1, inheritSpend: true });
    deepEqual([heir.steps, heir.spent.usd, heir.spent.tokens], [2, 1, 40]);
    equal((await loop.fork(runId, { at: 1, budget: { usd: 0.5 } })).steps, 2);
  },

  "a fork of a fork keeps the chain, also at a step of the first run": async (world) => {
    const loop = counting(world, { budget: { iterations: 2 }, cost: () => 0.25 });
    const a = await loop.run({ n: 0 });
    const b = await loop.fork(a.runId, { at: 0, patch: { n: 100 } });
    const c = await loop.fork(b.runId, { at: 2 });
    deepEqual([b.state.n, c.state.n], [102, 104]);
    const row = await rowOf(world, c);
    deepEqual([row.forkedFrom, row.inheritedNano], [{ run: b.runId, step: 2 }, 750_000_000]);
    const early = await loop.fork(c.runId, { at: 0 });
    deepEqual([early.state.n, (await rowOf(world, early)).forkedFrom], [3, { run: a.runId, step: 0 }]);
  },

  "questions, memos and children after the step are not inherited": async (world) => {
    const calls: number[] = [];
    const loop = counting(world, {
      budget: { iterations: 3 },
      step: async ({ n }, ctx) => {
        await ctx.once("call", () => Promise.resolve(calls.push(ctx.step)));
        return { n: n + (ctx.step === 1 ? await ctx.pause<number>("n", "?") : 1) };
      },
    });
    const { runId } = await loop.run({ n: 0 });
    await loop.answer(runId, "n", 10);
    const fork = await loop.fork(runId, { at: 0 });
    deepEqual([fork.status, calls], ["paused", [0, 1, 1]]);
    equal((await world.store.pauses(fork.runId))[0].answer, undefined);
  },

  "a running run can be forked, a failed step cannot": async (world) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let isFork = false;
    const loop = counting(world, {
      budget: { iterations: 3 },
      onError: "record",
      step: async ({ n }, { step }) => {
        if (step === 1) throw new Error("odd");
        if (step === 2 && !isFork) await promise;
        return { n: n + 1 };
      },
    });
    const running = loop.run({ n: 0 }, { runId: "r" });
    await world.quiet();
    isFork = true;
    await rejects(loop.fork("r", { at: 1 }), { code: "LOOP_CONFIG_ERROR", message: /failed there/ });
    equal((await loop.fork("r", { at: 0 })).state.n, 3);
    resolve();
    equal((await running).state.n, 2);
  },
};
