/**
 * Questions to people, forks, and how long runs are kept.
 *
 * @module
 */

import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { z } from "zod";
import { lastGood, type LoopEvent, predicate } from "../../../core/loop/mod.ts";
import type { Behaviour } from "../support/behaviour.ts";
import { type Count, counting, eventsOf, rowOf, stepsOf, typesOf } from "../support/counting.ts";

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

/** What is kept, and what is told on the way. */
export const keeping: Behaviour = {
  "old runs go as the loop says, live and paused ones stay": async (world) => {
    const paused = counting(world, { step: async (_, ctx) => ({ n: await ctx.pause<number>("n", "?") }) });
    const { runId: waits } = await paused.run({ n: 0 });
    const loop = counting(world, { budget: { iterations: 2 }, retention: { maxRuns: 2 } });
    const ids: string[] = [];
    for (let run = 0; run < 4; run++) {
      ids.push((await loop.run({ n: 0 })).runId);
      await world.clock.advance(10);
    }
    const left = (await world.store.listRuns({})).map(({ id }) => id);
    deepEqual([left.includes(waits), left.includes(ids[0]), left.includes(ids[3])], [true, false, true]);
  },

  "states that are not kept are gone, the best and the last are there": async (world) => {
    const loop = counting(world, {
      budget: { iterations: 5 },
      retention: { keepStates: "best+last" },
      score: ({ n }) => n === 2 ? 9 : n,
    });
    const result = await loop.run({ n: 0 });
    const kept = (await stepsOf(world, result)).map(({ stateRef }) => stateRef !== undefined);
    deepEqual(kept, [false, true, false, false, true]);
    deepEqual([result.state.n, result.best?.state.n], [5, 2]);
    equal((await loop.resume(result.runId, { addBudget: { iterations: 1 } })).state.n, 6);
  },

  "stream() gives every event in order, and the result": async (world) => {
    const loop = counting(world, {
      budget: { iterations: 2 },
      step: async ({ n }, ctx) => {
        ctx.emit(n);
        await world.clock.sleep(5);
        return { n: n + 1 };
      },
    });
    const stream = loop.stream({ n: 0 });
    const events: LoopEvent[] = [];
    const read = (async () => {
      for await (const event of stream) events.push(event);
    })();
    const result = await world.settle(stream.result, 5);
    await read;
    equal(result.state.n, 2);
    const stored = await eventsOf(world, result);
    deepEqual(
      events.filter(({ seq }) => seq !== undefined).map(({ seq, type }) => [seq, type]),
      stored.map((it) => [it.seq, it.type]),
    );
    deepEqual(events.filter(({ type }) => type === "step.chunk").map(({ chunk }) => chunk), [0, 1]);
    ok(events.every(({ runId }) => runId === result.runId));
  },

  "stream() tells its reader of misuse": async (world) => {
    const stream = counting(world).stream({ n: "x" } as never);
    await rejects(async () => {
      for await (const _ of stream);
    }, { code: "STATE_INVALID" });
    await rejects(stream.result, { code: "STATE_INVALID" });
  },

  "a step's once() gives what was stored, and is charged once": async (world) => {
    const seen: unknown[] = [];
    const loop = counting(world, {
      budget: { iterations: 1, usd: 1 },
      step: async ({ n }: Count, ctx) => {
        const call = () => ctx.once("k", () => Promise.resolve({ z: 1, a: undefined, b: [-0] }), { max: { usd: 0.5 } });
        seen.push(await call(), await call(), await ctx.once("none", () => Promise.resolve(undefined)));
        return { n };
      },
    });
    const result = await loop.run({ n: 0 });
    deepEqual([seen, result.spent.usd], [[{ b: [0], z: 1 }, { b: [0], z: 1 }, undefined], 0.5]);
  },
};
