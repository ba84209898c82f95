import { deepStrictEqual as deepEqual, strictEqual as equal, throws } from "node:assert/strict";
import type { Scalar } from "../../ports/store.ts";
import { type Cell, type Column, pointTable, runTable } from "./column.ts";
import { csvText } from "./csv.ts";
import { tableDocument } from "./document.ts";
import { filterRows } from "./filter.ts";
import type { Result } from "./result.ts";
import { select } from "./select.ts";
import { columnTexts, isNumeric } from "./text.ts";

type Values = Readonly<Record<string, Scalar>>;

function point(number: number, parameters: Values, metrics: Values = {}, more: Partial<Result> = {}): Result {
  return { number, point: `p${number}`, status: "done", parameters, metrics, ...more };
}

const SCORES: readonly Cell[] = [0.5, "NaN", 10, undefined, "Infinity", 9, "-Infinity", null];
const scored = pointTable(SCORES.map((acc, at) => point(at + 1, { lr: at }, acc === undefined ? {} : { acc })));

function numbers(rows: readonly Result[]): readonly number[] {
  return rows.map(({ number }) => number!);
}

Deno.test("select() orders numbers as numbers, and puts what is no number last in both directions", () => {
  deepEqual(numbers(select(scored, { sort: "acc" }).rows), [7, 1, 6, 3, 5, 2, 4, 8]);
  deepEqual(numbers(select(scored, { sort: "acc", reverse: true }).rows), [5, 3, 6, 1, 7, 2, 4, 8]);
  const texts = pointTable(["b", 10, "a", 9, true].map((x, at) => point(at + 1, { x })));
  deepEqual(numbers(select(texts, { sort: "x" }).rows), [5, 4, 2, 3, 1]);
  deepEqual(numbers(select(texts, { reverse: true, limit: 2 }).rows), [5, 4]);
});

Deno.test("select() limits what is left after the filter, and says how much there was", () => {
  const { rows, total } = select(scored, { filter: ["lr >= 2", "lr < 6"], sort: "lr", reverse: true, limit: 2 });
  deepEqual([numbers(rows), total], [[6, 5], 4]);
});

Deno.test("select() tells which column was meant", () => {
  throws(() => select(scored, { sort: "ac" }), { code: "unknown-column", hint: "did you mean 'acc'?" });
  throws(() => select(scored, { columns: ["x"] }), { hint: "there are point, status, lr, acc, duration" });
  deepEqual(select(scored, { columns: ["acc,lr", "metrics.acc"] }).columns.map(({ name }) => name), [
    "acc",
    "lr",
    "acc",
  ]);
});

Deno.test("columns that share a name are told apart, and long names always work", () => {
  const rows = [point(1, { acc: 1, status: "x", constructor: 5 }, { acc: 2, "report.f1": 3 })];
  const table = pointTable(rows);
  deepEqual(table.columns.map(({ name }) => name), [
    ...["point", "status", "acc", "parameters.status", "constructor", "metrics.acc", "report.f1", "duration"],
  ]);
  deepEqual(table.columns.map((column) => column.cell(rows[0])), [1, "done", 1, "x", 5, 2, 3, undefined]);
  equal(pointTable([point(1, { a: 1 }), point(2, {})]).columns[2].cell(point(3, {})), undefined);
  deepEqual(Object.keys(tableDocument(select(table, { columns: ["metrics.acc"] })).rows as object), ["0"]);
  const [row] = tableDocument(select(table, { columns: ["metrics.acc"] })).rows as readonly Result[];
  deepEqual([row.parameters, row.metrics], [{}, { acc: 2 }]);
});

Deno.test("filterRows() knows names with dots and dashes, text and numbers, and leaves out what is missing", () => {
  const table = pointTable([
    point(1, { lr: 0.1, "max-depth": 3, model: "linear", note: "a" }, { "report.f1": 0.5 }),
    point(2, { lr: 0.01, "max-depth": 4, model: "it's" }, { "report.f1": "NaN" }),
    point(3, { lr: 1, "max-depth": 5, model: "lr" }),
  ]);
  const kept = (condition: string) => numbers(filterRows(table, condition));
  deepEqual(kept("lr < 0.5 and max-depth != 4"), [1]);
  deepEqual(kept("report.f1 > 0"), [1]);
  deepEqual(kept("not report.f1 > 0"), [2, 3]);
  deepEqual(kept("note < 'b'"), [1]);
  deepEqual(kept("`report.f1` <= 1 or model == 'lr'"), [1, 3]);
  deepEqual(kept(`model in ["linear", "it's"]`), [1, 2]);
  deepEqual(kept("report.f1 == null"), [3]);
  deepEqual(kept("metrics.report.f1 == 0.5 and parameters.lr == 0.1 and point == 1"), [1]);
  deepEqual(kept("model == 'max-depth'"), []);
});

Deno.test("filterRows() says what is wrong with a condition, in the names of the table", () => {
  const table = pointTable([point(1, { lr: 0.1, "max-depth": 3 }, { "report.f1": 0.5 })]);
  const fault = (condition: string, message: RegExp, hint?: string) =>
    throws(() => filterRows(table, condition), { code: "usage", message, ...(hint !== undefined && { hint }) });
  fault("lrr < 1", /unknown name 'lrr'/, "did you mean 'lr'?");
  fault("lr <", /it ends too early/);
  fault("max-depth < 'a'", /'<' not supported between instances of 'int' and 'str'/);
  fault("max-depth lr", /Option --filter cannot be 'max-depth lr'/);
  fault("lr + 1 > 2", /arithmetic/);
});

Deno.test("runTable() tells the pipeline and the points only where they differ or are", () => {
  const run = (id: string, name: string, more: Partial<Result> = {}): Result => {
    return { id, name, status: "done", createdAt: 0, parameters: {}, metrics: {}, ...more };
  };
  const names = (rows: readonly Result[]) => runTable(rows).columns.map(({ name }) => name);
  deepEqual(names([run("a", "p.yml"), run("b", "p.yml")]), ["id", "when", "status", "duration"]);
  deepEqual(names([run("a", "p.yml", { points: 3 }), run("b", "q.yml")]), [
    ...["id", "when", "pipeline", "status", "points", "duration"],
  ]);
  deepEqual(numbers(filterRows(runTable([run("a", "p.yml", { number: 1 })]), "when < '1970-01-02'")), [1]);
});

const column = (kind: Column["kind"]): Column => ({ name: "x", kind, aliases: [], cell: () => undefined });
const times = { time: String, duration: String };

Deno.test("columnTexts() shows as many digits as tell numbers apart", () => {
  const metric = (cells: readonly Cell[]) => columnTexts(column("metric"), cells, times);
  deepEqual(metric([0.91234, 0.9, 0]), ["0.9123", "0.9000", "0.0000"]);
  deepEqual(metric([0.912341, 0.912342, 0.5]), ["0.912341", "0.912342", "0.500000"]);
  deepEqual(metric([53.2, 7.123456]), ["53.20", "7.12"]);
  deepEqual(metric([1, 20, 3e6]), ["1", "20", "3000000"]);
  deepEqual(metric([1e-9, 0.5]), ["1e-9", "0.5"]);
  deepEqual(metric([1.5e12, "NaN", undefined, null, true, "-Infinity"]), [
    ...["1500000000000", "NaN", "-", "-", "true", "-Infinity"],
  ]);
  deepEqual(columnTexts(column("parameter"), [0.1, 1e-5, 50, 0.1 + 0.2, 1e21, null], times), [
    ...["0.1", "0.00001", "50", "0.3", "1e21", "null"],
  ]);
  deepEqual([isNumeric(column("metric"), [1, "NaN", null]), isNumeric(column("metric"), [1, "a"])], [true, false]);
});

Deno.test("csvText() quotes what must be, gives all digits, and lets no spreadsheet compute", () => {
  const table = pointTable([
    point(1, { name: '=HYPERLINK("x")', note: "a,b\nc" }, { acc: 0.1 + 0.2, loss: -0.5 }, { durationMs: 12.5 }),
    point(2, { name: "-1+1", note: "-Infinity" }, { acc: "NaN", loss: null }),
  ]);
  equal(
    csvText(table),
    "point,status,name,note,acc,loss,duration_ms\r\n" +
      `1,done,"'=HYPERLINK(""x"")","a,b\nc",0.30000000000000004,-0.5,12.5\r\n` +
      "2,done,'-1+1,-Infinity,NaN,,\r\n",
  );
});
