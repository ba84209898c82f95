import { LoomError, usage } from "../../errors.ts";
import { type Cell, type Column, FIXED, type ResultTable } from "../table/column.ts";
import { findColumn } from "../table/find_column.ts";
import { finiteOf, numberOf } from "../table/number.ts";
import type { Result } from "../table/result.ts";
import { sortRows } from "../table/sort.ts";
import { type Axis, type Dot, groupText, meansOf, type Plot, type Plotting } from "./plot.ts";

/** Colours that an eye tells apart. */
const MOST_GROUPS = 10;

/** More dots than these, each at an x of its own, are a cloud and no line. */
const MOST_JOINED = 60;

/** Names beside an axis that can still be read. */
const MOST_CATEGORIES = 40;

/**
 * A picture of results: what is not said is chosen, where there is but one choice.
 *
 * @throws {LoomError} `usage` where there are several, or what is asked for cannot be drawn; `unknown-column`.
 */
export function plotOf(table: ResultTable, asked: Plotting): Plot {
  const rows = table.rows;
  const y = asked.y === undefined ? onlyMetric(table, asked) : findColumn(table, asked.y, "--y");
  const x = asked.x === undefined ? onlyParameter(table, { y, color: asked.color }) : findColumn(table, asked.x, "--x");
  const color = asked.color === undefined ? undefined : findColumn(table, asked.color, "--color");
  const logs = logAxes(asked.log ?? []);
  const axes = { x: axisOf(x, rows, logs.has("x")), y: axisOf(y, rows, logs.has("y")) };
  if (axes.y.kind === "category") throw usage(`Nothing to draw: '${y.name}' holds no numbers`);
  const dots = sorted(rows, x, axes.x).flatMap((row) => dotOf(row, { x, y, color }, axes));
  if (dots.length === 0) throw nothing(axes, { x, y });
  const groups = color && groupNames(color, rows, dots);
  return {
    ...axes,
    color: color && { name: color.name, groups: groups! },
    dots,
    hasMeans: hasMeans(dots),
    isJoined: axes.x.kind !== "category" && (hasMeans(dots) || dots.length <= MOST_JOINED * (groups?.length ?? 1)),
    left: rows.length - dots.length,
    chosen: [
      ...(asked.x === undefined ? [`x is ${x.name}`] : []),
      ...(asked.y === undefined ? [`y is ${y.name}`] : []),
    ],
  };
}

/** Categories stand in the order in which they were tried; numbers from low to high. */
function sorted(rows: readonly Result[], column: Column, { kind }: Axis): readonly Result[] {
  return kind === "category" ? rows : sortRows(rows, column);
}

function onlyMetric({ columns }: ResultTable, { x, color }: Plotting): Column {
  const metrics = columns.filter(({ kind, name }) => kind === "metric" && name !== x && name !== color);
  if (metrics.length === 1) return metrics[0];
  if (metrics.length > 1) throw usage("There are several metrics", `say --y with one of ${namesOf(metrics)}`);
  throw new LoomError("no-metrics", "Nothing was measured there: no metric is recorded", {
    hint: "name the files that hold numbers under 'metrics:' in the pipeline, or say --y duration",
  });
}

/** The only parameter with several values; where there is none, as with runs of one setting, when they were. */
function onlyParameter({ columns, rows }: ResultTable, { y, color }: { y: Column; color?: string }): Column {
  const parameters = columns.filter((column) => {
    return column.kind === "parameter" && column !== y && column.name !== color && isVaried(column, rows);
  });
  const numeric = parameters.filter((column) => rows.some((row) => finiteOf(column.cell(row)) !== undefined));
  const [first, second] = numeric.length > 0 ? numeric : parameters;
  if (second !== undefined) {
    throw usage("Several parameters differ", `say --x with one of ${namesOf(parameters)}`);
  }
  if (first !== undefined) return first;
  return columns.includes(FIXED.when) ? FIXED.when : FIXED.point;
}

function isVaried(column: Column, rows: readonly Result[]): boolean {
  return rows.some((row) => column.cell(row) !== column.cell(rows[0]));
}

function namesOf(columns: readonly Column[]): string {
  return columns.map(({ name }) => name).join(", ");
}

function logAxes(words: readonly string[]): ReadonlySet<string> {
  const axes = words.flatMap((word) => word === "both" ? ["x", "y"] : word.split(","));
  const wrong = axes.find((axis) => axis !== "x" && axis !== "y");
  if (wrong !== undefined) throw usage(`Option --log cannot be '${wrong}'`, "it is x, y or both");
  return new Set(axes);
}

function axisOf(column: Column, rows: readonly Result[], isLog: boolean): Axis {
  const { name } = column;
  const cells = rows.map((row) => column.cell(row)).filter((cell) => cell !== undefined && cell !== null);
  const kind = column.kind === "time" ? "time" : isNumeric(column, cells) ? "number" : "category";
  if (!isLog) return { name, kind, isLog };
  if (kind !== "number") throw usage(`Option --log: '${name}' holds no numbers`);
  if (!cells.some((cell) => (finiteOf(cell) ?? 0) > 0)) throw usage(`Option --log: '${name}' has nothing above 0`);
  return { name, kind, isLog };
}

function isNumeric({ kind }: Column, cells: readonly Cell[]): boolean {
  return kind !== "label" && cells.length > 0 && cells.every((cell) => numberOf(cell) !== undefined);
}

interface Columns {
  readonly x: Column;
  readonly y: Column;
  readonly color?: Column;
}

function dotOf(row: Result, columns: Columns, axes: { readonly x: Axis; readonly y: Axis }): readonly Dot[] {
  const cell = columns.x.cell(row);
  const [x, y] = [axes.x.kind === "category" ? groupText(cell) : finiteOf(cell), finiteOf(columns.y.cell(row))];
  if (x === undefined || y === undefined || (axes.x.isLog && Number(x) <= 0) || (axes.y.isLog && y <= 0)) return [];
  return [{ x, y, ...(columns.color !== undefined && { color: groupText(columns.color.cell(row)) }) }];
}

function groupNames(column: Column, rows: readonly Result[], dots: readonly Dot[]): readonly string[] {
  const drawn = new Set(dots.map(({ color }) => color!));
  const names = [...new Set(sortRows(rows, column).map((row) => groupText(column.cell(row))))];
  const groups = names.filter((name) => drawn.has(name));
  if (groups.length <= MOST_GROUPS) return groups;
  throw usage(
    `Option --color: '${column.name}' has ${groups.length} values, more than can be told apart`,
    `at most ${MOST_GROUPS} can`,
  );
}

function hasMeans(dots: readonly Dot[]): boolean {
  const places = new Set(dots.map(({ x, color }) => JSON.stringify([x, color])));
  return places.size < dots.length && places.size > 1 || meansOf(dots).length === 1 && dots.length > 1;
}

function nothing({ x }: { readonly x: Axis }, columns: { readonly x: Column; readonly y: Column }): LoomError {
  const why = x.isLog ? ", or none above 0" : "";
  return new LoomError(
    "nothing-to-draw",
    `Nothing to draw: no row has both ${columns.x.name} and ${columns.y.name}${why}`,
  );
}

/** Whether there are too many categories to name them all. */
export function hasManyCategories({ x, dots }: Plot): boolean {
  return x.kind === "category" && new Set(dots.map((dot) => dot.x)).size > MOST_CATEGORIES;
}
