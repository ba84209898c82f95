import { deepStrictEqual as deepEqual, ok, strictEqual as equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { scorePlateau } from "../converge/mod.ts";
import { FakeAsked, firedAt } from "../converge/fake_run_test.ts";
import type { LoopRow, StepRow } from "../../ports/loop_store.ts";
import { forecast, forecastOf } from "./forecast.ts";

const priced = (scores: readonly (number | null)[], usd = 0.1) => scores.map((score) => ({ score, cost: { usd } }));

/** A sequence of numbers between 0 and 1 that looks like chance. */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

/** Scores that approach a level, until scorePlateau() ends their loop. */
async function endedRun(at: (k: number) => number): Promise<readonly number[]> {
  const scores = Array.from({ length: 200 }, (_, k) => at(k));
  const [end] = await firedAt(scorePlateau(), scores, new FakeAsked());
  return scores.slice(0, end + 1);
}

Deno.test("forecast() says how far a curve without noise is from its plateau", async () => {
  for (const at of [(k: number) => 1 - 0.6 * 2 ** (-k / 3), (k: number) => 0.9 - 0.5 * (k + 1) ** -0.7]) {
    const scores = await endedRun(at);
    for (const known of [6, 8, scores.length - 1]) {
      const told = forecast(priced(scores.slice(0, known)))!;
      const left = scores.length - known;
      ok(Math.abs(told.steps.expected - left) <= 1, `${told.steps.expected} instead of ${left}`);
      ok(told.steps.low <= left && left <= told.steps.high!);
      equal(told.usd.expected, told.steps.expected / 10);
      ok(Math.abs(told.score - scores.at(-1)!) < 0.01);
    }
    deepEqual(forecast(priced(scores))?.method, "reached");
  }
});

Deno.test("forecast() holds the truth in its range at least three times out of four, with noise of three sizes", async () => {
  const chance = chanceFrom(7);
  const normal = () => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
  for (const noise of [0.005, 0.02, 0.05]) {
    let [inside, asked] = [0, 0];
    while (asked < 60) {
      const [level, gap, half] = [0.6 + 0.4 * chance(), 0.3 + 0.4 * chance(), 2 + 6 * chance()];
      const scores = await endedRun((k) => level - gap * 2 ** (-k / half) + noise * normal());
      if (scores.length <= 8) continue;
      asked++;
      const { steps } = forecast(priced(scores.slice(0, 8)))!;
      if (steps.low <= scores.length - 8 && scores.length - 8 <= (steps.high ?? Infinity)) inside++;
    }
    ok(inside >= 45, `${inside} of ${asked} with noise of ${noise}`);
  }
});

Deno.test("forecast() is undefined when too little is known, and where no plateau is in sight", () => {
  equal(forecast([]), undefined);
  equal(forecast(priced([0.1, 0.2, 0.3, 0.4, 0.5])), undefined);
  equal(forecast(priced([null, null, null, null, null, null, 1])), undefined);
  equal(forecast(priced([1, 2, 3, 4, 5, 6, 7, 8])), undefined);
});

Deno.test("forecast() knows a best score that was long ago, and a patience that is longer than what it looks at", () => {
  const long = Array.from({ length: 400 }, (_, k) => k === 10 ? 2 : 1 - 0.5 * 2 ** (-k / 900) + 0.001 * (k % 3));
  equal(forecast(priced(long), { patience: 250 })?.method, "reached");
  const { steps, score } = forecast(priced(long), { patience: 395 })!;
  deepEqual([steps, score], [{ expected: 6, low: 6, high: 6 }, 2]);
  equal(forecast(priced(long), { patience: 5_000 }), undefined);
});

Deno.test("forecast() of scores that are flat already has nothing left", () => {
  deepEqual(forecast(priced([0.5, 0.7, 0.7, 0.7, 0.7])), {
    steps: { expected: 0, low: 0, high: 0 },
    usd: { expected: 0, low: 0, high: 0 },
    score: 0.7,
    method: "reached",
  });
});

Deno.test("forecast() looks downwards where low scores are good", () => {
  const scores = [0.9, 0.5, 0.3, 0.2, 0.15, 0.125];
  const [down, up] = [
    forecast(priced(scores), { direction: "min" })!,
    forecast(priced(scores.map((it) => -it)), { direction: "max" })!,
  ];
  deepEqual(down, { ...up, score: -up.score });
  ok(down.score > 0.09 && down.score <= 0.125);
});

Deno.test("forecast() takes steps without a score to stay as frequent as they were", () => {
  const scores = [0.5, 0.7, 0.8, 0.85, 0.875, 0.8875];
  const [plain, mixed] = [forecast(priced(scores))!, forecast(priced(scores.flatMap((it) => [it, null])))!];
  equal(mixed.steps.expected, 2 * plain.steps.expected);
});

Deno.test("forecast() is the same for the same scores, and in order, whatever they are", () => {
  const score = fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { freq: 6 });
  const options = fc.record({
    patience: fc.integer({ min: 1, max: 12 }),
    minDelta: fc.constantFrom(0, 0.01, 1),
    direction: fc.constantFrom("max" as const, "min" as const),
  });
  fc.assert(
    fc.property(fc.array(score, { maxLength: 20 }), options, (scores, wanted) => {
      const told = forecast(priced(scores), wanted);
      deepEqual(forecast(priced(scores), wanted), told);
      if (told === undefined) return;
      for (const { low, expected, high = Infinity } of [told.steps, told.usd]) ok(low <= expected && expected <= high);
      ok(Number.isFinite(told.score) && Number.isFinite(told.steps.expected));
    }),
    { numRuns: 60 },
  );
});

Deno.test("forecastOf() reads the plateau that a stored run ends by, inside of combinations too", () => {
  const rows = [0.5, 0.75, 0.875, 0.9375, 0.96875, 0.984375].map((score, step) => ({
    step,
    score,
    costNano: 100_000_000,
    childNano: 50_000_000,
    decision: "advance",
  })) as unknown as readonly StepRow[];
  const dropped = { ...rows[0], decision: "dropped", score: 9 };
  const plateau = { kind: "scorePlateau", patience: 2, minDelta: 0.001, direction: "max" };
  const run = (convergeOn?: unknown): Pick<LoopRow, "specJson"> => ({ specJson: JSON.stringify({ convergeOn }) });
  const told = forecastOf(run({ kind: "anyOf", of: [{ kind: "judge" }, plateau] }), [dropped, ...rows]);
  const asked = priced(rows.map((row) => row.score!), 0.15);
  deepEqual(told, forecast(asked, { patience: 2, minDelta: 0.001 }));
  deepEqual(
    [run(), run({ kind: "judge" }), { specJson: "" }].map((it) => forecastOf(it, rows)),
    Array(3).fill(undefined),
  );
});

Deno.test("forecast() refuses options that scorePlateau() refuses", () => {
  throws(() => forecast([], { patience: 0 }), { code: "LOOP_CONFIG_ERROR" });
});
