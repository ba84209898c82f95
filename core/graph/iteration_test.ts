import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { pipelineOf } from "../../tests/support/pipeline_of.ts";
import { isIterationName, iterationPath, iterationPaths } from "./iteration.ts";
import type { RepeatedStep } from "./pipeline.ts";

Deno.test("iterationPath() marks a path before its last dot, else at the end", () => {
  const paths: Readonly<Record<string, string>> = {
    "g.npz": "g_iter0.npz",
    "d/": "d_iter0/",
    "d//": "d_iter0/",
    "out/mesh": "out/mesh_iter0",
    "a.tar.gz": "a.tar_iter0.gz",
    ".env": "_iter0.env",
    "x/.env": "x/_iter0.env",
    "v1.2/model": "v1.2/model_iter0",
    "./x": "./x_iter0",
    "": "_iter0",
  };
  for (const [path, marked] of Object.entries(paths)) equal(iterationPath(path, 0), marked);
});

Deno.test("iterationPaths() keeps a nested output in its container and moves it only once", () => {
  const pipeline = pipelineOf({
    data: {
      imgs: { path: "imgs" },
      kept: { path: "k.png", nested_in: "$imgs" },
      out: { path: "out" },
      inner: { path: "i.png", nested_in: "$out" },
      far: { path: "/far/f.png", nested_in: "$out" },
    },
    pipeline: [{
      group: "g",
      multi_pass: { count: 2 },
      steps: [{ name: "s", task: "s.py", outputs: { "-a": "$kept", "-b": "$out", "-c": "$inner", "-d": "$far" } }],
    }],
  });
  const paths = iterationPaths(pipeline, pipeline.steps[0] as RepeatedStep, { env: {}, iteration: 1 });
  deepEqual(Object.fromEntries(paths), {
    kept: "/w/imgs/k_iter1.png",
    out: "/w/out_iter1",
    inner: "/w/out_iter1/i.png",
    far: "/far/f_iter1.png",
  });
});

Deno.test("isIterationName() knows the names that iterations make, and no others", () => {
  equal(isIterationName("g_iter12.npz", "/w/g.npz"), true);
  equal(isIterationName("d_iter0", "/w/d"), true);
  equal(isIterationName("g_iter.npz", "/w/g.npz"), false);
  equal(isIterationName("g_iter1.csv", "/w/g.npz"), false);
  equal(isIterationName("g_iter1_old.npz", "/w/g.npz"), false);
  equal(isIterationName("x_iter0_iter3.npz", "/w/x_iter0.npz"), true);
});
