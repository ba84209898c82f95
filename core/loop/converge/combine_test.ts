import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import type { Detector } from "../types/mod.ts";
import { allOf, anyOf, atLeast } from "./combine.ts";
import { entriesOf, FakeAsked, problemsOf, reasons, type Told } from "./fake_run_test.ts";
import { judge } from "./judge.ts";
import { predicate } from "./predicate.ts";
import { scorePlateau } from "./score_plateau.ts";

const told: Told<string>[] = [{ score: 1, state: "a" }, { score: 1, state: "b" }, { score: 2, state: "b" }];
const isFlat = scorePlateau({ patience: 1 });
const isB = judge((state: string) => state === "b");

Deno.test("anyOf() gives the reason of the first that fires", async () => {
  deepEqual(await reasons(anyOf(isFlat, isB), told), [undefined, "scorePlateau", "judge"]);
  deepEqual(await reasons(anyOf(isB, isFlat), told), [undefined, "judge", "judge"]);
});

Deno.test("allOf() names all, when they fire after the same step", async () => {
  deepEqual(await reasons(allOf(isFlat, isB), told), [undefined, "allOf(scorePlateau, judge)", undefined]);
});

Deno.test("atLeast() names those that fired", async () => {
  const isLong = predicate<string>((history) => history.length >= 3);
  const detector = atLeast(2, [isFlat, isB, isLong]);
  deepEqual(await reasons(detector, told), [undefined, "atLeast(scorePlateau, judge)", "atLeast(judge, predicate)"]);
});

Deno.test("anyOf() and allOf() take each other as parts, each with its own memory", async () => {
  const twice = scorePlateau({ patience: 2 });
  const detector = anyOf(allOf(isFlat, twice), allOf(isB, anyOf(isFlat)));
  deepEqual(await reasons(detector, told), [undefined, "allOf(judge, scorePlateau)", undefined]);
  equal(JSON.stringify(detector.descriptor).includes('"patience":2'), true);
});

Deno.test("anyOf() shows each step to each part, also after one has fired, and one at a time", async () => {
  let running = 0;
  const heard: string[] = [];
  const part = (name: string) =>
    judge(async (state: string) => {
      equal(++running, 1);
      await Promise.resolve();
      running--;
      return heard.push(name + state) > 0;
    });
  await reasons(anyOf(part("1"), part("2")), told);
  deepEqual(heard, ["1a", "2a", "1b", "2b", "1b", "2b"]);
});

Deno.test("anyOf() answers at once when all of its parts do", () => {
  const detector = anyOf(isFlat, isB);
  const [entry] = entriesOf(told);
  deepEqual(Object.keys(detector.observe(detector.begin(), entry, new FakeAsked())), ["memory"]);
});

Deno.test("atLeast() fires when the count of its parts does, whatever they are and whether they wait", async () => {
  const plan = fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 5 });
  await fc.assert(fc.asyncProperty(plan, fc.nat(), async (parts, seed) => {
    const count = seed % parts.length + 1;
    const yes = parts.filter(([answer]) => answer).length;
    const detectors = parts.map(([answer, waits]): Detector<string> =>
      predicate(() => waits ? Promise.resolve(answer) : answer)
    );
    const [reason] = await reasons(atLeast(count, detectors), told.slice(0, 1));
    equal(reason !== undefined, yes >= count);
    equal((await reasons(anyOf(...detectors), told.slice(0, 1)))[0] !== undefined, yes > 0);
    equal((await reasons(allOf(...detectors), told.slice(0, 1)))[0] !== undefined, yes === parts.length);
  }));
});

Deno.test("atLeast(), anyOf() and allOf() refuse what can never fire", () => {
  deepEqual(problemsOf(() => anyOf()), ["at least one detector is needed"]);
  deepEqual(problemsOf(() => allOf(isFlat, undefined as never)), ["argument 2 must be a detector, not undefined"]);
  deepEqual(problemsOf(() => atLeast(3, [isFlat, isFlat])), ["count must be at most 2, not 3"]);
  deepEqual(problemsOf(() => atLeast(0, [isFlat])), ["count must be a whole number from 1, not 0"]);
  deepEqual(problemsOf(() => atLeast(1, isFlat as never)), ["the detectors must be a list"]);
});
