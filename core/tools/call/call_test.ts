import { deepStrictEqual as deepEqual, match, rejects, strictEqual as equal } from "node:assert/strict";
import type { Gate, Rule } from "../../gate/mod.ts";
import type { AuditEntry } from "../../ports/audit.ts";
import type { PluginPermissions } from "../../ports/plugin.ts";
import type { CommandWish, Json, ToolContext, ToolInfo, ToolResult } from "../../ports/tool.ts";
import { fakeContext } from "../../../tests/support/fake_context.ts";
import { bytesOf, type TriedWorkspace, tryWorkspace } from "../../../tests/support/workspaces.ts";
import { type KnownTool, toolRegistry } from "../base/registry.ts";
import { callTool, type ToolDeps } from "./call.ts";

const INFO: ToolInfo = {
  name: "try_it",
  description: "Try it.",
  parameters: {
    type: "object",
    properties: { path: { type: "string" }, count: { type: "integer", default: 3 } },
    additionalProperties: false,
  },
  tier: "workspace-write",
  is_mutating: true,
  mutation_target_arg_keys: ["path"],
};

type Run = (args: { readonly [key: string]: Json }, context: ToolContext) => Promise<ToolResult>;

const done: ToolResult = { success: true, output: "done", files_changed: [] };

function pluginOf(permissions: PluginPermissions = {}): KnownTool["plugin"] {
  return { name: "p", version: "1.0.0", permissions: { read: ["workspace"], write: ["workspace"], ...permissions } };
}

function tool(run: Run, more: Partial<KnownTool> & { readonly info?: ToolInfo } = {}): KnownTool {
  return { info: INFO, plugin: pluginOf(), builtIn: true, run, ...more };
}

interface Tried {
  readonly rules?: readonly Rule[];
  readonly yes?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** Calls are made with this; what was written down is beside it. */
function deps(tried: TriedWorkspace, tools: readonly KnownTool[], { rules = [], yes, env = {} }: Tried = {}) {
  const context = fakeContext();
  const store = context.stores.open("/p", () => {});
  const gate: Gate = {
    rules,
    yes,
    origin: "human-flag",
    audit: store.audit,
    approvals: store.approvals,
    digest: context.files.digestText,
    clock: context.clock,
    random: context.random,
    env,
  };
  const { workspace } = tried;
  const place = { root: workspace.root, locate: (path: string) => workspace.locate(path) };
  const launched: (readonly string[])[] = [];
  const launch: ToolDeps["launch"] = ({ argv }) => {
    launched.push(argv);
    return Promise.resolve({ exit: Promise.resolve({ exitCode: 0, stragglers: 0 }), stop: () => Promise.resolve() });
  };
  const all: ToolDeps = { registry: toolRegistry(tools), gate, clock: context.clock, workspace, place, launch, env };
  const log = () => store.audit.records().map(({ body }) => JSON.parse(body) as AuditEntry);
  return { all, log, launched };
}

const call = (args: unknown = {}, name = "try_it") => ({ name, args, surface: "cli" }) as const;

Deno.test("callTool() checks, asks, calls and writes down what came of it", async () => {
  using tried = tryWorkspace();
  const { all, log } = deps(tried, [tool(async ({ path, count }, { workspace }) => {
    await workspace.writeFile(String(path), bytesOf(String(count)));
    return { ...done, files_changed: [String(path)] };
  })]);
  deepEqual(await callTool(call({ path: "a/b" }), all), { ...done, files_changed: ["a/b"] });
  equal(Deno.readTextFileSync(tried.at("a/b")), "3");
  deepEqual(log().map(({ event }) => event), ["decided", "done"]);
  deepEqual(log()[0].policy.write, [tried.at("a/b")]);
});

Deno.test("a tool writes what its arguments name, and nothing else", async () => {
  using tried = tryWorkspace();
  const deeds: Run[] = [
    async (_, { workspace }) => (await workspace.writeFile("other", bytesOf("x")), done),
    async (_, { workspace }) => (await workspace.remove("there"), done),
    async (_, { workspace }) => (await workspace.move("a", "b"), done),
    async (_, { workspace }) => (await workspace.writeFile("a/../other", bytesOf("x")), done),
  ];
  for (const deed of deeds) {
    const { all, log } = deps(tried, [tool(deed)]);
    const result = await callTool(call({ path: "a" }), all);
    equal(result.success, false);
    match(String(result.error), /has no leave to change/);
    equal(log().at(-1)?.event, "blocked");
  }
  deepEqual([...Deno.readDirSync(tried.at("."))], []);
});

Deno.test("a tool that only reads writes nothing, starts nothing and connects to nothing", async () => {
  using tried = tryWorkspace();
  const info: ToolInfo = { ...INFO, tier: "read-only", is_mutating: false };
  const plugin = pluginOf({ programs: ["sh"], hosts: ["example.org"] });
  const { all, log, launched } = deps(tried, [
    tool(async (_, { run }) => (await run({ argv: ["sh"] }), done), { info, plugin }),
  ]);
  equal((await callTool(call({ path: "a" }), all)).success, false);
  deepEqual(launched, []);
  const { write, hosts, programs } = log()[0].policy;
  deepEqual([write, hosts, programs], [[], [], []]);
});

Deno.test("a tool reads and writes only what its plugin asked for", async () => {
  using tried = tryWorkspace();
  for (const folder of ["data", "out"]) Deno.mkdirSync(tried.at(folder));
  for (const file of ["a", "data/a", "out/a"]) Deno.writeTextFileSync(tried.at(file), "x");
  const plugin = pluginOf({ read: ["workspace/data"], write: ["workspace/out"] });
  const run: Run = async ({ path }, { workspace }) => {
    await workspace.readFile("data/a");
    await workspace.writeFile(String(path), bytesOf("y"));
    await workspace.readFile("a");
    return done;
  };
  const tools = [tool(run, { plugin, builtIn: false })];
  const refused = await callTool(call({ path: "a" }), deps(tried, tools).all);
  match(String(refused.error), /has no leave to change/);
  const read = await callTool(call({ path: "out/b" }), deps(tried, tools).all);
  match(String(read.error), /has no leave to read 'a'/);
  equal(Deno.readTextFileSync(tried.at("out/b")), "y");
});

Deno.test("a tool starts only programs that its plugin names", async () => {
  using tried = tryWorkspace();
  const plugin = pluginOf({ programs: ["make"] });
  const wishes: CommandWish[] = [{ argv: ["make", "all"] }, { argv: ["/tmp/make"] }, { argv: ["sh", "-c", "make"] }, {
    argv: [],
  }];
  const outcomes: boolean[] = [];
  for (const wish of wishes) {
    const { all } = deps(tried, [tool(async (_, { run }) => (await run(wish), done), { plugin })]);
    outcomes.push((await callTool(call({ path: "a" }), all)).success);
  }
  deepEqual(outcomes, [true, false, false, false]);
});

Deno.test("a program runs in the workspace, never beside it", async () => {
  using tried = tryWorkspace();
  const plugin = pluginOf({ programs: ["make"] });
  const { all, launched } = deps(tried, [
    tool(async (_, { run }) => (await run({ argv: ["make"], cwd: ".." }), done), { plugin }),
  ]);
  match(String((await callTool(call({ path: "a" }), all)).error), /escapes the workspace/);
  deepEqual(launched, []);
});

const WRONG: readonly (readonly [args: unknown, message: RegExp])[] = [
  [[], /no JSON object/],
  [null, /no JSON object/],
  ["x", /no JSON object/],
  [{ count: 1.5 }, /count/],
  [{ other: 1 }, /other/],
  [{ _loom_root: "/" }, /_loom_root is reserved/],
  [{ _LOOM_x: 1 }, /reserved/],
  [JSON.parse('{"__proto__": {"polluted": true}}'), /__proto__/],
  [{ path: "\0" }, /null character/],
  [{ path: "../x" }, /escapes the workspace/],
  [JSON.parse(`{"path": ${"[".repeat(5000)}${"]".repeat(5000)}}`), /nested deeper/],
];

for (const [args, message] of WRONG) {
  Deno.test(`arguments are refused with ${message}`, async () => {
    using tried = tryWorkspace();
    const { all } = deps(tried, [tool(() => Promise.reject(new Error("it was called")))]);
    const result = await callTool(call(args), all);
    match(String(result.error), message);
    equal(({} as Record<string, unknown>).polluted, undefined);
  });
}

Deno.test("unknown tools get the nearest name, and nobody answers in the place of another", async () => {
  using tried = tryWorkspace();
  const stranger = tool(() => Promise.resolve({ ...done, output: "stranger" }), { builtIn: false });
  const { all } = deps(tried, [stranger, tool(() => Promise.resolve(done))]);
  const unknown = await callTool(call({}, "tri_it"), all);
  deepEqual([unknown.success, unknown.error], [false, "Unknown tool 'tri_it'"]);
  match(unknown.output, /did you mean 'try_it'/);
  equal((await callTool(call({ path: "a" }), all)).output, "done");
  deepEqual(all.registry.shadowed, [stranger]);
});

Deno.test("a tool is told to end when its time is over, and the words say so", async () => {
  using tried = tryWorkspace();
  let told: AbortSignal | undefined;
  const info = { ...INFO, timeout_seconds: 7 };
  const { all } = deps(tried, [tool((_, { signal }) => {
    told = signal;
    return new Promise(() => {});
  }, { info })]);
  const result = await callTool(call({ path: "a" }), {
    ...all,
    clock: { ...all.clock, sleep: () => Promise.resolve() },
  });
  equal(result.error, "Tool 'try_it' timed out after 7s");
  equal(told?.aborted, true);
});

Deno.test("whoever calls can call it off", async () => {
  using tried = tryWorkspace();
  const { all } = deps(tried, [tool(() => new Promise(() => {}))]);
  const controller = new AbortController();
  const running = callTool({ ...call({ path: "a" }), signal: controller.signal }, all);
  controller.abort(new Error("called off"));
  await rejects(running, /called off/);
});

Deno.test("what a tool throws, or says instead of a result, is a result", async () => {
  using tried = tryWorkspace();
  const runs: Run[] = [
    () => Promise.reject(new Error("boom")),
    () => Promise.reject("text"),
    () => Promise.resolve(null as unknown as ToolResult),
    () => Promise.resolve({ success: "yes", output: 5, files_changed: "x" } as unknown as ToolResult),
  ];
  const results = [];
  for (const run of runs) results.push(await callTool(call({ path: "a" }), deps(tried, [tool(run)]).all));
  deepEqual(results.map(({ success }) => success), [false, false, false, false]);
  deepEqual(results[3], { success: false, output: "5", files_changed: [] });
});

Deno.test("a rule decides by the tool's name and the real path", async () => {
  using tried = tryWorkspace();
  Deno.mkdirSync(tried.at("real"));
  Deno.symlinkSync("real", tried.at("link"));
  const rules: readonly Rule[] = [{
    effect: "deny",
    tool: "try_*",
    path: `${tried.at("real")}/**`,
    source: "rules.yaml:1",
  }];
  const { all, log } = deps(tried, [tool(() => Promise.resolve(done))], { rules });
  match(String((await callTool(call({ path: "link/x" }), all)).error), /Refused: tool try_it: .*rules.yaml:1/);
  equal((await callTool(call({ path: "other" }), all)).success, true);
  equal(log()[0].decision, "deny");
});

Deno.test("a rule about a path holds for what is named, and for what a tool comes upon by itself", async () => {
  using tried = tryWorkspace();
  Deno.mkdirSync(tried.at("secrets"));
  for (const name of ["secrets/key", "open"]) Deno.writeTextFileSync(tried.at(name), "x");
  const rules: readonly Rule[] = [{ effect: "deny", path: `${tried.at("secrets")}/**`, source: "rules.yaml:1" }];
  const reads: ToolInfo = { ...INFO, tier: "read-only", is_mutating: false, mutation_target_arg_keys: [] };
  const wanderer = tool(async (_, { workspace }) => {
    await workspace.readFile("open");
    await workspace.readFile("secrets/key");
    return done;
  }, { info: reads });
  const { all, log } = deps(tried, [wanderer], { rules });
  const named = await callTool(call({ path: "secrets/key" }), all);
  match(named.error!, /^Refused: tool try_it: .*the rule rules.yaml:1/);
  deepEqual(log().map(({ event, decision }) => [event, decision]), [["decided", "deny"]]);
  const found = await callTool(call({ path: "open" }), all);
  match(found.error!, /^Refused: try_it may not read 'secrets\/key': the rule rules.yaml:1/);
  deepEqual(log().at(-1)!.event, "blocked");
});

Deno.test("a tool that needs a variable is not called without it", async () => {
  using tried = tryWorkspace();
  const info = { ...INFO, auth_requirements: ["API_KEY"] };
  const tools = [tool(() => Promise.resolve(done), { info })];
  match(String((await callTool(call({ path: "a" }), deps(tried, tools).all)).error), /API_KEY is not set/);
  equal((await callTool(call({ path: "a" }), deps(tried, tools, { env: { API_KEY: "x" } }).all)).success, true);
});

Deno.test("a tool is called only from where it is meant for", async () => {
  using tried = tryWorkspace();
  const info: ToolInfo = { ...INFO, supported_execution_surfaces: ["tui"] };
  const { all } = deps(tried, [tool(() => Promise.resolve(done), { info })]);
  match(String((await callTool(call({ path: "a" }), all)).error), /Cannot call try_it from here \(cli\)/);
});

Deno.test("what is expensive is refused where nobody can be asked, unless a person said yes", async () => {
  using tried = tryWorkspace();
  const info: ToolInfo = { ...INFO, tier: "expensive" };
  const tools = [tool(() => Promise.resolve(done), { info })];
  equal((await callTool(call({ path: "a" }), deps(tried, tools).all)).success, false);
  equal((await callTool(call({ path: "a" }), deps(tried, tools, { yes: true }).all)).success, true);
});

Deno.test("a program without a sandbox is asked about, says so, and is nothing for an agent", async () => {
  using tried = tryWorkspace();
  const plugin = pluginOf({ programs: ["true"] });
  const starts = tool(async (_, { run }) => (await run({ argv: ["true"] }), done), { plugin });
  const asked = deps(tried, [starts]);
  const refused = await callTool(call({ path: "a" }), { ...asked.all, unconfined: true });
  match(refused.error!, /without a sandbox: with all your rights: it is expensive, and nobody can be asked here/);
  const said = deps(tried, [starts], { yes: true });
  equal((await callTool(call({ path: "a" }), { ...said.all, unconfined: true })).success, true);
  match(said.log()[0].policy.action, /without a sandbox/);
  const agents = deps(tried, [starts], { yes: true });
  const gate: Gate = { ...agents.all.gate, origin: "agent" };
  const agent = await callTool(call({ path: "a" }), { ...agents.all, gate, unconfined: true });
  match(agent.error!, /has no leave to start programs without a sandbox/);
  deepEqual([asked.launched, said.launched, agents.launched], [[], [["true"]], []]);
  deepEqual(agents.log().map(({ event }) => event), ["blocked"]);
});
