/**
 * What a Python string literal stands for.
 *
 * @module
 */

const ESCAPE =
  /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N(\{[^{}]*\})|(\n)|([abfnrtv\\'"])|([\s\S]))/g;
const SIMPLE: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
};

/** A literal, taken apart. `value` is absent when an escape in it is broken, which Python calls a syntax error. */
export interface PythonString {
  /** The letters before the quotes, in lower case. */
  readonly prefix: string;
  readonly value?: string;
}

/**
 * Take apart a whole string literal, prefix and quotes included.
 *
 * Unknown escapes keep their backslash, as in Python. `\N{…}` stays as written: the names of characters are not known here.
 */
export function decodeString(literal: string): PythonString {
  const opening = literal.search(/["']/);
  const prefix = literal.slice(0, opening).toLowerCase();
  const quote = literal[opening];
  const width = literal.length - opening >= 6 && literal.startsWith(quote.repeat(3), opening) ? 3 : 1;
  const body = literal.slice(opening + width, literal.length - width);
  return { prefix, value: prefix.includes("r") ? body : unescape(body) };
}

function unescape(body: string): string | undefined {
  if (!body.includes("\\")) return body;
  let broken = false;
  const value = body.replace(ESCAPE, (whole, octal, x, u, long, named, newline, simple, other) => {
    if (newline !== undefined) return "";
    if (simple !== undefined) return SIMPLE[simple];
    if (named !== undefined) return whole;
    if (other !== undefined) {
      broken ||= "xuUN".includes(other);
      return whole;
    }
    const code = octal === undefined ? parseInt(x ?? u ?? long, 16) : parseInt(octal, 8);
    broken ||= code > 0x10ffff;
    return code > 0x10ffff ? "" : String.fromCodePoint(code);
  });
  return broken ? undefined : value;
}
