import { match, strictEqual as equal } from "node:assert/strict";
import { EarlyStopping } from "./early_stop.ts";

Deno.test("EarlyStopping ends what is worse than the median of the others at the same row", () => {
  const rule = new EarlyStopping({ metric: "acc", mode: "max", rule: "median", warmup: 2 });
  equal(rule.judge("a", "train", [0.1, 0.5, 0.9]), undefined);
  equal(rule.judge("b", "train", [0.1, 0.4]), undefined);
  equal(rule.judge("c", "train", [0.2, 0.45]), undefined);
  match(rule.judge("c", "train", [0.2, 0.44]) ?? "", /acc 0.44 at row 2 is worse than the median 0.45 of 2 other/);
  // At row 3 there is one other only, and in another step there is none.
  equal(rule.judge("c", "train", [0.2, 0.5, 0]), undefined);
  equal(rule.judge("c", "test", [0]), undefined);
});

Deno.test("EarlyStopping knows the way that is better, and that no number is the worst", () => {
  const rule = new EarlyStopping({ metric: "loss", mode: "min", rule: "median", warmup: 1 });
  equal(rule.judge("a", "t", [2]), undefined);
  equal(rule.judge("b", "t", [2]), undefined);
  match(rule.judge("c", "t", [2.5]) ?? "", /loss 2.5 is worse than the median 2 of 2/);
  match(rule.judge("d", "t", ["NaN"]) ?? "", /loss NaN is worse/);
  equal(rule.judge("e", "t", ["-Infinity"]), undefined);
  equal(rule.judge("f", "t", ["text"]), undefined);
});

Deno.test("EarlyStopping compares with a number when it is given one", () => {
  const rule = new EarlyStopping({ metric: "loss", mode: "min", rule: "worse_than", threshold: 1, warmup: 0 });
  match(rule.judge("a", "t", [5, 1.5]) ?? "", /loss 1.5 at row 2 is worse than 1$/);
  equal(rule.judge("a", "t", [5, 1]), undefined);
});
