/**
 * Reading `.env`: lines of `NAME=value`, as shells write them, with nothing substituted.
 *
 * @module
 */

/** One variable of the file. */
export interface EnvEntry {
  readonly name: string;
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

/** What a file says. */
export interface EnvFile {
  /** In file order; of a name that stands twice the last one counts. */
  readonly entries: readonly EnvEntry[];
  /** Lines that say nothing that can be understood. They are left out, and never quoted: they may hold a secret. */
  readonly faults: readonly { readonly line: number; readonly message: string; readonly hint: string }[];
}

const START = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=[ \t]*/;
const AFTER_QUOTE = /^[ \t]*(#.*)?$/;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/**
 * Reads the text of a `.env` file.
 *
 * `export` may stand before a name. Single quotes keep everything as it is; in double quotes `\n`, `\r`, `\t`, `\"`,
 * `\\` and `\$` stand for what they mean; both may go over several lines. Without quotes a value ends at ` #` or with
 * the line. `$NAME` is kept as it is written.
 */
export function parseEnvFile(text: string): EnvFile {
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
  const file = { entries: [] as EnvEntry[], faults: [] as EnvFile["faults"][number][] };
  for (let at = 0; at < lines.length;) at += takeLine(lines, at, file);
  return file;
}

/** Reads what begins in line `at`; how many lines it takes. */
function takeLine(
  lines: readonly string[],
  at: number,
  { entries, faults }: { entries: EnvEntry[]; faults: EnvFile["faults"][number][] },
): number {
  const line = at + 1;
  if (/^[ \t]*(#|$)/.test(lines[at])) return 1;
  const start = START.exec(lines[at]);
  if (start === null || lines[at].includes("\0")) {
    faults.push({ line, message: "This line is no NAME=value", hint: "begin comments with #" });
    return 1;
  }
  const rest = lines[at].slice(start[0].length);
  if (!/^["']/.test(rest)) {
    entries.push({ name: start[1], value: rest.replace(/(^|[ \t])#.*$/, "").trimEnd(), line });
    return 1;
  }
  const quoted = readQuoted(lines, { line: at, column: start[0].length });
  if (quoted === undefined) {
    faults.push({ line, message: `The quote of ${start[1]} is not closed`, hint: `end it with ${rest[0]}` });
    return 1;
  }
  if (!AFTER_QUOTE.test(quoted.after)) {
    faults.push({ line, message: `Something follows the quote of ${start[1]}`, hint: "put all of it in quotes" });
    return 1;
  }
  entries.push({ name: start[1], value: quoted.value, line });
  return quoted.lines;
}

/** The text from the quote at `from` to the one that closes it; `undefined` if none does. */
function readQuoted(
  lines: readonly string[],
  from: { readonly line: number; readonly column: number },
): { readonly value: string; readonly after: string; readonly lines: number } | undefined {
  const quote = lines[from.line][from.column];
  let value = "";
  for (let at = from.line; at < lines.length; at++) {
    const body = at === from.line ? lines[at].slice(from.column + 1) : lines[at];
    for (let index = 0; index < body.length; index++) {
      if (body[index] === quote) return { value, after: body.slice(index + 1), lines: at - from.line + 1 };
      if (quote === '"' && body[index] === "\\" && index + 1 < body.length) value += escaped(body[++index]);
      else value += body[index];
    }
    value += "\n";
  }
  return undefined;
}

function escaped(character: string): string {
  return ESCAPES[character] ?? (/["\\$]/.test(character) ? character : `\\${character}`);
}
