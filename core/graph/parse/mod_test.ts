import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { type Plain, toValue } from "../../../tests/support/pipeline_of.ts";
import { parsePipeline } from "./mod.ts";
import { Float, Timestamp } from "../../yaml/value.ts";

const FILE = "/w/pipeline.yml";

function parse(literal: unknown) {
  return parsePipeline(toValue(literal as Plain), FILE);
}

/** Level, code and path of everything that is noticed. */
function found(literal: unknown): unknown[] {
  return parse(literal).problems.map(({ level, code, path }) => [level, code, path?.join("/")]);
}

Deno.test("parsePipeline() takes an empty file for an empty pipeline", () => {
  const { pipeline, problems } = parse(null);
  deepEqual(problems, []);
  deepEqual(pipeline, {
    file: FILE,
    baseDir: "/w",
    version: 1,
    data: new Map(),
    parameters: new Map(),
    steps: [],
    groups: [],
    execution: { parallel: false, cache: false, resources: new Map() },
    outputDir: "output",
    metrics: [],
    matrix: undefined,
  });
});

Deno.test("parsePipeline() takes null sections for absent ones", () => {
  const sections = ["data", "parameters", "pipeline", "execution", "variables", "output_dir", "version", "layout"];
  const { pipeline, problems } = parse(Object.fromEntries(sections.map((key) => [key, null])));
  deepEqual(problems, []);
  deepEqual(pipeline, parse(null).pipeline);
});

Deno.test("parsePipeline() refuses a file that is no map", () => {
  for (const root of [[], "text", 5, true, new Float(1)]) deepEqual(found(root), [["error", "not-a-map", ""]]);
  equal(parse([]).problems[0].message, "Pipeline: the file must be a map, not a list");
});

Deno.test("parsePipeline() reads a whole file in order", () => {
  const { pipeline, problems } = parse({
    data: { clips: "media/clips.csv", out: { path: "build/report.json", type: "json" } },
    parameters: { rate: new Float(2), quiet: true, tag: "on-call", nothing: null, list: [1] },
    pipeline: [{
      name: "report",
      task: "steps/report.py",
      inputs: { table: "$clips" },
      outputs: { "--to": "$out" },
      args: { "--rate": "$rate", "--draft": false, "--none": null },
    }],
    execution: { parallel: true, max_workers: 3, python: "py", cache: true, resources: { gpu: 2 } },
    output_dir: "made",
  });
  deepEqual(problems, []);
  deepEqual([...pipeline.data.keys()], ["clips", "out"]);
  deepEqual([...pipeline.parameters], [...pipeline.parameters.entries()]);
  deepEqual([...pipeline.parameters.keys()], ["rate", "quiet", "tag", "nothing", "list"]);
  const resources = new Map([["gpu", 2]]);
  deepEqual(pipeline.execution, { parallel: true, maxWorkers: 3, python: "py", cache: true, resources });
  equal(pipeline.outputDir, "made");
  const [step] = pipeline.steps;
  ok(step.kind === "task");
  deepEqual([...step.inputs], [["table", "$clips"]]);
  deepEqual([...step.outputs], [["--to", "$out"]]);
  deepEqual([...step.args], [["--rate", "$rate"], ["--draft", false], ["--none", null]]);
  deepEqual(step.at, ["pipeline", 0]);
});

Deno.test("parsePipeline() finds sections of the wrong kind", () => {
  deepEqual(found({ data: [], parameters: 5, pipeline: {}, execution: "x", variables: [] }), [
    ["error", "not-a-map", "execution"],
    ["error", "not-a-list", "pipeline"],
    ["error", "not-a-map", "variables"],
    ["error", "not-a-map", "data"],
    ["error", "not-a-map", "parameters"],
  ]);
});

Deno.test("parsePipeline() accepts workers from 0 and refuses others", () => {
  equal(parse({ execution: { max_workers: 0 } }).pipeline.execution.maxWorkers, undefined);
  for (const workers of [-1, "four", new Float(2), true, []]) {
    deepEqual(found({ execution: { max_workers: workers } }), [["error", "invalid-workers", "execution/max_workers"]]);
  }
});

Deno.test("parsePipeline() warns of mistyped keys and lets a person's own be", () => {
  const { problems } = parse({ pipline: [], "x-notes": 1, execution: { paralel: true }, data: { a: { pth: "x" } } });
  deepEqual(problems.map(({ code, hint, atKey }) => [code, hint, atKey]), [
    ["unknown-key", "did you mean 'pipeline'?", true],
    ["unknown-key", "did you mean 'parallel'?", true],
    ["unknown-key", "did you mean 'path'?", true],
  ]);
});

Deno.test("parsePipeline() knows the versions 1 and 2 and no other", () => {
  equal(parse({ version: 2 }).pipeline.version, 2);
  deepEqual(found({ version: 2 }), []);
  for (const version of [3, 0, "1", new Float(1), true]) {
    deepEqual(found({ version }), [["error", "invalid-version", "version"]]);
  }
});

Deno.test("parsePipeline() reads what is to be included and refuses what cannot be", () => {
  const { pipeline, problems } = parse({
    include: ["prep/pipeline.yml", { file: "a.yml", prefix: "x/y", parameters: { lr: 1 }, data: { raw: "$b" } }],
  });
  deepEqual(problems, []);
  deepEqual(pipeline.includes?.map(({ file, prefix, at }) => [file, prefix, at]), [
    ["prep/pipeline.yml", "prep", ["include", 0]],
    ["a.yml", "x/y", ["include", 1]],
  ]);
  deepEqual(pipeline.includes?.[1].data, new Map([["raw", "$b"]]));
  equal(parse({ include: "../b.yml" }).pipeline.includes?.[0].prefix, "b");
  equal(parse({ include: { file: "b.yml", prefix: "" } }).pipeline.includes?.[0].prefix, "");
  deepEqual(found({ include: [1, { prefix: "a" }, { file: "b.yml", prefix: "a//b" }, "c d.yml"] }), [
    ["error", "not-a-map", "include/0"],
    ["error", "missing-key", "include/1"],
    ["error", "invalid-prefix", "include/2/prefix"],
    ["error", "invalid-prefix", "include/3"],
  ]);
  deepEqual(found({ pipeline: [{ name: "a", task: "a.py", include: "b.yml" }] }), [
    ["warning", "no-effect", "pipeline/0/include"],
  ]);
});

Deno.test("parsePipeline() refuses miswritten interpolation under version 2, wherever it stands", () => {
  const literal = {
    version: 2,
    data: { a: "x/${name.csv", b: { path: "${a${b}}" } },
    parameters: { p: ["${}"], q: "$$ $ ${fine}" },
    pipeline: [{ name: "s", script: "${s.py", args: { "--a": ["$$5", "${env:}"] }, env: { A: "${" } }],
    layout: { s: "${kept" },
  };
  deepEqual(found(literal), [
    ["error", "invalid-interpolation", "data/a"],
    ["error", "invalid-interpolation", "data/b/path"],
    ["error", "invalid-interpolation", "parameters/p/0"],
    ["error", "invalid-interpolation", "pipeline/0/script"],
    ["error", "invalid-interpolation", "pipeline/0/args/--a/1"],
    ["error", "invalid-interpolation", "pipeline/0/env/A"],
  ]);
  deepEqual(found({ ...literal, version: 1 }), []);
});

Deno.test("parsePipeline() takes dates and numbers for texts where texts are meant", () => {
  const { pipeline, problems } = parse({
    data: { a: 5, b: { path: new Timestamp("2024-01-02", "datetime.date(2024, 1, 2)") } },
    output_dir: 7,
  });
  deepEqual(problems, []);
  equal(pipeline.data.get("a")?.path, "5");
  equal(pipeline.data.get("b")?.path, "2024-01-02");
  equal(pipeline.outputDir, "7");
});

Deno.test("parsePipeline() says where, what and the value seen", () => {
  const { problems } = parse({ pipeline: [{ name: "fit", task: "fit.py", optional: "yes" }] });
  const [{ message, hint, step }] = problems;
  equal(message, "Step 'fit': optional must be true or false, not 'yes'");
  match(hint ?? "", /without quotes/);
  equal(step, "fit");
});
