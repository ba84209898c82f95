/**
 * Numbers out of the files that programs leave behind.
 *
 * @module
 */

import { isLoomError } from "../../errors.ts";
import { basename, extension } from "../../paths.ts";
import type { FileReader } from "../../ports/files.ts";
import type { Metrics, Scalar } from "../../ports/store.ts";
import { pyFloat } from "../../yaml/py_number.ts";
import { parseCsv } from "./csv.ts";
import { brokenAt } from "./json_place.ts";

/** Larger files are data, not results. */
export const MOST_BYTES = 1024 * 1024;

/** More names than anybody reads would fill every table. */
const MOST_METRICS = 1_000;

/** What a metrics file holds. */
export interface MetricsFile {
  /** The last of each. */
  readonly values: Metrics;
  /** Every value of each, in order, where the file has more than one. */
  readonly series: ReadonlyMap<string, readonly Scalar[]>;
}

/** What was read, or why nothing was, in words that follow the file's name. */
export type MetricsFound =
  | MetricsFile
  | { readonly problem: string; readonly code: "metrics-missing" | "metrics-broken" };

/**
 * The metrics in a file: those of JSON with nested names joined by points, lists left out; of CSV the last row, or names
 * and values if it has two columns of that kind. `isWhole: false` for one that is being written.
 */
export function readMetrics(path: string, files: FileReader, { isWhole }: { readonly isWhole: boolean }): MetricsFound {
  const info = files.stat(path);
  if (info === undefined) return { code: "metrics-missing", problem: "is not there" };
  if (info.kind !== "file") return broken("is no file");
  if (info.sizeBytes > MOST_BYTES) return broken(`has ${info.sizeBytes} bytes; ${MOST_BYTES} are the most`);
  const text = files.readText(path);
  if (text === undefined) return { code: "metrics-missing", problem: "is not there" };
  try {
    return isTable(path) ? fromCsv(isWhole ? text : wholeLines(text)) : fromJson(text, basename(path));
  } catch (error) {
    if (!isLoomError(error) && !(error instanceof SyntaxError)) throw error;
    return broken(isLoomError(error) ? `is broken: ${error.message}` : jsonProblem(text));
  }
}

function broken(problem: string): MetricsFound {
  return { code: "metrics-broken", problem };
}

/** Whether it is read as a table: by its ending. */
export function isTable(path: string): boolean {
  return /^\.(csv|tsv)$/i.test(extension(path));
}

// The last line may be half of one.
function wholeLines(text: string): string {
  return text.slice(0, text.lastIndexOf("\n") + 1);
}

const NO_SERIES: MetricsFile["series"] = new Map();

/** Python writes what JSON has no word for. Inside quotes it is text. */
const PYTHON_NUMBERS = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/gs;

/** In quotes it is a text; without, for looking only, a number of the same length. */
function withoutPythonNumbers(text: string, quote = ""): string {
  return text.replaceAll(PYTHON_NUMBERS, (word) => {
    if (word.startsWith('"')) return word;
    return quote === "" ? "1".repeat(word.length) : `${quote}${word}${quote}`;
  });
}

function fromJson(text: string, name: string): MetricsFile {
  const root: unknown = JSON.parse(withoutPythonNumbers(text.replace(/^\uFEFF/, ""), '"'));
  const flat = new Map<string, Scalar>();
  const series = new Map<string, readonly Scalar[]>();
  // A list of records is a table, and its last row counts.
  if (Array.isArray(root)) flatten(root.at(-1), "", { flat, series });
  else if (typeof root === "object" && root !== null) flatten(root, "", { flat, series });
  else flat.set(name.slice(0, -extension(name).length || undefined), root as Scalar);
  if (Array.isArray(root)) addRecords(root, flat, series);
  return { values: asRecord(flat), series: series.size === 0 ? NO_SERIES : series };
}

interface Flat {
  readonly flat: Map<string, Scalar>;
  readonly series: Map<string, readonly Scalar[]>;
}

function flatten(value: unknown, name: string, to: Flat): void {
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every((item) => typeof item === "number" || isPythonNumber(item))) {
      to.series.set(name, value);
    }
    return;
  }
  if (typeof value !== "object" || value === null) return void (name !== "" && to.flat.set(name, value as Scalar));
  for (const [key, item] of Object.entries(value)) flatten(item, name === "" ? key : `${name}.${key}`, to);
}

function addRecords(records: readonly unknown[], last: ReadonlyMap<string, Scalar>, series: Flat["series"]): void {
  const rows = records.map((record) => {
    const flat = new Map<string, Scalar>();
    flatten(record, "", { flat, series: new Map() });
    return flat;
  });
  for (const name of last.keys()) series.set(name, rows.map((row) => row.get(name) ?? null));
}

function isPythonNumber(item: unknown): boolean {
  return item === "NaN" || item === "Infinity" || item === "-Infinity";
}

function jsonProblem(text: string): string {
  const before = text.slice(0, brokenAt(withoutPythonNumbers(text))).split("\n");
  return `is broken: line ${before.length}, column ${before.at(-1)!.length + 1} is no JSON`;
}

/** Heads of a table whose rows are names and values. */
const NAME_HEADS = /^(key|name|metric|measure)$/i;

function fromCsv(text: string): MetricsFile {
  const rows = parseCsv(text);
  if (rows.length === 0) return { values: {}, series: NO_SERIES };
  const [head, ...body] = rows;
  const isNamed = head.cells.length === 2 && rows.every(({ cells }) => cells.length === 2) &&
    (NAME_HEADS.test(head.cells[0]) || pyFloat(head.cells[1]) !== undefined && pyFloat(head.cells[0]) === undefined);
  if (isNamed) {
    const pairs = NAME_HEADS.test(head.cells[0]) ? body : rows;
    return {
      values: asRecord(new Map(pairs.map(({ cells: [name, value] }) => [name, scalarOfCell(value)]))),
      series: NO_SERIES,
    };
  }
  const last = body.at(-1);
  if (last === undefined) return { values: {}, series: NO_SERIES };
  const columns = head.cells.map((name, at) => [name === "" ? `column ${at + 1}` : name, at] as const);
  return {
    values: asRecord(new Map(columns.map(([name, at]) => [name, scalarOfCell(last.cells[at] ?? "")]))),
    series: new Map(columns.map(([name, at]) => [name, body.map(({ cells }) => scalarOfCell(cells[at] ?? ""))])),
  };
}

/** A number as Python reads it; what is none stays text, and nothing is nothing. */
function scalarOfCell(text: string): Scalar {
  if (text === "") return null;
  const number = pyFloat(text);
  if (number === undefined) return text;
  if (Number.isNaN(number)) return "NaN";
  return Number.isFinite(number) ? number : number > 0 ? "Infinity" : "-Infinity";
}

function asRecord(values: ReadonlyMap<string, Scalar>): Metrics {
  return Object.fromEntries([...values].slice(0, MOST_METRICS));
}
