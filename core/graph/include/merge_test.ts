import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import type { Plain } from "../../../tests/support/pipeline_of.ts";
import { toValue } from "../../../tests/support/pipeline_of.ts";
import { resolveTask } from "../command.ts";
import { dependencies } from "../dependencies.ts";
import { parsePipeline } from "../parse/mod.ts";
import type { RepeatedStep, TaskStep } from "../pipeline.ts";
import { resolveData, resolveScript } from "../resolve.ts";
import { whenValues } from "../when_values.ts";
import { withIncludes } from "./merge.ts";
import { fileOfPlace } from "../place_in_file.ts";

type Files = { readonly [path: string]: { readonly [key: string]: Plain } };

function merge(files: Files, env: Readonly<Record<string, string>> = {}) {
  const read = (file: string) =>
    file in files
      ? parsePipeline(toValue(files[file]), file)
      : { failure: { message: `Included file not found: ${file}`, hint: "look" } };
  const [main] = Object.keys(files);
  const parsed = parsePipeline(toValue(files[main]), main);
  const { pipeline, problems } = withIncludes(parsed.pipeline, { env, read, realPath: (file) => file });
  return { pipeline, problems: [...parsed.problems, ...problems] };
}

const words = (problems: ReturnType<typeof merge>["problems"]) =>
  problems.map(({ level, code, path, file }) => [level, code, path?.join("/").replace("\0", "@"), file]);

const task = (name: string, rest: { readonly [key: string]: Plain } = {}) => ({ name, task: "tasks/t.py", ...rest });

const PREP: { readonly [key: string]: Plain } = {
  parameters: { lr: 1, path: "p.csv", home: "${HOME}" },
  data: { raw: "raw.csv", abs: "/abs.csv", box: "box", inner: { path: "i.csv", nested_in: "$box" }, env: "${ROOT}/e" },
  pipeline: [
    task("clean", {
      inputs: { a: "$raw", b: "plain.csv", c: "$path", d: "/x", e: "$inner", f: "$env" },
      outputs: { "--o": "$box" },
      args: {
        "--lr": "$lr",
        "--text": "plain.csv",
        "--home": "$home",
        "--literal": "a${ROOT}b",
        "--list": ["${HOME}"],
      },
      deps: ["d.txt", "${ROOT}"],
      when: "lr > 0",
    }),
    { name: "ask", kind: "condition", predicate: "exists", inputs: { data: "$raw" } },
    { name: "route", kind: "switch", condition: "$ask", data: "$raw" },
    { ...task("branch", { inputs: { x: "$route.then" } }), group: "g" },
  ],
};

Deno.test("withIncludes() brings names in with a prefix and leaves paths where they are", () => {
  const { pipeline, problems } = merge({
    "/w/main.yml": {
      include: [{ file: "sub/prep.yml", prefix: "prep" }],
      parameters: { own: "${HOME}" },
      pipeline: [task("last", { inputs: { x: "$prep/box" }, args: { "--own": "$own" } })],
    },
    "/w/sub/prep.yml": PREP,
  });
  deepEqual(problems, []);
  deepEqual(pipeline.steps.map(({ name, group }) => [name, group]), [
    ["prep/clean", "prep"],
    ["prep/ask", "prep"],
    ["prep/route", "prep"],
    ["prep/branch", "prep/g"],
    ["last", undefined],
  ]);
  deepEqual([...pipeline.parameters.keys()], ["prep/lr", "prep/path", "prep/home", "own"]);
  const env = { HOME: "/h", ROOT: "/root" };
  const clean = resolveTask(pipeline, pipeline.steps[0] as TaskStep, { env });
  equal(clean.script, "/w/sub/tasks/t.py");
  deepEqual(clean.inputs.map(({ value }) => value), [
    ...["/w/sub/raw.csv", "/w/sub/plain.csv", "/w/sub/p.csv", "/x", "/w/sub/box/i.csv", "/root/e"],
  ]);
  deepEqual(clean.args.flatMap((arg) => arg.words), [
    ...["--lr", "1", "--text", "plain.csv", "--home", "/h", "--literal", "a/rootb", "--list", "['${HOME}']"],
  ]);
  deepEqual(clean.settings?.deps, ["sub/d.txt", "sub/${ROOT}"]);
  const relative = resolveData(pipeline, "prep/env", { ROOT: "rel" });
  equal(relative.kind === "path" && relative.path, "/w/sub/rel/e");
  deepEqual([...dependencies(pipeline, env)].map(([name, waits]) => [name, [...waits]]), [
    ...[["prep/clean", []], ["prep/ask", []], ["prep/route", ["prep/ask"]], ["prep/branch", ["prep/route"]]],
    ["last", ["prep/clean"]],
  ]);
  equal(whenValues(pipeline, "prep/clean", env).get("lr"), 1);
  equal(whenValues(pipeline, "last", env).get("lr"), undefined);
  deepEqual(fileOfPlace(pipeline.steps[0].at), { file: "/w/sub/prep.yml", path: ["pipeline", 0] });
});

Deno.test("withIncludes() gives parameters and data, as values and by name", () => {
  const { pipeline, problems } = merge({
    "/w/main.yml": {
      version: 2,
      include: [
        {
          file: "sub/prep.yml",
          prefix: "a",
          parameters: { lr: "$rate" },
          data: { raw: "mine/${rate}.csv", abs: "$own" },
        },
        { file: "sub/prep.yml", prefix: "b", parameters: { lr: 7 } },
      ],
      parameters: { rate: 2 },
      data: { own: "own.csv" },
    },
    "/w/sub/prep.yml": {
      ...PREP,
      pipeline: [task("s", { inputs: { a: "$raw", b: "$abs" }, args: { "--lr": "$lr" } })],
    },
  });
  deepEqual(problems, []);
  const vector = (i: number) => {
    const { inputs, args } = resolveTask(pipeline, pipeline.steps[i] as TaskStep, { env: {} });
    return [...inputs.map(({ value }) => value), args[0].words[1]];
  };
  deepEqual(vector(0), ["/w/mine/2.csv", "/w/own.csv", "2"]);
  deepEqual(vector(1), ["/w/sub/raw.csv", "/abs.csv", "7"]);
  equal(whenValues(pipeline, "a/s", {}).get("lr"), 2);
});

Deno.test("withIncludes() reads files that include others, from their own folders", () => {
  const { pipeline, problems } = merge({
    "/w/main.yml": { include: ["x/mid.yml"] },
    "/w/x/mid.yml": { include: [{ file: "y/deep.yml", prefix: "d", data: { in: "$raw" } }], data: { raw: "raw.csv" } },
    "/w/x/y/deep.yml": {
      data: { in: "in.csv", root: "${ROOT}" },
      parameters: { p: "p.csv" },
      pipeline: [task("s", { inputs: { a: "$in", b: "$p", c: "$root" } })],
    },
  });
  deepEqual(problems, []);
  const [step] = pipeline.steps as TaskStep[];
  equal(step.name, "mid/d/s");
  const { inputs, script } = resolveTask(pipeline, step, { env: { ROOT: "r" } });
  deepEqual(inputs.map(({ value }) => value), ["/w/x/raw.csv", "/w/x/y/p.csv", "/w/x/y/r"]);
  equal(script, "/w/x/y/tasks/t.py");
  deepEqual(pipeline.included?.map(({ prefix }) => prefix), ["mid/d", "mid"]);
});

Deno.test("withIncludes() keeps values of iterations apart from names", () => {
  const { pipeline, problems } = merge({
    "/w/main.yml": { include: ["prep.yml"] },
    "/w/prep.yml": {
      parameters: { lr: 1 },
      pipeline: [{
        group: "again",
        multi_pass: { schedule: [{ lr: 5 }], condition: { script: "stop.py", args: { "--lr": "$lr" } } },
        steps: [task("fit", { args: { "--lr": "$lr", "--p": "$other" } })],
      }],
    },
  });
  deepEqual(problems, []);
  const [group] = pipeline.steps as RepeatedStep[];
  deepEqual([group.name, group.group, group.steps[0].name], ["prep/again", "prep/again", "fit"]);
  deepEqual([...group.steps[0].args], [["--lr", "$lr"], ["--p", "$prep/other"]]);
  const script = resolveScript(pipeline, group.until!.script, {});
  equal("path" in script && script.path, "/w/stop.py");
});

Deno.test("withIncludes() tells what is wrong where it stands", () => {
  const { problems } = merge({
    "/w/main.yml": {
      execution: { parallel: true },
      include: [
        "gone.yml",
        "main.yml",
        { file: "prep.yml", prefix: "a", parameters: { lrr: 1, lr: "$rat" } },
        { file: "prep.yml", prefix: "a" },
        { file: "${NOPE}.yml", prefix: "n" },
        "ring.yml",
      ],
      parameters: { rate: 1 },
    },
    "/w/prep.yml": {
      execution: { cache: true, parallel: true },
      parameters: { lr: 1 },
      data: { d: "x" },
      pipeline: [task("s", { optional: "yes" })],
    },
    "/w/ring.yml": { include: [{ file: "other.yml", prefix: "o" }] },
    "/w/other.yml": { include: [{ file: "ring.yml", prefix: "r" }] },
  });
  const prep = "/w/prep.yml";
  deepEqual(words(problems), [
    ["error", "include-failed", "include/0", undefined],
    ["error", "include-circle", "include/1", undefined],
    ["error", "not-a-boolean", `@${prep}/pipeline/0/optional`, prep],
    ["warning", "unknown-parameter", "include/2/parameters/lrr", undefined],
    ["error", "unknown-reference", "include/2/parameters/lr", undefined],
    ["hint", "include-ignored", "include/2", undefined],
    ["error", "not-a-boolean", `@${prep}/pipeline/0/optional`, prep],
    ["error", "include-clash", "include/3", undefined],
    ["error", "include-clash", "include/3", undefined],
    ["error", "include-clash", "include/3", undefined],
    ["hint", "include-ignored", "include/3", undefined],
    ["error", "unset-variable", "include/4", undefined],
    ["error", "include-circle", "@/w/other.yml/include/0", "/w/other.yml"],
  ]);
});

Deno.test("withIncludes() stops where files would double without end", () => {
  const files: Record<string, { readonly [key: string]: Plain }> = {};
  for (let i = 0; i < 20; i++) {
    files[`/w/${i}.yml`] = { include: ["a", "b"].map((prefix) => ({ file: `${i + 1}.yml`, prefix })) };
  }
  files["/w/20.yml"] = {};
  deepEqual(merge(files).problems.filter(({ code }) => code === "too-many-includes").length, 1);
});
