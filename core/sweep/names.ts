/**
 * Names in texts: which ones a text has, and which of them change from point to point.
 *
 * @module
 */

import { isInterpolated } from "../graph/expand.ts";
import { interpolatedNames, renamedText } from "../graph/interpolation.ts";
import { referenceName } from "../graph/resolve.ts";
import type { Matrix, Pipeline } from "../graph/pipeline.ts";
import type { Value } from "../yaml/value.ts";
import { pyRepr } from "../yaml/value.ts";

/** Stands for the point's name in texts while a sweep is put together. No file can hold it: it is no text of YAML. */
export const POINT = "\u0000point\u0000";

const SWEEP_ID = /\$\{\s*sweep\.id\s*\}/g;

/** A text with its `${sweep.id}` as {@linkcode POINT}. */
export function markPoint(text: string): string {
  if (!text.includes("sweep.id")) return text;
  // A text that is nothing but that has become a reference.
  return text === "$sweep.id" ? POINT : text.replaceAll(SWEEP_ID, POINT);
}

/** Whether a text names the point. */
export function namesPoint(text: string): boolean {
  return text.includes(POINT);
}

/** How a text is read. */
export interface Reading {
  /** `${name}` is a name. In older files it is a variable. */
  readonly interpolated: boolean;
  /** A `$name` that is the whole text is a reference. */
  readonly isReference: boolean;
}

/** The names that a text has: its `$reference`, or those put into it. */
export function namesIn(text: string, { interpolated, isReference }: Reading): readonly string[] {
  if (!text.includes("$")) return [];
  const name = isReference ? referenceName(text) : undefined;
  if (name !== undefined) return [name];
  return interpolated ? interpolatedNames(text) : [];
}

/** The text with its names replaced. */
export function rename(text: string, to: (name: string) => string, { interpolated, isReference }: Reading): string {
  if (interpolated) return renamedText(text, to, { isReference });
  const name = isReference ? referenceName(text) : undefined;
  return name === undefined ? text : `$${to(name)}`;
}

const WORDS = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[\p{L}_][\p{L}\p{N}_]*/gu;

/** Names in a question about parameters; texts in quotes have none. */
export function questionNames(text: string): readonly string[] {
  return [...text.matchAll(WORDS)].map(([word]) => word).filter((word) => !/^['"]/.test(word));
}

/** A question with values in the place of names; `undefined` leaves a name as it is. */
export function withValues(text: string, valueOf: (name: string) => Value | undefined): string {
  return text.replaceAll(WORDS, (word) => {
    const value = /^['"]/.test(word) ? undefined : valueOf(word);
    return value === undefined ? word : literal(value);
  });
}

function literal(value: Value): string {
  const text = pyRepr(value);
  if (text === "inf") return "1e999";
  return text.startsWith("-") ? `(${text === "-inf" ? "-1e999" : text})` : text;
}

/** Stands for `${sweep.id}` among the keys that a name hangs on. */
export const ANY_KEY = "";

/** Swept keys. The same ones are the same set, so that it can be looked up by. */
export type Keys = ReadonlySet<string>;

/** Tells on which swept keys a parameter or data entry hangs, itself or by what its text mentions. */
export class SweptNames {
  readonly #pipeline: Pipeline;
  readonly #keys: ReadonlySet<string>;
  readonly #known = new Map<string, ReadonlySet<string>>();
  readonly #sets = new Map<string, Keys>();

  constructor(pipeline: Pipeline, matrix: Matrix) {
    this.#pipeline = pipeline;
    const extra = matrix.include.flatMap((point) => [...point.keys()]);
    this.#keys = new Set([...matrix.grid.keys(), ...matrix.zip.keys(), ...extra]);
  }

  /** Every swept key. */
  get keys(): ReadonlySet<string> {
    return this.#keys;
  }

  /** The set of these; {@linkcode ANY_KEY} stands for all. */
  keySet(keys: Iterable<string>): Keys {
    const given = new Set(keys);
    const chosen = given.has(ANY_KEY) ? [...this.#keys] : [...this.#keys].filter((key) => given.has(key));
    const id = chosen.join("\0");
    let set = this.#sets.get(id);
    if (set === undefined) this.#sets.set(id, set = new Set(chosen));
    return set;
  }

  /** Names that a text has. */
  in(text: string, isReference: boolean): readonly string[] {
    return namesIn(text, { interpolated: isInterpolated(this.#pipeline), isReference });
  }

  /** Keys that change what `name` stands for. */
  keysOf(name: string): ReadonlySet<string> {
    let keys = this.#known.get(name);
    if (keys !== undefined) return keys;
    // A ring of names hangs on what is found before it closes.
    this.#known.set(name, new Set());
    keys = this.#find(name);
    this.#known.set(name, keys);
    return keys;
  }

  /** Keys that change what a text says. */
  keysIn(text: string, isReference: boolean): ReadonlySet<string> {
    const names = this.in(text, isReference);
    if (names.length === 0) return namesPoint(text) ? new Set([ANY_KEY]) : NO_KEYS;
    const keys = new Set(names.flatMap((name) => [...this.keysOf(name)]));
    return namesPoint(text) ? keys.add(ANY_KEY) : keys;
  }

  #find(name: string): ReadonlySet<string> {
    const { data, parameters } = this.#pipeline;
    const entry = data.get(name);
    if (entry !== undefined) {
      const own = this.keysIn(entry.path, false);
      return entry.nestedIn === undefined ? own : new Set([...own, ...this.keysOf(entry.nestedIn)]);
    }
    if (this.#keys.has(name)) return new Set([name]);
    const value = parameters.get(name);
    return typeof value === "string" ? this.keysIn(value, false) : NO_KEYS;
  }
}

const NO_KEYS: ReadonlySet<string> = new Set();
