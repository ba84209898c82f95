/**
 * The parts of a long file that an edit can have to do with, as a shorter file.
 *
 * @module
 */

import type { YamlPath } from "../../errors.ts";
import type { Edit } from "../wish/edits.ts";
import { parsePath } from "../wish/path.ts";
import type { Splice } from "../source/node.ts";
import { endOf, outlineOf, type Part, startOf } from "./outline.ts";

/** Parts that were left out. */
interface Gap {
  /** Where they belong, in the shorter text. */
  readonly at: number;
  readonly text: string;
}

/** A shorter text, and what it lacks. */
export interface Window {
  readonly text: string;
  readonly gaps: readonly Gap[];
}

/**
 * The text without the parts that the edits have nothing to do with: plain ones in which none of the names that they
 * give stands, and that are not next to one in which one does.
 *
 * @returns `undefined` if all of the text is needed.
 */
export function windowOf(text: string, edits: readonly Edit[]): Window | undefined {
  const names = edits.map(namesIn);
  const parts = names.includes(undefined) ? undefined : outlineOf(text);
  if (parts === undefined) return undefined;
  const gaps: Gap[] = [];
  let short = "";
  let from = 0;
  for (const { start, end } of neededRanges(text, parts, names.flatMap((it) => it ?? []))) {
    if (start > from) gaps.push({ at: short.length, text: text.slice(from, start) });
    short += text.slice(Math.max(start, from), end);
    from = Math.max(from, end);
  }
  if (from < text.length) gaps.push({ at: short.length, text: text.slice(from) });
  return gaps.length === 0 ? undefined : { text: short, gaps };
}

/** The names that an edit is about; `undefined` if it is about places by their number. */
function namesIn(edit: Edit): readonly string[] | undefined {
  switch (edit.kind) {
    case "set":
    case "remove":
      return namesOfPath(edit.path);
    case "rename": {
      const names = namesOfPath(edit.path);
      return names === undefined ? undefined : [...names, edit.name];
    }
    case "add_step":
      return [
        edit.name,
        ...edit.after === undefined ? [] : [edit.after],
        ...edit.group === undefined ? [] : [edit.group],
      ];
    case "add_data":
    case "add_parameter":
      return [edit.name];
    case "place_node":
      return [edit.node];
    case "move_step":
    case "regroup":
      return undefined;
  }
}

const NAMED: ReadonlySet<string | number> = new Set(["steps", "groups", "data", "parameters", "variables", "layout"]);

/** Settings that no step can be at odds with. */
const ALONE: ReadonlySet<string | number> = new Set(["max_workers", "parallel", "python", "cache"]);

function namesOfPath(path: string | YamlPath): readonly string[] | undefined {
  const [section, name] = typeof path === "string" ? parsePath(path) : path;
  if (section === "execution" && ALONE.has(name)) return [];
  return NAMED.has(section) && name !== undefined ? [String(name)] : undefined;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** What has to be read, in order; ranges may overlap. */
function neededRanges(text: string, parts: readonly Part[], names: readonly string[]): readonly Range[] {
  const ranges: Range[] = parts.flatMap((part) => part.marks === undefined ? [part] : edges(text, part));
  for (const name of names) {
    let index = 0;
    for (const at of occurrences(text, name)) {
      while (parts[index].end <= at) index++;
      if (parts[index].marks !== undefined) ranges.push(around(text, at, parts[index]));
    }
  }
  return ranges.toSorted((a, b) => a.start - b.start);
}

/** The first two and the last two of a row: they show how it is written, and what comes next is put there. */
function edges(text: string, part: Part): readonly Range[] {
  const second = endOf(text, endOf(text, part.start, part), part);
  const last = startOf(text, part.end - 1, part);
  return [{ start: part.start, end: second }, {
    start: startOf(text, Math.max(part.start, last - 1), part),
    end: part.end,
  }];
}

/** A step or an entry with its neighbours. */
function around(text: string, at: number, part: Part): Range {
  const [start, end] = [startOf(text, at, part), endOf(text, at, part)];
  return {
    start: startOf(text, Math.max(part.start, start - 1), part),
    end: end === part.end ? end : endOf(text, end, part),
  };
}

/** Where a name stands, whole, or as the end of the id of its node on the canvas. */
function* occurrences(text: string, name: string): Generator<number> {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + Math.max(1, name.length))) {
    const after = text[at + name.length];
    const isOpenEnd = after !== undefined && /[\w-]/.test(after) && !text.startsWith("_ref_", at + name.length);
    const isOpenStart = at > 0 && /[\w-]/.test(text[at - 1]) &&
      !/(?:data_|param_)$/.test(text.slice(Math.max(0, at - 6), at));
    if (!isOpenEnd && !isOpenStart) yield at;
  }
}

/** The gaps after the shorter text was changed; `undefined` if a change touches one. */
export function movedGaps(gaps: readonly Gap[], splices: readonly Splice[]): readonly Gap[] | undefined {
  const moved: Gap[] = [];
  for (const gap of gaps) {
    let by = 0;
    for (const { start, end, text } of splices) {
      if (start <= gap.at && end >= gap.at) return undefined;
      if (end < gap.at) by += text.length - (end - start);
    }
    moved.push({ ...gap, at: gap.at + by });
  }
  return moved;
}

/** The text with what was left out. */
export function filled(text: string, gaps: readonly Gap[]): string {
  let result = "";
  let from = 0;
  for (const gap of gaps) {
    result += text.slice(from, gap.at) + gap.text;
    from = gap.at;
  }
  return result + text.slice(from);
}

/** The number that a line of the shorter text has in the whole one. */
export function lineInWhole({ text, gaps }: Window, line: number): number {
  let lines = 0;
  let start = 0;
  for (let at = 1; at < line; at++) start = text.indexOf("\n", start) + 1;
  for (const gap of gaps) if (gap.at <= start) lines += count(gap.text);
  return line + lines;
}

function count(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}
