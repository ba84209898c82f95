import { deepStrictEqual as deepEqual, match, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import type { Graph } from "../model/graph.ts";
import { dotText } from "./dot.ts";
import { graphDocument } from "./json.ts";
import { mermaidText } from "./mermaid.ts";

/** A graph all of whose words are these. */
function graphWith(word: string): Graph {
  return {
    name: word,
    nodes: [
      { id: "group:g", kind: "group", label: word, state: null, iterations: 2 },
      { id: "step:a", kind: "step", label: word, state: "fresh", step: "task", detail: word, group: "group:g" },
      { id: "step:b", kind: "step", label: word, state: null, step: "switch", disabled: true },
      { id: "data:c", kind: "data", label: word, state: "missing", type: word },
      { id: "parameter:p", kind: "parameter", label: word, state: null },
    ],
    edges: [
      { source: "step:a", target: "data:c", label: word, kind: "output" },
      { source: "step:b", target: "data:c", label: `${word}2`, kind: "output" },
      { source: "parameter:p", target: "step:a", label: word + "x", kind: "argument" },
      { source: "step:a", target: "step:a", label: word, kind: "feedback" },
    ],
    sweep: [],
  };
}

const HOSTILE = [
  'a"b',
  "a\\",
  "`x`|[]{}",
  "end",
  "<b>&amp;",
  "\n%%{init}",
  "\u0000\ud800\uffff",
  "1. x",
  '"];evil',
  "日本",
];

/** Lines that Mermaid's grammar knows, quoted texts held to what can mean nothing. */
const SAFE = String.raw`"(?:[\p{L}\p{N}\u200b .,_/:()=+@-]|#\d+;)*"`;
const MERMAID = new RegExp(
  [
    "flowchart LR",
    String.raw`\s*subgraph n\d+\[${SAFE}\]`,
    String.raw`\s*end`,
    String.raw`\s*n\d+(\[${SAFE}\]|\[\[${SAFE}\]\]|\(\[${SAFE}\]\)|\[/${SAFE}/\]|\{${SAFE}\}|\{\{${SAFE}\}\})`,
    String.raw`  n\d+ (-->|-\.->)(\|${SAFE}\|)? n\d+`,
    String.raw`  classDef [\w #:.,-]+`,
    String.raw`  class n\d+(,n\d+)* \w+`,
    "",
  ].map((line) => `(${line})`).join("|").replace(/^/, "^(").replace(/$/, ")$"),
  "u",
);

/** Lines of Graphviz's language: words and quoted texts, in which a quote is always escaped. */
const QUOTED = String.raw`"(?:[^"\\\x00-\x1f]|\\["\\])*"`;
const DOT = new RegExp(
  String.raw`^(digraph ${QUOTED} \{|\}|\s*rankdir=LR;|\s*label=${QUOTED};|\s*subgraph cluster_n\d+ \{|\s*\}|` +
    String.raw`\s*(graph|node|edge|n\d+|n\d+ -> n\d+)( \[(\w+=(${QUOTED}|[\w.]+)(, )?)+\])?;|)$`,
  "u",
);

Deno.test("mermaidText() and dotText() hold any names between their quotes", () => {
  const check = (word: string) => {
    for (const line of mermaidText(graphWith(word)).split("\n")) match(line, MERMAID);
    for (const line of dotText(graphWith(word)).split("\n")) match(line, DOT);
  };
  for (const word of HOSTILE) check(word);
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 12 }), check), { numRuns: 60 });
});

Deno.test("mermaidText() draws groups, kinds and branches", () => {
  equal(
    mermaidText(graphWith("x")).split("\n").slice(0, 11).join("\n"),
    `flowchart LR
  subgraph n0["x (2 iterations)"]
    n1["x"]
  end
  n2{"x"}
  n3(["x"])
  n4[/"x"/]
  n1 --> n3
  n2 --> n3
  n4 -->|"xx"| n1
  n1 -.->|"x"| n1`,
  );
});

Deno.test("graphDocument() is what the schema says, in snake_case", () => {
  const [, step] = graphWith("x").nodes;
  const document = graphDocument(
    { name: "p.yml", nodes: [{ ...step, durationMs: 5 }], edges: [], sweep: [] },
    new Map(),
  );
  deepEqual(JSON.parse(JSON.stringify(document)), {
    name: "p.yml",
    nodes: [{
      id: "step:a",
      kind: "step",
      label: "x",
      state: "fresh",
      step_kind: "task",
      detail: "x",
      group: "group:g",
      duration_ms: 5,
    }],
    edges: [],
    sweep: [],
  });
});
