import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { envNames, expandEnv } from "./env.ts";

const ENV = { A: "1", B_2: "two", EMPTY: "", NESTED: "${A}", MONEY: "$&$1" };

Deno.test("expandEnv() puts variables in, several in one text too", () => {
  deepEqual(expandEnv("${A}/x/${B_2}${A}", ENV), { ok: "1/x/two1" });
  deepEqual(expandEnv("a${EMPTY}b", ENV), { ok: "ab" });
  deepEqual(expandEnv("${MONEY}", ENV), { ok: "$&$1" });
});

Deno.test("expandEnv() does not look again at what it put in", () => {
  deepEqual(expandEnv("${NESTED}", ENV), { ok: "${A}" });
});

Deno.test("expandEnv() leaves every other dollar alone", () => {
  for (const text of ["$A", "$", "${", "${}", "${1A}", "${A-B}", "${A", "{A}", "cost: 5$"]) {
    deepEqual(expandEnv(text, ENV), { ok: text });
  }
});

Deno.test("expandEnv() names the first variable that is not set", () => {
  deepEqual(expandEnv("${A}${NOPE}${ALSO}", ENV), { missing: "NOPE" });
});

Deno.test("envNames() lists the variables of a text", () => {
  deepEqual(envNames("${A}-${B_2}-${A}"), ["A", "B_2", "A"]);
});
