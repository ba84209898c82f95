/**
 * Values as people type them.
 *
 * @module
 */

import { isLoomError } from "../errors.ts";
import type { Value } from "../yaml/value.ts";
import { readDoc } from "./source/doc.ts";

/** A value, and the spelling it was given with, where that can be kept. */
export interface TypedValue {
  readonly value: Value;
  readonly source?: string;
}

/**
 * A value that a person typed as YAML: a number, a truth, a text in quotes, a list or a map in brackets. What is none of
 * these is the text itself, also where YAML would take some of it for a mark, a comment or a key.
 */
export function readValue(text: string): TypedValue {
  const typed = text.trim();
  if (typed === "" || /[\r\n]/.test(typed)) return { value: text };
  try {
    return readWhole(typed) ?? { value: text };
  } catch (error) {
    if (!isLoomError(error)) throw error;
    return { value: text };
  }
}

function readWhole(typed: string): TypedValue | undefined {
  const { value, root } = readDoc(typed, "");
  if (root === undefined || root.start !== 0 || root.end !== typed.length) return undefined;
  if (root.style === "block" || root.anchor !== undefined || root.tag !== undefined) return undefined;
  // The quotes of a text follow those that are there.
  return typeof value === "string" ? { value } : { value, source: typed };
}
