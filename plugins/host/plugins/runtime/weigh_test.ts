import { ok, strictEqual as equal } from "node:assert/strict";
import { weigh } from "./inside/weigh.js";

const LIMIT = 1_000_000;

Deno.test("weigh() is about as much as a message takes", () => {
  for (const value of ["x".repeat(5_000), new Uint8Array(5_000), Array.from({ length: 600 }, (_, i) => i)]) {
    const bytes = weigh({ value }, LIMIT);
    ok(bytes >= 5_000 && bytes <= 7_500, `${bytes}`);
  }
  equal(weigh(undefined, LIMIT), 8);
});

Deno.test("weigh() counts everything that can be sent", () => {
  const long = "x".repeat(LIMIT);
  const large: readonly unknown[] = [
    long,
    { a: { b: [long] } },
    { [long]: 1 },
    new Map([["a", long]]),
    new Map([[long, 1]]),
    new Set([long]),
    new ArrayBuffer(LIMIT),
    new SharedArrayBuffer(LIMIT),
    new Uint8Array(new ArrayBuffer(LIMIT), 0, 1),
    new Array(LIMIT),
    Array.from({ length: LIMIT }, () => 1),
    Object.assign(Object.create(null), { long }),
    Object.assign(new (class Named {})(), { long }),
  ];
  for (const value of large) equal(weigh(value, LIMIT), Infinity);
});

Deno.test("weigh() finds circles and what is nested without end", () => {
  const circle: unknown[] = [];
  circle.push(circle);
  let deep: unknown = 1;
  for (let i = 0; i < 100_000; i++) deep = { deep };
  for (const value of [circle, deep]) equal(weigh(value, LIMIT), Infinity);
});
