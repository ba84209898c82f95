import { strictEqual as equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { globMatcher } from "./glob.ts";

const CASES: readonly (readonly [pattern: string, path: string, fits: boolean])[] = [
  ["*.ts", "a.ts", true],
  ["*.ts", "src/deep/a.ts", true],
  ["src/*.ts", "src/a.ts", true],
  ["src/*.ts", "src/deep/a.ts", false],
  ["src/**/*.ts", "src/a.ts", true],
  ["src/**/*.ts", "src/a/b/c.ts", true],
  ["**/test/**", "a/test/b/c", true],
  ["**", "a/b", true],
  ["./a?.{ts,js}", "ab.js", true],
  ["a?.{ts,js}", "ab.py", false],
  ["[a-c]*.md", "b.md", true],
  ["[!a-c]*.md", "b.md", false],
  ["[]]x", "]x", true],
  ["a.ts", "axts", false],
  ["**/a/**/b", "x/a/y/a/z/b", true],
  ["**/a/**/b", "x/a/y", false],
  ["日*", "日本", true],
];

for (const [pattern, path, fits] of CASES) {
  Deno.test(`${pattern} ${fits ? "fits" : "does not fit"} ${path}`, () => equal(globMatcher(pattern)(path), fits));
}

Deno.test("globMatcher() refuses alternatives without end", () => {
  throws(() => globMatcher("{a,b}".repeat(20)), RangeError);
});

Deno.test("a pattern full of stars takes no longer than its length times that of the path", () => {
  equal(globMatcher(`${"*a".repeat(200)}b`)("a".repeat(5000)), false);
  equal(globMatcher(`${"**/a/".repeat(200)}b`)("a/".repeat(2000)), false);
});

Deno.test("every path fits itself, and any pattern is answered", () => {
  const name = fc.stringMatching(/^[a-z]{1,5}$/);
  fc.assert(fc.property(fc.array(name, { minLength: 2, maxLength: 5 }), (names) => {
    equal(globMatcher(names.join("/"))(names.join("/")), true);
    equal(globMatcher(`**/${names[names.length - 1]}`)(names.join("/")), true);
  }));
  fc.assert(fc.property(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (pattern, path) => {
    equal(typeof globMatcher(pattern)(path), "boolean");
  }));
});
