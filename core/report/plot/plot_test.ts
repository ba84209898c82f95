import { deepStrictEqual as deepEqual, ok, strictEqual as equal, throws } from "node:assert/strict";
import type { Scalar } from "../../ports/store.ts";
import { pointTable, type ResultTable, runTable } from "../table/column.ts";
import { plotOf } from "./choose.ts";
import { groupsOf, meansOf } from "./plot.ts";
import { scaleOf } from "./scale.ts";
import { plotSpec } from "./spec.ts";

type Row = readonly [parameters: Readonly<Record<string, Scalar>>, metrics: Readonly<Record<string, Scalar>>];

function table(rows: readonly Row[]): ResultTable {
  return pointTable(rows.map(([parameters, metrics], at) => {
    return { number: at + 1, point: `p${at}`, status: "done", parameters, metrics, durationMs: 1000 * at };
  }));
}

const sweep = table([0.1, 0.01, 0.001].flatMap((lr) => [1, 2].map((seed): Row => [{ lr, seed }, { acc: lr + seed }])));

Deno.test("plotOf() chooses the only parameter that differs, and the only metric", () => {
  const one = table([[{ lr: 1, model: "a" }, { acc: 1 }], [{ lr: 2, model: "a" }, { acc: 2 }]]);
  const { x, y, chosen, dots } = plotOf(one, {});
  deepEqual([x.name, y.name, chosen, dots], ["lr", "acc", ["x is lr", "y is acc"], [{ x: 1, y: 1 }, { x: 2, y: 2 }]]);
  throws(() => plotOf(sweep, {}), { code: "usage", hint: "say --x with one of lr, seed" });
  equal(plotOf(sweep, { color: "seed" }).x.name, "lr");
  throws(() => plotOf(table([[{ lr: 1 }, { a: 1, b: 2 }]]), {}), { hint: "say --y with one of a, b" });
  throws(() => plotOf(table([[{ lr: 1 }, {}]]), {}), { code: "no-metrics" });
  equal(plotOf(table([[{ lr: 1 }, { a: 1 }], [{ lr: 1 }, { a: 2 }]]), {}).x.name, "point");
  const runs = [1, 2].map((at) => ({ id: `${at}`, status: "done", createdAt: at, parameters: {}, metrics: { a: at } }));
  equal(plotOf(runTable(runs), {}).x.kind, "time");
});

Deno.test("plotOf() leaves out what is no number, and counts it", () => {
  const { dots, left } = plotOf(table([[{ x: 1 }, { y: "NaN" }], [{ x: 2 }, { y: 5 }], [{ x: 3 }, {}]]), {});
  deepEqual([dots, left], [[{ x: 2, y: 5 }], 2]);
  const log = plotOf(table([[{ x: 0 }, { y: 1 }], [{ x: 10 }, { y: 1 }]]), { x: "x", log: ["x"] });
  deepEqual([log.dots.length, log.left], [1, 1]);
  throws(() => plotOf(table([[{ x: 1 }, { y: "NaN" }]]), { x: "x" }), { code: "nothing-to-draw" });
  throws(() => plotOf(table([[{ x: -1 }, { y: 2 }]]), { x: "x", log: ["x"] }), { message: /'x' has nothing above 0/ });
  throws(() => plotOf(table([[{ x: 1 }, { y: "a" }]]), { x: "x" }), { message: /'y' holds no numbers/ });
  throws(() => plotOf(sweep, { x: "lr", log: ["z"] }), { message: "Option --log cannot be 'z'" });
});

Deno.test("plotOf() groups by colour in the order of values, and says when there are too many", () => {
  const plot = plotOf(sweep, { x: "lr", y: "acc", color: "seed" });
  deepEqual([plot.color?.groups, plot.hasMeans, plot.isJoined], [["1", "2"], false, true]);
  deepEqual([...groupsOf(plot).values()].map((dots) => dots.length), [3, 3]);
  const { hasMeans, dots } = plotOf(sweep, { x: "lr", y: "acc" });
  deepEqual([hasMeans, meansOf(dots).map(({ x, y }) => [x, Number(y.toFixed(9))])], [true, [[0.001, 1.501], [
    0.01,
    1.51,
  ], [0.1, 1.6]]]);
  const many = table(Array.from({ length: 11 }, (_, at): Row => [{ x: at, c: at }, { y: at }]));
  throws(() => plotOf(many, { x: "x", color: "c" }), { message: /'c' has 11 values/ });
});

Deno.test("scaleOf() marks round numbers, powers of ten and days", () => {
  const texts = (axis: "number" | "time", values: readonly number[], isLog = false) => {
    return scaleOf({ name: "a", kind: axis, isLog }, values, 5).ticks.map(({ text }) => text);
  };
  deepEqual(texts("number", [1, 4]), ["1", "2", "3", "4"]);
  deepEqual(texts("number", [0.001, 1], true), ["0.001", "0.01", "0.1", "1"]);
  deepEqual(texts("number", [1e-12, 1e12], true), ["1e-10", "1e-5", "1", "1e5", "1e10"]);
  deepEqual(texts("time", [0, 3 * 86_400_000]), ["1970-01-01", "1970-01-02", "1970-01-03", "1970-01-04"]);
  const { place } = scaleOf({ name: "a", kind: "number", isLog: false }, [5, 5], 5);
  ok(Math.abs(place(5) - 0.5) < 1e-9);
});

Deno.test("plotSpec() holds the data under names of its own, whatever columns are called", () => {
  const plot = plotOf(table([[{ "a.b[0]": 1 }, { "<script>": 1 }], [{ "a.b[0]": 2 }, { "<script>": 2 }]]), {});
  const spec = plotSpec(plot) as Record<string, Record<string, Record<string, unknown>>>;
  deepEqual(spec.data.values, [{ x: 1, y: 1 }, { x: 2, y: 2 }] as unknown as Record<string, unknown>);
  deepEqual([spec.encoding.x.field, spec.encoding.x.title], ["x", "a.b[0]"]);
});
