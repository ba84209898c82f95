/**
 * What `argparse` makes of one word.
 *
 * @module
 */

import type { ScriptArgument } from "./argparse.ts";
import { compare } from "./compare.ts";
import { pyFloat, pyInt } from "../yaml/py_number.ts";
import { Float, type Value } from "../yaml/value.ts";

/** Why a word is refused as a value of the argument; `undefined` if it is taken or that cannot be told. */
export function valueFault(argument: ScriptArgument, word: string): "type" | "choice" | undefined {
  const { type, choices } = argument;
  if (type === "unknown") return undefined;
  const value = converted(type, word);
  if (value === undefined) return "type";
  if (choices === undefined || choices.some((choice) => isSame(choice, value))) return undefined;
  return "choice";
}

/** What `int(word)` and their like give; `undefined` where they fail. */
export function converted(type: Exclude<ScriptArgument["type"], "unknown">, word: string): Value | undefined {
  if (type === "int") return pyInt(word);
  if (type === "bool") return word !== "";
  if (type === "str") return word;
  const float = pyFloat(word);
  return float === undefined ? undefined : new Float(float);
}

function isSame(choice: Value, value: Value): boolean {
  return compare("==", [choice, value]) === true;
}

/** Python keeps one object for each of these: they may be the very default. */
const SMALL_INT = /^\s*[-+]?\d{1,3}\s*$/;

/**
 * Whether what the argument is given is its default, which does not count as given in a group of arguments that exclude
 * each other; `undefined` if that cannot be told.
 */
export function isDefaultForSure(argument: ScriptArgument, words: readonly string[]): boolean | undefined {
  const { action, nargs, type } = argument;
  if (action === "switch" || action === "count" || (typeof nargs === "number" && nargs > 1)) return false;
  if (action !== "value" || words.length === 0) return undefined;
  if (nargs === "*" || nargs === "+") return false;
  const [word] = words;
  if (type === "float" || (type === "str" && word.length > 1)) return false;
  return type === "int" && !SMALL_INT.test(word) ? false : undefined;
}
