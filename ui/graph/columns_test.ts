import { strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { inColumns } from "./columns.ts";
import type { Laid } from "./fold.ts";
import type { LayoutLine, LayoutSize } from "./group_layout.ts";

const line = (source: string, target: string): LayoutLine => {
  return { source, sourceHandle: "out", target, targetHandle: "in" };
};
const box = (id: string, height = 60): LayoutSize => ({ id, width: 200, height });
const placed = (boxes: readonly LayoutSize[], lines: readonly LayoutLine[]) =>
  new Map(inColumns(boxes, lines).map((laid) => [laid.id, laid]));
const middle = ({ y, height }: Laid) => y + height / 2;

const GRAPH = fc.array(fc.integer({ min: 20, max: 200 }), { minLength: 1, maxLength: 30 }).chain((heights) => {
  const boxes = heights.map((height, index) => box(`b${index}`, height));
  const end = fc.integer({ min: 0, max: boxes.length - 1 }).map((index) => boxes[index].id);
  const lines = fc.array(fc.tuple(end, end).map(([source, target]) => line(source, target)), { maxLength: 60 });
  return lines.map((lines) => ({ boxes, lines }));
});

Deno.test("inColumns() places every box once, with room between any two, circles or not", () => {
  fc.assert(fc.property(GRAPH, ({ boxes, lines }) => {
    const laid = inColumns(boxes, lines);
    equal(laid.map(({ id }) => id).join(), boxes.map(({ id }) => id).join());
    for (const [index, a] of laid.entries()) {
      equal(Number.isFinite(a.x) && Number.isFinite(a.y) && a.y >= -0.001, true);
      for (const b of laid.slice(index + 1)) {
        const isBeside = a.x + a.width <= b.x || b.x + b.width <= a.x;
        const isBelow = middle(a) < middle(b) ? a.y + a.height + 27 < b.y : b.y + b.height + 27 < a.y;
        equal(isBeside || isBelow, true, `${a.id} and ${b.id}`);
      }
    }
  }));
});

Deno.test("inColumns() leads every line of a graph without circles to the right", () => {
  fc.assert(fc.property(GRAPH, ({ boxes, lines }) => {
    const rank = (id: string) => Number(id.slice(1));
    const forward = lines.filter(({ source, target }) => rank(source) < rank(target));
    const at = placed(boxes, forward);
    for (const { source, target } of forward) equal(at.get(source)!.x + 200 < at.get(target)!.x, true);
  }));
});

Deno.test("inColumns() draws a chain as one straight line, between the handles and not the middles", () => {
  const ports = [{ id: "in", x: 0, y: 30 }, { id: "out", x: 200, y: 30 }];
  const boxes = [60, 140, 90].map((height, index) => ({ ...box(`b${index}`, height), ports }));
  const laid = inColumns(boxes, [line("b0", "b1"), line("b1", "b2")]);
  equal(new Set(laid.map(({ y }) => Math.round(y))).size, 1);
});

Deno.test("inColumns() finds the order in which nothing crosses", () => {
  const boxes = ["a", "b", "c", "toC", "toB", "toA", "end"].map((id) => box(id));
  const lines = [line("a", "toA"), line("b", "toB"), line("c", "toC")];
  const at = placed(boxes, [...lines, line("toA", "end"), line("toB", "end"), line("toC", "end")]);
  for (const [from, to] of [["a", "toA"], ["b", "toB"], ["c", "toC"]]) {
    equal(Math.round(middle(at.get(from)!) - middle(at.get(to)!)), 0, `${from} to ${to}`);
  }
});

Deno.test("inColumns() keeps what a late step takes beside it, and parts of a graph apart", () => {
  const boxes = ["a", "b", "c", "late", "raw", "prepared", "alone", "other"].map((id) => box(id));
  const chain = [line("a", "b"), line("b", "c"), line("c", "late"), line("raw", "prepared"), line("prepared", "late")];
  const at = placed(boxes, [...chain, line("alone", "other")]);
  equal([at.get("raw")!.x, at.get("prepared")!.x].join(), [at.get("b")!.x, at.get("c")!.x].join());
  const lowest = Math.max(...["a", "raw", "late"].map((id) => at.get(id)!.y + 60));
  equal(Math.min(at.get("alone")!.y, at.get("other")!.y) > lowest, true);
});
