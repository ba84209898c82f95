import { deepStrictEqual as deepEqual } from "node:assert/strict";
import fc from "fast-check";
import { differenceLines, differencesOf } from "./difference.ts";

Deno.test("differencesOf() names the places in which two states differ", () => {
  const before = { n: 1, list: [1, { at: 2 }], gone: null, "odd name": 1 };
  const after = { n: 1, list: [1, { at: 3 }, 4], come: { deep: true }, "odd name": 2 };
  deepEqual(differenceLines(differencesOf(before, after)), [
    "- state.list[1].at = 2",
    "+ state.list[1].at = 3",
    "+ state.list[2] = 4",
    "- state.gone = null",
    '- state["odd name"] = 1',
    '+ state["odd name"] = 2',
    '+ state.come = {"deep":true}',
  ]);
});

Deno.test("differencesOf() finds none between equal states, and some between others", () => {
  fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
    const [left, right] = [JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b))];
    deepEqual(differencesOf(left, structuredClone(left)), []);
    const isSame = JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
    deepEqual(differencesOf(left, right).length === 0, isSame);
  }));
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1);
  return { members: entries.map(([key, item]) => [key, sorted(item)]) };
}
