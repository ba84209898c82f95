import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import {
  bestScore,
  escalate,
  judge,
  lastGood,
  loop,
  memoryStore,
  predicate,
  replay,
  scorePlateau,
  type Store,
} from "@loom/loom";
import fc from "fast-check";
import { z } from "zod";

const state = z.object({ score: z.number().nullable() });

/** A run whose steps have these scores; a `null` is a step that fails. Each costs ten cents. */
async function recorded(
  scores: readonly (number | null)[],
  parts: Partial<Parameters<typeof loop<z.infer<typeof state>>>[0]> = {},
): Promise<{ store: Store; runId: string }> {
  const store = memoryStore();
  const made = loop({
    name: "recorded",
    state,
    checkpoint: store,
    budget: { iterations: scores.length },
    onError: "record",
    retry: { backoff: 0, maxConsecutive: 99 },
    step: (_, ctx) => {
      ctx.spend({ usd: 0.1, tokens: 7 });
      const score = scores[ctx.step];
      if (score === null) throw new Error("no");
      return { score };
    },
    score: ({ score }) => score,
    ...parts,
  });
  const { runId } = await made.run({ score: null });
  return { store, runId };
}

const flat = [1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3];

Deno.test("replay() says where another patience would have ended a run, and what that would have saved", async () => {
  const { store, runId } = await recorded(flat);
  const three = await replay(store, runId, { convergeOn: scorePlateau({ patience: 3 }) });
  deepEqual(three, {
    runId,
    end: { step: 4, reason: "converged:scorePlateau" },
    until: { steps: 5, spent: { usd: 0.5, tokens: 35 } },
    recorded: { steps: 11, spent: { usd: 1.1, tokens: 77 } },
    saved: { steps: 6, spent: { usd: 0.6, tokens: 42 } },
    best: { step: 4, score: 2 },
    recordedBest: { step: 10, score: 3 },
    backtracks: [],
    stalls: [],
    asked: { usd: 0, tokens: 0 },
  });
  const five = await replay(store, runId, { convergeOn: scorePlateau({ patience: 5 }) });
  deepEqual([five.end?.step, five.best?.score, five.saved.spent.usd], [10, 3, 0]);
  equal((await replay(store, runId, { convergeOn: scorePlateau({ patience: 9 }) })).end, undefined);
});

Deno.test("replay() never calls the step, and writes nothing", async () => {
  const { store, runId } = await recorded(flat);
  const before = [await store.getRun(runId), await store.events(runId)];
  await replay(store, runId, { convergeOn: judge(() => true), onStall: escalate(), backtrack: bestScore() });
  deepEqual([await store.getRun(runId), await store.events(runId)], before);
});

Deno.test("replay() of the run's own detectors and strategies ends where the run did", async () => {
  const scores = fc.array(fc.option(fc.integer({ min: 0, max: 6 }), { freq: 8 }), { minLength: 1, maxLength: 14 });
  await fc.assert(
    fc.asyncProperty(scores, fc.boolean(), async (given, isRestoring) => {
      const own = {
        convergeOn: scorePlateau<z.infer<typeof state>>({ patience: 2 }),
        onStall: escalate<z.infer<typeof state>>({ after: 4 }),
        ...(isRestoring && { backtrack: bestScore<z.infer<typeof state>>() }),
      };
      const { store, runId } = await recorded(given, own);
      const run = (await store.getRun(runId))!;
      const again = await replay(store, runId, { ...own, state });
      deepEqual([again.until, again.divergedAt], [again.recorded, undefined]);
      deepEqual(again.end?.reason, run.reason.startsWith("budget") ? undefined : run.reason);
      const noted = (await store.events(runId)).filter(({ type }) => type === "backtrack");
      deepEqual(again.backtracks, noted.map(({ data }) => JSON.parse(data)));
    }),
    { numRuns: 40 },
  );
});

Deno.test("replay() tells from which step on another strategy makes it a guess", async () => {
  const { store, runId } = await recorded([1, 3, 2, 4, 5]);
  const { backtracks, divergedAt, end } = await replay(store, runId, { backtrack: bestScore() });
  deepEqual([backtracks, divergedAt, end], [[{ step: 2, to: 1 }], 3, undefined]);
});

Deno.test("replay() ends where a strategy would not have borne more errors", async () => {
  const { store, runId } = await recorded([1, null, null, null, 2]);
  const { end, until } = await replay(store, runId, { backtrack: lastGood({ maxRetries: 1 }) });
  deepEqual([end, until.steps], [{ step: 2, reason: "too_many_errors" }, 3]);
});

Deno.test("replay() notes the stalls of a strategy that would have gone on, without asking it how", async () => {
  const { store, runId } = await recorded(flat);
  const then = () => {
    throw new Error("asked");
  };
  const { stalls, end } = await replay(store, runId, { onStall: escalate({ after: 2, then }) });
  deepEqual([stalls, end], [[3, 7, 9], undefined]);
  deepEqual((await replay(store, runId, { onStall: escalate({ after: 2 }) })).end, { step: 3, reason: "stalled" });
});

Deno.test("replay() hands stored states through the schema, and adds up what judges spend", async () => {
  const { store, runId } = await recorded([1, 2, 3, 4]);
  const seen: unknown[] = [];
  const asked = judge<z.infer<typeof state>>((it, { spend, reserve }) => {
    seen.push(it.score);
    spend({ usd: 0.01 });
    const held = reserve({ usd: 1, tokens: 100 });
    if (it.score === 3) held.settle({ usd: 0.02 });
    else held.release();
    return it.score === 3;
  });
  const { end, asked: spent } = await replay(store, runId, { convergeOn: asked, state });
  deepEqual([seen, end?.step, spent], [[1, 2, 3], 2, { usd: 0.05, tokens: 0 }]);
});

Deno.test("replay() shows a history that ends with the step in hand", async () => {
  const { store, runId } = await recorded([5, 1, 4]);
  const lengths: unknown[] = [];
  const convergeOn = predicate((history) => {
    lengths.push([history.length, history.last?.score, history.best?.score, history.at(0)?.score]);
    return false;
  });
  await replay(store, runId, { convergeOn });
  deepEqual(lengths, [[1, 5, 5, 5], [2, 1, 5, 5], [3, 4, 5, 5]]);
});

Deno.test("replay() asks once for each iteration of several candidates, about the one that was gone on from", async () => {
  const { store, runId } = await recorded([1, 2, 3], { branches: { n: 2 }, step: (_, { step }) => ({ score: step }) });
  const steps: number[] = [];
  const convergeOn = predicate((history) => steps.push(history.last!.step) === 2);
  const { end, until, recorded: all } = await replay(store, runId, { convergeOn });
  deepEqual([steps, end?.step, until.steps, all.steps], [[0, 1], 1, 4, 6]);
});

Deno.test("replay() reads states ahead where the store answers by promise", async () => {
  const { store, runId } = await recorded([1, 2, 3]);
  const later = new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name === "isSync") return false;
      return typeof value === "function" ? (...args: unknown[]) => Promise.resolve(value.apply(target, args)) : value;
    },
  });
  const convergeOn = judge<z.infer<typeof state>>(({ score }) => score === 2);
  equal((await replay(later, runId, { convergeOn, state })).end?.step, 1);
});

Deno.test("replay() refuses a run that is not there, and options that mean nothing", async () => {
  const store = memoryStore();
  await rejects(replay(store, "nothing"), { code: "RUN_NOT_FOUND" });
  await rejects(replay(store, "nothing", { convergedOn: 1 } as never), {
    code: "LOOP_CONFIG_ERROR",
    message: "replay() cannot begin: convergedOn is unknown",
    hint: "did you mean 'convergeOn'?",
  });
});
