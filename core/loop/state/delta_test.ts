import { notStrictEqual as notEqual, ok, strictEqual as equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { applyDelta, makeDelta } from "./delta.ts";

/** A text that does not repeat itself, the same for the same seed. */
function randomText(length: number, seed: number): string {
  let state = seed;
  const next = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648);
  return Array.from({ length }, () => 'abcdefghijklmnopqrstuvwxyz0123456789 ,:"{}[]'[next() % 44]).join("");
}

/** A text like that of a state: the same members again and again. */
function items(count: number, seed: number): string {
  const item = (index: number) => ({ content: randomText(120, seed + index), id: index, role: "user", tokens: 17 });
  return JSON.stringify({ items: Array.from({ length: count }, (_, index) => item(index)) });
}

function scattered(text: string, places: number, replace: (place: number) => string, drop: number): string {
  const stride = Math.floor(text.length / places);
  const part = (place: number) => replace(place) + text.slice(place * stride + drop, (place + 1) * stride);
  return Array.from({ length: places }, (_, place) => part(place)).join("") + text.slice(places * stride);
}

function deltaOf(base: string, target: string): string {
  const delta = makeDelta(base, target);
  ok(delta !== undefined);
  equal(applyDelta(base, delta), target);
  return delta;
}

Deno.test("makeDelta() of 1 % changed over 20 places is about as long as what was changed", () => {
  const base = items(570, 1);
  const size = Math.floor(base.length / 100 / 20);
  ok(deltaOf(base, scattered(base, 20, (place) => randomText(size, place + 9_999), size)).length < 2 * size * 20);
});

Deno.test("makeDelta() follows insertions, deletions and appends", () => {
  const base = items(570, 2);
  ok(deltaOf(base, scattered(base, 20, (place) => randomText(50, place), 0)).length < 2 * 1_000);
  ok(deltaOf(base, scattered(base, 20, () => "", 50)).length < 500);
  ok(deltaOf(base, `${base.slice(0, -2)},${randomText(1_000, 3)}]}`).length < 1_100);
  ok(deltaOf(base, base.slice(0, 40_000) + base.slice(90_000)).length < 100);
  ok(deltaOf(base.slice(0, 40_000) + base.slice(60_000), base).length < 21_000);
});

Deno.test("makeDelta() of one small change is a few characters", () => {
  const base = items(570, 4);
  ok(deltaOf(base, base.replace('"tokens":17', '"tokens":18')).length < 30);
  ok(deltaOf(base, base).length < 20);
});

Deno.test("makeDelta() gives nothing when the texts have little in common", () => {
  equal(makeDelta(randomText(5_000, 1), randomText(5_000, 2)), undefined);
  equal(makeDelta("", "a"), undefined);
  equal(makeDelta("a", ""), undefined);
});

Deno.test("applyDelta() refuses what is no delta of the text", () => {
  for (const delta of ["nonsense", "zz,0,0;", "1,1,5;abc", "1,2;"]) {
    throws(() => applyDelta("short", delta), RangeError);
  }
});

/** Edits at random places of a text, with characters that take two code units among them. */
const edited = fc.record({
  base: fc.oneof(
    fc.string({ unit: fc.constantFrom("a", "b", "😀", "😁", "é", '"'), maxLength: 400 }),
    fc.string({ unit: "binary", maxLength: 400 }),
    fc.integer({ min: 1, max: 40 }).map((count) => items(count, count)),
  ),
  edits: fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      drop: fc.nat(80),
      add: fc.string({ unit: fc.constantFrom("a", "b", "😀", "😁", "x"), maxLength: 60 }),
    }),
    { maxLength: 6 },
  ),
}).map(({ base, edits }) => {
  let points = [...base];
  for (const { at, drop, add } of edits) {
    const place = Math.floor(at * points.length);
    points = [...points.slice(0, place), ...add, ...points.slice(place + drop)];
  }
  return { base, target: points.join("") };
});

Deno.test("applyDelta() undoes makeDelta() whatever was edited, also after the delta was written as UTF-8", () => {
  const check = fc.property(edited, ({ base, target }) => {
    const delta = makeDelta(base, target);
    if (delta === undefined) return;
    equal(applyDelta(base, delta), target);
    if (target.isWellFormed() && base.isWellFormed()) ok(delta.isWellFormed());
  });
  fc.assert(check, { numRuns: 2_000 });
});

Deno.test("makeDelta() keeps surrogates together where two characters share a half", () => {
  const [base, target] = ["x".repeat(100) + "😀" + "y".repeat(100), "x".repeat(100) + "😁" + "y".repeat(100)];
  notEqual(base, target);
  ok(deltaOf(base, target).isWellFormed());
  ok(deltaOf("a".repeat(99) + "😀" + "b".repeat(99), "a".repeat(99) + "\u{1FA00}" + "b".repeat(99)).isWellFormed());
});
