import { strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import {
  basename,
  collapsePath,
  dirname,
  extension,
  isAbsolute,
  isInside,
  joinPath,
  normalizePath,
  pathStyle,
  relativePath,
} from "./paths.ts";

const JOINED: readonly [base: string, path: string, joined: string][] = [
  ["/w", "a/b.csv", "/w/a/b.csv"],
  ["/w", "./a", "/w/a"],
  ["/w", "a//b/./c/", "/w/a/b/c"],
  ["/w", "a/.", "/w/a"],
  ["/w", "a/../b", "/w/a/../b"],
  ["/w", "..", "/w/.."],
  ["/w", "../x/", "/w/../x"],
  ["/w", "", "/w"],
  ["/w", ".", "/w"],
  ["/w", ".hidden", "/w/.hidden"],
  ["/w", "./.x", "/w/.x"],
  ["/w", "//a", "//a"],
  ["/w", "///a/", "/a"],
  ["/w", "/abs/./x", "/abs/x"],
  ["/w", "a b/ü", "/w/a b/ü"],
  ["/w", "a\\b", "/w/a\\b"],
  ["/", "a", "/a"],
  ["C:\\w", "a/b", "C:\\w\\a\\b"],
  ["C:\\w", "D:/x/./y", "D:\\x\\y"],
  ["C:\\w", "..\\x", "C:\\w\\..\\x"],
  ["\\\\srv\\share", "a", "\\\\srv\\share\\a"],
];

Deno.test("joinPath() keeps .. and loses ./, // and a trailing slash", () => {
  for (const [base, path, joined] of JOINED) equal(joinPath(base, path), joined, `${base} + ${path}`);
});

Deno.test("normalizePath() gives the same again for what it made", () => {
  const part = fc.constantFrom("a", ".", "..", "", "b.c", ".d", " ");
  fc.assert(fc.property(fc.array(part), fc.constantFrom("posix" as const, "windows" as const), (parts, style) => {
    const once = normalizePath(parts.join("/"), style);
    equal(normalizePath(once, style), once);
  }));
});

Deno.test("dirname(), basename() and extension() take a path apart", () => {
  const cases: readonly [path: string, folder: string, name: string, extension: string][] = [
    ["/w/a.tar.gz", "/w", "a.tar.gz", ".gz"],
    ["/w/.env", "/w", ".env", ""],
    ["/a", "/", "a", ""],
    ["/", "/", "", ""],
    ["a", ".", "a", ""],
    ["a/b/", "a", "b", ""],
    ["C:\\x\\y.py", "C:\\x", "y.py", ".py"],
    ["C:\\y", "C:\\", "y", ""],
  ];
  for (const [path, folder, name, end] of cases) {
    equal(dirname(path), folder, path);
    equal(basename(path), name, path);
    equal(extension(path), end, path);
  }
});

Deno.test("isInside() judges whole names, with .. taken back", () => {
  equal(isInside("/w/a", "/w"), true);
  equal(isInside("/w", "/w"), true);
  equal(isInside("/wx", "/w"), false);
  equal(isInside("/w/../x", "/w"), false);
  equal(isInside("/w/a/../b", "/w"), true);
  equal(isInside("/anything", "/"), true);
  equal(isInside("C:\\W\\a", "c:\\w"), true);
});

Deno.test("relativePath() leads from a folder to a path", () => {
  equal(relativePath("/w/a/b", "/w"), "a/b");
  equal(relativePath("/w", "/w"), ".");
  equal(relativePath("/x/y", "/w/a"), "../../x/y");
  equal(relativePath("D:\\x", "C:\\w"), "D:\\x");
});

Deno.test("relativePath() and joinPath() undo each other", () => {
  const path = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 4 }).map((parts) => `/${parts.join("/")}`);
  fc.assert(fc.property(path, path, (target, folder) => {
    equal(collapsePath(joinPath(folder, relativePath(target, folder))), collapsePath(target));
  }));
});

Deno.test("pathStyle() and isAbsolute() know drives and shares", () => {
  equal(pathStyle("/w"), "posix");
  equal(pathStyle("C:/w"), "windows");
  equal(pathStyle("\\\\server\\share"), "windows");
  equal(isAbsolute("C:x", "windows"), false);
  equal(isAbsolute("C:\\x", "posix"), false);
});
