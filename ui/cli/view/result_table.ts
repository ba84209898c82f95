/**
 * Results as a table that fits a terminal.
 *
 * @module
 */

import {
  type Cell,
  type Column,
  columnTexts,
  finiteOf,
  isNumeric,
  modeOf,
  type Result,
  type ResultTable,
  type Selected,
} from "../../../core/report/table/mod.ts";
import type { Paint, Palette } from "./colors.ts";
import { durationText } from "./duration.ts";
import { statusPaint } from "./run_status.ts";
import { cells as widthOf, fit, pad } from "./text_width.ts";
import { timeText } from "./time.ts";

/** How wide a table may be, and how it is painted. */
export interface TableStyle {
  readonly paint: Palette;
  /** Absent: as wide as it is. */
  readonly width?: number;
}

/** Lines of a table and what was left out of it. */
export interface TableText {
  readonly lines: readonly string[];
  readonly notes: readonly string[];
}

/** One column, ready to be put beside others. */
interface Shown {
  readonly column: Column;
  readonly width: number;
  readonly heading: string;
  readonly texts: readonly string[];
  /** Of each text. */
  readonly widths: readonly number[];
  /** Absent where nothing is painted. */
  readonly paints?: (at: number) => Paint;
  readonly toRight: boolean;
  /** The one text that stands in every row. */
  readonly constant?: string;
}

const GAP = "  ";

/** By their number. */
const BLANKS: string[] = [];

/** Texts are cut to so many cells. */
const WIDEST = 40;

const TIMES = { time: timeText, duration: durationText };

/** The rows below their headings; what does not fit is left out, first what is the same in all rows. */
export function tableText(table: Selected, { paint, width }: TableStyle): TableText {
  const all = table.columns.map((column) => shownColumn(column, table, paint));
  const kept = width === undefined ? all : fitting(all, width, table.sortedBy);
  const left = all.filter((column) => !kept.includes(column));
  const lines = ["", ...table.rows.map(() => "")];
  kept.forEach((column, place) => append(lines, column, { isLast: place === kept.length - 1, paint }));
  return { lines: lines.map((line) => line.trimEnd()), notes: notesOf(left, table) };
}

function shownColumn(column: Column, table: Selected, paint: Palette): Shown {
  const cells = table.rows.map((row) => column.cell(row));
  const fitted = remembered((text: string) => fit(text, WIDEST));
  const taken = remembered(widthOf);
  const texts = columnTexts(column, cells, TIMES).map((text, at) =>
    typeof cells[at] === "string" ? fitted(text) : text
  );
  const heading = fit(column.name, WIDEST);
  const widths = texts.map((text, at) => typeof cells[at] === "string" ? taken(text) : text.length);
  const width = widths.reduce((most, taken) => Math.max(most, taken), widthOf(heading));
  const constant = texts.length > 1 && texts.every((text) => text === texts[0]) ? texts[0] : undefined;
  return {
    column,
    width,
    heading,
    texts,
    widths,
    paints: paintsOf(column, { table, cells, paint }),
    toRight: isNumeric(column, cells),
    constant,
  };
}

/** Thousands of rows have few different texts. */
function remembered<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const made = known.get(text) ?? work(text);
    known.set(text, made);
    return made;
  };
}

interface Painting {
  readonly table: Selected;
  readonly cells: readonly Cell[];
  readonly paint: Palette;
}

function paintsOf(column: Column, { table, cells, paint }: Painting): Shown["paints"] {
  if (column.name === "status") {
    const painted = pointPaint(paint);
    return (at) => (text) => painted(String(cells[at]), text);
  }
  const best = column === table.sortedBy ? bestCell(column, cells) : undefined;
  if (best === undefined) return undefined;
  return (at) => cells[at] === best ? (text) => paint.good(paint.strong(text)) : (text) => text;
}

/** Colours the text of how a point or a run stands. */
function pointPaint(paint: Palette): (status: string, text: string) => string {
  const others = statusPaint(paint);
  return (status, text) => {
    if (status === "pending") return paint.dim(text);
    return status === "stopped" ? paint.warn(text) : others(text);
  };
}

/** The best value as its name tells it, else the first one. */
function bestCell(column: Column, cells: readonly Cell[]): Cell {
  const mode = column.kind === "metric" ? modeOf(column.name) : undefined;
  if (mode === undefined) return cells[0];
  let best: Cell;
  for (const cell of cells) {
    const [number, other] = [finiteOf(cell), finiteOf(best)];
    if (number !== undefined && (other === undefined || (mode === "max" ? number > other : number < other))) {
      best = cell;
    }
  }
  return best;
}

/** Puts a column behind what each line has so far. */
function append(
  lines: string[],
  { heading, texts, widths, width, paints, toRight }: Shown,
  { isLast, paint }: { readonly isLast: boolean; readonly paint: Palette },
): void {
  const add = (line: number, text: string, taken: number) => {
    const blanks = BLANKS[width - taken] ??= " ".repeat(width - taken);
    lines[line] += (toRight ? blanks + text : isLast ? text : text + blanks) + (isLast ? "" : GAP);
  };
  add(0, paint.strong(heading), widthOf(heading));
  texts.forEach((text, at) => add(at + 1, paints === undefined ? text : paints(at)(text), widths[at]));
}

/** Leaves out what is the same in all rows, widest first; then what stands to the right; never what tells rows apart. */
function fitting(all: readonly Shown[], width: number, sortedBy: Column | undefined): readonly Shown[] {
  let kept = all;
  const drop = (candidates: readonly Shown[]) => {
    for (const candidate of candidates) {
      if (total(kept) <= width) return;
      kept = kept.filter((it) => it !== candidate);
    }
  };
  const free = all.slice(1).filter(({ column }) => column !== sortedBy);
  drop(free.filter(({ constant }) => constant !== undefined).sort((a, b) => b.width - a.width));
  drop(free.filter(({ column }) => ["reason", "duration", "when", "points"].includes(column.name)));
  drop(free.filter(({ column }) => column.kind === "parameter" || column.kind === "metric").reverse());
  return kept;
}

function total(columns: readonly Shown[]): number {
  return columns.reduce((sum, { width }) => sum + width + GAP.length, -GAP.length);
}

function notesOf(left: readonly Shown[], { rows, total }: Selected): readonly string[] {
  const same = left.filter(({ constant }) => constant !== undefined).map((it) => `${it.heading} ${it.constant}`);
  const others = left.filter(({ constant }) => constant === undefined).map((it) => it.heading);
  return [
    ...(same.length > 0 ? [`The same in all rows: ${same.join(", ")}`] : []),
    ...(others.length > 0
      ? [`Not shown, for want of room: ${others.join(", ")}; --columns chooses, --csv has all`]
      : []),
    ...(total === undefined ? [`The newest ${rows.length}; --limit 0 shows all`] : []),
    ...(total !== undefined && rows.length < total ? [`${rows.length} of ${total} rows; --limit 0 shows all`] : []),
  ];
}

/** One result, its values below each other. */
export function resultLines({ columns }: ResultTable, row: Result, paint: Palette): readonly string[] {
  const shown = columns.flatMap((column) => {
    const cell = column.cell(row);
    return cell === undefined ? [] : [[column, columnTexts(column, [cell], TIMES)[0]] as const];
  });
  const width = Math.max(...shown.map(([{ name }]) => widthOf(name)));
  return shown.map(([{ name }, text]) => {
    const value = name === "status" ? pointPaint(paint)(text, text) : fit(text, Infinity);
    return `${paint.dim(pad(name, width))}  ${value}`;
  });
}
