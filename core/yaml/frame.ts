/**
 * Collections of a YAML document while their content is read.
 *
 * @module
 */

import { pyRepr } from "./py_text.ts";
import type { Value } from "./value_types.ts";
import { merged, taggedList, taggedMap } from "./collection.ts";
import { Dict } from "./dict.ts";
import { YamlFault } from "./fault.ts";

/** Stands for the `<<` key, where that is written without quotes. */
export const MERGE = Symbol("merge");

/** A value, or the `<<` key. */
export type Item = Value | typeof MERGE;

/** A key that stands twice in one map. */
export interface DuplicateKey {
  /** The key as Python prints it. */
  readonly key: string;
  /** Of the second one, in UTF-16 units from the start of the text. */
  readonly offset: number;
}

/** Where a collection starts, and the tag and the anchor before it. */
export interface Opening {
  readonly start: number;
  readonly tag?: string;
  readonly anchor?: string;
}

/** A list, a map, or the document itself. */
export interface Frame extends Opening {
  /** Content of a list or a document. */
  readonly list?: Value[];
  /** Content of a map. */
  readonly dict?: Dict;
  /** Values in it, aliases written out. */
  size: number;
  /** The key whose value comes next, and where it starts. */
  key?: Item;
  keyStart: number;
  /** What `<<` keys bring in. */
  merges?: Value[];
}

/**
 * Values that a document may stand for once its aliases are written out. They share memory here, but whoever prints or
 * compares them walks through every one; ten aliases of ten aliases, nine levels deep, are a billion.
 */
const MAX_VALUES = 10_000_000;

/** An empty list or document. */
export function listFrame(opening: Opening): Frame {
  return { ...opening, list: [], size: 1, keyStart: 0 };
}

/** An empty map. */
export function mapFrame(opening: Opening): Frame {
  return { ...opening, dict: new Dict(), size: 1, keyStart: 0 };
}

/** The value of a frame whose content is complete. */
export function finished(frame: Frame): Value {
  if (frame.dict === undefined) return taggedList(frame.list ?? [], frame.tag);
  const map = frame.merges === undefined ? frame.dict.map : merged(frame.dict.map, frame.merges);
  return taggedMap(map, frame.tag);
}

/** Whether the next value is a key. */
export function awaitsKey(frame: Frame): boolean {
  return frame.dict !== undefined && frame.key === undefined;
}

/** A value with what it costs and where it starts. */
export interface Placed {
  readonly value: Item;
  /** Values in it, aliases written out. */
  readonly size: number;
  readonly start: number;
}

/**
 * Puts a value into a frame: as the next item, the next key, or the value of the key before it.
 *
 * @returns The key, if the map has it already.
 * @throws {YamlFault} If the document stands for too many values, or a key cannot be one.
 */
export function put(frame: Frame, { value, size, start }: Placed): DuplicateKey | undefined {
  frame.size += size;
  if (frame.size > MAX_VALUES) {
    throw new YamlFault("The aliases stand for too many values", "use fewer aliases of what holds aliases itself");
  }
  if (frame.list !== undefined) frame.list.push(value as Value);
  else if (frame.key === undefined) takeKey(frame, value, start);
  else return putPair(frame, value as Value);
}

function takeKey(frame: Frame, key: Item, start: number): void {
  if (Array.isArray(key) || key instanceof Map) {
    throw new YamlFault("A list or a map cannot be a key", "use a text as the key");
  }
  frame.key = key;
  frame.keyStart = start;
}

function putPair(frame: Frame, value: Value): DuplicateKey | undefined {
  const { key, keyStart } = frame;
  frame.key = undefined;
  if (key === MERGE) (frame.merges ??= []).push(value);
  else if (!frame.dict!.set(key as Value, value)) return { key: pyRepr(key as Value), offset: keyStart };
}
