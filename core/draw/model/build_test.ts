import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { pipelineOf } from "../../../tests/support/pipeline_of.ts";
import { graphOf } from "./build.ts";
import type { Graph } from "./graph.ts";
import { canvasPositions } from "./positions.ts";
import { withoutParameters } from "./without.ts";

type Document = Parameters<typeof pipelineOf>[0];

function graph(document: Document, facts: Partial<Parameters<typeof graphOf>[1]> = {}): Graph {
  return graphOf(pipelineOf(document), { env: {}, ...facts });
}

/** Edges as words: `data:a -in-> step:b`. */
function edges({ edges }: Graph): readonly string[] {
  return edges.map(({ source, target, label, kind, branch }) =>
    `${source} -${[kind, branch, label].filter((word) => word).join(" ")}-> ${target}`
  );
}

Deno.test("graphOf() draws steps, data and parameters, each once, with what goes where", () => {
  const made = graph({
    data: { raw: { path: "raw.csv", type: "csv" }, out: { path: "out/x.json", name: "Result" } },
    parameters: { lr: 0.1, api_key: "sesame" },
    pipeline: [
      {
        name: "fit",
        task: "fit.py",
        inputs: { table: "$raw", again: "./raw.csv", other: "else.csv" },
        outputs: { "-o": "$out" },
        args: { "--lr": "$lr", "--key": "$api_key", "--like": "$out", "--n": 3 },
        deps: ["notes.txt"],
      },
    ],
  }, {
    exists: (path) => path === "/w/raw.csv",
    states: new Map([["fit", "stale"]]),
    durations: new Map([["fit", 7]]),
  });
  deepEqual(made.nodes.map(({ id, label, state, detail }) => [id, label, state, detail]), [
    ["step:fit", "fit", "stale", "fit.py"],
    ["data:out", "Result", "missing", "out/x.json"],
    ["data:raw", "raw", "present", "raw.csv"],
    ["file:else.csv", "else.csv", "missing", "else.csv"],
    ["file:notes.txt", "notes.txt", "missing", "notes.txt"],
    ["parameter:lr", "lr", null, "0.1"],
    ["parameter:api_key", "api_key", null, "***"],
  ]);
  deepEqual(edges(made), [
    "step:fit -output -o-> data:out",
    "data:raw -input table-> step:fit",
    "data:raw -input again-> step:fit",
    "file:else.csv -input other-> step:fit",
    "parameter:lr -argument --lr-> step:fit",
    "parameter:api_key -argument --key-> step:fit",
    "file:notes.txt -input deps-> step:fit",
  ]);
  equal(made.nodes[0].durationMs, 7);
  const few = withoutParameters(made);
  deepEqual([few.nodes.length, few.edges.length], [5, 5]);
});

Deno.test("graphOf() draws loops, switches, nested data and what is not known", () => {
  const made = graph({
    data: { dir: "in", results: "out", one: { path: "a.txt", nested_in: "$dir" }, url: "https://example.org/x.csv" },
    parameters: { loud: false },
    pipeline: [
      { name: "q", kind: "condition", predicate: "exists", inputs: { data: "$dir" } },
      { name: "way", kind: "switch", condition: "$q", data: "$url" },
      {
        name: "each",
        task: "t.py",
        loop: { over: "$dir", into: "$results", filter: "*.txt" },
        inputs: { i: "$loop_item" },
      },
      { name: "last", task: "t.py", inputs: { a: "$way.else", b: "$one", c: "$nobody" }, optional: true },
    ],
  }, { exists: () => true });
  deepEqual(edges(made), [
    "data:dir -input data-> step:q",
    "step:q -order condition-> step:way",
    "data:url -input data-> step:way",
    "data:dir -input over-> step:each",
    "step:each -output into-> data:results",
    "step:way -branch else a-> step:last",
    "data:dir -nested-> data:one",
    "data:one -input b-> step:last",
    "data:$nobody -input c-> step:last",
  ]);
  const state = (id: string) => made.nodes.find((node) => node.id === id)?.state;
  deepEqual([state("data:url"), state("data:$nobody")], [null, "missing"]);
  deepEqual(made.nodes.filter(({ each, optional }) => each || optional).map(({ id }) => id), [
    "step:each",
    "step:last",
  ]);
});

Deno.test("graphOf() draws a repeated group with its steps, what is fed back, and what ends it", () => {
  const made = graph({
    data: { model: "m.json" },
    parameters: { lr: 1, tol: 2 },
    pipeline: [
      {
        group: "refine",
        multi_pass: {
          schedule: [{ lr: 0.1 }, { lr: 0.2 }],
          feedback: { "train.-o": "train.--resume" },
          condition: { script: "stop.py", inputs: { model: "$model" }, args: { tol: "$tol" } },
        },
        steps: [{ name: "train", task: "t.py", outputs: { "-o": "$model" }, args: { "--lr": "$lr" } }],
      },
      { group: "plain", steps: [{ name: "after", task: "t.py", inputs: { m: "$model" } }] },
    ],
  }, { states: new Map([["refine", "fresh"]]) });
  deepEqual(made.nodes.map(({ id, group, state, iterations }) => [id, group, state, iterations]).slice(0, 5), [
    ["group:refine", undefined, "fresh", 2],
    ["group:plain", undefined, null, undefined],
    ["step:refine/train", "group:refine", null, undefined],
    ["until:refine", "group:refine", null, undefined],
    ["step:after", "group:plain", null, undefined],
  ]);
  deepEqual(edges(made), [
    "step:refine/train -output -o-> data:model",
    "data:model -input model-> until:refine",
    "parameter:tol -argument tol-> until:refine",
    "step:refine/train -feedback -o → --resume-> step:refine/train",
    "data:model -input m-> step:after",
  ]);
});

Deno.test("canvasPositions() finds nodes by the names that the canvas gives them", () => {
  const made = graph({
    data: { a: "a" },
    parameters: { p: 1 },
    pipeline: [{ name: "s", task: "t", inputs: { a: "$a" } }],
  });
  const text = "layout: {s: {x: 1, y: 2.5}, data_a: {x: 3, y: 4}, param_p: {x: far, y: 1}, data_b: {x: 1e300, y: 1}}";
  deepEqual([...canvasPositions(made, text)], [["step:s", { x: 1, y: 2.5 }], ["data:a", { x: 3, y: 4 }]]);
  deepEqual([...canvasPositions(made, "layout: 3")], []);
});
