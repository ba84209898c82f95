/**
 * A YAML document as it is written: what stands where, down to the quotes.
 *
 * @module
 */

/** How a node is written. `pair` is a map of one pair in a list in brackets, `none` an empty value. */
export type Style = "plain" | "single" | "double" | "literal" | "folded" | "block" | "flow" | "pair" | "none" | "alias";

/** A value or a key. Offsets are in UTF-16 units from the start of the text. */
export interface SourceNode {
  readonly kind: "scalar" | "map" | "list" | "alias";
  readonly style: Style;
  /** Of its anchor or tag, if it has one, else of itself. */
  readonly start: number;
  /** Of itself: its quote, its bracket, its first key or dash, the | or > of a block. */
  readonly inner: number;
  /** Behind its last character; the line break that ends a block of text is not part of it. */
  readonly end: number;
  readonly anchor?: string;
  readonly tag?: string;
  /** Behind its anchor and its tag, if it has any. */
  readonly propsEnd?: number;
  /** Of a scalar: its text, without quotes and with its lines folded. */
  readonly text?: string;
  /** Of a block of text: how far its lines are indented. */
  readonly indent?: number;
  readonly entries?: readonly SourceEntry[];
  readonly items?: readonly SourceItem[];
  /** Of an alias: what it stands for. */
  readonly target?: SourceNode;
}

/** A pair of a map. */
export interface SourceEntry {
  /** Of the ? before the key, if there is one, else of the key. */
  readonly start: number;
  readonly key: SourceNode;
  /** The key as the reader shows it: `True` for `yes`. */
  readonly name: string;
  readonly isMerge: boolean;
  readonly value: SourceNode;
}

/** An item of a list. */
export interface SourceItem {
  /** Of the dash before it, if there is one, else of the value. */
  readonly start: number;
  readonly value: SourceNode;
}

/** A part of a text that is replaced. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with its parts replaced; they must not overlap. Those at one place come in the order they are given. */
export function spliced(text: string, splices: readonly Splice[]): string {
  const sorted = splices.toSorted((a, b) => a.start - b.start || a.end - b.end);
  let result = "";
  let at = 0;
  for (const splice of sorted) {
    if (splice.start < at) throw new RangeError("Splices overlap");
    result += text.slice(at, splice.start) + splice.text;
    at = splice.end;
  }
  return result + text.slice(at);
}
