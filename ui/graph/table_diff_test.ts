import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { parseDelimited } from "./delimited.ts";
import { compareJson, compareTables } from "./table_diff.ts";

Deno.test("parseDelimited() reads quotes, empty cells, any end of line, and what is cut off", () => {
  deepEqual(parseDelimited('a,b\r\n1,"x, ""y""\nz"\n,\n3', ","), [["a", "b"], ["1", 'x, "y"\nz'], ["", ""], ["3"]]);
  deepEqual(parseDelimited("", ","), []);
  deepEqual(parseDelimited('a\tb\n"open', "\t"), [["a", "b"], ["open"]]);
});

Deno.test("compareTables() goes by the names of columns and shows the rows that differ", () => {
  const { columns, rows, changed, total } = compareTables("id,x\n1,2\n2,3\n", "x,id,y\n2,1,\n4,2,5\n", {
    mark: ",",
    most: 10,
  });
  deepEqual([columns, changed, total], [["x", "id", "y"], 2, 2]);
  deepEqual(rows[1].cells, [
    { before: "3", after: "4", same: false },
    { before: "2", after: "2", same: true },
    { before: undefined, after: "5", same: false },
  ]);
  equal(compareTables("a\n1\n", "a\n1\n", { mark: ",", most: 1 }).changed, 0);
});

Deno.test("compareJson() says what is new, gone, changed, and where", () => {
  const { inside } = compareJson("", { a: 1, b: { c: [1, 2] }, d: 0 }, { a: 2, b: { c: [1, 3] }, e: null });
  deepEqual(inside.map(({ name, kind, before, after }) => [name, kind, before, after]), [
    ["a", "changed", "1", "2"],
    ["b", "inside", undefined, undefined],
    ["e", "new", undefined, "null"],
    ["d", "gone", "0", undefined],
  ]);
  deepEqual(inside[1].inside[0].inside.map(({ kind }) => kind), ["same", "changed"]);
});
