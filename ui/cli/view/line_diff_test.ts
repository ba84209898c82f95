import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { changedLines, hunksBetween, unifiedLines } from "./line_diff.ts";

const LINES = fc.array(fc.constantFrom("a", "b", "c", "", "d"), { maxLength: 30 });

Deno.test("hunksBetween() leads from one text to the other, and leaves what is the same", () => {
  fc.assert(fc.property(LINES, LINES, (before, after) => {
    const made: string[] = [];
    let [at, newAt] = [0, 0];
    for (const { from, to, newFrom, newTo } of hunksBetween(before, after)) {
      deepEqual(before.slice(at, from), after.slice(newAt, newFrom));
      made.push(...before.slice(at, from), ...after.slice(newFrom, newTo));
      [at, newAt] = [to, newTo];
    }
    deepEqual([...made, ...before.slice(at)], after);
  }));
});

Deno.test("hunksBetween() finds small changes far apart", () => {
  const before = Array.from({ length: 5_000 }, (_, index) => `line ${index}`);
  const after = before.with(10, "x").toSpliced(2_000, 3).toSpliced(4_000, 0, "y", "z");
  deepEqual(hunksBetween(before, after), [
    { from: 10, to: 11, newFrom: 10, newTo: 11 },
    { from: 2_000, to: 2_003, newFrom: 2_000, newTo: 2_000 },
    { from: 4_003, to: 4_003, newFrom: 4_000, newTo: 4_002 },
  ]);
});

Deno.test("unifiedLines() is what diff -u prints", () => {
  deepEqual(unifiedLines("f", "a\nb\nc\nd\ne\n", "a\nb\nc\nd\ne"), [
    "--- a/f",
    "+++ b/f",
    "@@ -2,4 +2,4 @@",
    " b",
    " c",
    " d",
    "-e",
    "+e",
    "\\ No newline at end of file",
  ]);
  deepEqual(unifiedLines("f", "", "a\n"), ["--- a/f", "+++ b/f", "@@ -0,0 +1,1 @@", "+a"]);
  equal(unifiedLines("f", "a\n", "a\n").length, 0);
});

Deno.test("changedLines() gives the lines alone, without carriage returns", () => {
  deepEqual(changedLines("a\r\nb\r\n", "a\r\nc\r\n"), [{ line: 2, lines: ["-b", "+c"] }]);
});

Deno.test("changedLines() finds all lines that differ, wherever", () => {
  const text = LINES.map((lines) => lines.map((line) => `${line}\n`).join(""));
  fc.assert(fc.property(text, text, (before, after) => {
    const made = after.split("\n");
    for (const { line, lines } of changedLines(before, after).toReversed()) {
      const [gone, come] = ["-", "+"].map((sign) => lines.filter((it) => it.startsWith(sign)).map((it) => it.slice(1)));
      deepEqual(made.splice(line - 1, come.length, ...gone), come);
    }
    equal(made.join("\n"), before);
  }));
});
