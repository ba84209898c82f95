import { strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { brokenAt } from "./json_place.ts";

Deno.test("brokenAt() finds the first thing that cannot stand there", () => {
  const cases: readonly (readonly [string, string])[] = [
    ['{"a": }', "}"],
    ['{"a": 1,}', "}"],
    ["[1, 2", ""],
    ["[1 2]", "2]"],
    ["{a: 1}", "a: 1}"],
    ["", ""],
    ["{} {}", "{}"],
    ["[1,, 2]", ", 2]"],
    ["nul", "nul"],
    ['["\n"]', '"\n"]'],
    ["]", "]"],
    ['{"a" 1}', "1}"],
  ];
  for (const [text, rest] of cases) equal(text.slice(brokenAt(text)), rest, text);
});

Deno.test("brokenAt() lets every JSON pass to its end", () => {
  fc.assert(fc.property(fc.json(), fc.nat(3), (text, indent) => {
    const pretty = JSON.stringify(JSON.parse(text), null, indent);
    equal(brokenAt(pretty), pretty.length);
  }));
});
