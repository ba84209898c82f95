import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import type { Area, LayoutQuestion, Point } from "../../../core/ports/layout.ts";
import { hostLayouter } from "./mod.ts";

const QUESTION: LayoutQuestion = {
  boxes: [
    { id: 'odd "name"', width: 100, height: 40 },
    { id: "b", width: 60, height: 40, frame: "f" },
    { id: "c", width: 60, height: 40, frame: "f" },
    { id: "d", width: 60, height: 40 },
  ],
  frames: [{ id: "f", headHeight: 30, minWidth: 120 }, { id: "empty", headHeight: 30, minWidth: 50 }],
  lines: [
    { source: 'odd "name"', target: "b", isBack: false },
    { source: "b", target: "c", label: { width: 30, height: 12 }, isBack: false },
    { source: "c", target: "b", isBack: true },
    { source: "c", target: "d", isBack: false },
    { source: "d", target: "d", isBack: true },
  ],
  direction: "right",
};

Deno.test("hostLayouter places boxes apart, in their frames, along the direction, and lines between them", async () => {
  const placed = await hostLayouter.place(QUESTION, { timeoutMs: 60_000 });
  ok(placed !== undefined);
  const box = (id: string) => placed.boxes.get(id)!;
  deepEqual(
    Array.from(placed.boxes, ([id, { width }]) => [id, width]),
    QUESTION.boxes.map(({ id, width }) => [id, width]),
  );
  for (const [a, b] of [['odd "name"', "b"], ["b", "c"], ["c", "d"]]) {
    ok(box(a).x + box(a).width < box(b).x, `${a} ${b}`);
  }
  const frame = placed.frames.get("f")!;
  for (const id of ["b", "c"]) ok(holds(frame, box(id)), id);
  equal(holds(frame, box("d")), false);
  for (const [at, { points }] of placed.lines.entries()) {
    const { source, target } = QUESTION.lines[at];
    ok(touches(box(source), points[0]) && touches(box(target), points[points.length - 1]), `line ${at}`);
  }
  ok(placed.lines[1].label !== undefined);
});

Deno.test("hostLayouter places from top to bottom when asked to", async () => {
  const placed = await hostLayouter.place({ ...QUESTION, direction: "down" }, { timeoutMs: 60_000 });
  ok(placed!.boxes.get("b")!.y > placed!.boxes.get('odd "name"')!.y);
});

Deno.test("hostLayouter gives up in time, and when it is called off", async () => {
  equal(await hostLayouter.place(QUESTION, { timeoutMs: 0 }), undefined);
  const never = new AbortController();
  const asked = hostLayouter.place(QUESTION, { timeoutMs: 60_000, signal: never.signal });
  never.abort();
  equal(await asked, undefined);
});

function holds(outer: Area, inner: Area): boolean {
  return outer.x <= inner.x && outer.y <= inner.y && outer.x + outer.width >= inner.x + inner.width &&
    outer.y + outer.height >= inner.y + inner.height;
}

function touches({ x, y, width, height }: Area, point: Point): boolean {
  const near = 1.5;
  return point.x >= x - near && point.x <= x + width + near && point.y >= y - near && point.y <= y + height + near;
}
