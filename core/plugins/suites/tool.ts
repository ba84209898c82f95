/**
 * What every tool keeps to.
 *
 * @module
 */

import type { ContractCase, ContractTools } from "../../registry/suites/case.ts";
import { answered, holds, keepsSecrets, refuses, same, show } from "../../registry/suites/expect.ts";
import { toolInfo, toolResult } from "../../registry/schemas/tool.ts";
import type { Tool, ToolContext, ToolResult } from "../../ports/tool.ts";
import type { Workspace } from "../../ports/workspace.ts";
import { sampleArguments } from "./sample.ts";

type Case = ContractCase<Tool>;

/** Longer than this nobody waits for a tool, seconds. */
const MAX_TIMEOUT = 24 * 60 * 60;

const saying: readonly Case[] = [
  {
    name: "info says what the tool is, in the form of the port",
    async run(subject) {
      const checked = toolInfo.safeParse((await subject()).info);
      holds(checked.success, `info is none: ${checked.error?.message}`);
    },
  },
  {
    name: "info names every argument that it speaks of",
    async run(subject) {
      const { parameters, mutation_target_arg_keys = [] } = (await subject()).info;
      const properties = Object.keys(parameters.properties ?? {});
      const required = Array.isArray(parameters.required) ? parameters.required.map(String) : [];
      for (const name of [...required, ...mutation_target_arg_keys]) {
        holds(properties.includes(name), `'${name}' is no property of parameters`);
      }
    },
  },
  {
    name: "info leaves the names _loom_… to loom",
    async run(subject) {
      const properties = Object.keys((await subject()).info.parameters.properties ?? {});
      same(properties.filter((name) => name.startsWith("_loom_")), [], "Arguments with loom's own names");
    },
  },
  {
    name: "info says of a tool that changes something that it does not only read",
    async run(subject) {
      const { is_mutating, tier, mutation_target_arg_keys = [] } = (await subject()).info;
      if (is_mutating) holds(tier !== "read-only", "is_mutating is true, and the tier is read-only");
      else same(mutation_target_arg_keys, [], "Targets of a tool that changes nothing");
    },
  },
  {
    name: "info asks for a time that somebody would wait",
    async run(subject) {
      const { timeout_seconds = 30 } = (await subject()).info;
      holds(timeout_seconds <= MAX_TIMEOUT, `timeout_seconds is ${timeout_seconds}, more than a day`);
    },
  },
];

const doing: readonly Case[] = [
  {
    name: "run() gives a result, whatever came of it",
    async run(subject, tools) {
      await call(await subject(), tools);
    },
  },
  {
    name: "run() says why it failed, if it did",
    async run(subject, tools) {
      const { result } = await call(await subject(), tools);
      holds(result.success || (result.error ?? result.output) !== "", "It failed, and error and output are empty");
    },
  },
  {
    name: "run() names changed files by paths below the workspace",
    async run(subject, tools) {
      const { result, changed } = await call(await subject(), tools);
      const isInside = (path: string) => path !== "" && !path.startsWith("/") && !path.split("/").includes("..");
      same(result.files_changed.filter((path) => !isInside(path)), [], "Changed files outside the workspace");
      same([...new Set(result.files_changed)].sort(), changed, "Files said to be changed, and files that were");
    },
  },
  {
    name: "run() changes nothing unless info says so",
    async run(subject, tools) {
      const tool = await subject();
      const { changed } = await call(tool, tools);
      if (!tool.info.is_mutating) same(changed, [], "Files that a tool changed that changes nothing");
    },
  },
  {
    name: "run() answers two calls at once",
    async run(subject, tools) {
      const tool = await subject();
      const [one, other] = await Promise.all([call(tool, tools), call(tool, tools)]);
      same(one.result.success, other.result.success, "Success of two equal calls");
    },
  },
  {
    name: "run() comes to an end when it is called off before it began",
    async run(subject, tools) {
      const tool = await subject();
      const called = call(tool, tools, AbortSignal.abort());
      await answered(
        called.then(() => {}, (error) => refuses(() => Promise.reject(error), STOPPED, "run()")),
        tools,
        "run()",
      );
    },
  },
  {
    name: "run() keeps secrets of its surroundings to itself",
    async run(subject, tools) {
      const { result } = await call(await subject(), tools);
      keepsSecrets(result, tools, "The result");
    },
  },
];

/** What may be thrown by a call that was called off. */
const STOPPED = ["interrupted", "20", "ABORT_ERR"];

/**
 * What every {@linkcode Tool} keeps to. It is called with arguments made of its own schema, in an empty workspace.
 *
 * @example A tool of one's own
 * ```ts
 * import { memoryTools, type Tool, toolSuite, trySuite } from "@loom/loom";
 * import { deepEqual } from "node:assert/strict";
 *
 * const greet: Tool = {
 *   info: {
 *     name: "greet",
 *     description: "Greet somebody by name.",
 *     parameters: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
 *     tier: "read-only",
 *     is_mutating: false,
 *   },
 *   run: ({ name }) => Promise.resolve({ success: true, output: `Hello, ${name}!`, files_changed: [] }),
 * };
 * const outcomes = await trySuite(toolSuite, () => Promise.resolve(greet), memoryTools());
 * deepEqual(outcomes.filter(({ error }) => error !== undefined), []);
 * ```
 */
export const toolSuite: readonly ContractCase<Tool>[] = [...saying, ...doing];

interface Called {
  readonly result: ToolResult;
  /** Files that are not what they were, sorted. */
  readonly changed: readonly string[];
}

async function call(tool: Tool, tools: ContractTools, signal = new AbortController().signal): Promise<Called> {
  const workspace = await tools.workspace();
  const before = await filesOf(workspace);
  const context: ToolContext = {
    signal,
    workspace,
    surface: "cli",
    run: tools.run ?? (() => Promise.reject(new Error("No program can be started here"))),
    progress: () => {},
  };
  const given = await answered(tool.run(sampleArguments(tool.info.parameters), context), tools, "run()");
  const checked = toolResult.safeParse(given);
  holds(checked.success, `run() gave what is no result: ${checked.error?.message}; it gave ${show(given)}`);
  return { result: checked.data, changed: changes(before, await filesOf(workspace)) };
}

type Contents = ReadonlyMap<string, string>;

async function filesOf(workspace: Workspace, folder = ""): Promise<Contents> {
  const found = new Map<string, string>();
  for (const { path, kind } of await workspace.list(folder)) {
    if (kind === "directory") { for (const entry of await filesOf(workspace, path)) found.set(...entry); }
    if (kind === "file") found.set(path, (await workspace.readFile(path)).join());
  }
  return found;
}

function changes(before: Contents, after: Contents): readonly string[] {
  const all = new Set([...before.keys(), ...after.keys()]);
  return [...all].filter((path) => before.get(path) !== after.get(path)).sort();
}
