import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { PORT_NAMES } from "./registry.ts";
import { PORT_SCHEMAS, SERVICE_SCHEMAS } from "./schemas.ts";
import { isJson } from "./schemas/json.ts";
import { modelRequest } from "./schemas/model.ts";
import { executionResult, nodeRecord, pathspec, task, tokenUsage } from "./schemas/values.ts";

const given = { data_dir: "/data", goal: "g", eval: "e", experiment_id: "x", dataset_ref: null };

Deno.test("a task has the tenant 'default' unless it says another", () => {
  equal(task.parse(given).tenant, "default");
  equal(task.parse({ ...given, tenant: "acme" }).tenant, "acme");
});

Deno.test("a task names its folder by an absolute path", () => {
  for (const data_dir of ["data", "", "./data", "~/data"]) {
    ok(!task.safeParse({ ...given, data_dir }).success, data_dir);
  }
  ok(task.safeParse({ ...given, data_dir: "C:\\data" }).success);
});

const result = { term_out: [], exec_time: 0, exc_type: null, exc_info: null, exc_stack: null };

Deno.test("a result of an execution has its five fields and no other", () => {
  ok(executionResult.safeParse(result).success);
  for (const key of Object.keys(result)) {
    const { [key as keyof typeof result]: _, ...rest } = result;
    ok(!executionResult.safeParse(rest).success, `without ${key}`);
  }
  ok(!executionResult.safeParse({ ...result, extras: {} }).success);
});

for (const exec_time of [NaN, Infinity, -1, "1", null]) {
  Deno.test(`a result of an execution does not take ${exec_time} seconds`, () => {
    ok(!executionResult.safeParse({ ...result, exec_time }).success);
  });
}

Deno.test("a pathspec is a flow and an id, no path, no address", () => {
  for (const good of ["TrainFlow/12", "EvalCandidate/sfn-1a_B"]) ok(pathspec.safeParse(good).success, good);
  const bad = [
    "TrainFlow",
    "TrainFlow/",
    "/TrainFlow/1",
    "a/b/c",
    "s3://b/k",
    "../x",
    "1Flow/1",
    "TrainFlow/1\n",
    "F/a.ckpt",
  ];
  for (const it of bad) ok(!pathspec.safeParse(it).success, it);
});

Deno.test("tokens are whole numbers from 0", () => {
  const usage = { input: 1, output: 0, cache_read: 0, cache_write: 0 };
  ok(tokenUsage.safeParse(usage).success);
  for (const input of [-1, 0.5, NaN, 2 ** 53, "1"]) ok(!tokenUsage.safeParse({ ...usage, input }).success, `${input}`);
});

Deno.test("a record of a node has no metric that is not finite", () => {
  const node = {
    experiment_id: "e",
    node_id: "n",
    parent_id: null,
    stage: "draft",
    code: "",
    term_out: [],
    exc_type: null,
    metric: 1,
    judge_summary: "",
    model: null,
    tokens: null,
    tenant: "default",
    owned_by: "private",
    ts: "2026-01-01T00:00:00Z",
  };
  ok(nodeRecord.safeParse(node).success);
  for (const metric of [NaN, Infinity, "0.97", true]) {
    ok(!nodeRecord.safeParse({ ...node, metric }).success, `${metric}`);
  }
});

const request = { role: "code", max_tokens: 1, messages: [{ role: "user", content: [] }] };

Deno.test("a request begins with the user, and forces only a tool that it offers", () => {
  ok(modelRequest.safeParse(request).success);
  const review = { name: "review", description: "", parameters: {} };
  ok(modelRequest.safeParse({ ...request, tools: [review], tool_choice: { type: "tool", name: "review" } }).success);
  const wrong = [
    { messages: [] },
    { messages: [{ role: "assistant", content: [] }] },
    { messages: [{ role: "user", content: [{ type: "tool_use", id: "1", name: "x", input: {} }] }] },
    { tool_choice: { type: "any" } },
    { tools: [review], tool_choice: { type: "tool", name: "other" } },
    { max_tokens: 0 },
    { key: "secret" },
  ];
  for (const it of wrong) ok(!modelRequest.safeParse({ ...request, ...it }).success, JSON.stringify(it));
});

Deno.test("isJson() agrees with what JSON gives back", () => {
  fc.assert(fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true }), (value) => {
    if (!isJson(value)) return;
    deepEqual(JSON.parse(JSON.stringify(value, zero)), JSON.parse(JSON.stringify(value)));
    ok(isJson(JSON.parse(JSON.stringify(value))));
  }));
  fc.assert(fc.property(fc.json(), (text) => text.includes("__proto__") || isJson(JSON.parse(text))));
});

function zero(_key: string, value: unknown): unknown {
  return Object.is(value, -0) ? 0 : value;
}

Deno.test("isJson() refuses what JSON would change or lose", () => {
  const cycle: unknown[] = [];
  cycle.push(cycle);
  const others = [
    undefined,
    NaN,
    () => 1,
    Symbol("x"),
    1n,
    new Date(0),
    new Map(),
    { a: undefined },
    [undefined],
    cycle,
  ];
  for (const it of others) ok(!isJson(it));
  ok(!isJson(JSON.parse('{"a": {"__proto__": {"polluted": true}}}')));
});

Deno.test("isJson() ends on a value as deep as messages can be", () => {
  const deep = JSON.parse(`${"[".repeat(5_000)}${"]".repeat(5_000)}`);
  ok(!isJson(deep));
});

Deno.test("isJson() ends on few objects that are endless when they are written out", () => {
  let bomb: unknown = "x";
  for (let level = 0; level < 100; level++) bomb = [bomb, bomb];
  ok(!isJson(bomb));
});

Deno.test("each port says what its methods take and give", () => {
  deepEqual(Object.keys(PORT_SCHEMAS).sort(), PORT_NAMES.toSorted());
  for (const [port, methods] of Object.entries(SERVICE_SCHEMAS)) {
    for (const method of Object.keys(methods)) ok(method in PORT_SCHEMAS[port as keyof typeof PORT_SCHEMAS], method);
  }
});

const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true });

for (const [port, methods] of Object.entries(PORT_SCHEMAS)) {
  Deno.test(`schemas of ${port} give a verdict on whatever comes`, () => {
    for (const { args, result } of Object.values(methods)) {
      fc.assert(fc.property(fc.array(anything, { maxLength: 6 }), anything, (given, answer) => {
        const [first, second] = [args.safeParse(given), result.safeParse(answer)];
        return typeof first.success === "boolean" && typeof second.success === "boolean";
      }));
    }
  });
}
