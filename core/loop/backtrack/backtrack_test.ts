import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { drive, entriesOf, FakeAsked, problemsOf, type Told } from "../converge/fake_run_test.ts";
import type { Backtrack } from "../types/mod.ts";
import { bestScore } from "./best_score.ts";
import { firstOf } from "./first_of.ts";
import { lastGood } from "./last_good.ts";

type Restored = number | "input" | undefined;

async function restores<S>(strategy: Backtrack<S>, told: readonly Told<S>[]): Promise<readonly Restored[]> {
  return (await drive<S, { restore?: number | "input" }>(strategy, told)).answers.map((it) => it.restore);
}

Deno.test("bestScore() goes back to the best step when the newest is worse", async () => {
  deepEqual(await restores(bestScore(), [1, 3, 2, 4, 3.9]), [undefined, undefined, 1, undefined, 3]);
});

Deno.test("bestScore() takes an equal score for no regression, and goes back to the newest of the best", async () => {
  deepEqual(await restores(bestScore(), [3, 3, 2, 3, 1]), [undefined, undefined, 1, undefined, 3]);
});

Deno.test("bestScore() bears a drop of minDrop, but no more", async () => {
  deepEqual(await restores(bestScore({ minDrop: 2 }), [5, 3, 2.5]), [undefined, undefined, 0]);
});

Deno.test("bestScore() looks at every so many scored steps, and knows the best of all", async () => {
  const told: Told<unknown>[] = [1, 9, 2, null, "Error: no", 3, 4];
  deepEqual(await restores(bestScore({ every: 2 }), told), [...Array(5).fill(undefined), 1, undefined]);
});

Deno.test("bestScore() lets its metric take the place of the score, awaited", async () => {
  const told: Told<string>[] = [{ score: 1, state: "long text" }, { score: 2, state: "text" }, { score: 3, state: "" }];
  const metric = ({ state }: { state: string }) => state === "" ? null : state.length;
  deepEqual(await restores(bestScore({ metric }), told), [undefined, 0, undefined]);
  const waits = bestScore({ metric: (entry: { state: string }) => Promise.resolve(metric(entry)) });
  deepEqual(await restores(waits, told), [undefined, 0, undefined]);
});

Deno.test("bestScore() passes over failed steps and those without a score", async () => {
  const told: Told<unknown>[] = [2, null, "Error: no", { score: NaN }, { status: "error", score: 0 }];
  deepEqual(await restores(bestScore(), told), Array(5).fill(undefined));
});

Deno.test("bestScore() restores what a search of the whole history does", async () => {
  const scores = fc.array(fc.oneof(fc.constantFrom(0, -0, 1, 2, null), fc.double({ min: -3, max: 3 })), {
    maxLength: 30,
  });
  const options = fc.record({ minDrop: fc.constantFrom(0, 0.5, 2), every: fc.integer({ min: 1, max: 4 }) });
  await fc.assert(fc.asyncProperty(scores, options, async (told, wanted) => {
    const naive = told.map((_, step) => naiveRestore(told.slice(0, step + 1), wanted));
    deepEqual(await restores(bestScore(wanted), told), naive);
  }));
});

function naiveRestore(
  told: readonly (number | null)[],
  { minDrop, every }: { minDrop: number; every: number },
): number | undefined {
  const newest = told.at(-1);
  const scored = told.filter((it): it is number => Number.isFinite(it));
  if (newest === undefined || !Number.isFinite(newest) || scored.length % every !== 0) return undefined;
  const best = Math.max(...scored);
  return best - (newest as number) > minDrop ? told.findLastIndex((it) => it === best) : undefined;
}

Deno.test("lastGood() goes back to the newest step that succeeded, or to the input", async () => {
  const told: Told<unknown>[] = [
    { status: "error", inputStep: null },
    { status: "error", inputStep: null },
    { inputStep: null },
    { status: "error", inputStep: 2 },
    { status: "error", inputStep: 2 },
    { inputStep: 2 },
  ];
  deepEqual(await restores(lastGood(), told), ["input", "input", undefined, 2, 2, undefined]);
});

Deno.test("lastGood() does not go back to a step that another strategy went back from", async () => {
  const told: Told<unknown>[] = [5, { score: 3, inputStep: 0 }, { status: "error", inputStep: 0 }];
  deepEqual(await restores(firstOf(bestScore(), lastGood()), told), [undefined, 0, 0]);
});

Deno.test("lastGood() bears five errors and waits ever longer between them unless told otherwise", () => {
  const { maxConsecutive, backoff } = lastGood();
  deepEqual([maxConsecutive, backoff], [5, { initial: 1_000, factor: 2, max: 30_000 }]);
  deepEqual(lastGood({ backoff: "2s" }).backoff, { initial: 2_000, factor: 1, max: 2_000 });
});

Deno.test("firstOf() does what the first says that wants to go back", async () => {
  const told: Told<unknown>[] = [1, 3, 2];
  deepEqual(await restores(firstOf(() => null, bestScore(), () => ({ restore: 0 })), told), [0, 0, 1]);
  deepEqual(await restores(firstOf<unknown>(() => undefined as never, () => Promise.resolve({ restore: 0 })), told), [
    0,
    0,
    0,
  ]);
});

Deno.test("firstOf() answers at once when all of its parts do", () => {
  const strategy = firstOf(bestScore(), lastGood());
  const [entry] = entriesOf([1]);
  deepEqual(Object.keys(strategy.observe(strategy.begin(), entry, new FakeAsked())), ["memory"]);
});

Deno.test("bestScore(), lastGood() and firstOf() refuse everything that is wrong at once", () => {
  equal(problemsOf(() => bestScore({ metric: 1, minDrop: -1, every: 0, best: 1 } as never)).length, 4);
  equal(problemsOf(() => lastGood({ maxRetries: -1, backoff: { initial: "soon", factor: 0 } } as never)).length, 3);
  deepEqual(problemsOf(() => firstOf()), ["at least one strategy is needed"]);
  deepEqual(problemsOf(() => firstOf(bestScore(), {} as never)), [
    "argument 2 must be a strategy, not [object Object]",
  ]);
});
