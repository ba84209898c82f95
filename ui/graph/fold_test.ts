import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { blocksOf } from "./blocks.ts";
import { folded, scaleOf } from "./fold.ts";
import { overlaps } from "./sizes.ts";

const chain = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `${index}`, x: index * 330, y: 0, width: 268, height: 120 }));

Deno.test("a long chain goes on in the next row, and none of its boxes is lost or covered", () => {
  const laid = folded(chain(20));
  equal(new Set(laid.map(({ id }) => id)).size, 20);
  ok(scaleOf(laid) >= 0.4);
  ok(!laid.some((a, index) => laid.slice(index + 1).some((b) => overlaps(a, b))));
  const rows = Map.groupBy(laid, ({ y }) => y);
  ok(rows.size > 1);
  // In each row from left to right, and the rows one after the other.
  deepEqual([...rows.values()].flat().map(({ id }) => id), chain(20).map(({ id }) => id));
  for (const row of rows.values()) equal(row[0].x, 0);
});

Deno.test("what can be read in one row stays in one", () => {
  deepEqual(folded(chain(4)), chain(4));
  deepEqual(folded([]), []);
  deepEqual(folded(chain(20), 1), chain(20));
});

Deno.test("columns stay whole", () => {
  const two = chain(12).flatMap((box) => [box, { ...box, id: `${box.id} below`, x: box.x + 40, y: 200 }]);
  const laid = new Map(folded(two).map((box) => [box.id, box]));
  for (const { id } of chain(12)) equal(laid.get(`${id} below`)!.y - laid.get(id)!.y, 200);
});

Deno.test("data goes with the group that makes it, or else alone takes it", () => {
  const boxes = [
    ...["raw", "half", "all", "free"].map((id) => ({ id, kind: "data" })),
    { id: "a", kind: "step", group: "one" },
    { id: "b", kind: "step", group: "two" },
    { id: "c", kind: "step" },
  ];
  const lines = ["raw a", "a half", "half b", "free a", "free b", "c all"].map((line) => {
    const [source, target] = line.split(" ");
    return { source, target };
  });
  deepEqual(Object.fromEntries(blocksOf(boxes, lines)), { a: "one", b: "two", raw: "one", half: "one" });
  equal(blocksOf(boxes.map(({ id, kind }) => ({ id, kind })), lines).size, 0);
});
