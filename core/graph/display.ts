/**
 * Commands and texts as people see them: ready to paste, without secrets.
 *
 * @module
 */

import type { Env } from "./env.ts";

/** Quotes one word for the shell the line will be pasted into. */
export type Quote = (word: string) => string;

/** One line that can be pasted into a shell; what is executed is the vector itself. */
export function displayCommand(argv: readonly string[], quote: Quote = quotePosix): string {
  return argv.map(quote).join(" ");
}

/** A word for a POSIX shell, quoted only where it must be. */
export function quotePosix(word: string): string {
  // zsh reads a leading `=` as the path of a program.
  if (/^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/.test(word)) return word;
  if (!hasControls(word)) return `'${word.replaceAll("'", `'\\''`)}'`;
  // Control characters would move the cursor of the terminal that shows them.
  return `$'${Array.from(word, escapeControl).join("")}'`;
}

/** A word for cmd.exe and PowerShell, quoted only where it must be. */
export function quoteWindows(word: string): string {
  if (/^[A-Za-z0-9_@+=:,./\\-]+$/.test(word)) return word;
  return `"${word.replaceAll('"', '\\"')}"`;
}

function isControl(code: number): boolean {
  return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

function hasControls(word: string): boolean {
  for (let i = 0; i < word.length; i++) if (isControl(word.charCodeAt(i))) return true;
  return false;
}

const ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\t": "\\t", "\r": "\\r", "'": "\\'", "\\": "\\\\" };

function escapeControl(char: string): string {
  const code = char.codePointAt(0)!;
  return ESCAPES[char] ?? (isControl(code) ? controlEscape(code) : char);
}

function controlEscape(code: number): string {
  const digits = code.toString(16);
  return code < 0x80 ? `\\x${digits.padStart(2, "0")}` : `\\u${digits.padStart(4, "0")}`;
}

// Shorter values occur by chance in ordinary text; masking them for their name alone would make it unreadable.
const SHORTEST_SECRET = 6;

const SECRET_WORDS = new Set(
  "KEY KEYS APIKEY TOKEN TOKENS SECRET SECRETS PASSWORD PASSWORDS PASSWD PASSPHRASE PWD CREDENTIAL CREDENTIALS AUTH"
    .split(" "),
);

// Names that hold such a word and are public: folders and sockets, not keys.
const PUBLIC_NAMES = new Set(["PWD", "OLDPWD", "SSH_AUTH_SOCK", "XAUTHORITY"]);

/** Whether a variable's name looks as if its value were to be kept quiet, as `OPENAI_API_KEY`. */
export function looksSecret(name: string): boolean {
  if (PUBLIC_NAMES.has(name)) return false;
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase().split(/[^A-Z]+/);
  return words.some((word) => SECRET_WORDS.has(word));
}

/**
 * Values to be masked, longest first: of variables in `names` whatever their length, and of those that look secret if
 * they have at least six characters.
 */
export function secretValues(env: Env, names: Iterable<string> = []): readonly string[] {
  const wanted = new Set(names);
  const values = new Set<string>();
  for (const [name, value] of Object.entries(env)) {
    const isSecret = wanted.has(name) ? value !== "" : value.length >= SHORTEST_SECRET && looksSecret(name);
    if (isSecret) values.add(value);
  }
  return [...values].sort((a, b) => b.length - a.length);
}

/** The text with each of `values` replaced by `***`; give them longest first, as {@linkcode secretValues} does. */
export function maskSecrets(text: string, values: readonly string[]): string {
  let masked = text;
  for (const value of values) if (value !== "" && masked.includes(value)) masked = masked.replaceAll(value, "***");
  return masked;
}
