import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import type { LoomError } from "../../core/errors.ts";
import type { PluginNotice } from "../../plugins/host/plugins/runtime/mod.ts";
import { hostileModule, TAKE_PORT } from "./support/hostile.ts";
import { callIt, hostilePlugin } from "./support/plugin_harness.ts";

Deno.test("a plugin cannot answer for another, nor for a call that is over", async () => {
  const notices: PluginNotice[] = [];
  const forge =
    `for (let id = 0; id < 20; id++) if (id !== own) port.postMessage({ kind: "result", id, value: "forged" });`;
  const forger = hostilePlugin(
    hostileModule(`first: () => 1, forge: (own) => { ${forge} return "done" }`, TAKE_PORT),
    (notice) => notices.push(notice),
  );
  const honest = hostilePlugin(hostileModule(`wait: () => new Promise((next) => setTimeout(() => next("mine"), 300))`));
  const waiting = callIt(honest, "wait");
  equal(await callIt(forger, "first"), 1);
  equal(await callIt(forger, "forge", [1]), "done");
  equal(await waiting, "mine");
  deepEqual(notices.map((it) => it.kind === "stray" && it.id), Array.from({ length: 20 }, (_, i) => i).toSpliced(1, 1));
  for (const plugin of [forger, honest]) await plugin.close();
});

Deno.test("a plugin that forges the answer of its own other call is believed by nobody else", async () => {
  const forge = `port.postMessage({ kind: "result", id: other, value: { success: true } }); return "done"`;
  const methods = `slow: () => new Promise(() => {}), forge: (other) => { ${forge} }`;
  const plugin = hostilePlugin(hostileModule(methods, TAKE_PORT));
  const slow = callIt(plugin, "slow");
  equal(await callIt(plugin, "forge", [0]), "done");
  // It is its own answer to give, early or late; the second one for the same call is a stray.
  deepEqual(await slow, { success: true });
  await plugin.close();
});

Deno.test("names in messages pollute nothing", async () => {
  const value = `JSON.parse('{ "__proto__": { "polluted": 1 }, "constructor": { "prototype": { "polluted": 1 } } }')`;
  const thrown = `Object.assign(new Error("no"), ${value})`;
  const plugin = hostilePlugin(hostileModule(`
    async *stream() { yield ${value}; return ${value} },
    fail: () => { throw ${thrown} },
    ask: (service) => service(${value})
  `));
  const heard: unknown[] = [];
  const options = { onItem: (item: unknown) => void heard.push(item), services: { s: (it: never) => heard.push(it) } };
  const call = (method: string, args: unknown[] = []) =>
    plugin.call({ port: "tool", name: "it", method, args }, options);
  heard.push(await call("stream"));
  await call("ask", [{ $callback: "s" }]);
  await call("fail").catch((error) => heard.push(error, error.data, error.cause));
  equal(heard.length, 6);
  for (const each of [{}, ...heard] as object[]) equal(Reflect.get(each, "polluted"), undefined);
  equal(Reflect.get(Object.prototype, "polluted"), undefined);
  await plugin.close();
});

Deno.test("what a plugin says in an error obeys no terminal", async () => {
  const plugin = hostilePlugin(hostileModule(`run: () => { throw new Error("\\x1b]0;mine\\x07\\x9b2J") }`));
  await rejects(() => callIt(plugin, "run"), (error: LoomError) => {
    equal(error.message, "Plugin bad failed: ?]0;mine??2J");
    return true;
  });
  await plugin.close();
});
