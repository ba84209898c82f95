/**
 * Lists, maps and everything else as they are written into a file.
 *
 * @module
 */

import { Tuple, type Value, ValueSet } from "../../yaml/value.ts";
import { blockText, isBlockSafe } from "./block_text.ts";
import type { FileStyle } from "../source/file_style.ts";
import { scalarToText } from "./scalar_text.ts";

type Collection = readonly Value[] | ReadonlyMap<Value, Value>;

/** Whether a value is a list or a map. */
export function isCollection(value: Value): value is Collection {
  return Array.isArray(value) || value instanceof Map;
}

/** A value on one line. */
export function flowText(value: Value, style: Pick<FileStyle, "isPadded">): string {
  if (value instanceof ValueSet) return `!!set ${braces([...value.keys()].map(flowKey), style)}`;
  if (value instanceof Map) {
    return braces([...value].map(([key, item]) => `${flowKey(key)}: ${flowText(item, style)}`), style);
  }
  if (!Array.isArray(value)) return scalarToText(value, { isFlow: true });
  if (value.length > 0 && value.every((item) => item instanceof Tuple)) {
    return `!!pairs [${value.map(([key, item]) => `${flowKey(key)}: ${flowText(item, style)}`).join(", ")}]`;
  }
  return `[${value.map((item) => flowText(item, style)).join(", ")}]`;
}

function flowKey(key: Value): string {
  return scalarToText(key, { isFlow: true });
}

function braces(parts: readonly string[], { isPadded }: Pick<FileStyle, "isPadded">): string {
  if (parts.length === 0) return "{}";
  return isPadded ? `{ ${parts.join(", ")} }` : `{${parts.join(", ")}}`;
}

/** Where a block stands. */
export interface BlockPlace {
  /** Blanks before each of its lines. */
  readonly indent: number;
  readonly style: FileStyle;
  /** Whether small maps in it are written on one line. */
  readonly small?: "flow" | "block";
  /** Whether it is a section of the file: a map that is one has lines of its own, however small. */
  readonly isSection?: boolean;
}

/** Whether a value is written as a block there, on lines of its own, rather than on one line. */
export function isBlock(value: Value, place: Omit<BlockPlace, "indent">): value is Collection {
  const { small, style, isSection } = place;
  if (!isCollection(value) || value instanceof ValueSet || sizeOf(value) === 0) return false;
  if (isSection && value instanceof Map) return true;
  if (Array.isArray(value) && value.some((item) => item instanceof Tuple)) return false;
  const items: readonly Value[] = value instanceof Map ? [...value.values()] : value as readonly Value[];
  const isSmall = !items.some(isCollection) && !items.some(isLong);
  return !isSmall || (value instanceof Map && (small ?? style.small) === "block");
}

function isLong(value: Value): boolean {
  return typeof value === "string" && value.includes("\n");
}

function sizeOf(value: Collection): number {
  return value instanceof Map ? value.size : (value as readonly Value[]).length;
}

/** The lines of a list or a map, the first one with its blanks too. Not empty. */
export function blockLines(value: Collection, place: BlockPlace): string[] {
  const pad = " ".repeat(place.indent);
  if (!(value instanceof Map)) return (value as readonly Value[]).flatMap((item) => itemLines(item, place));
  return Array.from(value, ([key, item]) => entryLines(scalarToText(key, { isFlow: false }), item, place))
    .flatMap(([first, ...rest]) => [pad + first, ...rest]);
}

/** The lines of a pair; the first one without its blanks. */
export function entryLines(key: string, value: Value, place: BlockPlace): string[] {
  const { indent, style } = place;
  if (isBlock(value, place)) {
    const deeper = indent + (Array.isArray(value) ? style.dash : style.step);
    return [`${key}:`, ...blockLines(value, { ...place, isSection: false, indent: deeper })];
  }
  const [first, ...rest] = inline(value, indent + style.step, style);
  return [`${key}: ${first}`, ...rest];
}

/** The lines of an item, with its dash. */
export function itemLines(value: Value, place: BlockPlace): string[] {
  const pad = " ".repeat(place.indent);
  if (isCollection(value) && (isBlock(value, place) || isStep(value))) {
    const [first, ...rest] = blockLines(value, { ...place, indent: place.indent + 2 });
    return [`${pad}- ${first.trimStart()}`, ...rest];
  }
  const [first, ...rest] = inline(value, place.indent + place.style.step, place.style);
  return [`${pad}- ${first}`, ...rest];
}

/** Steps are blocks, however small. */
function isStep(value: Collection): boolean {
  return value instanceof Map && (value.has("name") || value.has("steps"));
}

/** What is no block, as lines: a text of several lines is a block of another kind. */
function inline(value: Value, indent: number, style: FileStyle): string[] {
  if (isCollection(value)) return [flowText(value, style)];
  // Blank lines at its end would take in those that follow.
  if (typeof value === "string" && value.includes("\n") && !value.endsWith("\n\n") && isBlockSafe(value)) {
    return blockText(value, { style: "literal", rest: "", indent, lineBreak: "\n" }).split("\n");
  }
  return [scalarToText(value, { isFlow: false })];
}
