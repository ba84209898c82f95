/**
 * From text to parser events, by rules as lenient as PyYAML's.
 *
 * @module
 */

import { type Event, parseEvents, YAMLException } from "js-yaml";
import { type Place, YamlFault } from "./fault.ts";
import { indented, type Indents, lenientIndents, type ParserError } from "./indent.ts";

/** Parser events, and the text that their offsets count in. */
export interface Parsed {
  readonly text: string;
  readonly events: readonly Event[];
  /** Blanks that `text` has and the file has not. */
  readonly indents: Indents;
}

/** Far deeper than any pipeline, and no deeper than PyYAML gets before Python's own limit stops it. */
const MAX_DEPTH = 400;

/** What the strict parser says of a line within a bracket or a quote that is not deeper than what is around it. */
const SHALLOW = "deficient indentation";

const NO_INDENTS: Indents = new Map();

const UNPRINTABLE = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/**
 * The events of a YAML text.
 *
 * @throws {YamlFault} If it is not YAML.
 */
export function parse(text: string): Parsed {
  const bare = text.startsWith("\ufeff") ? text.slice(1) : text;
  const odd = UNPRINTABLE.exec(bare);
  if (odd !== null) throw unprintable(bare, odd);
  try {
    return { text: bare, events: parseEvents(bare, { maxDepth: MAX_DEPTH }), indents: NO_INDENTS };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return parseLeniently(bare, error);
  }
}

/** Tells where in the file an offset is, in time that grows with the number of lines only once. */
export function places(parsed: Pick<Parsed, "text" | "indents">): (offset: number) => Place {
  const starts = [0];
  for (const { 0: lineBreak, index } of parsed.text.matchAll(/\r\n?|\n/g)) starts.push(index + lineBreak.length);
  return (offset) => {
    const line = lastAtMost(starts, offset);
    return inFile({ line, column: offset - starts[line] }, parsed.indents);
  };
}

/** Index of the last of the ascending numbers that is not above the limit. */
function lastAtMost(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (numbers[middle] <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

function parseLeniently(text: string, error: YAMLException): Parsed {
  if (error.reason !== SHALLOW) throw syntaxFault(error, NO_INDENTS);
  const lenient = lenientIndents(text, MAX_DEPTH);
  const { indents } = lenient;
  const moved = indented(text, indents);
  try {
    return { text: moved, events: parseEvents(moved, { maxDepth: MAX_DEPTH }), indents };
  } catch (again) {
    if (!(again instanceof YAMLException)) throw again;
    // The lenient parser knows better why a bracket or a quote goes wrong.
    if (again.reason === SHALLOW && lenient.error !== undefined) throw syntaxFault(lenient.error, NO_INDENTS);
    throw syntaxFault(again, indents);
  }
}

/** `line` and `column` count from 0. */
function inFile({ line, column }: Place, indents: Indents): Place {
  return { line: line + 1, column: Math.max(0, column - (indents.get(line) ?? 0)) + 1 };
}

function syntaxFault(error: ParserError, indents: Indents): YamlFault {
  const { reason, mark } = error;
  const hint = mark?.buffer?.[mark.position] === "#"
    ? "put a blank before #"
    : HINTS.find(([pattern]) => pattern.test(reason))?.[1] ?? "check this line and the one above it";
  const place = inFile({ line: mark?.line ?? 0, column: mark?.column ?? 0 }, indents);
  return new YamlFault(`Not valid YAML: ${reason}`, hint, { place, cause: error });
}

const HINTS: readonly (readonly [RegExp, string])[] = [
  [/tab characters/, "indent with blanks instead of tabs"],
  [/nesting exceeded/, "nest less deeply"],
  [/quoted scalar/, "close the quote"],
  [/flow collection|missed comma/, "close every bracket and put commas between the entries"],
  [/key-value separator|multiline key|expected ':'/, "write key: value on one line, with a blank after the colon"],
  [/indentation|end of the stream/, "line the entry up with its neighbours"],
  [/escape sequence|hexadecimal/, "use single quotes to keep backslashes as they are"],
  [/directive/, "remove the line that starts with %"],
];

function unprintable(text: string, { 0: char, index }: RegExpExecArray): YamlFault {
  const code = char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
  const place = places({ text, indents: NO_INDENTS })(index);
  return new YamlFault(`The character U+${code} is not allowed in YAML`, "remove it, or save the file as UTF-8", {
    place,
  });
}
