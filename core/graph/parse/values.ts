/**
 * The maps of names to texts, values and amounts that steps and settings share.
 *
 * @module
 */

import { asNumber, isScalar, type Section, show } from "./section.ts";
import { pyStr, type Value } from "../../yaml/value.ts";

const NONE: ReadonlyMap<string, never> = new Map<string, never>();

/**
 * A map of names to texts, in file order, such as a step's `inputs`. Numbers become their text; a list or map is an
 * error. A name without a value is left out with a warning, or kept as `options.empty`.
 */
export function textMap(
  owner: Section,
  key: string,
  options: { readonly empty?: string } = {},
): ReadonlyMap<string, string> {
  const value = owner.get(key);
  if (value === undefined) return NONE;
  if (isTextMap(value)) return value;
  const section = owner.section(key);
  if (section === undefined) return NONE;
  const texts = new Map<string, string>();
  for (const [name, entry] of section.entries()) {
    const text = entryText(section, name, entry) ?? options.empty;
    if (text !== undefined) texts.set(name, text);
    else if (entry === null) warnEmpty(section, name);
  }
  return texts;
}

/** Most maps are all text already, and are shared instead of copied: values are never changed. */
function isTextMap(value: Value): value is ReadonlyMap<string, string> {
  if (!(value instanceof Map)) return false;
  for (const [name, text] of value) {
    if (typeof name !== "string" || typeof text !== "string") return false;
  }
  return true;
}

function hasTextKeys(value: Value): value is ReadonlyMap<string, Value> {
  if (!(value instanceof Map)) return false;
  for (const name of value.keys()) {
    if (typeof name !== "string") return false;
  }
  return true;
}

function entryText(section: Section, name: string, value: Value): string | undefined {
  if (typeof value === "string") return value;
  if (value === null) return undefined;
  if (isScalar(value)) return pyStr(value);
  const message = `${section.named(name)} must be a text, not ${show(value)}`;
  section.error({ code: "not-a-text", message, under: [name] });
  return undefined;
}

function warnEmpty(section: Section, name: string): void {
  const hint = "give it a value, or remove the key";
  section.warn({
    code: "empty-value",
    message: `${section.named(name)} has no value and is left out`,
    hint,
    under: [name],
  });
}

/** A map of names to any values, nulls kept, such as a step's `args`. */
export function valueMap(owner: Section, key: string): ReadonlyMap<string, Value> {
  const value = owner.get(key);
  if (value === undefined) return NONE;
  if (hasTextKeys(value)) return value;
  return new Map(owner.section(key)?.entries());
}

/** A map of counter names to amounts, each a finite number of at least 0. */
export function amountMap(owner: Section, key: string): ReadonlyMap<string, number> {
  const section = owner.section(key);
  if (section === undefined || section.values.size === 0) return NONE;
  const amounts = new Map<string, number>();
  for (const [name, value] of section.entries()) {
    const amount = asNumber(value);
    if (amount !== undefined && amount >= 0 && Number.isFinite(amount)) amounts.set(name, amount);
    else section.error(notAnAmount(section.named(name), name, value));
  }
  return amounts;
}

function notAnAmount(named: string, name: string, value: Value) {
  return {
    code: "not-a-number",
    message: `${named} must be a number of at least 0, not ${show(value)}`,
    under: [name],
  };
}
