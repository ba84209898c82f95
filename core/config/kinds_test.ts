import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import { CONFIG_KEYS, keyInfo } from "./keys.ts";
import { amount, count, duration, isFalsy, isTruthy, type Kind, list, share, size, text, url } from "./kinds.ts";

Deno.test("whatever a kind takes from a file, its schema takes too", () => {
  const kinds = CONFIG_KEYS.map((key) => keyInfo(key).kind);
  const words = fc.constantFrom("10m", "90s", "2GiB", "512MB", "https://a.example/x", "0.5", "x", " ", "", "1h");
  const values = fc.oneof(fc.jsonValue(), words, fc.array(words), fc.nat(), fc.double(), fc.webUrl());
  fc.assert(fc.property(fc.constantFrom(...kinds), values, (kind, value) => {
    const fits = kind.fromValue(value) !== undefined;
    ok(!fits || kind.schema(z).safeParse(value).success, `${kind.wants}: ${JSON.stringify(value)}`);
  }));
});

Deno.test("what a kind refuses, its schema refuses too, but for what patterns cannot tell", () => {
  const kinds = [text(), count(1), share(), amount(), list()];
  const refused = [null, true, {}, "", " ", -1, 1.5, "1", [1], [""], [" "], Infinity, NaN];
  for (const kind of kinds as Kind<unknown>[]) {
    for (const value of refused.filter((value) => kind.fromValue(value) === undefined)) {
      equal(kind.schema(z).safeParse(value).success, false, `${kind.wants}: ${String(value)}`);
    }
  }
});

Deno.test("count() reads decimal numbers only", () => {
  deepEqual(["3", " 3 ", "3e1", "+3"].map(count(1).fromText), [3, 3, 30, 3]);
  for (const word of ["0", "-1", "1.5", "0x10", "", "Infinity", "1_0", "three", "3 4"]) {
    equal(count(1).fromText(word), undefined, word);
  }
});

Deno.test("share() and amount() keep their ranges", () => {
  deepEqual(["0", "1", ".5", "1.01", "-0.1"].map(share().fromText), [0, 1, 0.5, undefined, undefined]);
  deepEqual(["0.01", "0", "1e400"].map(amount().fromText), [0.01, undefined, undefined]);
});

Deno.test("duration() is milliseconds: of seconds, or of a number with its unit", () => {
  deepEqual(["90", "90s", "10m", "1.5h", "250ms"].map(duration().fromText), [90_000, 90_000, 600_000, 5_400_000, 250]);
  deepEqual(["0", "10 minutes", "-1s", "10M", ""].map(duration().fromText), Array(5).fill(undefined));
  equal(duration().fromValue(90), 90_000);
  equal(duration().fromValue("90"), undefined);
});

Deno.test("size() is bytes: of a number, or with a unit of thousands or of 1024", () => {
  deepEqual(["1024", "2KB", "2KiB", "1.5GB", "1B"].map(size().fromText), [1024, 2000, 2048, 1.5e9, 1]);
  deepEqual(["2 GB", "2g", "9000TiB", "0B", "-1"].map(size().fromText), Array(5).fill(undefined));
});

Deno.test("url() takes addresses of services, nothing else", () => {
  equal(url().fromText(" https://a.example/v1 "), "https://a.example/v1");
  for (const word of ["a.example", "ftp://a.example", "http://", "https://a b", "javascript:alert(1)", "http://["]) {
    equal(url().fromText(word), undefined, word);
  }
});

Deno.test("list() parts a text at commas", () => {
  deepEqual(list().fromText("./a.js, npm:b@1 ,,"), ["./a.js", "npm:b@1"]);
  equal(list().fromValue(["a", 1]), undefined);
});

Deno.test("isTruthy() and isFalsy() know four words each, in any case", () => {
  deepEqual(["1", "TRUE", "Yes", " on "].map(isTruthy), [true, true, true, true]);
  deepEqual(["0", "False", "no", "OFF"].map(isFalsy), [true, true, true, true]);
  deepEqual(["2", "y", "", undefined].map(isTruthy), [false, false, false, false]);
});
