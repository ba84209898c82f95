import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { parseDuration, parseRetry, parseTimeout } from "./duration.ts";
import { Section } from "./section.ts";
import { type Plain, toValue } from "../../../tests/support/pipeline_of.ts";
import { Float } from "../../yaml/value.ts";
import type { Problem } from "../../errors.ts";

function section(step: Plain): { readonly step: Section; readonly problems: readonly Problem[] } {
  const values = toValue(step);
  const problems: Problem[] = [];
  const place = { at: [], label: "Step 'a'" };
  return { step: new Section(values instanceof Map ? values : new Map(), place, problems), problems };
}

Deno.test("parseDuration() knows seconds and sums of pieces", () => {
  const cases: readonly (readonly [Plain, number])[] = [
    [90, 90_000],
    [0, 0],
    [new Float(1.5), 1_500],
    ["90", 90_000],
    ["2.5", 2_500],
    ["500ms", 500],
    ["10m", 600_000],
    ["1h30m", 5_400_000],
    [" 1h 30m ", 5_400_000],
    ["1.5h", 5_400_000],
    ["2d", 172_800_000],
  ];
  for (const [written, ms] of cases) equal(parseDuration(toValue(written)), ms, String(written));
});

Deno.test("parseDuration() refuses what is no length of time", () => {
  const cases = [
    "",
    " ",
    "10 minutes",
    "h",
    "1h30",
    "-5s",
    -5,
    new Float(NaN),
    new Float(Infinity),
    true,
    null,
    "9e99d",
  ];
  for (const written of cases) equal(parseDuration(written), undefined, String(written));
  equal(parseDuration(10n ** 30n), undefined);
  equal(parseDuration([1]), undefined);
});

Deno.test("parseTimeout() must be above 0", () => {
  for (const timeout of [0, "0ms", "soon", []]) {
    const { step, problems } = section({ timeout });
    equal(parseTimeout(step), undefined);
    deepEqual(problems.map(({ code, path }) => [code, path]), [["invalid-duration", ["timeout"]]]);
  }
});

Deno.test("parseRetry() reads a number and a map", () => {
  const read = (retries: Plain) => parseRetry(section({ retries }).step);
  deepEqual(read(2), { attempts: 2, delayMs: 0, backoff: "fixed" });
  equal(read(0), undefined);
  deepEqual(read({ attempts: 3, delay: 5 }), { attempts: 3, delayMs: 5_000, backoff: "fixed" });
  deepEqual(read({ attempts: 1, backoff: "exponential" }), { attempts: 1, delayMs: 0, backoff: "exponential" });
});

Deno.test("parseRetry() finds what is wrong in it", () => {
  const codes = (retries: Plain) => {
    const { step, problems } = section({ retries });
    parseRetry(step);
    return problems.map(({ code, path }) => `${code} ${path?.join("/")}`);
  };
  deepEqual(codes(-1), ["invalid-retries retries"]);
  deepEqual(codes("2"), ["invalid-retries retries"]);
  deepEqual(codes([]), ["invalid-retries retries"]);
  deepEqual(codes({ delay: 1 }), ["missing-key retries"]);
  deepEqual(codes({ attempts: 1, delay: "x", backoff: "exponentail", dealy: 1 }), [
    "unknown-key retries/dealy",
    "invalid-duration retries/delay",
    "unknown-backoff retries/backoff",
  ]);
});
