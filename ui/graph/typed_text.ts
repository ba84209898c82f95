/**
 * Values as a person types them into a field that knows which kind it holds: a text that looks like a number stays a text.
 *
 * @module
 */

import { readValue, type TypedValue } from "../../core/edit/mod.ts";
import { Float, pyStr, type Value } from "../../core/graph/text/mod.ts";

/** What a field holds. `yaml`: lists, maps, dates, anything as YAML spells it. */
export type Kind = "text" | "number" | "truth" | "yaml";

/** The kind of a value that is there. */
export function kindOfValue(value: Value | undefined): Kind {
  if (value === undefined || typeof value === "string") return "text";
  if (typeof value === "boolean") return "truth";
  return isNumber(value) ? "number" : "yaml";
}

/** The kind that a script declares for a flag; `undefined` for words of its own. */
export function kindOfType(type: string | undefined): Kind | undefined {
  switch (type) {
    case "int":
    case "float":
    case "number":
      return "number";
    case "bool":
      return "truth";
    case "str":
    case "string":
    case "path":
      return "text";
    default:
      return undefined;
  }
}

/** The text of a value, as a field shows it. */
export function textOfValue(value: Value | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : typeof value === "boolean" ? String(value) : pyStr(value);
}

/** The text of a value where no field is: an empty one is told apart from none. */
export function shownValue(value: Value): string {
  return value === null ? "null" : textOfValue(value);
}

/** What a typed text stands for in a field of this kind. What is none of the kind is the text itself. */
export function valueOfText(text: string, kind: Kind): TypedValue {
  if (kind === "text" || isReference(text)) return { value: text };
  const typed = text.trim();
  if (kind === "truth") return /^(true|false)$/i.test(typed) ? { value: /^true$/i.test(typed) } : { value: text };
  if (kind === "number") return numberOf(typed) ?? { value: text };
  return typed === "" ? { value: null } : readValue(text);
}

/** Whether a text cannot be what the field holds. */
export function isUnfit(text: string, kind: Kind): boolean {
  if (text.trim() === "" || isReference(text) || kind === "text" || kind === "yaml") return false;
  const { value } = valueOfText(text, kind);
  return typeof value === "string";
}

/** Whether it names a parameter or data entry, or holds a variable. */
export function isReference(text: string): boolean {
  return /^\$|\$\{/.test(text.trim());
}

/** `1e-5` is a text to YAML 1.1: who types it into a field of numbers means the number. */
function numberOf(typed: string): TypedValue | undefined {
  const { value, source } = readValue(typed);
  if (isNumber(value)) return source === undefined ? { value } : { value, source };
  return /^[-+]?(\d+\.?\d*|\.\d+)e[-+]?\d+$/i.test(typed) ? { value: new Float(Number(typed)) } : undefined;
}

function isNumber(value: Value): value is number | bigint | Float {
  return typeof value === "number" || typeof value === "bigint" || value instanceof Float;
}

/** Whether two values are the same to a script. */
export function isSameValue(a: Value | undefined, b: Value | undefined): boolean {
  return kindOfValue(a) === kindOfValue(b) && textOfValue(a) === textOfValue(b);
}
