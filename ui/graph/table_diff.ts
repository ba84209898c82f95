/**
 * What differs between two tables, cell by cell, and between two JSON values, place by place.
 *
 * @module
 */

import { parseDelimited } from "./delimited.ts";

/** One cell that is shown. */
export interface ComparedCell {
  readonly before?: string;
  readonly after?: string;
  readonly same: boolean;
}

/** One row; `at` counts from 1, the heading left out. */
export interface ComparedRow {
  readonly at: number;
  readonly cells: readonly ComparedCell[];
  readonly same: boolean;
}

/** The answer. */
export interface ComparedTable {
  readonly columns: readonly string[];
  /** Rows that differ, as far as they are shown. */
  readonly rows: readonly ComparedRow[];
  readonly changed: number;
  readonly total: number;
}

/** Compares row by row; columns go by their names. */
export function compareTables(
  before: string,
  after: string,
  { mark, most }: { mark: string; most: number },
): ComparedTable {
  const [old, now] = [parseDelimited(before, mark), parseDelimited(after, mark)];
  const [oldNames, names] = [old[0] ?? [], now[0] ?? []];
  const columns = [...names, ...oldNames.filter((name) => !names.includes(name))];
  const [oldAt, at] = [oldNames, names].map((own) => columns.map((name) => own.indexOf(name)));
  const total = Math.max(old.length, now.length) - 1;
  const rows: ComparedRow[] = [];
  let changed = 0;
  for (let i = 1; i <= total; i++) {
    const cells = columns.map((_, c) => cellOf(old[i]?.[oldAt[c]], now[i]?.[at[c]]));
    if (cells.every(({ same }) => same)) continue;
    if (++changed <= most) rows.push({ at: i, cells, same: false });
  }
  return { columns, rows, changed, total: Math.max(0, total) };
}

function cellOf(before: string | undefined, after: string | undefined): ComparedCell {
  return { before, after, same: before === after };
}

/** One place in two JSON values. */
export interface ComparedJson {
  readonly name: string;
  readonly kind: "same" | "changed" | "new" | "gone" | "inside";
  readonly before?: string;
  readonly after?: string;
  readonly inside: readonly ComparedJson[];
}

/** Deeper values are compared as texts. */
const DEEPEST = 40;

/** Compares two values; what is the same has nothing inside. */
export function compareJson(name: string, before: unknown, after: unknown, depth = 0): ComparedJson {
  const [old, now] = [JSON.stringify(before), JSON.stringify(after)];
  if (old === now) return { name, kind: "same", after: now, inside: [] };
  if (before === undefined) return { name, kind: "new", after: now, inside: [] };
  if (after === undefined) return { name, kind: "gone", before: old, inside: [] };
  if (depth > DEEPEST || !isTree(before) || !isTree(after) || Array.isArray(before) !== Array.isArray(after)) {
    return { name, kind: "changed", before: old, after: now, inside: [] };
  }
  const keys = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  const inside = keys.map((key) => compareJson(key, before[key], after[key], depth + 1));
  return { name, kind: "inside", inside };
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
