import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { memoryFiles } from "../../tests/support/memory_files.ts";
import { readImports } from "./import_statements.ts";
import { localImports } from "./imports.ts";

function imported(files: Readonly<Record<string, string>>, options: { roots?: readonly string[] } = {}): string[] {
  return localImports("/p/main.py", memoryFiles(files), options);
}

Deno.test("localImports() follows modules and packages, and passes over what is not in the project", () => {
  const found = imported({
    "/p/main.py": "import os, numpy as np\nimport a.b.c as x\nfrom util import helper",
    "/p/a/__init__.py": "",
    "/p/a/b/__init__.py": "from . import extra",
    "/p/a/b/c.py": "from ..d import thing",
    "/p/a/b/extra.py": "",
    "/p/a/d.py": "import main",
    "/p/a/unused.py": "",
    "/p/util.py": "",
  });
  deepEqual(found, [
    "/p/a/__init__.py",
    "/p/a/b/__init__.py",
    "/p/a/b/c.py",
    "/p/a/b/extra.py",
    "/p/a/d.py",
    "/p/util.py",
  ]);
});

Deno.test("localImports() takes submodules of `from package import name`, also without __init__.py", () => {
  const found = imported({
    "/p/main.py": "from space import (one,\n  two as t,  # a remark\n)\nfrom space.inner import three",
    "/p/space/one.py": "",
    "/p/space/two.py": "",
    "/p/space/inner/three.py": "",
  });
  deepEqual(found, ["/p/space/inner/three.py", "/p/space/one.py", "/p/space/two.py"]);
});

Deno.test("localImports() ends on modules that import each other", () => {
  const files = { "/p/main.py": "import a", "/p/a.py": "import b", "/p/b.py": "import a" };
  deepEqual(imported(files), ["/p/a.py", "/p/b.py"]);
});

Deno.test("localImports() prefers a package over a module, and the first folder over the next", () => {
  const files = {
    "/p/main.py": "import x, y",
    "/p/x/__init__.py": "",
    "/p/x.py": "",
    "/p/y.py": "",
    "/lib/y.py": "",
    "/lib/z.py": "",
  };
  deepEqual(imported(files, { roots: ["/lib"] }), ["/p/x/__init__.py", "/p/y.py"]);
});

Deno.test("localImports() looks into further roots", () => {
  const files = { "/p/main.py": "import z", "/lib/z.py": "import w", "/lib/w.py": "" };
  deepEqual(imported(files, { roots: ["/lib"] }), ["/lib/w.py", "/lib/z.py"]);
  deepEqual(imported(files), []);
});

Deno.test("localImports() starts from the folder behind a link, as Python does", () => {
  const files = memoryFiles({ "/real/main.py": "import near", "/real/near.py": "", "/p/near.py": "" });
  files.link("/p/main.py", "/real/main.py");
  deepEqual(localImports("/p/main.py", files), ["/real/near.py"]);
});

Deno.test("localImports() reads each module once with a cache", () => {
  const files = memoryFiles({ "/p/s1.py": "import u", "/p/s2.py": "import u", "/p/u.py": "import v", "/p/v.py": "" });
  let reads = 0;
  const counting = { ...files, readText: (path: string) => (reads++, files.readText(path)) };
  const cache = new Map<string, readonly string[]>();
  const scripts = ["/p/s1.py", "/p/s2.py", "/p/s1.py"];
  for (const script of scripts) deepEqual(localImports(script, counting, { cache }), ["/p/u.py", "/p/v.py"]);
  equal(reads, 4);
});

Deno.test("localImports() gives nothing for a script that is not there", () => {
  deepEqual(imported({}), []);
});

function modules(source: string): string[] {
  return readImports(source).map(({ module, level, names }) => `${".".repeat(level)}${module}:${names.join(",")}`);
}

Deno.test("readImports() sees imports in functions, branches, one-liners and behind semicolons", () => {
  const source =
    "def f():\n    import a\n    if x: import b\ntry: from c import d; import e\nexcept E: pass\nx = 1; import f";
  deepEqual(modules(source), ["a:", "b:", "c:d", "e:", "f:"]);
});

Deno.test("readImports() passes over strings, comments and words that are no statements", () => {
  const source = [
    '"""import a"""',
    "# import b",
    "x = 'import c'; y = f\"{'import d'}\"",
    "raise E from import_error",
    "yield from g",
    "important = 1",
    "obj.import_ = {1: 2}",
    "r'''\nimport h\n'''",
  ].join("\n");
  deepEqual(modules(source), []);
});

Deno.test("readImports() sees through continuation, dots and stars", () => {
  deepEqual(modules("import a, \\\n  b.c as d\nfrom ...x.y import *\nfrom . import (p as q, r,)\nfrom .. import s"), [
    "a:",
    "b.c:",
    "...x.y:",
    ".:p,r",
    "..:s",
  ]);
});

Deno.test("readImports() sees modules imported by a literal name", () => {
  const source = "importlib.import_module('a.b')\n__import__(\"c\")\nimport_module(name)\nimport_module('x' + y)\n" +
    "import_module(f'{x}')\nimport_module('.rel', package=__package__)";
  deepEqual(modules(source), ["a.b:", "c:", ".rel:"]);
});
