import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import type { PluginManifest } from "../../core/ports/plugin.ts";
import {
  closeAllPlugins,
  loadBuiltIn,
  loadPlugin,
  type PluginNotice,
  type WorkerPluginSource,
} from "../../plugins/host/plugins/runtime/mod.ts";
import { pluginRuntimeContract } from "./plugin_runtime_contract.ts";
import { temporaryFolder } from "./temporary.ts";

const ABLE = `
let sent = 0;
const it = {
  fact: "a fact",
  echo: (value) => value,
  async *count(n) {
    for (sent = 0; sent < n; sent++) yield sent;
    return "done";
  },
  sent: () => sent,
  ask: (callback, ...args) => callback(...args),
  askWrong: (callback) => callback().catch((error) => error.code + ": " + error.message),
  fail() {
    throw Object.assign(new TypeError("no good"), { code: "E_NO" });
  },
  wait: (signal, ready) => {
    const stopped = new Promise((resolve) => signal.addEventListener("abort", () => resolve("stopped")));
    return ready().then(() => stopped);
  },
  sleep: async (ready) => {
    await ready?.();
    await new Promise(() => {});
  },
  leave: () => Deno.exit(3),
};
export default { name: "able", version: "1.0.0", api: 1, permissions: {}, provides: { mlops: { it } } };
`;

const manifest: PluginManifest = { name: "able", version: "1.0.0", api: 1, permissions: {} };
const known = { manifest, provides: { mlops: ["it"] }, permissions: {}, env: {} } as const;

pluginRuntimeContract("loadPlugin()", () => loadPlugin({ ...known, module: () => Promise.resolve(ABLE) }));

pluginRuntimeContract(
  "loadBuiltIn()",
  () => loadBuiltIn({ ...known, url: `data:text/javascript,${encodeURIComponent(ABLE)}` }),
);

function ask(source: Partial<WorkerPluginSource>) {
  const plugin = loadPlugin({ ...known, module: () => Promise.resolve(ABLE), ...source });
  const call = (method: string, ...args: unknown[]) => plugin.call({ port: "mlops", name: "it", method, args });
  return { plugin, call };
}

Deno.test("loadPlugin() reads and starts nothing before the first call", async () => {
  let reads = 0;
  const { plugin, call } = ask({ module: () => Promise.resolve((reads++, ABLE)) });
  deepEqual([reads, plugin.manifest.name, plugin.provides], [0, "able", { mlops: ["it"] }]);
  equal(await call("echo", 1), 1);
  equal(await call("echo", 2), 2);
  equal(reads, 1);
  await plugin.close();
});

Deno.test("loadPlugin() starts once for calls that are made at once", async () => {
  let reads = 0;
  const { plugin, call } = ask({ module: () => Promise.resolve((reads++, ABLE)) });
  deepEqual(await Promise.all([call("echo", 1), call("echo", 2), call("fact")]), [1, 2, "a fact"]);
  equal(reads, 1);
  await plugin.close();
});

Deno.test("loadPlugin() ends what lies idle, unless it is between setup and teardown", async () => {
  let reads = 0;
  const code = ABLE.replace("const it = {", "const it = { setup: () => {}, teardown: () => {},");
  const { plugin, call } = ask({ module: () => Promise.resolve((reads++, code)), idleMs: 0 });
  const rest = () => new Promise((resolve) => setTimeout(resolve, 1));
  const started: number[] = [];
  for (const method of ["fact", "setup", "fact", "teardown", "fact"]) {
    await call(method);
    started.push(reads);
    await rest();
  }
  deepEqual(started, [1, 2, 2, 2, 3]);
  await plugin.close();
});

Deno.test("loadPlugin() runs what its file held when it was started", async () => {
  using folder = temporaryFolder();
  const module = `${folder.path}/plugin.js`;
  await Deno.writeTextFile(module, ABLE);
  const { plugin, call } = ask({ module });
  equal(await call("fact"), "a fact");
  await Deno.writeTextFile(module, ABLE.replace("a fact", "another"));
  equal(await call("fact"), "a fact");
  await plugin.close();
});

Deno.test("loadPlugin() refuses a file that is not the one that was added", async () => {
  const { plugin, call } = ask({ digest: "0".repeat(64) });
  await rejects(() => call("fact"), { code: "plugin-changed" });
  await plugin.close();
});

Deno.test("loadPlugin() refuses a module that is not what its manifest says", async () => {
  for (const [from, to] of [[`"able"`, `"other"`], ["1.0.0", "2.0.0"], ["api: 1", "api: 2"], ["{ it }", "{}"]]) {
    const { plugin, call } = ask({ module: () => Promise.resolve(ABLE.replace(from, to)) });
    await rejects(() => call("fact"), { code: "plugin-broke-contract" }, to);
    await plugin.close();
  }
  const { call } = ask({ module: () => Promise.resolve("export default 1;") });
  await rejects(() => call("fact"), { code: "plugin-failed" });
});

Deno.test("loadPlugin() gives the plugin what it was granted, and says what it prints", async () => {
  using folder = temporaryFolder();
  await Deno.writeTextFile(`${folder.path}/a`, "inside");
  const module = ABLE.replace(
    "value) => value",
    `path) => {
    console.log("reads", path);
    return [Deno.readTextFileSync(path), process.env.GIVEN, Object.keys(process.env).length];
  }`,
  );
  const notices: PluginNotice[] = [];
  const { plugin, call } = ask({
    module: () => Promise.resolve(module),
    permissions: { read: [folder.path] },
    env: { GIVEN: "value" },
    onNotice: (notice) => notices.push(notice),
  });
  deepEqual(await call("echo", `${folder.path}/a`), ["inside", "value", 1]);
  deepEqual(notices, [{ kind: "said", text: `reads ${folder.path}/a` }]);
  await plugin.close();
});

Deno.test("closeAllPlugins() ends all of them", async () => {
  const two = [ask({}), ask({})];
  for (const { call } of two) await call("fact");
  await closeAllPlugins();
  for (const { call } of two) await rejects(() => call("fact"), { code: "interrupted" });
});
