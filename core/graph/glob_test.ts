import { deepStrictEqual as deepEqual, ok, strictEqual as equal, throws } from "node:assert/strict";
import { memoryFiles } from "../../tests/support/memory_files.ts";
import { globFiles, matchGlob } from "./glob.ts";

const MATCHES: readonly (readonly [string, string, boolean])[] = [
  ["*.txt", "a.txt", true],
  ["*.txt", ".a.txt", false],
  [".*.txt", ".a.txt", true],
  ["?.txt", "é.txt", true],
  ["?.txt", "😀.txt", true],
  ["[ab]*", "bcd", true],
  ["[!ab]*", "bcd", false],
  ["[a-c]", "b", true],
  ["[]]", "]", true],
  ["[", "[", true],
  ["[!]", "[!]", true],
  ["a[-]b", "a-b", true],
  ["[z-a]", "m", false],
  ["*.TXT", "a.txt", false],
  ["*/*.txt", "a/b.txt", true],
  ["*.txt", "a/b.txt", false],
  ["**/*.txt", "b.txt", true],
  ["**/*.txt", "a/b/c.txt", true],
  ["**/*.txt", "a/.b/c.txt", false],
  ["a/**", "a/b/c", true],
  ["a/**", "a", true],
  ["**/b/**/d", "a/b/c/b/d", true],
  ["**/b/*/d", "b/b/c/d", true],
  ["**/b/*/d", "b/b/d", true],
  ["a**b", "axxb", true],
  ["./a", "a", true],
];

for (const [pattern, path, expected] of MATCHES) {
  Deno.test(`matchGlob() says ${expected} to ${path} for ${pattern}`, () => equal(matchGlob(pattern)(path), expected));
}

Deno.test("matchGlob() refuses patterns that leave the folder or say nothing", () => {
  for (const pattern of ["../x", "a/../b", "/etc/*", "C:\\x", "", "."]) {
    throws(() => matchGlob(pattern), { code: "glob-invalid" }, pattern);
  }
});

Deno.test("matchGlob() ends soon on patterns made to backtrack", () => {
  const name = "a".repeat(5000);
  equal(matchGlob("*a".repeat(40) + "b")(name), false);
  equal(matchGlob("**/a/".repeat(40) + "b")(Array(3000).fill("a").join("/")), false);
  ok(matchGlob("*a".repeat(40))(name));
});

const FILES = memoryFiles({
  "/d/b.txt": "",
  "/d/a-b/x.txt": "",
  "/d/a/x.txt": "",
  "/d/a/sub/y.txt": "",
  "/d/.hidden/z.txt": "",
  "/d/.dot.txt": "",
  "/d/Z.txt": "",
});
FILES.link("/d/a/loop", "/d");

Deno.test("globFiles() sorts name by name and leaves hidden names out", () => {
  deepEqual(globFiles("/d", "*", FILES), ["/d/Z.txt", "/d/a", "/d/a-b", "/d/b.txt"]);
  deepEqual(globFiles("/d", "*/x.txt", FILES), ["/d/a/x.txt", "/d/a-b/x.txt"]);
});

Deno.test("globFiles() walks folders with ** once, and enters no links on its own", () => {
  deepEqual(globFiles("/d", "**/*.txt", FILES), [
    "/d/Z.txt",
    "/d/a/sub/y.txt",
    "/d/a/x.txt",
    "/d/a-b/x.txt",
    "/d/b.txt",
  ]);
  deepEqual(globFiles("/d", "a/loop/*.txt", FILES), ["/d/a/loop/Z.txt", "/d/a/loop/b.txt"]);
  deepEqual(globFiles("/d", "**/a/**/y.txt", FILES), ["/d/a/sub/y.txt"]);
});

Deno.test("globFiles() takes only folders for a pattern with a slash at the end", () => {
  deepEqual(globFiles("/d", "*/", FILES), ["/d/a", "/d/a-b"]);
});

Deno.test("globFiles() finds nothing in a folder that is not there", () => {
  deepEqual(globFiles("/none", "**/*", FILES), []);
  deepEqual(globFiles("/d", "b.txt/*", FILES), []);
});
