import { strictEqual as equal } from "node:assert/strict";
import { durationWords } from "./duration_words.ts";

Deno.test("durationWords() says seconds, minutes, hours and days", () => {
  equal(durationWords(250), "0.25s");
  equal(durationWords(90_000), "1m30s");
  equal(durationWords(7_200_000), "2h");
  equal(durationWords(90_061_000), "1d1h1m1s");
});
