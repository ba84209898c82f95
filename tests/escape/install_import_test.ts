import { deepStrictEqual as deepEqual, match, rejects, strictEqual as equal } from "node:assert/strict";
import { isLoomError } from "../../core/errors.ts";
import { bundleFiles, bundleOf, pluginText, TemporaryFolder } from "../support/plugins/sources.ts";

/** Where and why the bundle of these files is refused: `mod.ts:1:8 Cannot import 'x': why`. */
async function refusals(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  try {
    await bundleFiles(files);
  } catch (error) {
    if (!isLoomError(error) || error.code !== "plugin-import") throw error;
    return error.problems.map((it) => `${it.file?.split("/").at(-1)}:${it.line}:${it.column} ${it.message}`);
  }
  return [];
}

const OUTSIDE: readonly (readonly [code: string, refused: string])[] = [
  [`import "../secret.ts";`, "mod.ts:1:8 Cannot import '../secret.ts': it leads out of the plugin's folder"],
  [
    `import x from "./a/../../secret.json"; x;`,
    "mod.ts:1:15 Cannot import './a/../../secret.json': it leads out of the plugin's folder",
  ],
  [`export * from "/etc/passwd";`, "mod.ts:1:15 Cannot import '/etc/passwd': an absolute path leads out of the plugin"],
  [
    `import "file:///etc/passwd";`,
    "mod.ts:1:8 Cannot import 'file:///etc/passwd': a plugin imports nothing over file:",
  ],
  [
    `import "https://example.org/x.js";`,
    "mod.ts:1:8 Cannot import 'https://example.org/x.js': a plugin imports nothing over https:",
  ],
  [
    `import "http://169.254.169.254/";`,
    "mod.ts:1:8 Cannot import 'http://169.254.169.254/': a plugin imports nothing over http:",
  ],
  [
    `import "data:text/javascript,1";`,
    "mod.ts:1:8 Cannot import 'data:text/javascript,1': a plugin imports nothing over data:",
  ],
  [`await import("blob:null/1");`, "mod.ts:1:14 Cannot import 'blob:null/1': a plugin imports nothing over blob:"],
  [
    `await import("data:text/javascript,1");`,
    "mod.ts:1:14 Cannot import 'data:text/javascript,1': a plugin imports nothing over data:",
  ],
  [`await import("../secret.ts");`, "mod.ts:1:14 Cannot import '../secret.ts': it leads out of the plugin's folder"],
  [`import "jsr:@std/fs";`, "mod.ts:1:8 Cannot import 'jsr:@std/fs': a plugin imports nothing over jsr:"],
  [`import "node:fs";`, "mod.ts:1:8 Cannot import 'node:fs': a plugin cannot use this part of Node"],
  [
    `import "node:child_process";`,
    "mod.ts:1:8 Cannot import 'node:child_process': a plugin cannot use this part of Node",
  ],
  [
    `import "node:worker_threads";`,
    "mod.ts:1:8 Cannot import 'node:worker_threads': a plugin cannot use this part of Node",
  ],
  [`import "node:vm";`, "mod.ts:1:8 Cannot import 'node:vm': a plugin cannot use this part of Node"],
  [`import "node:module";`, "mod.ts:1:8 Cannot import 'node:module': a plugin cannot use this part of Node"],
  [`import "fs";`, "mod.ts:1:8 Cannot import 'fs': it is not in the plugin's own node_modules"],
  [`import "npm:left-pad@1";`, "mod.ts:1:8 Cannot import 'npm:left-pad@1': it is not in the plugin's own node_modules"],
  [`import "left-pad";`, "mod.ts:1:8 Cannot import 'left-pad': it is not in the plugin's own node_modules"],
  [`require("../x.cjs");`, "mod.ts:1:9 Cannot import '../x.cjs': it leads out of the plugin's folder"],
  [`import "./image.png";`, "mod.ts:1:8 Cannot import 'image.png': it is no kind of file that a module is made of"],
];

for (const [code, refused] of OUTSIDE) {
  Deno.test(`a plugin cannot be added that says ${code}`, async () => {
    const files = { "mod.ts": `${code}\nexport default {};\n`, "a/b.ts": "", "image.png": "x" };
    deepEqual(await refusals(files), [refused]);
  });
}

Deno.test("a plugin cannot be added whose link leads out of its folder", async () => {
  await using outside = await TemporaryFolder.make({ "secret.ts": "export const key = 1;" });
  await using folder = await TemporaryFolder.make({
    "mod.ts": `import { key } from "./near.ts";\nexport default key;`,
  });
  await Deno.symlink(`${outside.path}/secret.ts`, `${folder.path}/near.ts`);
  await rejects(bundleOf(folder.path), {
    code: "plugin-import",
    message: /near\.ts.*leads out of the plugin's folder/,
  });
});

Deno.test("a plugin cannot be added whose folder of packages is a link to elsewhere", async () => {
  await using outside = await TemporaryFolder.make({ "left-pad/index.js": "export default 1;" });
  await using folder = await TemporaryFolder.make({ "mod.ts": `import pad from "left-pad";\nexport default pad;` });
  await Deno.symlink(outside.path, `${folder.path}/node_modules`);
  await rejects(bundleOf(folder.path), { code: "plugin-import" });
});

Deno.test("a plugin has of loom only what says what it is", async () => {
  const files = { "mod.ts": `import { hostContext } from "@loom/loom";\nexport default hostContext();` };
  await rejects(bundleFiles(files), (error) => {
    if (!isLoomError(error)) throw error;
    deepEqual([error.code, error.problems[0].line, error.problems[0].column], ["plugin-syntax", 1, 10]);
    match(error.problems[0].message, /hostContext/);
    return true;
  });
});

Deno.test("a plugin is one module: its own files, its packages, and no type", async () => {
  const { code } = await bundleFiles({
    "mod.ts": pluginText("greet", {
      imports:
        `import { big } from "./lib/big.js";\nimport pad from "pad";\nimport { sep } from "node:path";\nglobalThis.x = [big, pad, sep];`,
    }),
    "lib/big.ts": `import words from "./words.json";\nexport const big: string = words[0].toUpperCase();`,
    "lib/words.json": `["hello"]`,
    "node_modules/pad/package.json": `{"name":"pad","exports":{".":{"import":"./esm.mjs","require":"./cjs.cjs"}}}`,
    "node_modules/pad/esm.mjs": `import inner from "inner";\nexport default inner;`,
    "node_modules/inner/index.js": `module.exports = "inner";`,
  });
  deepEqual([...code.matchAll(/^import .*from "(.*)";$/gm)].map(([, name]) => name), ["node:path"]);
  match(code, /toUpperCase/);
  match(code, /"inner"/);
  equal(/: string|@loom\/loom"/.test(code), false);
});

Deno.test("the same files are the same module, wherever they lie", async () => {
  const files = { "mod.ts": pluginText("greet"), "deno.json": `{"compilerOptions":{"jsx":"react"}}` };
  equal((await bundleFiles(files)).code, (await bundleFiles(files)).code);
});

const BOMBS: readonly (readonly [what: string, files: () => Readonly<Record<string, string>>])[] = [
  ["a module of 5.5 MB", () => ({ "mod.ts": `export default "${"x".repeat(5.5 * 1024 * 1024)}";` })],
  [
    "a file of 21 MB",
    () => ({ "mod.ts": `import x from "./x.json";\nexport default x;`, "x.json": `"${"x".repeat(21 * 1024 * 1024)}"` }),
  ],
  ["brackets in brackets", () => ({ "mod.ts": `export default ${"(".repeat(300_000)}1${")".repeat(300_000)};` })],
  [
    "JSON in JSON",
    () => ({ "mod.ts": `import x from "./x.json";\nexport default x;`, "x.json": "[".repeat(1e6) + "]".repeat(1e6) }),
  ],
];

for (const [what, files] of BOMBS) {
  Deno.test(`a plugin cannot be added that is a bomb: ${what}; the next one can`, async () => {
    await rejects(bundleFiles(files()), { code: "plugin-too-large" });
    match((await bundleFiles({ "mod.ts": pluginText("greet") })).code, /greet/);
  });
}

Deno.test("a file that is no module says where", async () => {
  await rejects(bundleFiles({ "mod.ts": "export default {\n  a: 1,,\n};" }), (error) => {
    if (!isLoomError(error)) throw error;
    deepEqual([error.code, error.problems[0].line, error.problems[0].column], ["plugin-syntax", 2, 8]);
    return true;
  });
});

Deno.test("a module without a default export is no plugin", async () => {
  await rejects(bundleFiles({ "mod.ts": "export const x = 1;" }), { code: "plugin-invalid" });
});

const ENTRIES: readonly (readonly [what: string, files: Readonly<Record<string, string>>])[] = [
  ["mod.ts", { "mod.ts": "export default 'this'", "main.ts": "" }],
  ["plugin.ts", { "plugin.ts": "export default 'this'" }],
  ["exports of deno.json", {
    "deno.json": `{"exports":"./src/a.ts"}`,
    "src/a.ts": "export default 'this'",
    "mod.ts": "",
  }],
  ["exports of package.json", {
    "package.json": `{"exports":{".":{"default":"./a.js"}}}`,
    "a.js": "export default 'this'",
  }],
  ["main of package.json", { "package.json": `{"main":"./a.js"}`, "a.js": "export default 'this'" }],
];

for (const [what, files] of ENTRIES) {
  Deno.test(`a folder's plugin is found by ${what}`, async () => match((await bundleFiles(files)).code, /this/));
}

Deno.test("a folder without a plugin says so", async () => {
  await rejects(bundleFiles({ "README.md": "" }), { code: "plugin-source", message: /no file in it is a plugin/ });
  await rejects(bundleFiles({ "package.json": `{"main":"../../etc/passwd"}` }), { code: "plugin-source" });
  await rejects(bundleFiles({ "package.json": `{"main":` }), { code: "plugin-source" });
});
