/**
 * Values as people are shown them.
 *
 * @module
 */

const MAX = 60;

/** A value in one short line. Names and passwords in addresses are left out. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "bigint") return String(value);
  if (typeof value === "object" && !Array.isArray(value)) return "a map";
  const text = JSON.stringify(withoutLogin(value), (_, it) => (typeof it === "bigint" ? String(it) : it));
  return printable(text.length > MAX ? `${text.slice(0, MAX)}…` : text);
}

/** A value as a table shows it. */
export function shownValue(value: unknown): string {
  if (value === null) return "none";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(shownValue).join(", ");
  return printable(String(withoutLogin(value)));
}

/** A text with control characters as JSON writes them: those of a terminal can hide and fake whole lines. */
export function printable(text: string): string {
  // deno-lint-ignore no-control-regex -- they are what is looked for
  return text.replace(/[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** Whether an address holds what opens it. */
export function hasLogin(value: unknown): boolean {
  return Array.isArray(value) ? value.some(hasLogin) : withoutLogin(value) !== value;
}

/** Addresses in the value without what may open them: `https://ada:pw@host` becomes `https://***@host`. */
export function withoutLogin<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutLogin) as T;
  if (typeof value !== "string") return value;
  const bare = value.replace(/^(\s*[a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, "$1***@");
  return bare.replace(/([?&#][^=&#]*(?:key|token|secret|password|signature|sig)[^=&#]*=)[^&#]+/gi, "$1***") as T;
}
