import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { memoryFiles } from "../../tests/support/memory_files.ts";
import { scriptImports } from "./imports.ts";
import { includedPaths } from "./includes.ts";
import { moduleSpecifiers } from "./javascript.ts";

Deno.test("moduleSpecifiers() finds imports of every form and none in comments and texts", () => {
  const source = `#!/usr/bin/env node
import a, { b } from "./a.ts";
import "./effect.js";
export * from './c';
export { default } from "./d.mjs";
import type { T } from "./types.ts";
const x = require("./e"), y = await import(\`./f.js\`), z = await import("./g.json", { with: { type: "json" } });
// import "./no1.js"
/* import "./no2.js" */
const t = "import './no3.js'", u = \`require("./no4.js")\`, v = \`\${1}\`;
const p = x / 2 / "./no5.js".length, q = /["'\`]import "no6"/.test(t);
Array.from("./no7.js"); it.require("./no8.js"); const dyn = import("./" + x);
`;
  deepEqual(moduleSpecifiers(source), [
    ...["./a.ts", "./effect.js", "./c", "./d.mjs", "./types.ts", "./e", "./f.js", "./g.json"],
  ]);
});

Deno.test("moduleSpecifiers() answers any text, and long ones in time", () => {
  for (const source of ["`", '"', "/", "/*", "import(", 'import "', "\\", "import from from 'a' 'b'"]) {
    moduleSpecifiers(source);
  }
  deepEqual(moduleSpecifiers(`${"a=/[/]/;".repeat(100_000)}import "./last.js"`), ["./last.js"]);
  deepEqual(moduleSpecifiers(`import "./first.js";x="${"y".repeat(5_000_000)}`), ["./first.js"]);
});

Deno.test("includedPaths() finds what shells and others read in", () => {
  const shell = `. ./a.sh
source lib/b.sh arg
source "$(dirname "$0")/c.sh" && . "\${BASH_SOURCE%/*}/sub/d.sh"
if true; then . "$HERE/e.sh"; fi
# . ./no.sh
echo ". ./text.sh" ./x; ./run.sh . y; cat a.source b
. "$FILE"
`;
  deepEqual(includedPaths(shell, "shell"), ["./a.sh", "lib/b.sh", "c.sh", "sub/d.sh", "e.sh"]);
  deepEqual(includedPaths(`source("R/a.R"); source(file = 'b.R')\n# source("no.R")`, "r"), ["R/a.R", "b.R"]);
  deepEqual(includedPaths(`include("a.jl")`, "julia"), ["a.jl"]);
  deepEqual(includedPaths(`require "./lib.pl"; do './b.pl';`, "perl"), ["./lib.pl", "./b.pl"]);
  deepEqual(includedPaths(`require_relative "lib/a"`, "ruby"), ["lib/a.rb"]);
});

Deno.test("scriptImports() follows files through each other and leaves packages and absent ones alone", () => {
  const files = memoryFiles({
    "/w/a.ts":
      'import "./b.ts"; import "npm:x"; import "./gone.ts"; import "node:fs"; import "./lib"; import "./e.js";',
    "/w/b.ts": 'import "./a.ts"; import data from "../data.json";',
    "/w/e.ts": "",
    "/w/lib/index.ts": "",
    "/data.json": "{}",
    "/w/s.sh": '. "$(dirname "$0")/lib/l.sh"\n. ./here.sh\n',
    "/w/lib/l.sh": ". ./m.sh",
    "/w/lib/m.sh": "",
    "/cwd/here.sh": "",
  });
  const options = { cwd: "/cwd", cache: new Map() };
  deepEqual(scriptImports("/w/a.ts", "javascript", files, options), [
    ...["/data.json", "/w/b.ts", "/w/e.ts", "/w/lib/index.ts"],
  ]);
  deepEqual(scriptImports("/w/s.sh", "shell", files, options), ["/cwd/here.sh", "/w/lib/l.sh", "/w/lib/m.sh"]);
  deepEqual(scriptImports("/w/s.sh", "other", files, options), []);
});
