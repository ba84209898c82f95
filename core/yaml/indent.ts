/**
 * Indentation inside brackets and quotes, which YAML 1.1 ignores and the parser insists on.
 *
 * @module
 */

import { FAILSAFE_SCHEMA, load as loadLeniently, Type, YAMLException } from "js-yaml-4";

/** Lines, counted from 0, and the blanks to put before each. */
export type Indents = ReadonlyMap<number, number>;

/** What is known of the lenient parser where a value starts or ends. */
interface ParserState {
  readonly input: string;
  readonly position: number;
  readonly line: number;
  readonly lineStart: number;
  readonly kind: "scalar" | "sequence" | "mapping" | null;
}

interface Opened {
  readonly line: number;
  readonly column: number;
}

const ENDS: Readonly<Record<string, string>> = { sequence: "]", mapping: "}", scalar: "'\"" };

/** Tags mean nothing here; all are let pass. */
const SCHEMA = FAILSAFE_SCHEMA.extend(
  ["scalar", "sequence", "mapping"].map((kind) => new Type("", { kind, multi: true })),
);

/** Beyond this many blanks a text was made to be slow. */
const MAX_BLANKS = 1 << 24;

/** What either parser throws. Line and column count from 0. */
export interface ParserError {
  readonly reason: string;
  readonly mark?: ParserMark;
}

/** Where a parser stopped. */
export interface ParserMark {
  readonly buffer: string;
  readonly position: number;
  readonly line: number;
  readonly column: number;
}

/** What the lenient parser tells. */
export interface Lenient {
  /** How far to move lines; as far as it could read the text. */
  readonly indents: Indents;
  /** Why it cannot read all of the text either. */
  readonly error?: ParserError;
}

/**
 * How far to move the lines that continue a bracket or a quote, so that a strict parser takes them for what they are.
 * Blanks at the start of such a line never matter to the value. It asks an older, lenient release of the parser where
 * brackets and quotes end; that one reads other parts of YAML less exactly, so its values are of no use.
 */
export function lenientIndents(text: string, maxDepth: number): Lenient {
  const indents = new Map<number, number>();
  const opened: Opened[] = [];
  const listener = (event: string, state: ParserState): void => {
    if (event === "open") opened.push({ line: state.line, column: state.position - state.lineStart });
    else note(indents, opened.pop()!, state);
  };
  const error = loadError(text, { schema: SCHEMA, json: true, listener, maxDepth });
  let blanks = 0;
  for (const indent of indents.values()) blanks += indent;
  return { indents: blanks > MAX_BLANKS ? new Map() : indents, error };
}

function loadError(text: string, options: unknown): ParserError | undefined {
  try {
    loadLeniently(text, options);
    return undefined;
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return error as ParserError;
  }
}

function note(indents: Map<number, number>, opened: Opened, state: ParserState): void {
  if (state.line === opened.line || state.kind === null) return;
  if (!ENDS[state.kind].includes(state.input[state.position - 1])) return;
  for (let line = opened.line + 1; line <= state.line; line++) {
    indents.set(line, Math.max(opened.column, indents.get(line) ?? 0));
  }
}

/** The text with blanks put before some of its lines. */
export function indented(text: string, indents: Indents): string {
  let line = 0;
  return text.replace(/\r\n?|\n/g, (lineBreak) => {
    line++;
    return lineBreak + " ".repeat(indents.get(line) ?? 0);
  });
}
