import { deepStrictEqual as deepEqual, strictEqual as equal, throws } from "node:assert/strict";
import { pipelineOf, type Plain } from "../../tests/support/pipeline_of.ts";
import { commandVector, iterationBinding, resolveTask } from "./command.ts";
import type { RepeatedStep, TaskStep } from "./pipeline.ts";
import { Float, Timestamp } from "../yaml/value.ts";

type Document = { readonly [key: string]: Plain };

function vector(document: Document, step: Document, env: Readonly<Record<string, string>> = {}): readonly string[] {
  const pipeline = pipelineOf({ ...document, pipeline: [{ name: "s", task: "t.py", ...step }] });
  const task = resolveTask(pipeline, pipeline.steps[0] as TaskStep, { env });
  return commandVector(task, { launcher: ["python"] });
}

const SHARED: Document = {
  data: { clips: "media/clips.csv", out: "build/report.json", site: "https://x.org/a.csv", dir: "d/", none: "" },
  parameters: {
    rate: new Float(2),
    quiet: true,
    off: false,
    tag: "on-call",
    epochs: 100,
    nothing: null,
    list: ["a", 1, true],
    map: { k: "v" },
    day: new Timestamp("2024-01-02", "datetime.date(2024, 1, 2)"),
    big: 12345678901234567890n,
    blank: "",
    home: "${HOME}/x",
  },
};

Deno.test("commandVector() puts interpreter, script, inputs, outputs and args in order", () => {
  const words = vector(SHARED, {
    name: "report",
    task: "steps/report.py",
    inputs: { table: "$clips" },
    outputs: { "--to": "$out" },
    args: { "--rate": "$rate", "--quiet": "$quiet", "--draft": false, "--tag": "$tag", "--src": "$clips" },
  });
  equal(
    words.join(" "),
    "python /w/steps/report.py /w/media/clips.csv --to /w/build/report.json --rate 2.0 --quiet --tag on-call" +
      " --src /w/media/clips.csv",
  );
});

// Each row: what a step says, and the words after the script.
const VECTORS: readonly [step: Document, words: readonly string[]][] = [
  [{}, []],
  [{ inputs: { a: "x/y.csv", b: "/abs", c: "../z/" } }, ["/w/x/y.csv", "/abs", "/w/../z"]],
  [{ inputs: { a: "$epochs", b: "$rate", c: "$quiet" } }, ["/w/100", "/w/2.0", "/w/True"]],
  [{ inputs: { a: "$dir", b: "a$clips" } }, ["/w/d", "/w/a$clips"]],
  [{ inputs: { a: "$site" } }, ["https://x.org/a.csv"]],
  [{ inputs: { "2": "b", "1": "a" } }, ["/w/a", "/w/b"]],
  [{ outputs: { "-o": "$out", "--log": "log.txt" } }, ["-o", "/w/build/report.json", "--log", "/w/log.txt"]],
  [{ outputs: { "--n": "$epochs" } }, ["--n", "/w/100"]],
  [{ args: { "--a": "$off", "--b": "$quiet", "--c": true } }, ["--b", "--c"]],
  [{ args: { "--n": "$nothing", "--m": null } }, ["--n", "None", "--m", "None"]],
  [{ args: { "--l": "$list", "--m": "$map" } }, ["--l", "['a', 1, True]", "--m", "{'k': 'v'}"]],
  [{ args: { "--d": "$day", "--b": "$big" } }, ["--d", "2024-01-02", "--b", "12345678901234567890"]],
  [{ args: { "--x": "$blank", "--y": "" } }, ["--x", "", "--y", ""]],
  [{ args: { "plain": "v", "--url": "$site" } }, ["plain", "v", "--url", "https://x.org/a.csv"]],
  [{ args: { "--p": "rel/path", "--q": "cost$" } }, ["--p", "rel/path", "--q", "cost$"]],
  [{ args: { "--h": "$home", "--g": "${HOME}/${HOME}" } }, ["--h", "/me/x", "--g", "/me//me"]],
  [{ args: { "--dir": "$dir" } }, ["--dir", "/w/d"]],
  [{ args: { "--e": new Float(1e-5), "--f": new Float(1e16) } }, ["--e", "1e-05", "--f", "1e+16"]],
];

Deno.test("commandVector() gives every kind of value the words that Python would print", () => {
  for (const [step, words] of VECTORS) {
    deepEqual(vector(SHARED, step, { HOME: "/me" }), ["python", "/w/t.py", ...words], JSON.stringify(step));
  }
});

Deno.test("commandVector() puts downloaded copies in place of inputs, appends extra words and runs programs", () => {
  const pipeline = pipelineOf({
    ...SHARED,
    pipeline: [{ name: "s", task: "/bin/tool", inputs: { a: "$site" }, args: { "--from": "$site" } }],
  });
  const task = resolveTask(pipeline, pipeline.steps[0] as TaskStep, { env: {} });
  const localCopies = new Map([["https://x.org/a.csv", "/w/.loom-url-cache/a.csv"]]);
  deepEqual(commandVector(task, { launcher: [], localCopies, extra: ["--fast", "a b"] }), [
    "/bin/tool",
    "/w/.loom-url-cache/a.csv",
    "--from",
    "https://x.org/a.csv",
    "--fast",
    "a b",
  ]);
});

Deno.test("resolveTask() keeps where each word came from", () => {
  const pipeline = pipelineOf({
    ...SHARED,
    pipeline: [{ name: "s", task: "t.py", inputs: { a: "$clips" }, args: { "--r": "$rate", "--c": "$clips" } }],
  });
  const task = resolveTask(pipeline, pipeline.steps[0] as TaskStep, { env: {} });
  deepEqual(task.inputs, [{
    label: "a",
    kind: "path",
    value: "/w/media/clips.csv",
    reference: "$clips",
    key: "clips",
  }]);
  deepEqual(task.args, [
    { flag: "--r", words: ["--r", "2.0"], value: new Float(2), reference: "$rate", parameter: "rate" },
    {
      flag: "--c",
      words: ["--c", "/w/media/clips.csv"],
      value: "/w/media/clips.csv",
      path: "/w/media/clips.csv",
      reference: "$clips",
      key: "clips",
    },
  ]);
});

Deno.test("resolveTask() puts the item of a loop in", () => {
  const pipeline = pipelineOf({
    data: { raw: "raw", done: "done" },
    pipeline: [{
      name: "s",
      task: "t.py",
      inputs: { a: "$loop_item" },
      outputs: { "-o": "$loop_output" },
      args: { "--again": "$loop_item" },
      loop: { over: "$raw", into: "$done" },
    }],
  });
  const loop = { item: "/w/raw/x.txt", output: "/w/done/x.txt" };
  const task = resolveTask(pipeline, pipeline.steps[0] as TaskStep, { env: {}, bindings: { loop } });
  equal(task.over, "/w/raw");
  equal(task.into, "/w/done");
  equal(
    commandVector(task, { launcher: ["p"] }).join(" "),
    "p /w/t.py /w/raw/x.txt -o /w/done/x.txt --again /w/raw/x.txt",
  );
});

Deno.test("resolveTask() names step and place of what stands for nothing", () => {
  const fails = (step: Document, code: string, message: RegExp) =>
    throws(() => vector(SHARED, step), (error: Error & { code?: string }) => {
      equal(error.code, code);
      return message.test(error.message);
    });
  fails({ inputs: { a: "$clip" } }, "unknown-reference", /'\$clip', used by input 'a' of step 's'/);
  fails({ args: { "--h": "$home" } }, "unset-variable", /'HOME' is not set \(in parameter 'home'\), used by arg/);
  fails({ outputs: { "-o": "$site" } }, "address-not-allowed", /output '-o'/);
  fails({ inputs: { a: "$none" } }, "empty-path", /'none' has no path/);
  fails({ inputs: { a: "$loop_item" } }, "loop-reference-outside-loop", /outside a loop/);
  fails({ task: "${NOPE}/t.py" }, "unset-variable", /task of step/);
});

const REFINE = pipelineOf({
  data: { init: "init.npz", g: "out/g.npz", dir: "d/", first: { path: "0.png", nested_in: "$dir" } },
  parameters: { lr: new Float(1) },
  pipeline: [{
    group: "refine",
    multi_pass: {
      schedule: [{ lr: new Float(0.1) }, { lr: new Float(0.01) }],
      feedback: { "train.--out": "train.start", "show.--dir": "train.--seen" },
    },
    steps: [
      {
        name: "train",
        task: "train.py",
        inputs: { start: "$init" },
        outputs: { "--out": "$g" },
        args: { "--lr": "$lr" },
      },
      { name: "show", task: "show.py", inputs: { g: "$g", one: "$first" }, outputs: { "--dir": "$dir" } },
    ],
  }],
});

function iterationWords(iteration: number): readonly string[] {
  const group = REFINE.steps[0] as RepeatedStep;
  const bindings = { iteration: iterationBinding(REFINE, group, { env: {}, iteration }) };
  return group.steps.map((step) =>
    commandVector(resolveTask(REFINE, step, { env: {}, bindings }), { launcher: ["p"] }).join(" ")
  );
}

Deno.test("resolveTask() gives each iteration its own paths, values and what the one before made", () => {
  deepEqual(iterationWords(0), [
    "p /w/train.py /w/init.npz --out /w/out/g_iter0.npz --lr 0.1",
    "p /w/show.py /w/out/g_iter0.npz /w/d_iter0/0.png --dir /w/d_iter0",
  ]);
  deepEqual(iterationWords(1), [
    "p /w/train.py /w/out/g_iter0.npz --out /w/out/g_iter1.npz --lr 0.01 --seen /w/d_iter0",
    "p /w/show.py /w/out/g_iter1.npz /w/d_iter1/0.png --dir /w/d_iter1",
  ]);
});
