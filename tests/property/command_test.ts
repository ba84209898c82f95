import { deepStrictEqual as deepEqual } from "node:assert/strict";
import fc from "fast-check";
import { commandVector, iterationBinding, resolveTask } from "../../core/graph/command.ts";
import { parsePipeline } from "../../core/graph/parse/mod.ts";
import type { Pipeline, TaskStep } from "../../core/graph/pipeline.ts";
import type { Bindings } from "../../core/graph/resolve.ts";
import { readYaml } from "../../core/yaml/read.ts";
import { LOOP_ITEM, type OriginalVectors, originalVectors } from "../support/original_vectors.ts";

const ENV = { A_X: "envdir", B2: "/envabs", EMPTY: "" };
const DATA = ["a", "b", "c.d", "ü", "g h"];
const PARAMETERS = ["p", "q", "a"];
const SHOTS = 400;

type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/** A float, written so that YAML 1.1 takes it for one. */
class Written {
  constructor(readonly text: string) {}
}

const part = fc.constantFrom("x", "y.csv", ".", "..", "", ".z", "w.tar.gz", "v v", "${A_X}", "é", "{i}");
const path = fc.oneof(
  fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/")).filter((text) => text !== ""),
  fc.constantFrom("/abs/q", "${B2}/z", "out/{i}.png", "d/", "./x", "//two", "///three/"),
);
const float = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => new Written(floatText(value)));
const scalar = fc.oneof(
  fc.integer({ min: -5, max: 2_000_000 }),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom("", "text", "on call", "${A_X}!", "a$b", "it's", "é", "${not env}", "-5", "yes"),
  fc.constantFrom<Plain>(["a", 1, true, null], { k: "v", n: 1 }),
  float,
);
const data = fc.constantFrom(...DATA).map((key) => `$${key}`);
const parameter = fc.constantFrom(...PARAMETERS).map((key) => `$${key}`);
const place = fc.oneof(data, parameter, path);

function some<T>(keys: readonly string[], value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> {
  const pairs = fc.uniqueArray(fc.tuple(fc.constantFrom(...keys), value), { maxLength: 3, selector: ([key]) => key });
  return pairs.map((list) => Object.fromEntries(list));
}

const plain = {
  task: fc.constantFrom("tasks/t.py", "./t.py", "/abs/t.py", "${A_X}//t.py", "../t.py"),
  inputs: some(["i", "j", "k"], place),
  outputs: some(["-o", "--out", "-p"], place),
  args: some(["--x", "--y", "z", "-w"], fc.oneof(data, parameter, scalar)),
};
const looping = {
  ...plain,
  inputs: some(["i", "j"], fc.oneof(fc.constant("$loop_item"), place)),
  outputs: some(["-o"], fc.oneof(fc.constant("$loop_output"), place)),
  args: some(["--x", "--y"], fc.oneof(fc.constantFrom("$loop_item", "$loop_output"), scalar)),
  loop: fc.record({ over: place, into: place }),
};
const repeated = {
  ...plain,
  outputs: some(["-o", "--out"], data),
  args: some(["--x", "--y"], fc.oneof(fc.constant("$lr"), data, parameter, scalar)),
};

const entries = some(DATA, fc.oneof(path, fc.record({ path, type: fc.constant("csv") }))).map((given) => ({
  ...Object.fromEntries(DATA.map((key) => [key, "plain.txt"])),
  ...given,
}));
const parameters = some(PARAMETERS, scalar).map((given) => ({ p: 1, q: "two", a: 3, ...given }));

/** Entries that lie in one written before them, so that no chain closes. */
const nested = fc.tuple(entries, fc.array(fc.option(fc.nat()), { minLength: DATA.length, maxLength: DATA.length })).map(
  ([given, containers]) =>
    Object.fromEntries(
      Object.entries(given).map(([key, entry], i, all) => {
        const container = containers[i];
        if (container === null || i === 0) return [key, entry];
        const at = typeof entry === "string" ? { path: entry } : entry;
        return [key, { ...at, nested_in: `$${all[container % i][0]}` }];
      }),
    ),
);

const flat = fc.record({
  data: nested,
  parameters,
  pipeline: fc.array(fc.oneof(fc.record(plain), fc.record(looping)), { minLength: 1, maxLength: 5 }).map(named("s")),
});

// The original forgets containers inside groups, so that is left out here.
const grouped = fc.record({
  data: entries,
  parameters,
  schedule: fc.array(fc.record({ lr: fc.oneof(scalar, parameter, data) }), { minLength: 1, maxLength: 3 }),
  steps: fc.array(fc.record(repeated), { minLength: 1, maxLength: 3 }).map(named("g")),
  fed: fc.nat(),
  target: fc.constantFrom("i", "--x", "--new"),
}).map(({ data, parameters, schedule, steps, fed, target }) => {
  const source = steps[fed % steps.length];
  const flags = Object.keys(source.outputs);
  const feedback = flags.length === 0 ? {} : { [`${source.name}.${flags[0]}`]: `${steps[0].name}.${target}` };
  return { data, parameters, pipeline: [{ group: "refine", multi_pass: { schedule, feedback }, steps }] };
});

function named(prefix: string): <T>(steps: readonly T[]) => (T & { readonly name: string })[] {
  return (steps) => steps.map((step, i) => ({ name: `${prefix}${i}`, ...step }));
}

/** JSON, which is YAML too. */
function yamlText(value: unknown): string {
  if (value instanceof Written) return value.text;
  if (Array.isArray(value)) return `[${value.map(yamlText).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${yamlText(item)}`).join(", ")}}`;
}

function floatText(value: number): string {
  const [digits, exponent] = (Object.is(value, -0) ? "-0" : String(value)).split("e");
  const mantissa = digits.includes(".") ? digits : `${digits}.0`;
  return exponent === undefined
    ? mantissa
    : `${mantissa}e${exponent.startsWith("-") ? exponent : `+${exponent.replace("+", "")}`}`;
}

function ourVectors(text: string, base: string): OriginalVectors {
  const file = `${base}/p.yml`;
  const { pipeline, problems } = parsePipeline(readYaml(text, file).value, file);
  deepEqual(problems.filter((problem) => problem.level === "error"), [], text);
  const tasks: Record<string, readonly string[]> = {};
  const groups: Record<string, readonly (readonly (readonly string[])[])[]> = {};
  for (const step of pipeline.steps) {
    if (step.kind === "task") {
      tasks[step.name] = words(pipeline, step, step.loop === undefined ? {} : { loop: LOOP_ITEM });
    }
    if (step.kind !== "repeated") continue;
    groups[step.name] = step.iterations.map((_, iteration) => {
      const bindings = { iteration: iterationBinding(pipeline, step, { env: ENV, iteration }) };
      return step.steps.map((inner) => words(pipeline, inner, bindings));
    });
  }
  return { tasks, groups };
}

function words(pipeline: Pipeline, step: TaskStep, bindings: Bindings): readonly string[] {
  return commandVector(resolveTask(pipeline, step, { env: ENV, bindings }), { launcher: [""] }).slice(1);
}

async function compare(documents: readonly unknown[]): Promise<void> {
  const texts = documents.map(yamlText);
  const { base, pipelines } = await originalVectors(texts, ENV);
  // The text is compared with itself, so that a failure shows it.
  const ours = texts.map((text) => ({ text, ...ourVectors(text, base) }));
  deepEqual(ours, pipelines.map((theirs, i) => ({ text: texts[i], ...theirs })));
}

Deno.test("commandVector() gives the words of loom-pipeline 0.7.0 for tasks and loops", async () => {
  await compare(fc.sample(flat, SHOTS));
});

Deno.test("commandVector() gives the words of loom-pipeline 0.7.0 for every iteration of a group", async () => {
  await compare(fc.sample(grouped, SHOTS));
});
