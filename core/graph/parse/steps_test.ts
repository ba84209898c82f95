import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { type Plain, toValue } from "../../../tests/support/pipeline_of.ts";
import { parsePipeline } from "./mod.ts";
import type { TaskStep } from "../pipeline.ts";
import { Float } from "../../yaml/value.ts";

function parse(pipeline: unknown, rest: Record<string, unknown> = {}) {
  return parsePipeline(toValue({ pipeline, ...rest } as Plain), "/w/p.yml");
}

function found(pipeline: unknown, rest?: Record<string, unknown>): unknown[] {
  return parse(pipeline, rest).problems.map(({ level, code, path }) => [level, code, path?.slice(1).join("/")]);
}

function messages(pipeline: unknown): readonly string[] {
  return parse(pipeline).problems.map(({ message }) => message);
}

function task(more: Record<string, unknown>, rest?: Record<string, unknown>): TaskStep {
  const { pipeline, problems } = parse([{ name: "a", task: "a.py", ...more }], rest);
  deepEqual(problems, []);
  const [step] = pipeline.steps;
  ok(step.kind === "task");
  return step;
}

Deno.test("parseSteps() numbers steps without a name, a task or a map from 1", () => {
  deepEqual(messages([{ task: "a.py" }, { name: "b" }, "c", null, ["d"], { group: "g", steps: [{ task: "x.py" }] }]), [
    "Step 1: name is missing",
    "Step 'b': task is missing",
    "Step 3: must be a map, not 'c'",
    "Step 4: must be a map, not nothing",
    "Step 5: must be a map, not a list",
    "Step 1 of group 'g': name is missing",
  ]);
});

Deno.test("parseSteps() names both positions of a name that is taken twice", () => {
  const a = { name: "a", task: "a.py" };
  const { problems, pipeline } = parse([a, { group: "g", steps: [{ name: "b", task: "b.py" }, a] }]);
  deepEqual(problems.map(({ message, path }) => [message, path]), [
    ["Step 'a': the name is taken twice, by step 1 and step 2 of group 'g'", ["pipeline", 1, "steps", 1, "name"]],
  ]);
  deepEqual(pipeline.steps.map(({ name }) => name), ["a", "b"]);
});

Deno.test("parseSteps() refuses a step that has the name of a repeated group", () => {
  const inner = { name: "i", task: "i.py" };
  const block = { group: "a", multi_pass: { count: 2 }, steps: [inner] };
  deepEqual(found([{ name: "a", task: "a.py" }, block]), [["error", "duplicate-step", "1/group"]]);
  deepEqual(found([block, { name: "a", task: "a.py" }]), [["error", "duplicate-step", "1/name"]]);
});

Deno.test("parseSteps() takes the names of numbers for their text", () => {
  const { pipeline } = parse([{ name: 7, task: "a.py" }, { name: new Float(0.5), task: "b.py" }]);
  deepEqual(pipeline.steps.map(({ name }) => name), ["7", "0.5"]);
});

Deno.test("parseSteps() flattens groups and keeps their order of appearance", () => {
  const { pipeline, problems } = parse([
    { name: "a", task: "a.py", group: "two" },
    { group: "one", steps: [{ name: "b", task: "b.py" }] },
    { name: "c", task: "c.py" },
    { group: "two", steps: [{ name: "d", task: "d.py" }] },
    { group: "none", steps: null },
  ]);
  deepEqual(problems, []);
  deepEqual(pipeline.steps.map(({ name, group }) => [name, group]), [
    ["a", "two"],
    ["b", "one"],
    ["c", undefined],
    ["d", "two"],
  ]);
  deepEqual(pipeline.groups, ["two", "one", "none"]);
  deepEqual(pipeline.steps[1].at, ["pipeline", 1, "steps", 0]);
});

Deno.test("parseSteps() refuses groups without a name, without steps, of no list and in groups", () => {
  deepEqual(found([{ steps: [] }]), [["error", "missing-key", "0"]]);
  deepEqual(found([{ group: "g" }]), [["error", "missing-key", "0"]]);
  deepEqual(found([{ group: "g", multi_pass: { count: 1 } }]), [["error", "missing-key", "0"]]);
  deepEqual(found([{ group: "g", steps: {} }]), [["error", "not-a-list", "0/steps"]]);
  deepEqual(found([{ group: [], steps: [] }]), [["error", "not-a-text", "0/group"]]);
  deepEqual(found([{ group: "g", steps: [{ group: "h", steps: [] }] }]), [["error", "nested-group", "0/steps/0"]]);
});

Deno.test("parseSteps() warns of step keys on a group, and of a group inside another", () => {
  deepEqual(found([{ group: "g", disabled: true, stps: [], steps: [{ name: "a", task: "a.py", group: "h" }] }]), [
    ["warning", "no-effect", "0/disabled"],
    ["warning", "unknown-key", "0/stps"],
    ["warning", "no-effect", "0/steps/0/group"],
  ]);
});

Deno.test("parseSteps() knows three kinds and offers the nearest", () => {
  const { problems } = parse([{ name: "a", kind: "swich" }, { name: "b", kind: "loop" }, { name: "c", kind: [] }]);
  deepEqual(problems.map(({ code, hint }) => [code, hint]), [
    ["unknown-kind", "did you mean 'switch'?"],
    ["unknown-kind", "known are task, condition, switch"],
    ["not-a-text", undefined],
  ]);
});

Deno.test("parseTask() lets task win over script and takes an empty one for absent", () => {
  equal(task({ script: "b.py" }).task, "a.py");
  equal(task({ task: "", script: "b.py" }).task, "b.py");
  equal(task({ task: null, script: "b.py" }).task, "b.py");
});

Deno.test("parseTask() takes numbers in inputs and outputs for text and refuses lists and maps", () => {
  deepEqual([...task({ inputs: { x: 5, y: new Float(50) }, outputs: { "-o": 7 } }).inputs.values()], ["5", "50.0"]);
  deepEqual(found([{ name: "a", task: "a.py", inputs: { x: [] }, outputs: { "-o": {} } }]), [
    ["error", "not-a-text", "0/inputs/x"],
    ["error", "not-a-text", "0/outputs/-o"],
  ]);
  deepEqual(found([{ name: "a", task: "a.py", inputs: ["x"], args: 5 }]), [
    ["error", "not-a-map", "0/inputs"],
    ["error", "not-a-map", "0/args"],
  ]);
});

Deno.test("parseTask() leaves an input without a value out, with a warning", () => {
  const { pipeline, problems } = parse([{ name: "a", task: "a.py", inputs: { x: null, y: "b" } }]);
  deepEqual(problems.map(({ level, code }) => [level, code]), [["warning", "empty-value"]]);
  const [step] = pipeline.steps;
  deepEqual(step.kind === "task" && [...step.inputs], [["y", "b"]]);
});

Deno.test("parseTask() needs both ends of a loop", () => {
  const loop = { over: "$in", into: "$out", filter: "*.txt", parallel: false };
  deepEqual(task({ loop }).loop, loop);
  deepEqual(task({ loop: null }).loop, undefined);
  deepEqual(found([{ name: "a", task: "a.py", loop: {} }]), [
    ["error", "missing-key", "0/loop"],
    ["error", "missing-key", "0/loop"],
  ]);
  deepEqual(found([{ name: "a", task: "a.py", loop: { over: [], into: "x", parallel: 1, filtr: "*" } }]), [
    ["warning", "unknown-key", "0/loop/filtr"],
    ["error", "not-a-text", "0/loop/over"],
    ["error", "not-a-boolean", "0/loop/parallel"],
  ]);
  deepEqual(found([{ name: "a", task: "a.py", loop: true }]), [["error", "not-a-map", "0/loop"]]);
});

Deno.test("parseTask() takes YAML booleans only for optional and disabled", () => {
  const step = task({ optional: true, disabled: true });
  deepEqual([step.optional, step.disabled], [true, true]);
  deepEqual(found([{ name: "a", task: "a.py", optional: "true", disabled: 1 }]), [
    ["error", "not-a-boolean", "0/optional"],
    ["error", "not-a-boolean", "0/disabled"],
  ]);
});

Deno.test("parseTask() reads what makes a run robust", () => {
  const step = task({
    timeout: "1h30m",
    retries: { attempts: 3, delay: "500ms", backoff: "exponential" },
    env: { A: 1, B: true, C: "x" },
    secrets: ["A"],
    cwd: "sub",
    deps: "lib.py",
    when: "epochs > 5",
    resources: { gpu: 1 },
    continue_on_error: true,
    atomic: true,
    sandbox: false,
  }, { execution: { resources: { gpu: 2 } } });
  equal(step.timeoutMs, 5_400_000);
  deepEqual(step.retry, { attempts: 3, delayMs: 500, backoff: "exponential" });
  deepEqual([...step.env], [["A", "1"], ["B", "True"], ["C", "x"]]);
  deepEqual([step.secrets, step.cwd, step.deps, step.when], [["A"], "sub", ["lib.py"], "epochs > 5"]);
  deepEqual([...step.resources], [["gpu", 1]]);
  deepEqual([step.continueOnError, step.atomic], [true, true]);
});

Deno.test("parseTask() reads what a step in a sandbox may do", () => {
  equal(task({ sandbox: false }).sandbox, undefined);
  deepEqual(task({ sandbox: true }).sandbox, { write: [], hosts: [] });
  const sandbox = { write: "cache", hosts: ["pypi.org", "*.example.org:8080"], memory: "1.5g" };
  const { hosts } = sandbox;
  deepEqual(task({ sandbox }).sandbox, { write: ["cache"], hosts, memoryBytes: 1.5 * 1024 ** 3 });
  deepEqual(task({ sandbox: { memory: 33554432 } }).sandbox, { write: [], hosts: [], memoryBytes: 33554432 });
});

Deno.test("parseTask() refuses a sandbox of which nobody knows what it would be", () => {
  deepEqual(found([{ name: "a", task: "a.py", sandbox: "true" }]), [["error", "not-a-boolean", "0/sandbox"]]);
  const sandbox = { write: [""], hosts: ["0x7f.1", "a b"], memory: "much" };
  deepEqual(found([{ name: "a", task: "a.py", sandbox }]), [
    ["error", "empty-value", "0/sandbox/write"],
    ["error", "invalid-host", "0/sandbox/hosts"],
    ["error", "invalid-host", "0/sandbox/hosts"],
    ["error", "invalid-memory", "0/sandbox/memory"],
  ]);
  deepEqual(found([{ name: "a", task: "a.py", sandbox: { host: "a.org" } }]), [
    ["warning", "unknown-key", "0/sandbox/host"],
  ]);
});

Deno.test("parseTask() refuses resources that can never be had", () => {
  const rest = { execution: { resources: { gpu: 2 } } };
  deepEqual(found([{ name: "a", task: "a.py", resources: { gpu: 3, gpuu: 1, cpu: "x" } }], rest), [
    ["error", "not-a-number", "0/resources/cpu"],
    ["error", "resource-exceeded", "0/resources/gpu"],
    ["error", "unknown-resource", "0/resources/gpuu"],
  ]);
});

Deno.test("parseTask() finds a condition that has no grammar", () => {
  deepEqual(found([{ name: "a", task: "a.py", when: "epochs >" }]), [["error", "when-invalid", "0/when"]]);
  deepEqual(found([{ name: "a", task: "a.py", when: ["x"] }]), [["error", "not-a-text", "0/when"]]);
  equal(task({ when: true }).when, "True");
});

Deno.test("parseTask() refuses variables and lists that are none", () => {
  deepEqual(found([{ name: "a", task: "a.py", env: { "A=B": "x" }, secrets: {}, deps: [["x"]], cwd: [] }]), [
    ["error", "invalid-variable", "0/env/A=B"],
    ["error", "not-a-list", "0/secrets"],
    ["error", "not-a-text", "0/cwd"],
    ["error", "not-a-list", "0/deps"],
  ]);
});

Deno.test("checkEntryKeys() offers the key that was meant and names those of other kinds", () => {
  const { problems } = parse([
    { name: "a", task: "a.py", ouputs: {}, outptus: { "-o": "x" }, my_notes: 1, predicate: "exists" },
    { name: "c", kind: "condition", predicate: "exists", timeout: 5, outputs: {} },
  ]);
  deepEqual(problems.map(({ level, code, hint, path }) => [level, code, hint, path?.at(-1)]), [
    ["warning", "unknown-key", "did you mean 'outputs'?", "ouputs"],
    ["warning", "unknown-key", "did you mean 'outputs'?", "outptus"],
    ["warning", "no-effect", "add 'kind: condition'", "predicate"],
    ["warning", "no-effect", undefined, "timeout"],
  ]);
});
