/**
 * Reading one map of a pipeline file key by key, noting everything that is wrong instead of stopping at the first.
 *
 * @module
 */

import { nearest, type Problem, type ProblemLevel, type YamlPath } from "../../errors.ts";
import { Float, pyStr, type Value } from "../../yaml/value.ts";

/** A YAML map. */
export type ValueMap = ReadonlyMap<Value, Value>;

/** Where a map stands in the file and what people call it. */
export interface Place {
  readonly at: YamlPath;
  /** Starts every message, such as `Step 'fit'`. */
  readonly label: string;
  /** Stands before key names in messages, such as `loop.`. */
  readonly prefix?: string;
  /** The step that problems are filed under. */
  readonly step?: string;
}

/** What is wrong, below a {@linkcode Place}. */
export interface Finding {
  readonly code: string;
  /** Follows the label: `timeout must be a duration, not 'abc'`. */
  readonly message: string;
  readonly hint?: string;
  /** Keys below the place; absent: the place itself. */
  readonly under?: YamlPath;
  readonly atKey?: boolean;
}

/** Files a problem that was found at `place`. */
export function note(problems: Problem[], place: Place, finding: Finding & { readonly level?: ProblemLevel }): void {
  const { level = "error", code, message, hint, under = [], atKey } = finding;
  const path = under.length === 0 ? place.at : [...place.at, ...under];
  problems.push({
    level,
    code,
    message: `${place.label}: ${message}`,
    path,
    ...(hint !== undefined && { hint }),
    ...(place.step !== undefined && { step: place.step }),
    ...(atKey && { atKey }),
  });
}

/** A value as messages show it: texts quoted and shortened, lists and maps by their kind. */
export function show(value: Value): string {
  if (value === null) return "nothing";
  if (value instanceof Map) return "a map";
  if (Array.isArray(value)) return "a list";
  const text = pyStr(value);
  const short = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  return typeof value === "string" ? `'${short}'` : short;
}

/** Whether a value is neither a list nor a map. */
export function isScalar(value: Value): boolean {
  return !(value instanceof Map) && !Array.isArray(value);
}

/** A number as JavaScript has it, if the value is one. */
export function asNumber(value: Value): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  return value instanceof Float ? value.value : undefined;
}

/** `did you mean 'x'?`, if a known name is near enough. */
export function didYouMean(name: string, known: Iterable<string>): string | undefined {
  const near = nearest(name, known);
  return near === undefined ? undefined : `did you mean '${near}'?`;
}

/** Hints by table of keys: a person's own key stands on every step, and comparing it 10,000 times takes its time. */
const KEY_HINTS = new WeakMap<ReadonlySet<string>, Map<string, string | undefined>>();
const HINTS_KEPT = 1_000;

/** Like {@linkcode didYouMean} for a constant table of keys; each answer is remembered. */
export function keyHint(key: string, known: ReadonlySet<string>): string | undefined {
  const hints = KEY_HINTS.get(known) ?? new Map<string, string | undefined>();
  if (hints.has(key)) return hints.get(key);
  const hint = didYouMean(key, known);
  if (hints.size >= HINTS_KEPT) hints.clear();
  KEY_HINTS.set(known, hints.set(key, hint));
  return hint;
}

/**
 * One map of the file. A key with a null value counts as absent. Each reader gives what a person can have meant, and
 * files a problem when that is not what the file says.
 */
export class Section {
  readonly values: ValueMap;
  readonly place: Place;
  readonly problems: Problem[];

  constructor(values: ValueMap, place: Place, problems: Problem[]) {
    this.values = values;
    this.place = place;
    this.problems = problems;
  }

  /** The value, or `undefined` when the key is absent or null. */
  get(key: string): Value | undefined {
    return this.values.get(key) ?? undefined;
  }

  /** Files an error. */
  error(finding: Finding): void {
    note(this.problems, this.place, finding);
  }

  /** Files a warning. */
  warn(finding: Finding): void {
    note(this.problems, this.place, { ...finding, level: "warning" });
  }

  /** Files that `key` holds something other than what it must. */
  mismatch(key: string, must: string, options: { readonly code: string; readonly hint?: string }): void {
    const seen = show(this.get(key) ?? null);
    this.error({ ...options, message: `${this.named(key)} must be ${must}, not ${seen}`, under: [key] });
  }

  /** The key with what stands before it, such as `loop.over`. */
  named(key: string): string {
    return (this.place.prefix ?? "") + key;
  }

  /** A text; numbers and dates become theirs. */
  text(key: string): string | undefined {
    const value = this.get(key);
    if (value === undefined || typeof value === "string") return value;
    if (isScalar(value)) return pyStr(value);
    this.mismatch(key, "a text", { code: "not-a-text" });
    return undefined;
  }

  /** A text that must be there and not be empty; `""` after an error. */
  requiredText(key: string, hint: string): string {
    const text = this.text(key);
    // A list or a map has its own message already.
    if (text || !isScalar(this.get(key) ?? null)) return text ?? "";
    this.error({ code: "missing-key", message: `${this.named(key)} is missing`, hint });
    return "";
  }

  /** A YAML boolean; nothing else will do, because `"false"` as a text is true to some and false to others. */
  flag(key: string, fallback = false): boolean {
    return this.maybeFlag(key) ?? fallback;
  }

  /** Like {@linkcode Section.flag}, `undefined` when absent. */
  maybeFlag(key: string): boolean | undefined {
    const value = this.get(key);
    if (value === undefined || typeof value === "boolean") return value;
    this.mismatch(key, "true or false", { code: "not-a-boolean", hint: "write it without quotes" });
    return undefined;
  }

  /** A map below this one. */
  section(key: string): Section | undefined {
    const value = this.get(key);
    if (value === undefined) return undefined;
    const { at, label, step } = this.place;
    const place: Place = { at: [...at, key], label, step, prefix: `${this.named(key)}.` };
    if (value instanceof Map) return new Section(value, place, this.problems);
    this.mismatch(key, "a map", { code: "not-a-map" });
    return undefined;
  }

  /** A list of texts; one text alone counts as a list of one. */
  texts(key: string): readonly string[] {
    const value = this.get(key);
    if (value === undefined) return [];
    const items: readonly Value[] = Array.isArray(value) ? value : [value];
    if (items.every(isText)) return items.map(pyStr);
    this.mismatch(key, "a list of texts", { code: "not-a-list" });
    return [];
  }

  /** Key and value of every entry, keys as text. */
  *entries(): Generator<[string, Value]> {
    for (const [key, value] of this.values) yield [typeof key === "string" ? key : pyStr(key), value];
  }

  /** Warns of keys that look like a mistyped `known` one. Other unknown keys are a person's own and are let be. */
  checkKeys(known: ReadonlySet<string>): void {
    for (const key of this.values.keys()) {
      if (typeof key !== "string" || known.has(key)) continue;
      const hint = keyHint(key, known);
      if (hint === undefined) continue;
      const message = `unknown key '${this.named(key)}' is ignored`;
      this.warn({ code: "unknown-key", message, hint, under: [key], atKey: true });
    }
  }
}

function isText(value: Value): boolean {
  return value !== null && isScalar(value);
}
