import { deepStrictEqual as deepEqual, match, strictEqual as equal } from "node:assert/strict";
import { pipelineOf, type Plain } from "../../tests/support/pipeline_of.ts";
import type { Problem } from "../errors.ts";
import { dependencies, outputClashes } from "./dependencies.ts";
import { preflight } from "./preflight.ts";

type Document = { readonly [key: string]: Plain };

interface Checked {
  readonly env?: Readonly<Record<string, string>>;
  readonly parallel?: boolean;
  readonly selected?: readonly string[];
}

function check(document: Document, { env = {}, parallel = false, selected }: Checked = {}): readonly Problem[] {
  const pipeline = pipelineOf(document);
  const steps = selected === undefined ? pipeline.steps : pipeline.steps.filter((step) => selected.includes(step.name));
  return preflight(pipeline, steps, {
    env,
    parallel,
    dependencies: dependencies(pipeline, env),
    clashes: outputClashes(pipeline, env),
  });
}

function briefly(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ level, code, path }) => `${level} ${code} ${path?.join(".")}`);
}

function step(content: Document, data: Document = {}, parameters: Document = {}): Document {
  return { data, parameters, pipeline: [{ name: "s", task: "t.py", ...content }] };
}

Deno.test("preflight() finds nothing wrong with a good pipeline", () => {
  const document = step(
    {
      inputs: { a: "$a", b: "rel", c: "${HOME}/x" },
      outputs: { "-o": "out/x" },
      args: { "--r": "$rate", "--n": 5 },
      when: "rate > 0",
    },
    { a: "a" },
    { rate: 1 },
  );
  deepEqual(check(document, { env: { HOME: "/me" } }), []);
});

Deno.test("preflight() finds all unknown references at once, with where they are and what was meant", () => {
  const problems = check(step(
    {
      inputs: { a: "$clip", b: "$clips/x.csv" },
      outputs: { "-o": "$nowhere_near" },
      args: { "--r": "$raet" },
    },
    { clips: "c" },
    { rate: 1 },
  ));
  deepEqual(briefly(problems), [
    "error unknown-reference pipeline.0.inputs.a",
    "error unknown-reference pipeline.0.inputs.b",
    "error unknown-reference pipeline.0.outputs.-o",
    "error unknown-reference pipeline.0.args.--r",
  ]);
  equal(problems[0].message, "Unknown reference '$clip', used by input 'a' of step 's'");
  equal(problems[0].hint, "did you mean '$clips'?");
  match(problems[1].hint ?? "", /nested_in/);
  equal(problems[2].hint, "add it to 'data' or 'parameters'");
  equal(problems[3].hint, "did you mean '$rate'?");
});

Deno.test("preflight() only warns of steps that will not run", () => {
  const document: Document = {
    pipeline: [{ name: "run", task: "t.py" }, { name: "rest", task: "t.py", inputs: { a: "$no" } }],
  };
  deepEqual(briefly(check(document, { selected: ["run"] })), ["warning unknown-reference pipeline.1.inputs.a"]);
});

Deno.test("preflight() says that loop_item belongs to loops", () => {
  const document = { pipeline: [{ name: "s", task: "t.py", inputs: { a: "$loop_item" } }] };
  const [problem] = check(document);
  equal(problem.code, "loop-reference-outside-loop");
  const loop = { inputs: { a: "$loop_item" }, outputs: { "-o": "$loop_output" }, loop: { over: "in", into: "out" } };
  deepEqual(check(step(loop)), []);
});

Deno.test("preflight() points unset variables at where they are written, once", () => {
  const problems = check({
    data: { a: "${NOPE}/a" },
    parameters: { p: "${ALSO}" },
    pipeline: [
      { name: "one", task: "t.py", inputs: { i: "$a" }, args: { "--p": "$p" } },
      { name: "two", task: "${GONE}/t.py", inputs: { i: "$a", j: "${NOPE}" } },
    ],
  });
  deepEqual(briefly(problems), [
    "error unset-variable data.a.path",
    "error unset-variable parameters.p",
    "error unset-variable pipeline.1.task",
    "error unset-variable pipeline.1.inputs.j",
  ]);
  equal(
    problems[0].message,
    "Environment variable 'NOPE' is not set (in data entry 'a'), used by input 'i' of step 'one'",
  );
});

Deno.test("preflight() makes a shared fault an error when any selected step has it", () => {
  const document = {
    data: { a: "${NOPE}" },
    pipeline: [
      { name: "one", task: "t.py", inputs: { i: "$a" } },
      { name: "two", task: "t.py", inputs: { i: "$a" } },
    ],
  };
  deepEqual(briefly(check(document, { selected: ["two"] })), ["error unset-variable data.a.path"]);
});

Deno.test("preflight() refuses empty paths, addresses as outputs and as loop folders", () => {
  const data = { empty: "", site: "https://x.org/a" };
  deepEqual(briefly(check(step({ inputs: { a: "$empty" }, outputs: { "-o": "$site" } }, data))), [
    "error empty-path data.empty.path",
    "error address-not-allowed pipeline.0.outputs.-o",
  ]);
  deepEqual(briefly(check(step({ loop: { over: "$site", into: "$site" } }, data))), [
    "error address-not-allowed pipeline.0.loop.over",
    "error address-not-allowed pipeline.0.loop.into",
  ]);
  deepEqual(briefly(check(step({ inputs: { a: "" } }))), ["warning empty-path pipeline.0.inputs.a"]);
  const document = { ...step({ inputs: { a: "$p" }, outputs: { "-o": "$p" } }), parameters: { p: "" } };
  deepEqual(briefly(check(document)), [
    "warning empty-path pipeline.0.inputs.a",
    "warning empty-path pipeline.0.outputs.-o",
  ]);
});

Deno.test("preflight() checks conditions, switches and their branches", () => {
  const problems = check({
    data: { a: "a" },
    parameters: { flag: true },
    pipeline: [
      { name: "ask", kind: "condition", predicate: "exists", inputs: { data: "" } },
      { name: "bare", kind: "condition", predicate: "exists", inputs: {} },
      { name: "route", kind: "switch", condition: "$aks", data: "$a" },
      { name: "fine", kind: "switch", condition: "$flag", data: "$a" },
      { name: "s", task: "t.py", inputs: { a: "$fine.then", b: "$fine.maybe", c: "$ask" } },
    ],
  });
  deepEqual(briefly(problems), [
    "error unconnected-input pipeline.0.inputs.data",
    "error unconnected-input pipeline.1.inputs",
    "error unknown-reference pipeline.2.condition",
    "error unknown-reference pipeline.4.inputs.b",
    "error unknown-reference pipeline.4.inputs.c",
  ]);
  match(problems[2].hint ?? "", /'\$ask'/);
  match(problems[3].hint ?? "", /fine\.then/);
  match(problems[4].hint ?? "", /only the 'condition' of a switch/);
});

Deno.test("preflight() checks every iteration of a repeated group once", () => {
  const document: Document = {
    data: { g: "g" },
    pipeline: [{
      group: "refine",
      multi_pass: { schedule: [{ lr: 1 }, { rate: 2 }], condition: { script: "s.py", inputs: { a: "$h" } } },
      steps: [{ name: "train", task: "t.py", outputs: { "-o": "$g" }, args: { "--lr": "$lr" } }],
    }],
  };
  deepEqual(briefly(check(document)), [
    "error unknown-reference pipeline.0.multi_pass.condition.inputs.a",
    "error unknown-reference pipeline.0.steps.0.args.--lr",
  ]);
});

Deno.test("preflight() refuses nested entries that leave their container", () => {
  const data = {
    imgs: { path: "imgs" },
    far: { path: "/far/0.png", nested_in: "$imgs" },
    up: { path: "../x", nested_in: "$imgs" },
    fine: { path: "0.png", nested_in: "$imgs" },
  };
  deepEqual(briefly(check(step({}, data))), [
    "error outside-container data.far.path",
    "error outside-container data.up.path",
  ]);
});

Deno.test("preflight() warns of a cycle, and refuses it in parallel", () => {
  const document = {
    data: { a: "a", b: "b" },
    pipeline: [
      { name: "one", task: "t.py", inputs: { i: "$b" }, outputs: { "-o": "$a" } },
      { name: "two", task: "t.py", inputs: { i: "$a" }, outputs: { "-o": "$b" } },
    ],
  };
  const [warning] = check(document);
  equal(warning.level, "warning");
  match(warning.message, /one → two → one/);
  equal(check(document, { parallel: true })[0].level, "error");
  deepEqual(check(document, { parallel: true, selected: ["one"] }), []);
});

Deno.test("preflight() warns of shared outputs among selected steps", () => {
  const document = {
    pipeline: ["a", "b", "c"].map((name) => ({ name, task: "t.py", outputs: { "-o": "x" } })),
  };
  const [problem] = check(document);
  equal(problem.message, "Steps 'a', 'b' and 'c' write the same output 'x'");
  deepEqual(check(document, { selected: ["a"] }), []);
});

Deno.test("preflight() warns of outputs outside the pipeline's folder that were not allowed", () => {
  const data = {
    far: "/far/x",
    ok: { path: "/ok", allow_outside_pipeline: true },
    in: { path: "y", nested_in: "$ok" },
  };
  const outputs = { "-a": "$far", "-b": "$ok", "-c": "$in", "-d": "../up", "-e": "a/../b" };
  deepEqual(briefly(check(step({ outputs }, data))), [
    "warning outside-pipeline pipeline.0.outputs.-a",
    "warning outside-pipeline pipeline.0.outputs.-d",
  ]);
});

Deno.test("preflight() refuses names that a when does not know", () => {
  const [problem] = check(step({ when: "epoch > 5" }, {}, { epochs: 3 }));
  equal(problem.code, "expression-invalid");
  deepEqual(problem.path, ["pipeline", 0, "when"]);
});

Deno.test("preflight() checks 10,000 steps with a mistake each", () => {
  const steps = Array.from(
    { length: 10_000 },
    (_, i) => ({ name: `s${i}`, task: "t.py", inputs: { a: `$wrong${i}` } }),
  );
  const data = Object.fromEntries(steps.map((_, i) => [`right${i}`, `r${i}`]));
  equal(check({ data, pipeline: steps }).length, 10_000);
});
