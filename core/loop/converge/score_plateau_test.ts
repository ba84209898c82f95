import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { drive, entriesOf, FakeAsked, firedAt, problemsOf, type Told } from "./fake_run_test.ts";
import { scorePlateau } from "./score_plateau.ts";

Deno.test("scorePlateau() stops when the last scores gain too little on the best before them", async () => {
  deepEqual(await firedAt(scorePlateau(), [0.1, 0.5, 0.505, 0.501, 0.509]), [4]);
  deepEqual(await firedAt(scorePlateau(), [0.1, 0.5, 0.505, 0.52, 0.509]), []);
});

Deno.test("scorePlateau() needs patience + 1 scored steps", async () => {
  deepEqual(await firedAt(scorePlateau({ patience: 2 }), [1, 1, 1, 1]), [2, 3]);
});

Deno.test("scorePlateau() compares with the best before the window, not with its own newest", async () => {
  deepEqual(await firedAt(scorePlateau({ patience: 2, minDelta: 0.1 }), [0, 0.06, 0.12, 0.18, 0.24]), []);
});

Deno.test("scorePlateau() takes low scores for good ones when asked to", async () => {
  const detector = scorePlateau({ patience: 2, direction: "min" });
  deepEqual(await firedAt(detector, [9, 5, 3, 3.2, 3.1]), [4]);
});

Deno.test("scorePlateau() counts any gain with minDelta 0, but no equal score", async () => {
  const detector = scorePlateau({ patience: 2, minDelta: 0 });
  deepEqual(await firedAt(detector, [1, 1 + 1e-9, 1 + 2e-9, 1 + 2e-9, 1 + 2e-9]), [4]);
});

Deno.test("scorePlateau() passes over failed steps and those without a score", async () => {
  const told: Told<unknown>[] = [1, null, "Error: no", { score: NaN }, { score: Infinity }, 1, {
    status: "error",
    score: 9,
  }, 1];
  deepEqual(await firedAt(scorePlateau({ patience: 2 }), told), [7]);
});

Deno.test("scorePlateau() remembers -0 as 0, as JSON does", () => {
  const detector = scorePlateau();
  const seen = detector.observe(detector.begin(), entriesOf([-0])[0], new FakeAsked());
  equal("memory" in seen && Object.is(seen.memory.recent[0].score, 0), true);
});

Deno.test("scorePlateau() remembers no more at step 20,000 than its patience asks for", async () => {
  const detector = scorePlateau({ patience: 4 });
  const { memoryChars } = await drive(detector, entriesOf(Array.from({ length: 20_000 }, (_, step) => step)));
  equal(memoryChars < 200, true, `${memoryChars} characters`);
});

Deno.test("scorePlateau() is what its definition over the whole history says", async () => {
  const score = fc.oneof(fc.constantFrom(0, -0, 0.5, 1, null, NaN), fc.double({ min: -1, max: 1 }));
  const options = fc.record({
    patience: fc.integer({ min: 1, max: 5 }),
    minDelta: fc.constantFrom(0, 0.01, 0.3),
    direction: fc.constantFrom("max" as const, "min" as const),
  });
  await fc.assert(fc.asyncProperty(fc.array(score, { maxLength: 30 }), options, async (scores, wanted) => {
    const naive = scores.flatMap((_, step) => isFlat(scores.slice(0, step + 1), wanted) ? [step] : []);
    deepEqual(await firedAt(scorePlateau(wanted), scores), naive);
  }));
});

function isFlat(
  all: readonly (number | null)[],
  { patience, minDelta, direction }: { patience: number; minDelta: number; direction: "max" | "min" },
): boolean {
  if (!Number.isFinite(all.at(-1))) return false;
  const sign = direction === "max" ? 1 : -1;
  const scores = all.filter((it): it is number => Number.isFinite(it)).map((it) => sign * it);
  if (scores.length < patience + 1) return false;
  const best = Math.max(...scores.slice(0, -patience));
  return scores.slice(-patience).every((it) => it <= best || it - best < minDelta);
}

Deno.test("scorePlateau() refuses everything that is wrong at once", () => {
  const wrong = { patience: 0, minDelta: NaN, direction: "up", paitence: 3 };
  deepEqual(problemsOf(() => scorePlateau(wrong as never)), [
    "paitence is unknown",
    "patience must be a whole number from 1, not 0",
    "minDelta must be a number from 0, not NaN",
    "direction must be max or min, not 'up'",
  ]);
  for (const patience of [-1, 1.5, Infinity, "3", null]) {
    equal(problemsOf(() => scorePlateau({ patience } as never)).length, 1, String(patience));
  }
  equal(problemsOf(() => scorePlateau(3 as never)).length, 1);
});
