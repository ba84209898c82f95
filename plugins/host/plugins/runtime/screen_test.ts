import { doesNotThrow, throws } from "node:assert/strict";
import { screenModule } from "./screen.ts";

const REFUSED: readonly string[] = [
  `import "npm:left-pad";`,
  `import x from "npm:left-pad";`,
  `import*as x from"https://example.org/x.js";`,
  `import x, { y as z } from 'jsr:@a/b'`,
  `import { "a'}b" as x } from "file:///etc/passwd" with { type: "text" };`,
  `import/**/{/*"*/ x }/* from */from/**/"node:process"`,
  `import // from "node:path"\n x from "node:vm";`,
  `export * from "node:child_process";`,
  `export * as all from "node:worker_threads";`,
  `export { x } from "./other.js";`,
  `import source w from "file:///x.wasm"`,
  `import\u00a0"node:v8"`,
  `const all = [...import("npm:x")];`,
  `export*as"a b"from"node:vm"`,
  `import defer * as x from "npm:x";`,
  `import from from "npm:x";`,
  `import { from } from "npm:x";`,
  `import \\u0061b from "npm:x";`,
  `const x = await import("node:process");`,
  `const x = await import /* at last */ ("npm:" + name);`,
  `import.source("x.wasm")`,
  `const f = () => import\n(x)`,
  "const t = `${await import(x)}`",
  `import x from "\\x6eode:process"`,
  `import x from "data:text/javascript,import 'npm:x'"`,
  `import x from "data:text/javascript;base64,${btoa(`export * from "node:process"`)}"`,
  `import x from "data:text/javascript;base64,???"`,
];

const TAKEN: readonly string[] = [
  `import { equal } from "node:assert/strict"; import path from 'node:path'; export * from "node:util";`,
  `import { Buffer } from "buffer";`,
  `export default { name: "x" }; const at = import.meta.url;`,
  `const words = "how to import a table from 'data'"; object.import("x"); this.#import("y");`,
  `const sql = "select * from 'npm:table'"; // import these`,
  `function importAll(x) { return x } importAll("npm:x"); $import("y"); const { import: z } = o;`,
  `import x from "data:text/javascript;base64,${btoa(`export * from "node:path"`)}"`,
];

Deno.test("screenModule() refuses a module that imports what could do more than compute", () => {
  for (const code of REFUSED) throws(() => screenModule("p", code), { code: "plugin-import" }, code);
});

Deno.test("screenModule() takes a module that imports what only computes, and words that are no imports", () => {
  for (const code of TAKEN) doesNotThrow(() => screenModule("p", code), code);
});

Deno.test("screenModule() is done with a long module at once, whatever stands in it", () => {
  const long = [
    "import ".repeat(20_000),
    `import ${"a ".repeat(50_000)}`,
    `import {${`"a",`.repeat(50_000)}`,
    "import/*".repeat(20_000),
  ];
  for (const code of long) doesNotThrow(() => screenModule("p", code));
});
