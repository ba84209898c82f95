/**
 * What the texts of YAML scalars mean to PyYAML's safe loader, which reads YAML 1.1.
 *
 * @module
 */

import { narrow, pyFloat, pyInt } from "./py_number.ts";
import { Float, type Value } from "./value_types.ts";
import { readBinary } from "./binary.ts";
import { YamlFault } from "./fault.ts";
import { readTimestamp } from "./timestamp.ts";

/** Words that are not texts when they stand without quotes. Exactly these spellings. */
const WORDS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...spellings(["yes", "true", "on"], true),
  ...spellings(["no", "false", "off"], false),
  ...spellings(["null"], null),
  ["~", null],
  ["", null],
]);

const LONGEST_WORD = 5;

const FLOAT = new RegExp(
  "^(?:[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?" +
    "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$",
);
const INT = new RegExp(
  "^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$",
);
const TIMESTAMP = new RegExp(
  "^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}" +
    "(?:\\.[0-9]*)?(?:[ \\t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?)$",
);

/**
 * The value of a scalar without quotes and tag.
 *
 * @throws {YamlFault} If it looks like a number or a date but is none, such as `0x_` or `2024-13-01`.
 */
export function plainValue(text: string): Value {
  const first = text.charCodeAt(0);
  // Numbers and dates start with a digit, a sign or a point.
  if ((first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d || first === 0x2e) return numeric(text);
  if (text.length > LONGEST_WORD) return text;
  const word = WORDS.get(text);
  return word === undefined ? text : word;
}

function numeric(text: string): Value {
  if (FLOAT.test(text)) return float(text);
  if (INT.test(text)) return int(text);
  return TIMESTAMP.test(text) ? readTimestamp(text) : text;
}

/** Explicit tags of scalars. */
export const SCALAR_TAGS: ReadonlyMap<string, (text: string) => Value> = new Map<string, (text: string) => Value>([
  ["tag:yaml.org,2002:str", (text) => text],
  ["tag:yaml.org,2002:null", () => null],
  ["tag:yaml.org,2002:bool", bool],
  ["tag:yaml.org,2002:int", int],
  ["tag:yaml.org,2002:float", float],
  ["tag:yaml.org,2002:timestamp", readTimestamp],
  ["tag:yaml.org,2002:binary", readBinary],
]);

function bool(text: string): boolean {
  const value = WORDS.get(text.toLowerCase());
  if (typeof value !== "boolean") throw new YamlFault(`Not a !!bool: ${text}`, "write true or false");
  return value;
}

const SMALL_INT = /^[-+]?[1-9][0-9]{0,14}$/;

function int(text: string): number | bigint {
  if (SMALL_INT.test(text)) return Number(text);
  const { sign, digits } = split(text);
  const value = digits.startsWith("0") ? prefixed(digits) : digits.includes(":") ? base60(digits) : pyInt(digits);
  if (value === undefined) throw new YamlFault(`Not an int: ${text}`, "put it in quotes if it is text");
  return narrow(BigInt(value) * BigInt(sign));
}

const PREFIXED = /^(?:0[bB]([01]+)|0[oO]?([0-7]*)|0[xX]([0-9a-fA-F]+))$/;

/** Binary, octal and hexadecimal; a zero in front is enough for octal. */
function prefixed(digits: string): bigint | undefined {
  const match = PREFIXED.exec(digits);
  if (match === null) return undefined;
  if (match[1] !== undefined) return BigInt(`0b${match[1]}`);
  return match[3] === undefined ? BigInt(`0o${match[2] || "0"}`) : BigInt(`0x${match[3]}`);
}

function base60(digits: string): bigint | undefined {
  let total = 0n;
  for (const part of digits.split(":")) {
    const value = pyInt(part);
    if (value === undefined) return undefined;
    total = total * 60n + BigInt(value);
  }
  return total;
}

function float(text: string): Float {
  const { sign, digits } = split(text.toLowerCase());
  if (digits === ".inf") return new Float(sign * Infinity);
  if (digits === ".nan") return new Float(NaN);
  const value = digits.includes(":") ? floatBase60(digits) : pyFloat(digits);
  if (value === undefined) throw new YamlFault(`Not a float: ${text}`, "put it in quotes if it is text");
  return new Float(sign * value);
}

/** Added up from the last part on: in another order the last digit may differ. */
function floatBase60(digits: string): number | undefined {
  let total = 0;
  let base = 1;
  for (const part of digits.split(":").reverse()) {
    const value = pyFloat(part);
    if (value === undefined) return undefined;
    total += value * base;
    base *= 60;
  }
  return total;
}

function split(text: string): { readonly sign: 1 | -1; readonly digits: string } {
  const bare = text.replaceAll("_", "");
  const signed = bare.startsWith("-") || bare.startsWith("+");
  return { sign: bare.startsWith("-") ? -1 : 1, digits: signed ? bare.slice(1) : bare };
}

function spellings(words: readonly string[], value: Value): [string, Value][] {
  return words.flatMap((word): [string, Value][] => {
    const capital = word[0].toUpperCase() + word.slice(1);
    return [[word, value], [capital, value], [word.toUpperCase(), value]];
  });
}
