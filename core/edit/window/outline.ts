/**
 * Where the parts of a long file are, found without reading all of it as YAML.
 *
 * Most of a long file is steps and entries that a few plain forms describe completely. A part that has such a form is
 * valid YAML for certain, ends where it seems to end, and says literally every name that is in it. What has another form
 * is read by the parser, alone: if that succeeds, nothing in it is left open, and the next part begins where it seems to.
 *
 * @module
 */

import { parse } from "../../yaml/events.ts";
import { YamlFault } from "../../yaml/fault.ts";

/** How the steps or the entries of a section begin. */
export interface Marks {
  readonly indent: number;
  readonly isList: boolean;
}

/** Something of a file. Parts follow each other and make up the text. */
export interface Part {
  readonly start: number;
  readonly end: number;
  /** Of steps or entries in a row that all say what they say in plain words; any of them may be left out. */
  readonly marks?: Marks;
}

/** A name of a key, or of a step: no number, and no word that is a truth or nothing. */
const WORD = "(?!(?:[yY]es|YES|[nN]o|NO|[oO]n|ON|[oO]ff|OFF|[tT]rue|TRUE|[fF]alse|FALSE|[nN]ull|NULL)(?![\\w.-]))";
const KEY = "(?:--?)?[A-Za-z_][\\w-]*";
const NAME = `${WORD}[A-Za-z_][\\w.-]*(?: [\\w.-]+)*`;
const NUMBER = "-?[0-9]+(?:\\.[0-9]*)?(?:[eE][-+][0-9]+)?(?![\\w.:-])";
const START = "(?:\\$|\\./|/|--?(?=[A-Za-z_]))?[A-Za-z_]";
/** Texts without marks, and numbers of the forms that every reader takes for one. */
const PLAIN = `(?:${NUMBER}|${START}(?:[\\w$./+*=%@~,()-]|:(?=//))*(?: [\\w$./+*=%@~()-]+)*)`;
const QUOTED = `(?:"[ !#-\\[\\]-~]*"|'[ -&(-~]*')`;
const SHORT = `(?:${NUMBER}|${START}[\\w$./-]*|${QUOTED})`;
const BRACES = `\\{ ?(?:${KEY}: ${SHORT}(?:, ${KEY}: ${SHORT})*)? ?\\}`;
const BRACKETS = `\\[(?:${SHORT}(?:, ${SHORT})*)?\\]`;
const COMMENT = "#[\\t -~\\u00a0-\\u2027\\u202a-\\ud7ff]*";
const END = `(?: +${COMMENT}| *)\\r?\\n`;
const VALUE = `(?:${PLAIN}|${QUOTED}|${BRACES}|${BRACKETS})${END}`;
const PAIR = `(?:(?:name|group): ${NAME}${END}|(?!(?:name|group):)${KEY}: ${VALUE})`;
/** A whole step in braces. */
const SHORT_PAIR =
  `(?:(?:name|group): ${WORD}[A-Za-z_][\\w.-]*|(?!(?:name|group):)${KEY}: (?:${SHORT}|${BRACES}|${BRACKETS}))`;
const SHORT_STEP = `\\{ ?${SHORT_PAIR}(?:, ${SHORT_PAIR})* ?\\}${END}`;
const ASIDE = `(?: *(?:${COMMENT})?\\r?\\n)`;

/** A step or an entry with what follows it up to the next one, to a section or to the end. */
function rowPattern({ indent, isList }: Marks): RegExp {
  const [outer, inner, deep] = [0, 2, 4].map((more) => " ".repeat(indent + more));
  const one = isList
    ? `${outer}- (?:${SHORT_STEP}${ASIDE}*|` +
      `${PAIR}(?:${inner}(?:${PAIR}|${KEY}:${END}(?:${deep}${PAIR})+)|${ASIDE})*)`
    : `${outer}${WORD}${KEY}:(?: ${VALUE}|${END}(?:${inner}${PAIR})+)${ASIDE}*`;
  return new RegExp(`${one}(?=${outer}${isList ? "- " : "[^ #\\r\\n]"}|[^ ]|$)`, "y");
}

const SECTION = /([A-Za-z_][\w-]*):/y;
const HEAD = new RegExp(`(data|parameters|layout|pipeline):${END}${ASIDE}*`, "y");
const LEADING = new RegExp(`${ASIDE}*`, "y");

/** More than so many parts of other forms, and all of the file is read. */
const MOST_OTHERS = 100;

/** The parts of a text; `undefined` if it is built in another way. */
export function outlineOf(text: string): readonly Part[] | undefined {
  const outline = new Outline(text);
  return outline.read() ? outline.parts : undefined;
}

class Outline {
  readonly parts: Part[] = [];
  readonly #text: string;
  #at = 0;
  #others = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): boolean {
    LEADING.lastIndex = 0;
    LEADING.test(this.#text);
    if (LEADING.lastIndex > 0) this.#push(LEADING.lastIndex);
    while (this.#at < this.#text.length) if (!this.#section()) return false;
    return true;
  }

  #push(end: number, marks?: Marks): void {
    this.parts.push({ start: this.#at, end, marks });
    this.#at = end;
  }

  #section(): boolean {
    SECTION.lastIndex = HEAD.lastIndex = this.#at;
    if (!SECTION.test(this.#text)) return false;
    const head = HEAD.exec(this.#text);
    const isList = head?.[1] === "pipeline";
    const indent = head === null ? 0 : this.#indentAt(HEAD.lastIndex);
    const isFit = isList ? this.#text.startsWith("- ", HEAD.lastIndex + indent) : indent > 0;
    if (head === null || !isFit) return this.#other(this.#behind(/\n(?=[^ #\r\n-]|-[^ \r\n])/g));
    this.#push(HEAD.lastIndex);
    return this.#rows({ indent, isList });
  }

  #rows(marks: Marks): boolean {
    const pattern = rowPattern(marks);
    const next = new RegExp(`\\n(?= {0,${marks.indent}}[^ #\\r\\n])`, "g");
    while (isStart(this.#text, this.#at, marks)) {
      const end = behindRow(this.#text, this.#at, pattern);
      if (end > this.#at) this.#push(end, marks);
      else if (!this.#other(this.#behind(next))) return false;
    }
    return true;
  }

  /** A part that the parser has to read. What it cannot read alone makes the whole file be read. */
  #other(end: number): boolean {
    if (++this.#others > MOST_OTHERS) return false;
    try {
      parse(this.#text.slice(this.#at, end));
    } catch (fault) {
      if (fault instanceof YamlFault) return false;
      throw fault;
    }
    this.#push(end);
    return true;
  }

  /** Behind the next match from here; the end of the text without one. */
  #behind(pattern: RegExp): number {
    pattern.lastIndex = this.#at;
    return pattern.test(this.#text) ? pattern.lastIndex : this.#text.length;
  }

  #indentAt(offset: number): number {
    let at = offset;
    while (this.#text[at] === " ") at++;
    return at - offset;
  }
}

/** Behind the last of the plain steps or entries that follow each other from here. */
function behindRow(text: string, from: number, pattern: RegExp): number {
  let at = from;
  for (pattern.lastIndex = at; pattern.test(text); pattern.lastIndex = at) at = pattern.lastIndex;
  return at;
}

/** Whether a step or an entry starts at the start of this line. */
function isStart(text: string, line: number, { indent, isList }: Marks): boolean {
  for (let at = line; at < line + indent; at++) if (text[at] !== " ") return false;
  if (isList) return text.startsWith("- ", line + indent);
  return line + indent < text.length && !" #\r\n".includes(text[line + indent]);
}

/** Start of the step or entry that `offset` is in, within a plain part. */
export function startOf(text: string, offset: number, { start, marks }: Part): number {
  let line = text.lastIndexOf("\n", offset - 1) + 1;
  while (line > start && !isStart(text, line, marks!)) line = text.lastIndexOf("\n", line - 2) + 1;
  return Math.max(line, start);
}

/** End of the step or entry that `offset` is in, within a plain part. */
export function endOf(text: string, offset: number, { end, marks }: Part): number {
  let line = text.indexOf("\n", offset) + 1;
  while (line < end && !isStart(text, line, marks!)) line = text.indexOf("\n", line) + 1;
  return Math.min(line, end);
}
