/**
 * One iteration: what happens in which order, and what a failure leaves.
 *
 * @module
 */

import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { z } from "zod";
import { bestScore, escalate, lastGood, type LoopEvent, predicate } from "../../../core/loop/mod.ts";
import type { Behaviour } from "../support/behaviour.ts";
import { counting, eventsOf, rowOf, scores, stepsOf, typesOf } from "../support/counting.ts";

const fails = (message: string) => (): never => {
  throw new Error(message);
};

/** Steps, their cost, their score and what is decided. */
export const order: Behaviour = {
  "a step runs under a stored intent, and its result is stored with the next one": async (world) => {
    const seen: unknown[] = [];
    const loop = counting(world, {
      budget: { iterations: 2, usd: 1 },
      stepCost: { max: { usd: 0.25 } },
      step: async ({ n }, { runId, step }) => {
        const attempts = await world.store.attempts(runId);
        const { reservedNano, nextStep } = await rowOf(world, runId);
        seen.push([step, attempts.map(({ status }) => status), reservedNano, nextStep]);
        return { n: n + 1 };
      },
    });
    await loop.run({ n: 0 });
    deepEqual(seen, [[0, ["in_flight"], 250_000_000, 0], [1, ["ok", "in_flight"], 250_000_000, 1]]);
  },

  "events are in order without gaps, and told only after they are stored": async (world) => {
    const told: LoopEvent[] = [];
    const early: unknown[] = [];
    const hear = (event: LoopEvent) => {
      told.push(event);
      if (!world.store.isSync) return;
      const stored = world.store.events(event.runId) as readonly { seq: number }[];
      if (!stored.some(({ seq }) => seq === event.seq)) early.push(event);
    };
    const types = [
      "run.started",
      "step.started",
      "step.finished",
      "step.failed",
      "backtrack",
      "converged",
      "run.finished",
    ] as const;
    const loop = counting(world, {
      backtrack: bestScore(),
      budget: { usd: 2 },
      stepCost: { max: { usd: 0.25 } },
      cost: () => 0.1,
      convergeOn: predicate(({ length }) => length === 4),
      score: scores(1, 0, 2),
      step: ({ n }, { step }) => step === 2 ? fails("odd")() : { n: n + 1 },
      on: Object.fromEntries(types.map((type) => [type, hear])),
    });
    const result = await loop.run({ n: 0 });
    const stored = await eventsOf(world, result);
    deepEqual(stored.map(({ seq }) => seq), stored.map((_, index) => index + 1));
    deepEqual(told.map(({ seq, type }) => [seq, type]), stored.map(({ seq, type }) => [seq, type]));
    deepEqual(early, []);
    deepEqual(told.map(({ type, step }) => `${type} ${step ?? ""}`.trim()), [
      "run.started",
      "step.started 0",
      "step.finished 0",
      "step.started 1",
      "backtrack 1",
      "step.finished 1",
      "step.started 2",
      "step.failed 2",
      "step.started 3",
      "converged 3",
      "step.finished 3",
      "run.finished",
    ]);
  },

  "a listener that throws is reported and stops nothing": async (world) => {
    const heard: number[] = [];
    const loop = counting(world, { on: { "step.finished": fails("deaf") } });
    const { steps } = await loop.run({ n: 0 }, { on: { "step.finished": ({ step }) => void heard.push(step!) } });
    deepEqual([steps, heard, world.reports.length], [5, [0, 1, 2, 3, 4], 5]);
    ok(world.reports[0].includes("deaf"));
  },

  "convergence wins over a stall": async (world) => {
    const loop = counting(world, {
      convergeOn: predicate(({ length }) => length === 3),
      onStall: escalate({ after: 2 }),
      score: () => 1,
    });
    deepEqual((await loop.run({ n: 0 })).reason, "converged:predicate");
    const stalls = counting(world, { unbounded: true, onStall: escalate({ after: 2 }), score: () => 1 });
    const { status, error } = await stalls.run({ n: 0 });
    const { name, iterations, best } = error as { name: string; iterations: number; best: unknown };
    deepEqual([status, name, iterations, best], ["stalled", "StallError", 3, { step: 2, score: 1 }]);
  },

  "calling a run off wins over convergence and stall": async (world) => {
    for (
      const ends of [{ convergeOn: predicate<{ n: number }>(() => true) }, {
        onStall: escalate<{ n: number }>({ after: 1 }),
      }]
    ) {
      const controller = new AbortController();
      const loop = counting(world, {
        unbounded: true,
        ...ends,
        score: () => 1,
        step: ({ n }) => {
          if (n === 1 || "convergeOn" in ends) controller.abort();
          return { n: n + 1 };
        },
      });
      const result = await loop.run({ n: 0 }, { signal: controller.signal });
      deepEqual([result.status, result.reason], ["cancelled", "cancelled"]);
      ok(!(await typesOf(world, result)).some((type) => type === "converged" || type === "stalled"));
    }
  },

  "three scores in a row that fail end the run, and the steps are kept; two do not": async (world) => {
    const loop = counting(world, { score: () => NaN, cost: () => 0.5 });
    const result = await loop.run({ n: 0 });
    deepEqual([result.reason, result.steps, result.state.n, result.spent.usd], ["scorer_failed", 3, 3, 1.5]);
    const { name, cause } = result.error as Error;
    deepEqual([name, (cause as Error).name], ["ScorerFailed", "RangeError"]);
    let call = 0;
    const other = counting(world, { score: () => ++call % 3 === 0 ? 1 : Infinity });
    const fine = await other.run({ n: 0 });
    deepEqual([fine.reason, fine.steps], ["budget:iterations", 5]);
    equal((await typesOf(world, fine)).filter((type) => type === "score.failed").length, 4);
  },

  "a run whose scorer failed can be resumed, and its failures are counted anew": async (world) => {
    const loop = counting(world, { score: () => NaN });
    const { runId } = await loop.run({ n: 0 });
    equal((await loop.resume(runId)).steps, 5);
  },

  "a score of null is no failure": async (world) => {
    const { status, best, steps } = await counting(world, { score: () => null }).run({ n: 0 });
    deepEqual([status, best, steps], ["budget_exhausted", undefined, 5]);
  },

  "a state that does not fit is a failed step whose cost counts": async (world) => {
    const loop = counting(world, {
      budget: { iterations: 2, usd: 1 },
      onError: "record",
      step: ({ n }, ctx) => {
        ctx.spend({ usd: 0.25 });
        return ctx.step === 0 ? { n: "one" } as never : { n: n + 1 };
      },
    });
    const result = await loop.run({ n: 0 });
    const [first] = await stepsOf(world, result);
    deepEqual([result.state.n, result.spent.usd, result.steps], [1, 0.5, 2]);
    deepEqual([first.status, first.costNano, first.error?.split(":")[0]], ["error", 250_000_000, "StateInvalid"]);
  },

  "loop() throws the very error of the step, run() hands it over": async (world) => {
    const mine = new RangeError("mine");
    const loop = counting(world, {
      step: () => {
        throw mine;
      },
    });
    await rejects(loop({ n: 0 }), (error) => error === mine);
    const { status, reason, error } = await loop.run({ n: 0 });
    deepEqual([status, reason, error === mine], ["failed", "error", true]);
  },

  "recorded errors are borne up to maxConsecutive in a row": async (world) => {
    let call = 0;
    const loop = counting(world, {
      budget: { iterations: 50 },
      onError: "record",
      retry: { maxConsecutive: 2 },
      step: ({ n }) => ++call <= 2 || call >= 4 ? fails(`no ${call}`)() : { n: n + 1 },
    });
    const { reason, steps, state, error } = await loop.run({ n: 0 });
    deepEqual([reason, steps, state.n, (error as Error).cause], ["too_many_errors", 6, 1, new Error("no 6")]);
  },

  "lastGood({maxRetries}) says how many": async (world) => {
    const loop = counting(world, { backtrack: lastGood({ maxRetries: 1, backoff: 0 }), step: fails("no") });
    equal((await loop.run({ n: 0 })).steps, 2);
  },

  "a failed step is an iteration, a try of one is not": async (world) => {
    let call = 0;
    const loop = counting(world, {
      budget: { iterations: 3, usd: 9 },
      onError: "record",
      retry: { attempts: 3, backoff: 0 },
      step: ({ n }, ctx) => {
        ctx.spend({ usd: 0.1 });
        return ++call <= 4 ? fails("no")() : { n: n + 1 };
      },
    });
    const result = await loop.run({ n: 0 });
    deepEqual([result.spent.iterations, call, result.state.n, result.spent.usd], [3, 6, 2, 0.6]);
    const rows = await stepsOf(world, result);
    deepEqual(rows.map(({ attempt, costNano }) => [attempt, costNano / 1e8]), [[3, 3], [2, 2], [1, 1]]);
    equal((await world.store.attempts(result.runId)).length, 6);
  },

  "tries wait longer each time, up to a limit": async (world) => {
    const times: number[] = [];
    const loop = counting(world, {
      retry: { attempts: 5, backoff: { initial: "1s", factor: 3, max: "10s" } },
      step: () => {
        times.push(world.clock.monotonicMs());
        return fails("no")();
      },
    });
    equal((await world.settle(loop.run({ n: 0 }), 500)).status, "failed");
    deepEqual(times, [0, 1_000, 4_000, 13_000, 23_000]);
  },

  "shouldRetry decides; if it fails itself, the error of the step is told": async (world) => {
    for (const [shouldRetry, calls] of [[() => false, 1], [fails("confused"), 1], [() => true, 3]] as const) {
      let call = 0;
      const loop = counting(world, {
        retry: { attempts: 3, backoff: 0, shouldRetry },
        step: () => fails(`no ${++call}`)(),
      });
      const { error } = await loop.run({ n: 0 });
      deepEqual([(error as Error).message, call], [`no ${calls}`, calls]);
    }
    equal(world.reports.length, 1);
  },

  "the key of a step is the same in each of its tries": async (world) => {
    const keys: string[] = [];
    const loop = counting(world, {
      budget: { iterations: 2 },
      retry: { attempts: 2, backoff: 0 },
      step: ({ n }, { idempotencyKey, attempt, step }) => {
        keys.push(idempotencyKey);
        return attempt === 1 && step === 0 ? fails("no")() : { n: n + 1 };
      },
    });
    await loop.run({ n: 0 });
    deepEqual([keys[0] === keys[1], keys[1] === keys[2]], [true, false]);
  },

  "an exhausted budget is not taken for a failure of the step": async (world) => {
    const loop = counting(world, {
      budget: { usd: 1, iterations: 9 },
      onError: "record",
      retry: { attempts: 5, backoff: 0 },
      step: ({ n }, ctx) => {
        ctx.reserve({ usd: 0.4 }).settle({ usd: 0.4 });
        return { n: n + 1 };
      },
    });
    const result = await loop.run({ n: 0 });
    deepEqual([result.status, result.spent.usd, result.steps], ["budget_exhausted", 0.8, 2]);
    const attempts = await world.store.attempts(result.runId);
    deepEqual(attempts.map(({ status }) => status), ["ok", "ok", "error"]);
  },

  "an estimate or a choice that fails ends the run as failed, with what was paid for": async (world) => {
    const bad = counting(world, { budget: { usd: 1 }, stepCost: { estimate: fails("no idea") } });
    const { status, runId, error } = await bad.run({ n: 0 });
    deepEqual([status, (error as Error).message, (await rowOf(world, runId)).status], ["failed", "no idea", "failed"]);
    const choosing = counting(world, {
      branches: { n: 2, select: fails("both") },
      cost: () => 0.5,
      score: ({ n }) => n,
    });
    const result = await choosing.run({ n: 0 });
    deepEqual([result.status, result.spent.usd, result.steps, result.state.n], ["failed", 1, 2, 1]);
  },

  "a strategy or a detector that fails ends the run, and the step is kept": async (world) => {
    for (
      const spec of [{ backtrack: fails("lost") }, { convergeOn: predicate<{ n: number }>(fails("lost")) }, {
        backtrack: () => ({ restore: 7 }),
      }]
    ) {
      const result = await counting(world, { budget: { iterations: 4 }, ...spec }).run({ n: 0 });
      deepEqual([result.status, result.steps, result.state.n], ["failed", 1, 1]);
    }
  },

  "scores, costs, detectors and strategies may take their time": async (world) => {
    const loop = counting(world, {
      budget: { iterations: 9 },
      cost: ({ n }) => Promise.resolve({ usd: n, tokens: n }),
      score: ({ n }) => Promise.resolve(-n),
      convergeOn: predicate(({ length }) => Promise.resolve(length === 3)),
      backtrack: () => Promise.resolve({ restore: 0 }),
    });
    const result = await loop.run({ n: 0 });
    deepEqual([result.spent.usd, result.spent.tokens, result.best?.score, result.state.n], [5, 5, -1, 1]);
  },

  "a step that left work behind cannot spend any more": async (world) => {
    const late = Promise.withResolvers<unknown>();
    const loop = counting(world, {
      budget: { iterations: 2, usd: 1 },
      step: ({ n }, ctx) => {
        if (n === 0) {
          void (async () => {
            await world.quiet();
            ctx.reserve({ usd: 0.5 });
          })().catch(late.resolve);
        }
        return { n: n + 1 };
      },
    });
    const { runId } = await loop.run({ n: 0 });
    equal((await late.promise as Error).message, `Step 0 of run ${runId} is over`);
    equal((await rowOf(world, runId)).reservedNano, 0);
  },

  "what a step emits is told and not stored": async (world) => {
    const chunks: unknown[] = [];
    const loop = counting(world, {
      convergeOn: predicate(() => true),
      on: { "step.chunk": ({ chunk, seq }) => void chunks.push([chunk, seq]) },
      step: ({ n }, ctx) => {
        ctx.emit("half");
        return { n };
      },
    });
    const result = await loop.run({ n: 0 });
    deepEqual(chunks, [["half", undefined]]);
    const types = ["run.started", "step.started", "converged", "step.finished", "run.finished"];
    deepEqual(await typesOf(world, result), types);
  },

  "a failure of the store stops the run before the next paid step, and nobody keeps it": async (world) => {
    let commits = 0;
    let calls = 0;
    const broken = new Error("disk full");
    const checkpoint = {
      ...world.store,
      commit: (batch: Parameters<typeof world.store.commit>[0]) => {
        if (++commits === 3) throw broken;
        return world.store.commit(batch);
      },
    };
    const loop = counting(world, {
      checkpoint,
      step: ({ n }) => {
        calls++;
        return { n: n + 1 };
      },
    });
    await rejects(loop.run({ n: 0 }, { runId: "r" }), (error) => error === broken);
    deepEqual([calls, await world.store.holder("r")], [2, undefined]);
    deepEqual((await loop.resume("r")).state, { n: 5 });
  },

  "the history has entries of every recorded step, and states that are read when asked for": async (world) => {
    const seen: unknown[] = [];
    const loop = counting(world, {
      budget: { iterations: 4 },
      onError: "record",
      score: ({ n }) => n === 2 ? 9 : n,
      step: ({ n }, { history, step }) => {
        const { last, best, length } = history;
        seen.push([
          length,
          last?.status,
          best?.step,
          history.window(2).map((it) => it.step),
          history.at(-1)?.inputStep,
        ]);
        if (best !== undefined) Object.assign(best.state, { n: 100 });
        return step === 2 ? fails("no")() : { n: n + 1 };
      },
    });
    const { best } = await loop.run({ n: 0 });
    deepEqual(seen, [
      [0, undefined, undefined, [], undefined],
      [1, "ok", 0, [0], null],
      [2, "ok", 1, [0, 1], 0],
      [3, "error", 1, [1, 2], 1],
    ]);
    equal(best?.state.n, 2);
  },

  "what a detector spends is the run's": async (world) => {
    const loop = world.loop<number>({
      name: "judged",
      state: z.number(),
      budget: { usd: 1 },
      convergeOn: {
        descriptor: { kind: "costly" },
        begin: () => null,
        observe: (memory, _entry, asked) => {
          asked.reserve({ usd: 0.3 }).settle({ usd: 0.3 });
          return { memory };
        },
      },
      step: (n) => n + 1,
    });
    const result = await loop.run(0);
    deepEqual([result.status, result.spent.usd, result.steps], ["budget_exhausted", 0.9, 4]);
    deepEqual((await stepsOf(world, result)).map(({ costNano }) => costNano / 1e8), [3, 3, 3, 0]);
  },
};
