import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { pipelineOf, type Plain } from "../../tests/support/pipeline_of.ts";
import { dependencies, findCycle, outputClashes } from "./dependencies.ts";

type Document = { readonly [key: string]: Plain };

function links(data: Document, steps: readonly Document[], parameters: Document = {}): Record<string, string[]> {
  const tasks = steps.map((step) => "kind" in step || "group" in step ? step : { task: "t.py", ...step });
  const pipeline = pipelineOf({ data, parameters, pipeline: tasks });
  return Object.fromEntries(Array.from(dependencies(pipeline, {}), ([name, set]) => [name, [...set]]));
}

Deno.test("dependencies() link inputs, args and loop.over to who makes them", () => {
  const found = links({ a: "a", b: "b", c: "c" }, [
    { name: "make", outputs: { "-o": "$a" } },
    { name: "each", loop: { over: "$a", into: "$b" }, inputs: { i: "$loop_item" } },
    { name: "read", inputs: { x: "$b" }, outputs: { "-o": "$c" } },
    { name: "arg", args: { "--c": "$c", "--d": 1, "--e": "c" } },
  ]);
  deepEqual(found, { make: [], each: ["make"], read: ["each"], arg: ["read"] });
});

Deno.test("dependencies() link by file too, and by a bare name", () => {
  const found = links({ a: "x/a.csv", same: "./x//a.csv", up: "x/y/../a.csv" }, [
    { name: "make", outputs: { "-o": "$a" } },
    { name: "same", inputs: { i: "$same" } },
    { name: "up", inputs: { i: "$up" } },
    { name: "literal", inputs: { i: "x/a.csv" } },
    { name: "bare", inputs: { i: "a" } },
    { name: "deps", deps: ["x/a.csv"] },
    { name: "other", inputs: { i: "x/b.csv" } },
  ]);
  deepEqual(found, {
    make: [],
    same: ["make"],
    up: ["make"],
    literal: ["make"],
    bare: ["make"],
    deps: ["make"],
    other: [],
  });
});

Deno.test("dependencies() take the nearest producer before, else the last", () => {
  const found = links({ a: "a" }, [
    { name: "early", inputs: { i: "$a" } },
    { name: "one", outputs: { "-o": "$a" } },
    { name: "mid", inputs: { i: "$a" } },
    { name: "two", outputs: { "-o": "$a" } },
    { name: "late", inputs: { i: "$a" } },
  ]);
  deepEqual(found, { early: ["two"], one: [], mid: ["one"], two: [], late: ["two"] });
});

Deno.test("dependencies() let steps update a file in place, in turn", () => {
  const update = { inputs: { i: "$a" }, outputs: { "-o": "$a" } };
  const found = links({ a: "a" }, [{ name: "one", ...update }, { name: "two", ...update }, {
    name: "three",
    ...update,
  }]);
  deepEqual(found, { one: [], two: ["one"], three: ["two"] });
});

Deno.test("dependencies() know folders and what is nested in them", () => {
  const data = {
    imgs: { path: "imgs" },
    first: { path: "0.png", nested_in: "$imgs" },
    deep: { path: "x", nested_in: "$first" },
  };
  deepEqual(
    links(data, [
      { name: "make", outputs: { "-o": "$imgs" } },
      { name: "nested", inputs: { i: "$first" } },
      { name: "deeper", inputs: { i: "$deep" } },
    ]),
    { make: [], nested: ["make"], deeper: ["make"] },
  );
  deepEqual(
    links(data, [{ name: "fill", outputs: { "-o": "$first" } }, { name: "all", inputs: { i: "$imgs" } }]),
    { fill: [], all: ["fill"] },
  );
});

Deno.test("dependencies() wait for conditions and switches", () => {
  const found = links({ imgs: "imgs" }, [
    { name: "make", outputs: { "-o": "$imgs" } },
    { name: "enough", kind: "condition", predicate: "exists", inputs: { data: "$imgs" } },
    { name: "route", kind: "switch", condition: "$enough", data: "$imgs" },
    { name: "by_value", kind: "switch", condition: "$flag", data: "$route.then" },
    { name: "use", inputs: { i: "$route.then" } },
    { name: "arg", args: { "--i": "$by_value.else" } },
  ], { flag: true });
  deepEqual(found, {
    make: [],
    enough: ["make"],
    route: ["enough", "make"],
    by_value: ["route"],
    use: ["route"],
    arg: ["by_value"],
  });
});

Deno.test("dependencies() treat a repeated group as one step", () => {
  const found = links({ init: "i", g: "g", log: "log" }, [
    { name: "start", outputs: { "-o": "$init" } },
    { name: "old", outputs: { "-o": "$g" } },
    {
      group: "refine",
      multi_pass: { count: 2, condition: { script: "stop.py", inputs: { log: "$log" } } },
      steps: [
        { name: "a", task: "t.py", inputs: { i: "$init" }, outputs: { "-o": "$g" } },
        { name: "b", task: "t.py", inputs: { g: "$g" }, outputs: { "-o": "$log" } },
      ],
    },
    { name: "after", inputs: { g: "$g" } },
  ]);
  deepEqual(found, { start: [], old: [], refine: ["start"], after: ["refine"] });
});

Deno.test("dependencies() tell what a group reads from what it writes to the same path under another name", () => {
  const found = links({ seed: "x", g: "x" }, [
    { name: "start", outputs: { "-o": "$seed" } },
    {
      group: "refine",
      multi_pass: { count: 2 },
      steps: [{ name: "a", task: "t.py", inputs: { i: "$seed" }, outputs: { "-o": "$g" } }],
    },
  ]);
  deepEqual(found, { start: [], refine: ["start"] });
});

Deno.test("dependencies() survive what cannot be looked up", () => {
  const found = links({ a: "${NOPE}/a" }, [
    { name: "make", outputs: { "-o": "$a" } },
    { name: "use", inputs: { i: "$a", j: "$unknown", k: "${NOPE}" } },
  ]);
  deepEqual(found, { make: [], use: ["make"] });
});

Deno.test("outputClashes() finds outputs and loop folders that several steps write", () => {
  const pipeline = pipelineOf({
    data: { a: "a", b: "./a" },
    pipeline: [
      { name: "one", task: "t", outputs: { "-o": "$a", "-p": "$a" } },
      { name: "two", task: "t", outputs: { "-o": "other" } },
      { name: "three", task: "t", loop: { over: "x", into: "$b" } },
    ],
  });
  deepEqual(outputClashes(pipeline, {}), [{ path: "/w/a", steps: ["one", "three"] }]);
});

Deno.test("findCycle() names the steps of a cycle and overlooks steps that are not asked about", () => {
  const graph = new Map([["a", new Set(["b"])], ["b", new Set(["c"])], ["c", new Set(["b"])], [
    "d",
    new Set<string>(),
  ]]);
  deepEqual(findCycle(graph, ["a", "b", "c", "d"]), ["b", "c"]);
  equal(findCycle(graph, ["a", "b", "d"]), undefined);
});

Deno.test("findCycle() follows a chain of 100,000 steps", () => {
  const count = 100_000;
  const graph = new Map(
    Array.from({ length: count }, (_, i) => [`s${i}`, new Set(i + 1 < count ? [`s${i + 1}`] : [])] as const),
  );
  equal(findCycle(graph, graph.keys()), undefined);
  graph.set(`s${count - 1}`, new Set(["s0"]));
  ok(findCycle(graph, graph.keys())?.length === count);
});
