/**
 * Values that stand in Python source as they are.
 *
 * @module
 */

import { readNumber } from "./literal.ts";
import { callArguments, closingOf, isAt, split, type Tokens } from "./argparse_tokens.ts";
import { negate } from "./call.ts";
import { decodeString } from "./string.ts";
import { Float, type Value } from "../yaml/value.ts";

/** What a name stands for; `undefined` if that cannot be told. */
export type Names = (name: string) => Value | undefined;

/** More numbers than anyone chooses from. */
const LONGEST_RANGE = 10_000;

/**
 * The value of an expression: texts, numbers, `True`, `None`, lists, tuples, sets and maps of those, names, and
 * `list(…)`, `tuple(…)`, `sorted(…)`, `set(…)`, `range(…)`, `x.keys()`. `undefined` for everything else.
 *
 * Of a map the keys count; a value of it that cannot be told is null.
 */
export function staticValue(tokens: Tokens, names: Names): Value | undefined {
  if (tokens.length === 0) return undefined;
  const [first] = tokens;
  if (first.kind === "string") return textOf(tokens);
  if (tokens.length === 1) return atomOf(tokens, names);
  if (isAt(tokens, 0, "-") || isAt(tokens, 0, "+")) return signed(tokens, names);
  if (closingOf(tokens, 0) === tokens.length - 1) return displayOf(tokens, names);
  return first.kind === "name" ? callOf(tokens, names) : undefined;
}

function textOf(tokens: Tokens): string | undefined {
  let whole = "";
  for (const { kind, text } of tokens) {
    const { prefix, value } = kind === "string" ? decodeString(text) : { prefix: "", value: undefined };
    if (value === undefined || /[bft]/.test(prefix)) return undefined;
    whole += value;
  }
  return whole;
}

function atomOf([{ kind, text }]: Tokens, names: Names): Value | undefined {
  if (kind === "number") return readNumber(text);
  if (kind !== "name") return undefined;
  if (text === "True" || text === "False") return text === "True";
  return text === "None" ? null : names(text);
}

function signed(tokens: Tokens, names: Names): Value | undefined {
  const value = staticValue(tokens.slice(1), names);
  if (typeof value !== "number" && typeof value !== "bigint" && !(value instanceof Float)) return undefined;
  return isAt(tokens, 0, "-") ? negate(value) : value;
}

/** What stands in brackets of its own. */
function displayOf(tokens: Tokens, names: Names): Value | undefined {
  const inside = tokens.slice(1, -1);
  if (isAt(tokens, 0, "{")) return bracesOf(inside, names);
  const items = split(inside, ",");
  const isGroup = isAt(tokens, 0, "(") && items.length === 1 && !isAt(inside, inside.length - 1, ",");
  return isGroup ? staticValue(inside, names) : itemsOf(items, names);
}

function itemsOf(items: readonly Tokens[], names: Names): Value | undefined {
  const values = items.map((item) => staticValue(item, names));
  return values.some((value) => value === undefined) ? undefined : values as Value[];
}

function bracesOf(inside: Tokens, names: Names): Value | undefined {
  const items = split(inside, ",");
  if (inside.length > 0 && !items.every((item) => split(item, ":").length > 1)) return itemsOf(items, names);
  const map = new Map<Value, Value>();
  for (const item of items) {
    const [key, ...rest] = split(item, ":");
    const value = staticValue(key, names);
    // `{**more}` and comprehensions have no colon, or none where a key ends.
    if (value === undefined || rest.length !== 1 || rest[0].some(({ text }) => text === "for")) return undefined;
    map.set(value, staticValue(rest[0], names) ?? null);
  }
  return map;
}

function callOf(tokens: Tokens, names: Names): Value | undefined {
  const [name] = tokens;
  if (isAt(tokens, 1, "(") && closingOf(tokens, 1) === tokens.length - 1) {
    const given = callArguments(tokens.slice(2, -1));
    if (given.some(({ name, isStarred }) => name !== undefined || isStarred)) return undefined;
    return builtIn(name.text, given.map(({ value }) => staticValue(value, names)));
  }
  const isKeys = tokens.length === 5 && isAt(tokens, 1, ".") && isAt(tokens, 2, "keys") && isAt(tokens, 3, "(");
  const map = isKeys ? names(name.text) : undefined;
  return map instanceof Map ? [...map.keys()] : undefined;
}

function builtIn(name: string, args: readonly (Value | undefined)[]): Value | undefined {
  if (name === "range") return rangeOf(args);
  if (args.length !== 1 || !["list", "tuple", "set", "sorted", "frozenset"].includes(name)) return undefined;
  return choicesOf(args[0]);
}

function rangeOf(args: readonly (Value | undefined)[]): Value | undefined {
  if (args.length < 1 || args.length > 3 || !args.every(Number.isSafeInteger)) return undefined;
  const numbers = args as readonly number[];
  const [start, end, step] = numbers.length === 1 ? [0, numbers[0], 1] : [numbers[0], numbers[1], numbers[2] ?? 1];
  const count = step === 0 ? -1 : Math.max(0, Math.ceil((end - start) / step));
  return count < 0 || count > LONGEST_RANGE ? undefined : Array.from({ length: count }, (_, i) => start + i * step);
}

/** What can be chosen from a list, a tuple, a set or the keys of a map; a text is no list of choices here. */
export function choicesOf(value: Value | undefined): readonly Value[] | undefined {
  if (value instanceof Map) return [...value.keys()];
  return Array.isArray(value) ? value : undefined;
}
