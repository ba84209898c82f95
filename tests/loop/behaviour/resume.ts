/**
 * Going on with a run, whatever became of it and of its loop.
 *
 * @module
 */

import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { z } from "zod";
import { type BudgetExhausted, escalate, predicate, scorePlateau } from "../../../core/loop/mod.ts";
import type { LoopStore } from "../../../core/ports/loop_store.ts";
import type { Behaviour } from "../support/behaviour.ts";
import { type Count, counting, eventsOf, rowOf, typesOf } from "../support/counting.ts";

const never = () => new Promise<Count>(() => {});

/** By status, by budget, by version. */
export const resuming: Behaviour = {
  "a failed run goes on from its head, with a new step": async (world) => {
    let isBroken = true;
    const loop = counting(world, {
      step: ({ n }) => {
        if (n === 2 && isBroken) throw new Error("down");
        return { n: n + 1 };
      },
    });
    const { runId, steps, state } = await loop.run({ n: 0 });
    deepEqual([steps, state.n], [3, 2]);
    isBroken = false;
    const again = await loop.resume(runId);
    deepEqual([again.steps, again.state.n, again.status], [5, 4, "budget_exhausted"]);
    deepEqual((await world.store.steps(runId)).map(({ step, input }) => [step, input?.step]), [
      [0, undefined],
      [1, 0],
      [2, 1],
      [3, 1],
      [4, 3],
    ]);
    equal((await rowOf(world, runId)).error?.startsWith("BudgetExhausted"), true);
  },

  "an exhausted run stays so until more is given; what was given stays given": async (world) => {
    const loop = counting(world, { budget: { usd: 1 }, cost: () => 0.5 });
    const { runId } = await loop.run({ n: 0 });
    const same = await loop.resume(runId);
    deepEqual([same.status, same.steps, (same.error as BudgetExhausted).used], ["budget_exhausted", 2, 1]);
    const more = await loop.resume(runId, { addBudget: { usd: 1 } });
    deepEqual([more.steps, more.spent.usd], [4, 2]);
    // The limit of the code has not changed: it does not take back what was added.
    const again = await loop.resume(runId, { addBudget: { usd: 0.5 } });
    deepEqual([again.steps, again.spent.usd], [5, 2.5]);
    const added = (await eventsOf(world, runId)).filter(({ type }) => type === "resumed");
    deepEqual(added.map(({ data }) => JSON.parse(data).addBudget), [undefined, { usd: 1 }, { usd: 0.5 }]);
  },

  "a fresh budget is a whole new one": async (world) => {
    const loop = counting(world, { budget: { iterations: 3, usd: 9 }, cost: () => 0.5 });
    const { runId } = await loop.run({ n: 0 });
    for (const steps of [6, 9]) equal((await loop.resume(runId, { budget: "fresh" })).steps, steps);
    deepEqual((await loop.resume(runId)).steps, 9);
    await rejects(loop.resume(runId, { budget: "new" as never }), { code: "LOOP_CONFIG_ERROR" });
    await rejects(loop.resume(runId, { addBudget: { usd: -1 } }), { code: "LOOP_CONFIG_ERROR" });
  },

  "lower limits of the code take effect at once, higher ones have to be asked for": async (world) => {
    const cost = () => 1;
    const { runId } = await counting(world, { budget: { usd: 4, iterations: 2 }, cost }).run({ n: 0 });
    equal((await counting(world, { budget: { usd: 9, iterations: 9 }, cost }).resume(runId)).steps, 2);
    const lower = counting(world, { budget: { usd: 3, iterations: 9 }, cost });
    const { steps, reason } = await lower.resume(runId, { addBudget: { iterations: 5 } });
    deepEqual([steps, reason], [3, "budget:usd"]);
    const now = await counting(world, { budget: { usd: 2, iterations: 9 }, cost }).resume(runId);
    deepEqual([now.status, now.steps], ["budget_exhausted", 3]);
  },

  "a stalled run goes on, and its stall is counted anew": async (world) => {
    const loop = counting(world, { unbounded: true, onStall: escalate({ after: 2 }), score: () => 1 });
    const { runId, steps } = await loop.run({ n: 0 });
    const again = await loop.resume(runId);
    deepEqual([steps, again.steps, again.status], [3, 6, "stalled"]);
  },

  "what detectors remember goes on as if the run had never stopped": async (world) => {
    const run = async (stops: boolean) => {
      let call = 0;
      const loop = counting(world, {
        budget: { iterations: 50 },
        convergeOn: scorePlateau({ patience: 4 }),
        score: ({ n }) => Math.min(n, 3),
        step: ({ n }) => {
          if (stops && ++call === 6) throw new Error("down");
          return { n: n + 1 };
        },
      });
      const first = await loop.run({ n: 0 });
      return (stops ? await loop.resume(first.runId) : first).state.n;
    };
    equal(await run(true), await run(false));
  },

  "a completed or cancelled run gives what is stored; continue opens it, and asks only about new steps": async (
    world,
  ) => {
    const controller = new AbortController();
    const loop = counting(world, {
      convergeOn: predicate((history) => history.last!.state.n % 2 === 0),
      on: { "run.finished": () => {} },
    });
    const { runId } = await loop.run({ n: 0 });
    deepEqual((await loop.resume(runId)).state.n, 2);
    const on = await loop.resume(runId, { continue: true });
    deepEqual([on.status, on.state.n, on.steps], ["completed", 4, 4]);
    controller.abort();
    const off = await loop.run({ n: 0 }, { signal: controller.signal });
    deepEqual([off.status, off.steps, (await loop.resume(off.runId)).status], ["cancelled", 0, "cancelled"]);
    equal((await loop.resume(off.runId, { continue: true })).state.n, 2);
  },

  "a run that is cancelled while nobody drives it does not go on": async (world) => {
    let isBroken = true;
    const loop = counting(world, {
      step: ({ n }) => {
        if (isBroken) throw new Error("down");
        return { n: n + 1 };
      },
    });
    const { runId } = await loop.run({ n: 0 });
    isBroken = false;
    await world.store.requestCancel(runId);
    equal((await loop.resume(runId)).status, "cancelled");
    equal((await loop.resume(runId, { continue: true })).steps, 5);
  },

  "a live run can be called off from another process": async (world) => {
    const loop = counting(world, {
      unbounded: true,
      step: async ({ n }, { signal }) => {
        await world.clock.sleep(400, signal);
        return { n: n + 1 };
      },
    });
    const running = loop.run({ n: 0 }, { runId: "r" });
    await world.quiet();
    await world.elsewhere().store.requestCancel("r");
    const { status, reason } = await world.settle(running);
    deepEqual([status, reason], ["cancelled", "cancelled"]);
    ok(world.clock.monotonicMs() <= 1_000);
  },

  "an interrupted run goes on": async (world) => {
    const loop = counting(world, {
      step: ({ n }) => {
        if (n === 1) world.interrupt();
        return { n: n + 1 };
      },
    });
    const { runId, status, state } = await loop.run({ n: 0 });
    deepEqual([status, state.n], ["interrupted", 2]);
    equal((await loop.resume(runId)).state.n, 5);
  },

  "a run that is driven is busy; it can be waited for, and what it gave is given": async (world) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let calls = 0;
    const loop = counting(world, {
      convergeOn: predicate(() => true),
      step: async ({ n }) => {
        calls++;
        await promise;
        return { n: n + 1 };
      },
    });
    const first = loop.run({ n: 0 }, { runId: "r" });
    await world.quiet();
    await rejects(loop.resume("r"), { code: "RUN_BUSY", runId: "r" });
    const waits = loop.resume("r", { wait: true });
    const attached = loop.run({ n: 0 }, { runId: "r", idempotent: true });
    await world.quiet();
    resolve();
    const [a, b, c] = await world.settle(Promise.all([first, waits, attached]));
    deepEqual([a.state.n, b, c, calls], [1, a, a, 1]);
  },

  "a run can be taken over: the other one writes nothing more and says so": async (world) => {
    const { promise, resolve } = Promise.withResolvers<Count>();
    const heard: string[] = [];
    const elsewhere = world.elsewhere();
    const frozen = counting(elsewhere, {
      step: () => promise,
      on: { "lease.lost": ({ type }) => void heard.push(type) },
    });
    const old = frozen.run({ n: 0 }, { runId: "r" });
    await world.quiet();
    const taken = await counting(world).resume("r", { steal: true });
    resolve({ n: 50 });
    const { status, reason, error } = await old;
    deepEqual([status, reason, (error as Error).name, heard], ["running", "lease lost", "LeaseLost", ["lease.lost"]]);
    deepEqual([taken.state.n, (await rowOf(world, "r")).status], [5, "budget_exhausted"]);
    deepEqual((await world.store.attempts("r", { step: 0 })).map((it) => it.status), ["lost", "ok"]);
  },

  "what is known of a lost step: its next attempt has the same key, and calls that ended are not made again": async (
    world,
  ) => {
    const keys: string[] = [];
    const calls: string[] = [];
    const loopOf = (where: typeof world, hangs: boolean) =>
      counting(where, {
        convergeOn: predicate(() => true),
        step: async ({ n }, ctx) => {
          keys.push(`${ctx.idempotencyKey} ${ctx.attempt}`);
          const paid = await ctx.once("paid", () => Promise.resolve(calls.push("paid")), {
            cost: () => ({ usd: 0.5 }),
          });
          return hangs ? await never() : { n: n + paid };
        },
      });
    void loopOf(world.elsewhere(), true).run({ n: 0 }, { runId: "r" });
    await world.quiet();
    const result = await loopOf(world, false).resume("r", { steal: true });
    deepEqual([calls, result.state.n, result.spent.usd], [["paid"], 1, 0.5]);
    deepEqual(keys, ["r:0 1", "r:0 2"]);
    ok((await typesOf(world, "r")).includes("step.lost"));
  },

  "idempotent runs of one id and input are one; another input is refused": async (world) => {
    let calls = 0;
    const loop = counting(world, {
      budget: { iterations: 2 },
      convergeOn: predicate(({ length }) => length === 2),
      step: ({ n }) => ({ n: n + ++calls }),
    });
    const options = { runId: "r", idempotent: true };
    const both = await world.settle(Promise.all([loop.run({ n: 0 }, options), loop.run({ n: 0 }, options)]));
    deepEqual([both[0], calls], [both[1], 2]);
    deepEqual(await loop.run({ n: 0 }, options), both[0]);
    await rejects(loop.run({ n: 1 }, options), { code: "RUN_INPUT_MISMATCH" });
  },

  "a changed loop is refused, warned of or accepted": async (world) => {
    const { runId } = await counting(world, { version: "1" }).run({ n: 0 });
    const changed = counting(world, { version: "2", state: z.object({ n: z.number().int() }) });
    const before = await eventsOf(world, runId);
    await rejects(changed.resume(runId), { code: "SPEC_MISMATCH", data: { fields: ["state", "version"] } });
    deepEqual(await eventsOf(world, runId), before);
    equal((await changed.resume(runId, { onSpecChange: "warn" })).steps, 5);
    ok(world.reports[0].includes("version"));
    // From then on it is this loop's run.
    equal((await changed.resume(runId, { addBudget: { iterations: 1 } })).steps, 6);
  },

  "states of an older version are migrated when they are read, and stay as they are": async (world) => {
    const old = counting(world, { version: "1", budget: { iterations: 2 }, score: ({ n }) => n === 1 ? 5 : 0 });
    const { runId } = await old.run({ n: 0 });
    const stored = await world.store.steps(runId);
    const seen: unknown[] = [];
    const renew = (fails: boolean) =>
      world.loop<{ count: number }>({
        name: "count",
        version: "2",
        state: z.object({ count: z.number() }),
        budget: { iterations: 2 },
        migrate: { 1: (state) => ({ count: (state as Count).n * 10 }) },
        score: () => 0,
        step: ({ count }, { history }) => {
          seen.push([count, history.at(0)?.state.count, history.best?.state.count]);
          if (fails) throw new Error("down");
          return { count: count + 1 };
        },
        backtrack: undefined,
      });
    equal((await renew(true).resume(runId, { addBudget: { iterations: 1 } })).status, "failed");
    // The head is still of the old version, although the run is of the new one.
    const result = await renew(false).resume(runId, { addBudget: { iterations: 2 } });
    deepEqual(seen, [[20, 10, 10], [20, 10, 10], [21, 10, 10]]);
    deepEqual([result.state, result.best?.state], [{ count: 22 }, { count: 10 }]);
    deepEqual((await world.store.steps(runId)).slice(0, 2), stored);
    equal((await renew(false).fork(runId, { at: 0, budget: { iterations: 1 } })).state.count, 11);
    equal((await renew(false).fork(runId, { at: 3, budget: { iterations: 1 } })).state.count, 22);
  },

  "a state that no longer fits is told before anything is written": async (world) => {
    const { runId } = await counting(world).run({ n: 0 });
    const strict = counting(world, { state: z.object({ n: z.number().max(2) }) });
    const before = await eventsOf(world, runId);
    await rejects(strict.resume(runId, { onSpecChange: "accept", addBudget: { iterations: 1 } }), {
      code: "STATE_INVALID",
    });
    deepEqual([await eventsOf(world, runId), await world.store.holder(runId)], [before, undefined]);
  },

  "a child cannot be resumed by itself": async (world) => {
    const inner = counting(world, { name: "inner", budget: { iterations: 1 } });
    let child = "";
    const outer = counting(world, {
      budget: { iterations: 1 },
      step: async (state) => {
        const result = await inner.run(state);
        child = result.runId;
        return result.state;
      },
    });
    const { runId } = await outer.run({ n: 0 });
    await rejects(inner.resume(child), { code: "LOOP_CONFIG_ERROR", hint: new RegExp(runId) });
  },

  "at most the step in flight is repeated, wherever the store breaks": async (world) => {
    for (let at = 1; at <= 8; at++) {
      let calls = 0;
      let commits = 0;
      const commit: LoopStore["commit"] = (batch) => {
        if (++commits === at) throw new Error("power");
        return world.store.commit(batch);
      };
      const spec = { budget: { iterations: 5 }, step: ({ n }: Count) => ({ n: n + (++calls, 1) }) };
      const runId = `r${at}`;
      const broken = counting(world, { ...spec, checkpoint: { ...world.store, commit } });
      await broken.run({ n: 0 }, { runId }).catch(() => undefined);
      const { state, steps } = await counting(world, spec).resume(runId);
      deepEqual([state.n, steps], [5, 5]);
      ok(calls <= 6, `${calls} calls with commit ${at} lost`);
    }
  },
};
