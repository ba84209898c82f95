import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { memoryTools } from "../../registry/fakes/tools.ts";
import { trySuite } from "../../registry/suites/case.ts";
import type { Tool, ToolContext, ToolInfo } from "../../ports/tool.ts";
import { sampleArguments } from "./sample.ts";
import { toolSuite } from "./tool.ts";

const INFO: ToolInfo = {
  name: "note",
  description: "Write a note.",
  parameters: { type: "object", properties: { text: { type: "string" } }, required: ["text"] },
  tier: "workspace-write",
  is_mutating: true,
};

const good: Tool = {
  info: INFO,
  async run({ text }, { workspace }) {
    await workspace.writeFile("note.txt", new TextEncoder().encode(String(text)));
    return { success: true, output: "written", files_changed: ["note.txt"] };
  },
};

/** Names of the cases that fail. */
async function broken(tool: Tool): Promise<readonly string[]> {
  const outcomes = await trySuite(toolSuite, () => Promise.resolve(tool), memoryTools());
  return outcomes.filter(({ error }) => error !== undefined).map(({ name }) => name);
}

Deno.test("toolSuite finds nothing wrong with a tool that keeps to the port", async () => {
  deepEqual(await broken(good), []);
});

const CHANGES = "run() changes nothing unless info says so";
const NAMES = "run() names changed files by paths below the workspace";
const FORM = "info says what the tool is, in the form of the port";

const WRONG: readonly (readonly [what: string, tool: Tool, first: string])[] = [
  ["a name in upper case", { ...good, info: { ...INFO, name: "Note" } }, FORM],
  ["an unknown tier", { ...good, info: { ...INFO, tier: "all" as never } }, FORM],
  [
    "an argument nobody described",
    { ...good, info: { ...INFO, mutation_target_arg_keys: ["path"] } },
    "info names every argument that it speaks of",
  ],
  [
    "an argument with loom's own name",
    { ...good, info: { ...INFO, parameters: { type: "object", properties: { _loom_x: {} } } } },
    "info leaves the names _loom_… to loom",
  ],
  [
    "a writer that says it only reads",
    { ...good, info: { ...INFO, tier: "read-only" } },
    "info says of a tool that changes something that it does not only read",
  ],
  [
    "a timeout of a year",
    { ...good, info: { ...INFO, timeout_seconds: 31e6 } },
    "info asks for a time that somebody would wait",
  ],
  ["a change it does not tell of", {
    ...good,
    run: async (args, context) => ({ ...await good.run(args, context), files_changed: [] }),
  }, NAMES],
  ["a change it only tells of", { ...good, run: () => result({ files_changed: ["x"] }) }, NAMES],
  ["a writer that says it changes nothing", { ...good, info: { ...INFO, is_mutating: false } }, CHANGES],
  [
    "no result",
    { ...good, run: () => Promise.resolve(undefined as never) },
    "run() gives a result, whatever came of it",
  ],
  [
    "a failure without a word",
    { ...good, run: () => result({ success: false, output: "" }) },
    "run() says why it failed, if it did",
  ],
];

for (const [what, tool, first] of WRONG) {
  Deno.test(`toolSuite finds out ${what}`, async () => {
    equal((await broken(tool)).includes(first), true, (await broken(tool)).join("\n"));
  });
}

function result(change: Partial<Awaited<ReturnType<Tool["run"]>>>): ReturnType<Tool["run"]> {
  return Promise.resolve({ success: true, output: "done", files_changed: [], ...change });
}

Deno.test("toolSuite takes a tool that throws `interrupted` when it is called off", async () => {
  const strict: Tool = {
    ...good,
    run: (args, context: ToolContext) =>
      context.signal.aborted
        ? Promise.reject(Object.assign(new Error("Called off"), { code: "interrupted" }))
        : good.run(args, context),
  };
  deepEqual(await broken(strict), []);
});

Deno.test("sampleArguments() fits what the schema requires", () => {
  const schema = {
    type: "object",
    properties: {
      text: { type: "string", minLength: 3 },
      count: { type: "integer", minimum: 5 },
      share: { type: "number", maximum: 0.5 },
      is: { type: "boolean" },
      one: { enum: ["b", "c"] },
      list: { type: "array", items: { type: "string" }, minItems: 2 },
      inner: { type: "object", properties: { x: { default: 7 } }, required: ["x"] },
      either: { anyOf: [{ type: "null" }, { type: "string" }] },
      left: { type: "string" },
    },
    required: ["text", "count", "share", "is", "one", "list", "inner", "either", "constructor"],
  } as const;
  deepEqual(sampleArguments(schema), {
    text: "xxx",
    count: 5,
    share: 0.5,
    is: false,
    one: "b",
    list: ["x", "x"],
    inner: { x: 7 },
    either: null,
    constructor: "x",
  });
});
