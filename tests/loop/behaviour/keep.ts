/**
 * How long runs are kept, and what is told on the way.
 *
 * @module
 */

import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import type { LoopEvent } from "../../../core/loop/mod.ts";
import type { Behaviour } from "../support/behaviour.ts";
import { type Count, counting, eventsOf, stepsOf } from "../support/counting.ts";

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
