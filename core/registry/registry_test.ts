import { deepStrictEqual as deepEqual, strictEqual as equal, throws } from "node:assert/strict";
import type { PortName, PortTypes } from "../ports/plugin.ts";
import { memoryMlops } from "./fakes/mlops.ts";
import { memoryModel } from "./fakes/model.ts";
import { memoryModelBuilder } from "./fakes/model_builder.ts";
import { memoryPlugin } from "./fakes/plugin.ts";
import { memorySearch } from "./fakes/search.ts";
import { pluginProviders } from "./plugin_providers.ts";
import { makeRegistry, PORT_NAMES, type Provided } from "./registry.ts";

const greet: PortTypes["tool"] = {
  info: {
    name: "greet",
    description: "Greet somebody.",
    parameters: { type: "object" },
    tier: "read-only",
    is_mutating: false,
  },
  run: () => Promise.resolve({ success: true, output: "Hello!", files_changed: [] }),
};

const providers: PortTypes = {
  search: memorySearch({ candidates: ["a"] }),
  mlops: memoryMlops(),
  "model-builder": memoryModelBuilder(),
  model: memoryModel(),
  tool: greet,
};

function provided<P extends PortName>(port: P, name: string, more: Partial<Provided<P>> = {}): Provided<P> {
  return { port, name, origin: "me", api: 1, variables: [], make: () => providers[port], ...more };
}

for (const port of PORT_NAMES) {
  Deno.test(`a ${port} provider of somebody else is used by its name, and nothing of core changes`, async () => {
    const registry = makeRegistry();
    registry.register(provided(port, "throwaway"));
    const plugin = memoryPlugin({
      name: "theirs",
      version: "1.0.0",
      api: 1,
      permissions: {},
      provides: { [port]: { "of-a-plugin": providers[port] } },
    });
    let loaded = 0;
    const load = () => {
      loaded++;
      return plugin;
    };
    for (const it of pluginProviders({ ...plugin, load })) registry.register(it);
    deepEqual([registry.names(port), loaded], [["of-a-plugin", "throwaway"], 0]);
    for (const name of registry.names(port)) await useful(port, await registry.get(port, name).make({}));
  });
}

async function useful(port: PortName, provider: unknown): Promise<void> {
  const of = provider as PortTypes;
  const uses: { readonly [P in PortName]: (it: PortTypes[P]) => Promise<unknown> } = {
    search: (it) => Promise.resolve(typeof it.run),
    mlops: async (it) => (await it.capabilities()).language,
    "model-builder": async (it) => (await it.manifest()).backend,
    model: async (it) => (await it.resolve("code")).model_name,
    tool: async (it) => (await it.run({}, {} as never)).output,
  };
  const expected = { search: "function", mlops: "lines", "model-builder": "memory", model: "memory-1", tool: "Hello!" };
  equal(await uses[port](of as never), expected[port]);
}

Deno.test("register() refuses a name that is taken, unless it is replaced", () => {
  const registry = makeRegistry();
  registry.register(provided("model", "echo", { origin: "plugin one 1.0.0" }));
  throws(() => registry.register(provided("model", "echo")), {
    code: "duplicate-provider",
    data: { port: "model", name: "echo", origin: "plugin one 1.0.0" },
  });
  equal(registry.get("model", "echo").origin, "plugin one 1.0.0");
  registry.register(provided("model", "echo"), { replace: true });
  equal(registry.get("model", "echo").origin, "me");
});

Deno.test("register() takes one name for several ports", () => {
  const registry = makeRegistry();
  registry.register(provided("model", "local"));
  registry.register(provided("mlops", "local"));
  deepEqual(registry.list().map(({ port }) => port), ["mlops", "model"]);
});

for (const api of [0, 2, 1.5, NaN, undefined as never, "1" as never]) {
  Deno.test(`register() refuses what was written for version ${api} of the contract`, () => {
    throws(() => makeRegistry().register(provided("search", "x", { api })), { code: "unsupported-api" });
  });
}

Deno.test("get() lists the names there are, and the nearest", () => {
  const registry = makeRegistry();
  for (const name of ["local", "metaflow"]) registry.register(provided("mlops", name));
  throws(() => registry.get("mlops", "metaflwo"), {
    code: "unknown-provider",
    message: "Unknown mlops provider 'metaflwo'",
    hint: "did you mean 'metaflow'? (known: local, metaflow)",
    data: { port: "mlops", name: "metaflwo", known: ["local", "metaflow"], near: "metaflow" },
  });
  throws(() => registry.get("search", "aide"), { code: "unknown-provider", hint: "there is none yet" });
});

for (const name of ["constructor", "__proto__", "toString", ""]) {
  Deno.test(`get() knows no '${name}' that nobody has registered`, () => {
    throws(() => makeRegistry().get("tool", name), { code: "unknown-provider" });
  });
}

Deno.test("pluginProviders() tells who provides, and which variables are read", () => {
  const permissions = { variables: ["ECHO_API_KEY"] };
  const plugin = memoryPlugin({
    name: "echo",
    version: "1.2.3",
    api: 1,
    permissions,
    provides: { model: { one: providers.model, two: providers.model }, tool: { greet } },
  });
  const all = pluginProviders({ ...plugin, load: () => plugin });
  deepEqual(all.map(({ port, name }) => `${port} ${name}`), ["model one", "model two", "tool greet"]);
  deepEqual(all.map(({ origin }) => origin), Array(3).fill("plugin echo 1.2.3"));
  deepEqual(all[0].variables, ["ECHO_API_KEY"]);
});

Deno.test("make() is not called by asking", () => {
  const registry = makeRegistry();
  const make = () => {
    throw new Error("made");
  };
  registry.register(provided("tool", "greet", { make }));
  equal(registry.list("tool").length, 1);
  equal(registry.get("tool", "greet").name, "greet");
});
