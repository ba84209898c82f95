/**
 * Indentation of what is put in, after that of what was found.
 *
 * @module
 */

/** Blanks at the beginning. */
export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)![0];
}

/** A wished line and the line it was found as. */
export type Pair = readonly [given: string, found: string];

/**
 * Indents new lines as the file does, judged by lines of which both spellings are known.
 *
 * An indentation that was met is replaced by the one it was found as; a deeper one by the nearest one above it, and what
 * goes beyond is converted step by step.
 */
export function indenter(pairs: readonly Pair[], news: readonly string[]): (line: string) => string {
  const known = new Map<string, string>();
  for (const [given, found] of pairs) {
    if (given.trim() !== "" && !known.has(indentOf(given))) known.set(indentOf(given), indentOf(found));
  }
  if ([...known].every(([given, found]) => given === found)) return (line) => line;
  const givenUnit = unitOf([...known.keys(), ...news.filter((line) => line.trim() !== "").map(indentOf)]);
  const foundUnit = unitOf([...known.values()]) || givenUnit;
  const units = { given: givenUnit, found: foundFor(givenUnit, foundUnit, known) };
  return (line) => {
    if (line.trim() === "") return line;
    const indent = indentOf(line);
    return (known.get(indent) ?? derived(indent, known, units)) + line.slice(indent.length);
  };
}

interface Units {
  readonly given: string;
  readonly found: string;
}

/** One step of the file: a tab where it uses tabs, as wide as one step of the wish where nothing says otherwise. */
function foundFor(given: string, found: string, known: ReadonlyMap<string, string>): string {
  const usesTabs = [...known.values()].some((indent) => indent.includes("\t"));
  if (usesTabs) return "\t";
  return given.includes("\t") ? (found.includes("\t") ? "    " : found || "    ") : found;
}

function derived(indent: string, known: ReadonlyMap<string, string>, units: Units): string {
  const above = longest([...known.keys()].filter((it) => indent.startsWith(it)));
  if (above !== undefined) return known.get(above)! + convert(indent.slice(above.length), units);
  const below = shortest([...known.keys()].filter((it) => it.startsWith(indent)));
  if (below === undefined) return indent;
  const less = convert(below.slice(indent.length), units);
  const found = known.get(below)!;
  return found.endsWith(less) ? found.slice(0, found.length - less.length) : indent;
}

/** Whole steps become steps of the file; what is left over stays. */
function convert(blanks: string, { given, found }: Units): string {
  if (given === "" || given === found) return blanks;
  let result = "";
  let rest = blanks;
  for (; rest.startsWith(given); rest = rest.slice(given.length)) result += found;
  return result + rest;
}

/** The smallest step between the indentations. */
function unitOf(indents: readonly string[]): string {
  const sorted = [...new Set(["", ...indents])].sort((a, b) => a.length - b.length);
  let unit = "";
  for (const [i, indent] of sorted.entries()) {
    const before = sorted[i - 1];
    if (before === undefined || !indent.startsWith(before) || indent === before) continue;
    const step = indent.slice(before.length);
    if (unit === "" || step.length < unit.length) unit = step;
  }
  return unit;
}

function longest(texts: readonly string[]): string | undefined {
  return texts.toSorted((a, b) => b.length - a.length)[0];
}

function shortest(texts: readonly string[]): string | undefined {
  return texts.toSorted((a, b) => a.length - b.length)[0];
}
