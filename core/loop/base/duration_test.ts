import { strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { durationMs } from "./duration.ts";

Deno.test("durationMs() reads a number with each unit, blanks around and between them", () => {
  const read: Record<string, number> = {
    "250ms": 250,
    "30s": 30_000,
    "10m": 600_000,
    "1h": 3_600_000,
    "1.5h": 5_400_000,
    "2d": 172_800_000,
    " 30 s ": 30_000,
    "0s": 0,
  };
  for (const [text, ms] of Object.entries(read)) equal(durationMs(text), ms, text);
});

Deno.test("durationMs() takes a number for milliseconds", () => {
  equal(durationMs(0), 0);
  equal(durationMs(1.5), 1.5);
});

Deno.test("durationMs() knows nothing but one decimal number and one unit", () => {
  const strange = ["", "s", "10", "-1s", "+1s", "1e3s", ".5s", "1.s", "1h30m", "1 hour", "1S", "0x1s", "NaNs", "1,5h"];
  for (const text of strange) equal(durationMs(text), undefined, text);
  for (const number of [-1, NaN, Infinity, -Infinity]) equal(durationMs(number), undefined);
  equal(durationMs(`${"9".repeat(400)}s`), undefined);
});

Deno.test("durationMs() of a number of milliseconds with its unit is that number", () => {
  fc.assert(fc.property(fc.nat(), (ms) => equal(durationMs(`${ms}ms`), ms)));
});
