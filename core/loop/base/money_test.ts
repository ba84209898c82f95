import { strictEqual as equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { toNano, toUsd, usdText } from "./money.ts";

Deno.test("toNano() counts billionths of a dollar", () => {
  equal(toNano(0.1), 100_000_000);
  equal(toNano(2), 2_000_000_000);
  equal(toNano(0), 0);
  equal(toNano(0.000_000_001), 1);
});

Deno.test("toNano() makes ten times ten cents a dollar", () => {
  const cents = Array.from({ length: 10 }, () => toNano(0.1));
  equal(cents.reduce((sum, nano) => sum + nano), toNano(1));
});

Deno.test("toNano() and toUsd() refuse what is no amount of money", () => {
  for (const usd of [-0.01, NaN, Infinity, -Infinity, 9_007_200]) throws(() => toNano(usd), RangeError);
  for (const nano of [-1, 0.5, NaN, Infinity]) throws(() => toUsd(nano), RangeError);
});

Deno.test("toUsd() gives the number with the very digits, and toNano() brings it back", () => {
  equal(toUsd(100_000_000), 0.1);
  equal(toUsd(1_850_000_000), 1.85);
  const amounts = fc.integer({ min: 0, max: 8_388_608_000_000_000 });
  fc.assert(fc.property(amounts, (nano) => equal(toNano(toUsd(nano)), nano)));
});

Deno.test("usdText() shows four decimals, and more of what is smaller than they can show", () => {
  equal(usdText(150_000_000), "$0.1500");
  equal(usdText(0), "$0.0000");
  equal(usdText(12_345_678_900), "$12.3457");
  equal(usdText(100_000), "$0.0001");
  equal(usdText(12_300), "$0.0000123");
  equal(usdText(1), "$0.000000001");
});
