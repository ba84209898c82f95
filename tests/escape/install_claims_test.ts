import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { isLoomError } from "../../core/errors.ts";
import { scaffold } from "../../core/plugins/scaffold/mod.ts";
import { tryPlugin } from "../../core/plugins/suites/mod.ts";
import { memoryPlugin, memoryTools } from "../../core/registry/mod.ts";
import { manifestText, type PluginCandidate } from "../../core/plugins/mod.ts";
import { sha256 } from "../../plugins/host/files/sha256.ts";
import { deskIn } from "../support/plugins/desk.ts";
import { pluginText, TemporaryFolder } from "../support/plugins/sources.ts";

/** What loom would show of a plugin of this text. */
async function prepared(text: string, folder: TemporaryFolder): Promise<PluginCandidate> {
  await folder.write("plugin/mod.ts", text);
  return await deskIn(`${folder.path}/state`).prepare("./plugin", { cwd: folder.path });
}

const REAL = `{ name: "x", version: "1.0.0", api: 1, provides: { tool: { x: {} } } }`;

const HOSTILE: readonly (readonly [what: string, code: string])[] = [
  ["throws", `throw new Error("boo");\nexport default ${REAL};`],
  ["throws what is no error", `throw { get message() { throw 1; } };\nexport default ${REAL};`],
  ["is a number", `export default 7;`],
  ["is a function", `export default () => {};`],
  ["has a getter that throws", `export default { ...${REAL}, get description() { throw new Error("boo"); } };`],
  ["says a function", `export default { ...${REAL}, description: () => {} };`],
  ["reads a file", `Deno.readTextFileSync("/etc/passwd");\nexport default ${REAL};`],
  ["writes a file", `Deno.writeTextFileSync("/tmp/loom-escaped", "");\nexport default ${REAL};`],
  ["reads the environment", `Deno.env.get("HOME");\nexport default ${REAL};`],
  ["connects", `await Deno.connect({ hostname: "127.0.0.1", port: 1 });\nexport default ${REAL};`],
  ["fetches", `await fetch("http://127.0.0.1:1/");\nexport default ${REAL};`],
  ["starts a program", `new Deno.Command("true").outputSync();\nexport default ${REAL};`],
  ["evaluates a text", `eval("1");\nexport default ${REAL};`],
  ["makes a function of a text", `new Function("return 1")();\nexport default ${REAL};`],
  ["leaves", `Deno.exit(0);\nexport default ${REAL};`],
  ["fills the memory", `const all = [];\nwhile (true) all.push(new Array(1e6).fill(1));\nexport default ${REAL};`],
  ["has names that every object has", `export default { ...${REAL}, provides: JSON.parse('{"__proto__":{"a":{}}}') };`],
  ["asks for what nobody gets", `export default { ...${REAL}, permissions: { read: ["/"] } };`],
  ["answers for its keeper", `self.postMessage?.({ ended: "exit" });\nexport default { ...${REAL}, name: "../loom" };`],
];

/** What became of it: a code, or the name of the plugin. */
async function outcomeOf(code: string): Promise<string> {
  await using folder = await TemporaryFolder.make();
  return await prepared(code, folder).then(({ manifest }) => manifest.name, (error) => {
    if (!isLoomError(error)) throw error;
    return error.code;
  });
}

Deno.test("no plugin can be added that does more than say what it is, and loom is still up", async () => {
  const all = await Promise.all(HOSTILE.map(async ([what, code]) => [what, await outcomeOf(code)]));
  deepEqual(all.filter(([, outcome]) => outcome !== "plugin-invalid"), []);
  equal(({} as Record<string, unknown>).a, undefined);
  equal(await Deno.stat("/tmp/loom-escaped").then(() => true, () => false), false);
  equal(await outcomeOf(pluginText("greet")), "greet");
});

Deno.test("what a plugin says when it is added is all that it has later: more is refused by its worker", async () => {
  await using folder = await TemporaryFolder.make();
  const candidate = await prepared(pluginText("greet"), folder);
  const { shelf } = deskIn(`${folder.path}/state`);
  const more = { ...candidate, provides: { tool: ["greet", "other"] } };
  await shelf.put({ ...more, manifestDigest: sha256(new TextEncoder().encode(manifestText(more))) });
  const loaded = await shelf.load("greet");
  try {
    await rejects(loaded.call({ port: "tool", name: "greet", method: "info", args: [] }), {
      code: "plugin-broke-contract",
    });
  } finally {
    await loaded.close();
  }
});

Deno.test("a file that changes between the look and the start is refused", async () => {
  await using folder = await TemporaryFolder.make();
  const { shelf } = deskIn(`${folder.path}/state`);
  const { folder: at } = await shelf.put(await prepared(pluginText("greet"), folder));
  const loaded = await shelf.load("greet");
  await Deno.writeTextFile(`${at}/plugin.js`, "export default 'evil';");
  await rejects(loaded.call({ port: "tool", name: "greet", method: "info", args: [] }), { code: "plugin-changed" });
  await loaded.close();
});

Deno.test("plugins that are added at once by many are all there, each whole", async () => {
  await using folder = await TemporaryFolder.make();
  const one = await prepared(pluginText("greet"), folder);
  const names = Array.from({ length: 12 }, (_, n) => `greet-${n}`);
  const desks = names.map(() => deskIn(`${folder.path}/state`));
  await Promise.all(names.map((name, n) => desks[n].shelf.put({ ...one, manifest: { ...one.manifest, name } })));
  deepEqual((await desks[0].shelf.list()).map(({ name }) => name).sort(), [...names].sort());
  await Promise.all(names.map((name, n) => desks[n].shelf.remove(name)));
  deepEqual(await desks[0].shelf.list(), []);
});

for (const port of ["search", "mlops", "model", "model-builder"]) {
  Deno.test(`what loom plugin new makes for ${port} keeps every promise of its port`, async () => {
    await using folder = await TemporaryFolder.make();
    const { code, provides } = await prepared(scaffold("my-plugin", port)["mod.ts"], folder);
    await folder.write("plugin.js", code);
    let copies = 0;
    // Each copy is a module of its own, as each worker has its own.
    const load = async () => memoryPlugin((await import(`${folder.path}/plugin.js?${copies++}`)).default);
    const outcomes = await tryPlugin({ provides, load, tools: memoryTools() });
    deepEqual(outcomes.flatMap(({ cases }) => cases).filter(({ error }) => error !== undefined), []);
    equal(outcomes.length, 1);
  });
}

Deno.test("what loom plugin new makes for tool keeps every promise of its port, in its worker", async () => {
  await using folder = await TemporaryFolder.make();
  const { tryOut } = deskIn(`${folder.path}/state`);
  const candidate = await prepared(scaffold("my-plugin", "tool")["mod.ts"], folder);
  const load = () => Promise.resolve(tryOut(candidate));
  const outcomes = await tryPlugin({ provides: candidate.provides, load, tools: memoryTools() });
  deepEqual(outcomes.flatMap(({ cases }) => cases).filter(({ error }) => error !== undefined), []);
  equal(outcomes.length, 1);
});
