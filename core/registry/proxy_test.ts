import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { LoomError } from "../errors.ts";
import type { LoadedPlugin, PluginCall, PluginCallOptions } from "../ports/plugin.ts";
import { memoryArtifacts } from "./fakes/artifacts.ts";
import { providerOver } from "./proxy.ts";

/** A plugin that answers what it is told to, and remembers what it was asked. */
function answering(answer: (call: PluginCall, options: PluginCallOptions) => unknown) {
  const calls: PluginCall[] = [];
  const plugin: LoadedPlugin = {
    manifest: { name: "theirs", version: "1.0.0", api: 1, permissions: {} },
    provides: { search: ["s"], mlops: ["m"], model: ["l"], "model-builder": ["b"], tool: ["t"] },
    async call(call, options = {}) {
      calls.push(call);
      return await answer(call, options);
    },
    close: () => Promise.resolve(),
  };
  return { plugin, calls };
}

const { signal } = new AbortController();
const result = { term_out: [], exec_time: 0, exc_type: null, exc_info: null, exc_stack: null };
const task = { data_dir: "/d", goal: "", eval: "", experiment_id: "e", tenant: "default", dataset_ref: null };
const budget = { steps: 1, num_drafts: 1, debug_prob: 0, max_debug_depth: 0 };

Deno.test("providerOver() refuses a name that the plugin does not provide", async () => {
  const { plugin } = answering(() => {});
  await rejects(providerOver("search", "x", plugin), { code: "unknown-provider" });
});

Deno.test("an answer that is none is the plugin's fault, told with its place", async () => {
  const { plugin } = answering(() => ({ ...result, exec_time: "1" }));
  const mlops = await providerOver("mlops", "m", plugin);
  await rejects(mlops.execute("x"), {
    code: "plugin-broke-contract",
    message: /^mlops provider 'm' of plugin theirs: execute\(\) gave what is no answer: exec_time: /,
  });
});

Deno.test("an argument that does not fit never reaches the plugin", async () => {
  const { plugin, calls } = answering(() => result);
  const mlops = await providerOver("mlops", "m", plugin);
  await rejects(mlops.execute(7 as never), { code: "bad-value" });
  await rejects(mlops.setup({ ...task, data_dir: "relative" }), { code: "bad-value" });
  await rejects(mlops.runFlow("NoSuchFlow" as never, {}, []), { code: "bad-value" });
  deepEqual(calls, []);
});

Deno.test("optional arguments that are not given do not cross", async () => {
  const { plugin, calls } = answering(() => result);
  await (await providerOver("mlops", "m", plugin)).execute("x", undefined, undefined);
  deepEqual(calls, [{ port: "mlops", name: "m", method: "execute", args: ["x"] }]);
});

Deno.test("what a plugin asks of loom is checked before loom hears it", async () => {
  const heard: unknown[] = [];
  const wrong: readonly (readonly [string, readonly unknown[]])[] = [
    ["1", [{ toString: "code" }]],
    ["2", [{ type: "node_finished", node: {}, best: true }]],
    ["5.complete", [{ role: "root", max_tokens: 1, messages: [] }]],
  ];
  for (const [place, args] of wrong) {
    const { plugin } = answering((_, { services = {} }) => services[place](...args as never[]));
    const search = await providerOver("search", "s", plugin);
    const hear = (...args: unknown[]) => Promise.resolve(void heard.push(args) as never);
    const run = search.run(task, hear, hear, budget, signal, { complete: hear });
    await rejects(run, { code: "plugin-broke-contract", message: /asked loom for what is none/ });
  }
  deepEqual(heard, []);
});

const found = {
  best_code: null,
  best_metric: null,
  journal_path: null,
  tree_path: null,
  node_count: 0,
  maximize: null,
  stopped_by: "cancel",
  usage: { input: 0, output: 0, cache_read: 0, cache_write: 0, llm_calls: 0, usd: null },
};

Deno.test("what a search in a plugin executes ends with the search", async () => {
  const seen: unknown[] = [];
  const execute = (...args: unknown[]) => {
    seen.push(args);
    return Promise.resolve(result);
  };
  // A signal that was copied between workers is an empty object.
  for (const context of [undefined, { signal: {}, node_id: "n" }, { signal: { $signal: true }, odd: 1 }]) {
    const { plugin } = answering(async (_, { services = {} }) => {
      await services["1"]("x" as never, true as never, context as never);
      return found;
    });
    await (await providerOver("search", "s", plugin)).run(task, execute, () => {}, budget, signal);
  }
  deepEqual(seen, [["x", true, { signal }], ["x", true, { signal, node_id: "n" }], ["x", true, { signal }]]);
});

Deno.test("a search that is called off can tell of its end, and ask for nothing more", async () => {
  const heard: string[] = [];
  const controller = new AbortController();
  const { plugin } = answering(async (_, { services = {} }) => {
    controller.abort();
    await rejects(async () => await services["1"]("x" as never), { code: "interrupted" });
    await services["2"]({ type: "finished", stopped_by: "cancel", node_count: 0 } as never);
    return found;
  });
  const on = ({ type }: { readonly type: string }) => void heard.push(type);
  const execute = () => Promise.reject(new Error("It was executed"));
  const search = await providerOver("search", "s", plugin);
  equal((await search.run(task, execute, on, budget, controller.signal)).stopped_by, "cancel");
  deepEqual(heard, ["finished"]);
});

for (const when of ["before", "meanwhile"]) {
  Deno.test(`what is answered to a call that was called off ${when} is not heard`, async () => {
    const controller = new AbortController();
    const { plugin, calls } = answering(() => {
      controller.abort();
      return result;
    });
    const mlops = await providerOver("mlops", "m", plugin);
    if (when === "before") controller.abort();
    await rejects(mlops.execute("x", true, { signal: controller.signal }), { code: "interrupted" });
    equal(calls.length, when === "before" ? 0 : 1);
  });
}

Deno.test("what a manifest does not support never reaches the plugin", async () => {
  const { plugin, calls } = answering(() => ({ backend: "b", capabilities: [] }));
  const builder = await providerOver("model-builder", "b", plugin);
  const artifacts = memoryArtifacts();
  await rejects(builder.embed!("A/1", "A/2", { signal, artifacts }), { code: "unsupported" });
  deepEqual(calls.map(({ method }) => method), ["manifest"]);
});

Deno.test("a tool's info is asked for once", async () => {
  const info = {
    name: "greet",
    description: "Greet.",
    parameters: { type: "object" },
    tier: "read-only",
    is_mutating: false,
  };
  const { plugin, calls } = answering(() => info);
  const tool = await providerOver("tool", "t", plugin);
  deepEqual([tool.info, tool.info, calls.length], [info, info, 1]);
  const wrong = answering(() => ({ ...info, parameters: { type: "string" } }));
  await rejects(providerOver("tool", "t", wrong.plugin), { code: "plugin-broke-contract" });
});

function failure(code: string): LoomError {
  const cause = new Error("No key: X is not set");
  return new LoomError("plugin-failed", "Plugin theirs failed", { data: { plugin: "theirs", code }, cause });
}

Deno.test("a failure that the port has a word for is told in it, any other stays the plugin's", async () => {
  const ask = async (code: string) => {
    const { plugin } = answering(() => Promise.reject(failure(code)));
    return await (await providerOver("model", "l", plugin)).preflight("code");
  };
  await rejects(ask("missing-key"), { code: "missing-key", message: "No key: X is not set" });
  await rejects(ask("not-set-up"), { code: "plugin-failed" });
  await rejects(ask("busy"), { code: "plugin-failed" });
});

Deno.test("a crash of a plugin is an error of its call", async () => {
  const { plugin } = answering(() => Promise.reject(new LoomError("plugin-crashed", "It has ended")));
  await rejects((await providerOver("mlops", "m", plugin)).teardown(), { code: "plugin-crashed" });
});
