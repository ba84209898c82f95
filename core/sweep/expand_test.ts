import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal, throws } from "node:assert/strict";
import { createHash } from "node:crypto";
import { pipelineOf, type Plain } from "../../tests/support/pipeline_of.ts";
import { dependencies } from "../graph/dependencies.ts";
import type { Pipeline, TaskStep } from "../graph/pipeline.ts";
import { preflight } from "../graph/preflight.ts";
import { resolveTask } from "../graph/resolve_task.ts";
import type { Sweep } from "./expand.ts";
import { planSweep } from "./plan.ts";

const digest = (text: string) => createHash("sha256").update(text).digest("hex");

type Document = { readonly [key: string]: Plain };

function expand(document: Document, file?: string): Sweep {
  const planned = planSweep(pipelineOf(document, file), { pinned: new Map(), env: {}, digest });
  ok("clones" in planned);
  return planned;
}

/** Step to the words after its script. */
function words({ pipeline }: { readonly pipeline: Pipeline }): Readonly<Record<string, string>> {
  const tasks = pipeline.steps.filter((step): step is TaskStep => step.kind === "task");
  return Object.fromEntries(tasks.map((step) => {
    const { inputs, outputs, args } = resolveTask(pipeline, step, { env: {} });
    const all = [...inputs.map((it) => it.value), ...outputs.map((it) => it.path), ...args.flatMap((it) => it.words)];
    return [step.name, all.join(" ").replaceAll("/w/", "")];
  }));
}

function problemsOf({ pipeline }: Sweep): readonly string[] {
  const links = dependencies(pipeline, {});
  return preflight(pipeline, pipeline.steps, { env: {}, parallel: true, dependencies: links }).map((it) => it.message);
}

const CHAIN: Document = {
  data: { raw: "raw.csv", prep: "output/prep.csv", model: "output/model.bin", score: "score.json" },
  parameters: { lr: 0, depth: 3 },
  matrix: { lr: [1, 2] },
  pipeline: [
    { name: "prepare", task: "t.py", inputs: { i: "$raw" }, outputs: { "-o": "$prep" }, args: { "-d": "$depth" } },
    { name: "train", task: "t.py", inputs: { i: "$prep" }, outputs: { "-o": "$model" }, args: { "--lr": "$lr" } },
    { name: "test", task: "t.py", inputs: { i: "$model" }, outputs: { "-o": "$score" } },
    { name: "other", task: "t.py", inputs: { i: "$prep" }, outputs: { "-o": "other.txt" } },
  ],
};

Deno.test("expandSweep() puts what changes there once for each point, and leaves the rest alone", () => {
  const sweep = expand(CHAIN);
  deepEqual(words(sweep), {
    prepare: "raw.csv output/prep.csv -d 3",
    "train@lr=1": "output/prep.csv output/sweeps/lr=1/model.bin --lr 1",
    "train@lr=2": "output/prep.csv output/sweeps/lr=2/model.bin --lr 2",
    "test@lr=1": "output/sweeps/lr=1/model.bin output/sweeps/lr=1/score.json",
    "test@lr=2": "output/sweeps/lr=2/model.bin output/sweeps/lr=2/score.json",
    other: "output/prep.csv other.txt",
  });
  deepEqual([...dependencies(sweep.pipeline, {}).get("test@lr=2")!], ["train@lr=2"]);
  deepEqual([...sweep.steps], ["train", "test"]);
  deepEqual(problemsOf(sweep), []);
});

Deno.test("expandSweep() gives the points of a file with another name a folder of its own", () => {
  match(words(expand(CHAIN, "/w/tune.yml"))["test@lr=1"], /output\/sweeps\/tune\/lr=1\/score.json/);
});

Deno.test("expandSweep() moves literal paths, folders with what lies in them, and paths outside", () => {
  const step = (name: string, rest: Document) => ({ name, task: "t.py", ...rest });
  const sweep = expand({
    data: { dir: "imgs", one: { path: "1.png", nested_in: "$dir" }, far: "/far/x.bin" },
    matrix: { k: [7] },
    pipeline: [
      step("a", { outputs: { "-d": "$dir", "-l": "logs/a.txt", "-f": "$far" }, args: { "-k": "$k" } }),
      step("b", { inputs: { i: "$one", j: "logs/a.txt" }, outputs: { "-o": "output/b.txt" } }),
      step("c", { inputs: { i: "output/b.txt" }, outputs: { "-o": "b.txt" } }),
    ],
  });
  deepEqual(words(sweep), {
    "a@k=7": "output/sweeps/k=7/imgs output/sweeps/k=7/logs/a.txt /far/sweeps/k=7/x.bin -k 7",
    "b@k=7": "output/sweeps/k=7/imgs/1.png output/sweeps/k=7/logs/a.txt output/sweeps/k=7/output/b.txt",
    // Below the folder for outputs it would be the file of the step before.
    "c@k=7": "output/sweeps/k=7/output/b.txt output/sweeps/k=7/b.txt",
  });
  deepEqual(problemsOf(sweep).filter((message) => !message.includes("/far/")), []);
});

Deno.test("expandSweep() lets a path that names the point isolate alone", () => {
  const sweep = expand({
    data: { o: "runs/${sweep.id}/o.txt" },
    matrix: { k: [1, 2] },
    pipeline: [{
      name: "a",
      task: "t.py",
      outputs: { "-o": "$o" },
      args: { "--id": "p-${sweep.id}", "-l": ["${sweep.id}"] },
    }],
  });
  equal(words(sweep)["a@k=2"], "runs/k=2/o.txt --id p-k=2 -l ['k=2']");
});

Deno.test("expandSweep() follows names through texts of version 2", () => {
  const sweep = expand({
    version: 2,
    data: { o: "m_${lr}.bin" },
    parameters: { lr: 0, tag: "t${lr}" },
    matrix: { lr: [1, 2] },
    pipeline: [
      { name: "a", task: "t.py", outputs: { "-o": "${o}" }, args: { "--tag": "${tag}-$$", "--id": "${sweep.id}" } },
      { name: "b", task: "t.py", inputs: { i: "m_${lr}.bin" }, when: "tag == 't1' and lr > 0" },
    ],
  });
  equal(words(sweep)["a@lr=2"], "output/sweeps/lr=2/m_2.bin --tag t2-$ --id lr=2");
  equal(words(sweep)["b@lr=1"], "output/sweeps/lr=1/m_1.bin");
  equal((sweep.pipeline.steps.at(-1) as TaskStep).when, "'t2' == 't1' and 2 > 0");
});

Deno.test("expandSweep() puts conditions, switches and groups there for each point", () => {
  const sweep = expand({
    data: { x: "x.bin", y: "y.bin" },
    parameters: { fast: true },
    matrix: { k: [1, 2], fast: [true] },
    pipeline: [
      { name: "a", task: "t.py", outputs: { "-o": "$x" }, args: { "-k": "$k" } },
      { name: "q", kind: "condition", predicate: "exists", inputs: { data: "$x" } },
      { name: "s", kind: "switch", condition: "q", data: "$x" },
      { name: "f", kind: "switch", condition: "$fast", data: "raw.csv" },
      {
        group: "g",
        multi_pass: { schedule: [{ k: 5 }] },
        steps: [{ name: "i", task: "t.py", inputs: { i: "$s.then" }, outputs: { "-o": "$y" }, args: { "-k": "$k" } }],
      },
      { name: "end", task: "t.py", inputs: { i: "$y", j: "$f.else" } },
    ],
  });
  deepEqual(problemsOf(sweep), []);
  const { pipeline } = sweep;
  const links = dependencies(pipeline, {});
  deepEqual([...links.get("s@k=2")!].sort(), ["a@k=2", "q@k=2"]);
  deepEqual([...links.get("g@k=2")!], ["s@k=2"]);
  deepEqual([...links.get("end@fast=True,k=1")!].sort(), ["f@fast=True", "g@k=1"]);
  const group = pipeline.steps.find((step) => step.name === "g@k=2");
  // The value of an iteration comes before that of a point.
  equal(group?.kind === "repeated" && group.steps[0].args.get("-k"), "$k");
});

Deno.test("expandSweep() looks texts of parameters up at the point, wherever in the file they stand", () => {
  const sweep = expand({
    version: 2,
    parameters: { both: "${tag}-${lr}", tag: "t${lr}", lr: 0 },
    matrix: { lr: [1, 2], s: [5] },
    pipeline: [{ name: "a", task: "t.py", args: { "-b": "${both}" }, when: "tag == 't1'" }],
  });
  equal(words(sweep)["a@lr=2"], "-b t2-2");
  equal((sweep.pipeline.steps.at(-1) as TaskStep).when, "'t2' == 't1'");
});

Deno.test("expandSweep() puts other values into a path that names the point too", () => {
  const sweep = expand({
    version: 2,
    parameters: { lr: 0 },
    data: { o: "runs/${sweep.id}/m_${lr}.bin" },
    matrix: { lr: [1], s: [5] },
    pipeline: [{ name: "a", task: "t.py", outputs: { "-o": "${o}" } }, {
      name: "b",
      task: "t.py",
      inputs: { i: "${o}" },
    }],
  });
  deepEqual(words(sweep), { "a@lr=1,s=5": "runs/lr=1,s=5/m_1.bin", "b@lr=1,s=5": "runs/lr=1,s=5/m_1.bin" });
});

const SHARING: Document = {
  data: { parts: "output/parts", one: { path: "one.csv", nested_in: "$parts" }, model: "output/model.bin" },
  parameters: { wd: 0 },
  matrix: { seed: [1, 2], depth: [3, 4], include: [{ seed: 1, depth: 3, wd: 7 }] },
  metrics: ["$model"],
  pipeline: [
    { name: "split", task: "t.py", outputs: { "-o": "$parts" }, args: { "-s": "$seed" } },
    { name: "train", task: "t.py", inputs: { i: "$one" }, outputs: { "-o": "$model" }, args: { "-d": "$depth" } },
    { name: "late", task: "t.py", inputs: { i: "$model" }, args: { "-w": "$wd" } },
    { name: "own", task: "t.py", outputs: { "-o": "own/${sweep.id}" } },
  ],
};

Deno.test("expandSweep() does once what has the same values at several points", () => {
  const sweep = expand(SHARING);
  const found = words(sweep);
  deepEqual(Object.keys(found), [
    ...["split@seed=1", "split@seed=2"],
    ...["train@depth=3,seed=1", "train@depth=4,seed=1", "train@depth=3,seed=2", "train@depth=4,seed=2"],
    ...["depth=3,seed=1", "depth=4,seed=1", "depth=3,seed=2", "depth=4,seed=2", "depth=3,seed=1,wd=7"]
      .map((name) => `late@${name}`),
    ...["depth=3,seed=1", "depth=4,seed=1", "depth=3,seed=2", "depth=4,seed=2", "depth=3,seed=1,wd=7"]
      .map((name) => `own@${name}`),
  ]);
  equal(found["split@seed=2"], "output/sweeps/seed=2/parts -s 2");
  equal(
    found["train@depth=4,seed=2"],
    "output/sweeps/seed=2/parts/one.csv output/sweeps/depth=4,seed=2/model.bin -d 4",
  );
  equal(found["late@depth=3,seed=1,wd=7"], "output/sweeps/depth=3,seed=1/model.bin -w 7");
  const numbers = (name: string) => sweep.clones.get(name)!.points.map(({ number }) => number);
  deepEqual([numbers("split@seed=1"), numbers("train@depth=3,seed=1"), numbers("late@depth=3,seed=1")], [
    [1, 2, 5],
    [1, 5],
    [1],
  ]);
  equal(sweep.metrics.get("depth=3,seed=1,wd=7")!.join(), "$model@depth=3,seed=1");
  deepEqual(problemsOf(sweep), []);
});

Deno.test("expandSweep() lets steps that mention what another one makes, or fill a folder together, go along", () => {
  const step = (name: string, rest: Document) => ({ name, task: "t.py", ...rest });
  const sweep = expand({
    data: {
      dir: "output/dir",
      a: { path: "a.txt", nested_in: "$dir" },
      b: { path: "b.txt", nested_in: "$dir" },
      m: "m.json",
    },
    matrix: { j: [1], k: [2], l: [3] },
    pipeline: [
      step("one", { outputs: { "-o": "$a" }, args: { "-j": "$j" } }),
      step("two", { outputs: { "-o": "$b" }, args: { "-k": "$k" } }),
      step("all", { inputs: { i: "$dir" } }),
      step("made", { outputs: { "-o": "$m" }, args: { "-l": "$l" } }),
      step("told", { args: { "-j": "$j" }, metrics: ["$m"] }),
    ],
  });
  deepEqual(words(sweep), {
    "one@j=1,k=2": "output/sweeps/j=1,k=2/dir/a.txt -j 1",
    "two@j=1,k=2": "output/sweeps/j=1,k=2/dir/b.txt -k 2",
    "all@j=1,k=2": "output/sweeps/j=1,k=2/dir",
    "made@l=3": "output/sweeps/l=3/m.json -l 3",
    "told@j=1,l=3": "-j 1",
  });
});

Deno.test("expandSweep() lets a path that begins with what is made lie in it", () => {
  const sweep = expand({
    version: 2,
    data: { dir: "output/dir", file: "${dir}/f.txt" },
    parameters: { k: 0 },
    matrix: { k: [1], j: [1] },
    pipeline: [
      { name: "a", task: "t.py", outputs: { "-o": "${dir}" }, args: { "-k": "${k}" } },
      { name: "b", task: "t.py", inputs: { i: "${file}", j: "${dir}/g.txt" }, args: { "-j": "${j}" } },
    ],
  });
  equal(words(sweep)["b@j=1,k=1"], "output/sweeps/k=1/dir/f.txt output/sweeps/k=1/dir/g.txt -j 1");
});

Deno.test("expandSweep() binds the matrix of a step there and in what depends on it", () => {
  const sweep = expand({
    parameters: { k: 0 },
    pipeline: [
      { name: "before", task: "t.py", outputs: { "-o": "x" }, args: { "-k": "$k" } },
      {
        name: "a",
        task: "t.py",
        matrix: { k: [1, 2] },
        inputs: { i: "x" },
        outputs: { "-o": "y" },
        args: { "-k": "$k" },
      },
      { name: "after", task: "t.py", inputs: { i: "y" }, args: { "-k": "$k" } },
    ],
  });
  deepEqual(words(sweep), {
    before: "x -k 0",
    "a@k=1": "x output/sweeps/k=1/y -k 1",
    "a@k=2": "x output/sweeps/k=2/y -k 2",
    "after@k=1": "output/sweeps/k=1/y -k 1",
    "after@k=2": "output/sweeps/k=2/y -k 2",
  });
});

Deno.test("expandSweep() sends whoever writes the same file along", () => {
  const step = (name: string, args: Document) => ({ name, task: "t.py", outputs: { "-o": "shared.txt" }, args });
  const sweep = expand({ matrix: { k: [1] }, pipeline: [step("a", { "-k": "$k" }), step("b", {})] });
  deepEqual(Object.keys(words(sweep)), ["a@k=1", "b@k=1"]);
});

Deno.test("expandSweep() tells of parameters that nothing uses, and of names that are taken", () => {
  const step = { name: "a", task: "t.py", args: { "-k": "$k" } };
  deepEqual(expand({ matrix: { k: [1], j: [1] }, pipeline: [step] }).problems.map(({ level, code }) => [level, code]), [
    ["warning", "matrix-unused"],
  ]);
  deepEqual(expand({ matrix: { j: [1] }, pipeline: [step], parameters: { k: 1 } }).problems.map((it) => it.level), [
    "error",
  ]);
  const taken = { name: "a@k=1", task: "t.py" };
  deepEqual(expand({ matrix: { k: [1] }, pipeline: [step, taken] }).problems.map((it) => it.code), ["duplicate-step"]);
});

Deno.test("planSweep() says of a mistyped parameter what may have been meant, and where it was typed", () => {
  const step = { name: "a", task: "t.py", args: { "-d": "$depth", "-s": "$seed" } };
  const plain = { parameters: { depth: 1, seed: 1 }, pipeline: [step] };
  const typed = (keys: readonly string[], document: Document) => {
    const grid = new Map(keys.map((key) => [key, [1, 2]]));
    const matrix = { grid, zip: new Map(), include: [], exclude: [] };
    return planSweep(pipelineOf(document), { matrix, pinned: new Map(), env: {}, digest });
  };
  throws(() => typed(["depht"], { ...plain, matrix: { seed: [1] } }), {
    code: "usage",
    message: /^Option --sweep: no step uses '\$depht'/,
    hint: "did you mean 'depth'?",
  });
  deepEqual(typed(["depht", "seed"], plain).problems.map(({ level, hint, path }) => [level, hint, path]), [
    ["warning", "did you mean 'depth'?", undefined],
  ]);
  const [told] = planSweep(pipelineOf({ ...plain, matrix: { depht: [1] } }), { pinned: new Map(), env: {}, digest })
    .problems;
  deepEqual([told.message.slice(0, 11), told.hint, told.path], ["No step use", "did you mean 'depth'?", ["matrix"]]);
});

Deno.test("expandSweep() warns of metrics that no step hands out, for all points would read the same", () => {
  const step = { name: "a", task: "t.py", outputs: { "-o": "x.json" }, args: { "-k": "$k" } };
  const problems = (metrics: readonly string[], top: readonly string[]) =>
    expand({ matrix: { k: [1] }, metrics: top, pipeline: [{ ...step, metrics }] }).problems.map((it) =>
      it.path?.join("/")
    );
  deepEqual(problems(["x.json"], ["x.json"]), []);
  deepEqual(problems(["y.json"], ["x.json", "z.json"]), ["pipeline/0/metrics/0", "metrics/1"]);
});

Deno.test("planSweep() refuses a point's name where nothing is swept", () => {
  const pipeline = pipelineOf({ pipeline: [{ name: "a", task: "t.py", outputs: { "-o": "${sweep.id}.txt" } }] });
  const { problems } = planSweep(pipeline, { pinned: new Map(), env: {}, digest });
  deepEqual(problems.map(({ code, path }) => [code, path?.join("/")]), [
    ["sweep-id-outside-sweep", "pipeline/0/outputs/-o"],
  ]);
});

Deno.test("planSweep() counts a million points and builds none", () => {
  const pipeline = pipelineOf({
    matrix: { a: "1..1000", b: "1..1000" },
    pipeline: [{ name: "a", task: "t.py", args: { "-a": "$a" } }],
  });
  const { problems } = planSweep(pipeline, { pinned: new Map(), env: {}, digest });
  match(problems[0].message, /1,000,000 points; 100,000 are the most/);
});

Deno.test("expandSweep() takes ten thousand points", () => {
  const sweep = expand({ ...CHAIN, matrix: { lr: "1..10000" } });
  equal(sweep.clones.size, 20_000);
  equal(sweep.pipeline.steps.length, 20_002);
});
