import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import type { Area, LayoutQuestion } from "../../ports/layout.ts";
import type { Graph, GraphEdge, GraphNode } from "../model/graph.ts";
import { simplePlaces } from "./simple.ts";
import { graphSvg } from "./svg.ts";
import { fitText, textWidth } from "./text_width.ts";

function graphWith(word: string): Graph {
  const step = (id: string, more: Partial<GraphNode> = {}): GraphNode => (
    { id, kind: "step", label: word, state: "never run", step: "task", detail: word, ...more }
  );
  return {
    name: word,
    nodes: [
      { id: "group:g", kind: "group", label: word, state: "stale", iterations: 3, durationMs: 61_000 },
      step("step:a", { group: "group:g", state: "fresh", durationMs: 1234 }),
      step("step:b", { step: "condition", optional: true, state: "missing" }),
      step("step:c", { step: "switch", state: "modified" }),
      step("step:d", { each: "*.txt", state: "no outputs" }),
      { id: "data:x", kind: "data", label: word, state: "missing", type: word, description: word },
      { id: "parameter:p", kind: "parameter", label: word, state: null, detail: word },
    ],
    edges: [
      { source: "step:a", target: "data:x", label: word, kind: "output" },
      { source: "step:d", target: "data:x", label: `${word}!`, kind: "output" },
      { source: "step:b", target: "step:c", label: "", kind: "order" },
      { source: "step:c", target: "step:d", label: word, kind: "branch", branch: "then" },
      { source: "parameter:p", target: "step:a", label: `${word}?`, kind: "argument" },
      { source: "step:a", target: "step:a", label: word, kind: "feedback" },
    ],
    sweep: [{ name: word, tries: 4 }],
  };
}

/** Whether a text is XML as far as these pictures use it: elements that close in order, attributes in quotes. */
function requireXml(text: string): void {
  const open: string[] = [];
  const rest = text.replace(/<(\/?)([a-z]+)((?: [\w:-]+="[^"<]*")*)>/g, (_, closes, name) => {
    if (closes === "") open.push(name);
    else equal(open.pop(), name);
    return "";
  });
  deepEqual(open, []);
  // What is left is text: no markup, no bare `&`, nothing that XML knows no character for.
  // deno-lint-ignore no-control-regex -- they are what is looked for
  equal(/[<>]|&(?!#\d+;)|[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/u.exec(rest), null);
}

Deno.test("graphSvg() is XML whatever things are called, without scripts and addresses", async () => {
  const check = async (word: string) => requireXml(await graphSvg(graphWith(word)));
  await check('</text><script>alert("x")</script>&\u0001\ud800');
  await fc.assert(fc.asyncProperty(fc.string({ unit: "binary", maxLength: 20 }), check), { numRuns: 30 });
  const svg = await graphSvg(graphWith("x"));
  equal(/<script|href|url\(|@import/.test(svg), false);
  match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d+" height="\d+" viewBox="[-\d ]+" role="img"/);
  match(svg, /prefers-color-scheme:dark/);
});

Deno.test("graphSvg() says states, durations, loops, repetition and sweeps, and explains them", async () => {
  const svg = await graphSvg(graphWith("name"));
  for (const words of ["1.2 s", "name · 3 iterations · 1 min", ">then<", ">fresh<", ">modified<", ">not there yet<"]) {
    ok(svg.includes(words), words);
  }
  for (const words of ["once for each file", ">repeated<", "faded: optional or disabled", "sweep: name (4)"]) {
    ok(svg.includes(words), words);
  }
  equal(/class="(box|data)[^>]*NaN/.test(svg), false);
});

Deno.test("graphSvg() shortens long names and tells them whole where a pointer rests", async () => {
  const long = "a_very_long_name_that_goes_on_".repeat(4);
  const svg = await graphSvg(graphWith(long));
  ok(svg.includes(`<title>${long}`));
  equal(svg.includes(`class="title" x="0"`), false);
  equal(/<text class="title"[^>]*>[^<]{40,}</.test(svg), false);
});

Deno.test("graphSvg() draws the places of the canvas if all have one and none overlap", async () => {
  const node = (id: string): GraphNode => ({ id, kind: "step", label: id, state: null, step: "task" });
  const graph: Graph = { name: "p", nodes: [node("a"), node("b")], edges: [], sweep: [] };
  const at = (b: { x: number; y: number }) => new Map([["a", { x: 1000, y: 500 }], ["b", b]]);
  const has = async (positions: ReadonlyMap<string, { x: number; y: number }>) =>
    (await graphSvg(graph, { positions })).includes('x="1000" y="500"');
  equal(await has(at({ x: 1300, y: 500 })), true);
  equal(await has(at({ x: 1010, y: 510 })), false);
  equal(await has(new Map([["a", { x: 1000, y: 500 }]])), false);
});

Deno.test("graphSvg() asks the layouter within a time, and does without it", async () => {
  const asked: number[] = [];
  const layouter = {
    place: (question: LayoutQuestion, { timeoutMs }: { timeoutMs: number }) => {
      asked.push(question.boxes.length, timeoutMs);
      return Promise.resolve(undefined);
    },
  };
  let plain = 0;
  const onPlain = () => void plain++;
  equal(await graphSvg(graphWith("x"), { layouter, onPlain }), await graphSvg(graphWith("x"), { onPlain }));
  equal(plain, 1);
  deepEqual(asked, [6, 15_000]);
  const edges: GraphEdge[] = Array.from(
    { length: 4000 },
    (_, i) => ({ source: "a", target: "b", label: `${i}`, kind: "input" }),
  );
  const nodes = Array.from(
    { length: 4000 },
    (_, i): GraphNode => ({ id: `${i}`, kind: "data", label: `${i}`, state: null }),
  );
  const huge = { name: "h", nodes: [...nodes, ...["a", "b"].map((id) => ({ ...nodes[0], id }))], edges, sweep: [] };
  await graphSvg(huge, { layouter });
  equal(asked.length, 2);
});

Deno.test("simplePlaces() lets no two boxes overlap, and frames hold their own boxes only", () => {
  const box = fc.record({ width: fc.integer({ min: 20, max: 200 }), frame: fc.option(fc.integer({ min: 0, max: 2 })) });
  const question = fc.array(box, { minLength: 1, maxLength: 14 }).chain((boxes) => {
    const end = fc.integer({ min: 0, max: boxes.length - 1 }).map(String);
    const line = fc.record({ source: end, target: end, isBack: fc.boolean() });
    return fc.array(line, { maxLength: 25 }).map((lines): LayoutQuestion => ({
      boxes: boxes.map(({ width, frame }, at) => ({
        id: `${at}`,
        width,
        height: 30,
        frame: frame === null ? undefined : `f${frame}`,
      })),
      frames: [...new Set(boxes.flatMap(({ frame }) => frame ?? []))].map((frame) => (
        { id: `f${frame}`, headHeight: 30, minWidth: 10 }
      )),
      lines,
      direction: "right",
    }));
  });
  fc.assert(
    fc.property(question, (question) => {
      const { boxes, frames, lines } = simplePlaces(question);
      equal(lines.length, question.lines.length);
      for (const { id, frame } of question.boxes) {
        for (const other of question.boxes) ok(other.id <= id || !overlap(boxes.get(id)!, boxes.get(other.id)!));
        for (const [name, area] of frames) equal(overlap(area, boxes.get(id)!), name === frame);
      }
    }),
    { numRuns: 60 },
  );
});

function overlap(a: Area, b: Area): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

Deno.test("fitText() never gives more than fits, and all of it where it does", () => {
  const font = { size: 13 };
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), fc.integer({ min: 30, max: 200 }), (text, width) => {
      const fitted = fitText(text, width, font);
      ok(textWidth(fitted, font) <= width);
    }),
  );
  equal(fitText("short", 200, font), "short");
  match(fitText("日本語のとても長い名前", 60, font), /^日本語?…$/);
});
