import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { pipelineOf, type Plain } from "../../tests/support/pipeline_of.ts";
import { dependencies } from "./dependencies.ts";
import { canonicalText, interpolatedNames, renamedText } from "./interpolation.ts";
import { iterationBinding, resolveTask } from "./command.ts";
import type { RepeatedStep, TaskStep } from "./pipeline.ts";
import { resolveData, resolveText } from "./resolve.ts";
import { Float } from "../yaml/value.ts";
import { applyOverrides } from "./parse/override.ts";
import { circleProblems } from "./circles.ts";
import { whenValues } from "./when_values.ts";

const ENV = { HOME: "/h", TRICK: "${lr} $$ $raw" };

const PIPELINE = pipelineOf({
  version: 2,
  data: {
    dir: "out/${tag}",
    raw: "${env:HOME}/raw.csv",
    model: { path: "${dir}/m.bin" },
    inside: { path: "n/${lr}.txt", nested_in: "$dir" },
    site: "https://x.org/${lr}",
    price: "a$$5/$raw",
    lost: "${nope}/x",
  },
  parameters: {
    lr: new Float(0.1),
    flag: true,
    tag: "run-${lr}",
    same: "${lr}",
    list: ["${lr}", "${tag}", 2],
    file: "${raw}",
    trick: "${env:TRICK}",
    dollar: "$lr",
    a: "${b}",
    b: "x${a}",
  },
  pipeline: [
    { name: "ask", kind: "condition", predicate: "param", inputs: { data: "${flag}" } },
    { name: "route", kind: "switch", condition: "${ask}", data: "${dir}/x.csv" },
  ],
});

const arg = (text: string) => resolveText(PIPELINE, text, { env: ENV, role: "arg" });
const input = (text: string) => resolveText(PIPELINE, text, { env: ENV, role: "input" });
const valueOf = (text: string) => {
  const found = arg(text);
  return found.kind === "value" ? found.value : found;
};

/** A text as a step of the file would have it. */
function written(text: string): string {
  const made = canonicalText(text, { isReference: true });
  return "ok" in made ? made.ok : made.fault;
}

Deno.test("canonicalText() keeps dollars apart from names and turns whole names into references", () => {
  const cases: Readonly<Record<string, string>> = {
    "a$$b": "a${$}b",
    "$$name": "${$}name",
    "$$$name": "${$}$name",
    "${ lr }": "$lr",
    "x${lr}": "x${lr}",
    "${env:A}": "${env:A}",
    "$name": "$name",
    "a$x": "a$x",
    "$${lr}": "${$}{lr}",
    "5$": "5$",
    "${a${b}}": "nested",
    "x${y": "unclosed",
    "${ }": "empty",
    "${env:}": "empty",
  };
  for (const [text, made] of Object.entries(cases)) equal(written(text), made, text);
  deepEqual(canonicalText("$name", { isReference: false }), { ok: "${$}name" });
  deepEqual(interpolatedNames("${a}${$}${env:B}${a}-${c/d}"), ["a", "c/d"]);
  equal(renamedText("${a}-${env:a}-${$}", (name) => `p/${name}`, { isReference: true }), "${p/a}-${env:a}-${$}");
  equal(renamedText("$a", (name) => `p/${name}`, { isReference: true }), "$p/a");
});

Deno.test("resolveText() puts names into longer texts as Python prints them, and keeps types of whole ones", () => {
  equal(valueOf(written("${tag}/${flag}-${env:HOME}")), "run-0.1/True-/h");
  deepEqual(valueOf(written("${lr}")), new Float(0.1));
  deepEqual(valueOf(written("${same}")), new Float(0.1));
  deepEqual(valueOf(written("$list")), [new Float(0.1), "run-0.1", 2]);
  equal(valueOf(written("$$name")), "$name");
  equal(valueOf(written("$$$name ${dollar}")), "$$name $lr");
  equal(valueOf(written("${trick}")), "${lr} $$ $raw");
  deepEqual(arg(written("${file}")), { kind: "path", path: "/h/raw.csv", key: "raw" });
});

Deno.test("resolveText() puts paths in absolute in args, and as they are written in paths", () => {
  equal(valueOf(written("--glob=${dir}/*.csv")), "--glob=/w/out/run-0.1/*.csv");
  const found = input(written("${dir}/x"));
  deepEqual(found.kind === "value" && found.value, "out/run-0.1/x");
  deepEqual("uses" in found && [...found.uses!.names], ["dir"]);
  deepEqual("uses" in found && [...found.uses!.parameters], [["lr", "0.1"]]);
  const path = (key: string) => {
    const found = resolveData(PIPELINE, key, ENV);
    return found.kind === "path" ? found.path : found.kind === "url" ? found.url : found;
  };
  equal(path("model"), "/w/out/run-0.1/m.bin");
  equal(path("inside"), "/w/out/run-0.1/n/0.1.txt");
  equal(path("site"), "https://x.org/0.1");
  equal(path("price"), "/w/a$5/$raw");
});

Deno.test("resolveText() says what a text cannot be put together of, and in what", () => {
  const env = { ...ENV, nope: "1" };
  deepEqual(resolveText(PIPELINE, "x${lrr}", { env: {} }), {
    kind: "unknown",
    name: "lrr",
    between: { isVariable: false },
  });
  deepEqual(resolveText(PIPELINE, "$lost", { env }), {
    kind: "unknown",
    name: "nope",
    between: { isVariable: true },
    key: "lost",
  });
  deepEqual(resolveText(PIPELINE, "x${env:GONE}", { env }), { kind: "unset", variable: "GONE" });
  deepEqual(resolveText(PIPELINE, "x${a}", { env }).kind, "circle");
  deepEqual(resolveText(PIPELINE, "x${loop_item}", { env }), { kind: "loop", name: "loop_item" });
  deepEqual(resolveText(PIPELINE, "x${sweep.id}", { env }), { kind: "sweep", name: "sweep.id" });
  const loop = { item: "/in/a.txt", output: "/out/a.txt" };
  const bound = resolveText(PIPELINE, "x${loop_item}", { env, bindings: { loop } });
  equal(bound.kind === "value" && bound.value, "x/in/a.txt");
});

Deno.test("circleProblems() tells circles of parameters and data once each, at their last link", () => {
  deepEqual(circleProblems(PIPELINE).map(({ message, path }) => [message.split(": ")[1], path]), [
    ["a → b → a", ["parameters", "b"]],
  ]);
  const own = pipelineOf({
    version: 2,
    data: { x: "${y}", y: { path: "a", nested_in: "$x" } },
    parameters: { p: "${p}" },
  });
  deepEqual(circleProblems(own).map(({ message }) => message.split(": ")[1]), ["p → p", "x → y → x"]);
  deepEqual(circleProblems({ ...own, version: 1 }), []);
});

Deno.test("applyOverrides() reads values as the file does", () => {
  const given = (parameters: Record<string, string>) =>
    applyOverrides(PIPELINE, {
      parameters: new Map(Object.entries(parameters)),
      data: new Map([["raw", "${tag}.csv"]]),
    });
  const { pipeline, problems } = given({ lr: "$$1", tag: "t${lr}" });
  deepEqual(problems, []);
  const found = resolveText(pipeline, "${tag}", { env: ENV, role: "arg" });
  equal(found.kind === "value" && found.value, "t$1");
  const data = resolveData(pipeline, "raw", ENV);
  equal(data.kind === "path" && data.path, "/w/t$1.csv");
  deepEqual(given({ lr: "${x" }).problems.map(({ level, code }) => [level, code]), [[
    "error",
    "invalid-interpolation",
  ]]);
});

Deno.test("whenValues() gives parameters with everything put in", () => {
  const values = whenValues(PIPELINE, "any", ENV);
  deepEqual([values.get("tag"), values.get("same")], ["run-0.1", new Float(0.1)]);
});

const step = (name: string, rest: { readonly [key: string]: Plain }) => ({ name, task: "t.py", ...rest });

Deno.test("dependencies() follow data that is put into texts, folders and parameters", () => {
  const pipeline = pipelineOf({
    version: 2,
    data: { dir: "out", deep: "${dir}/a/b.csv", other: "o.csv" },
    parameters: { glob: "${dir}/*.csv" },
    pipeline: [
      step("make", { outputs: { "--o": "${dir}" } }),
      step("other", { outputs: { "--o": "$other" } }),
      step("entry", { inputs: { x: "$deep" } }),
      step("text", { inputs: { x: "${dir}/c.csv" } }),
      step("arg", { args: { "--g": "x=${dir}" } }),
      step("parameter", { args: { "--g": "$glob" } }),
      step("list", { args: { "--g": ["${other}"] } }),
      step("dep", { deps: ["${dir}/d.csv"] }),
      step("none", { args: { "--g": "$$dir" } }),
    ],
  });
  const after = Object.fromEntries([...dependencies(pipeline, {})].map(([name, waits]) => [name, [...waits]]));
  deepEqual(after, {
    ...{ make: [], other: [], entry: ["make"], text: ["make"], arg: ["make"], parameter: ["make"] },
    ...{ list: ["other"], dep: ["make"], none: [] },
  });
});

Deno.test("resolveTask() puts values into settings, tells parameters used and what is read", () => {
  const pipeline = pipelineOf({
    version: 2,
    data: { dir: "in" },
    parameters: { n: 3, t: "t${n}" },
    pipeline: [step("a", {
      task: "steps/${t}.py",
      outputs: { "--o": "out/${n}.txt" },
      args: { "--d": "${dir}/*" },
      env: { N: "${n}", D: "${dir}" },
      cwd: "run/${n}",
      deps: ["x/${t}"],
    })],
  });
  const task = resolveTask(pipeline, pipeline.steps[0] as TaskStep, { env: ENV });
  equal(task.script, "/w/steps/t3.py");
  equal(task.outputs[0].path, "/w/out/3.txt");
  deepEqual(task.settings?.env, new Map([["N", "3"], ["D", "/w/in"]]));
  deepEqual([task.settings?.cwd, task.settings?.deps], ["run/3", ["x/t3"]]);
  deepEqual([...task.parameters!], [["n", "3"]]);
  deepEqual(task.reads, ["/w/in"]);
});

Deno.test("iterationBinding() moves what lies in a produced folder, and values of an iteration come first in args", () => {
  const pipeline = pipelineOf({
    version: 2,
    data: { dir: "o/${name}", in_dir: "${dir}/m.bin" },
    parameters: { name: "g.npz", lr: 1 },
    pipeline: [{
      group: "refine",
      multi_pass: { schedule: [{ lr: 5, tag: "i${lr}" }] },
      steps: [step("fit", {
        outputs: { "--o": "$dir" },
        args: { "--lr": "lr=${lr}", "--tag": "$tag", "--m": "m=${in_dir}" },
      })],
    }],
  });
  const group = pipeline.steps[0] as RepeatedStep;
  const binding = iterationBinding(pipeline, group, { env: {}, iteration: 0 });
  deepEqual([...binding.paths], [["dir", "/w/o/g_iter0.npz"], ["in_dir", "/w/o/g_iter0.npz/m.bin"]]);
  const task = resolveTask(pipeline, group.steps[0], { env: {}, bindings: { iteration: binding } });
  deepEqual(task.args.map(({ words }) => words[1]), ["lr=5", "i5", "m=/w/o/g_iter0.npz/m.bin"]);
});

Deno.test("resolveText() answers for texts that name others twice, and refuses those that grow beyond measure", () => {
  const chain = (first: string) =>
    pipelineOf({
      version: 2,
      parameters: Object.fromEntries(
        Array.from({ length: 60 }, (_, i) => [`p${i}`, i === 0 ? first : `\${p${i - 1}}\${p${i - 1}}`]),
      ),
    });
  const empty = resolveText(chain(""), "${p59}", { env: {}, role: "arg" });
  equal(empty.kind === "value" && empty.value, "");
  equal(resolveText(chain("x"), "-${p59}", { env: {}, role: "arg" }).kind, "long");
  const bindings = { loop: { item: "/a", output: "/b" } };
  equal(resolveText(chain("x"), "-${p59}${loop_item}", { env: {}, bindings, role: "arg" }).kind, "long");
});
