/**
 * Makes a tree of parser events, each node with the range it takes up in the text.
 *
 * @module
 */

import { type Event, EVENT_ID, type MappingEvent, SCALAR_STYLE, type ScalarEvent, type SequenceEvent } from "js-yaml";
import { scalarText } from "../../yaml/compose.ts";
import type { Parsed } from "../../yaml/events.ts";
import { skipBlank } from "./lines.ts";
import { moved, offsetsInFile } from "./moved.ts";
import type { SourceEntry, SourceItem, SourceNode, Style } from "./node.ts";
import { blockEnd, blockStart, isMergeKey, keyName } from "./scalars.ts";

interface Open {
  readonly event?: MappingEvent | SequenceEvent;
  readonly entries: SourceEntry[];
  readonly items: SourceItem[];
  key?: SourceNode;
  keyStart: number;
  /** Behind what was read last. */
  cursor: number;
}

const NONE = -1;

const STYLES: Readonly<Record<number, Style>> = {
  [SCALAR_STYLE.PLAIN]: "plain",
  [SCALAR_STYLE.SINGLE_QUOTED]: "single",
  [SCALAR_STYLE.DOUBLE_QUOTED]: "double",
  [SCALAR_STYLE.LITERAL_BLOCK]: "literal",
  [SCALAR_STYLE.FOLDED_BLOCK]: "folded",
};

/**
 * The root of a document; `undefined` for an empty one.
 *
 * @param text What was parsed, without a byte order mark.
 */
export function treeOf(text: string, parsed: Parsed): SourceNode | undefined {
  const root = new TreeBuilder(parsed.text).build(parsed.events);
  return root === undefined || parsed.indents.size === 0 ? root : moved(root, offsetsInFile(text, parsed));
}

class TreeBuilder {
  readonly #text: string;
  readonly #anchors = new Map<string, SourceNode>();
  readonly #open: Open[] = [{ entries: [], items: [], keyStart: NONE, cursor: 0 }];

  constructor(text: string) {
    this.#text = text;
  }

  build(events: readonly Event[]): SourceNode | undefined {
    for (const event of events) this.#take(event);
    return this.#open[0].items[0]?.value;
  }

  #take(event: Event): void {
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return this.#add(this.#scalar(event));
      case EVENT_ID.ALIAS:
        return this.#add(this.#alias(event.anchorStart, event.anchorEnd));
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE:
        this.#open.push({ event, entries: [], items: [], keyStart: NONE, cursor: event.start });
        return;
      case EVENT_ID.POP:
        // The end of the document closes nothing here.
        if (this.#open.length > 1) this.#add(this.#close());
    }
  }

  get #top(): Open {
    return this.#open[this.#open.length - 1];
  }

  #alias(start: number, end: number): SourceNode {
    const target = this.#anchors.get(this.#text.slice(start, end));
    return { kind: "alias", style: "alias", start: start - 1, inner: start - 1, end, target };
  }

  #scalar(event: ScalarEvent): SourceNode {
    const text = this.#text;
    const props = this.#props(event);
    if (event.valueStart === NONE) {
      const at = this.#emptyAt();
      const node: SourceNode = {
        kind: "scalar",
        style: "none",
        start: props.start ?? at,
        inner: props.end ?? at,
        end: props.end ?? at,
        anchor: props.anchor,
        tag: props.tag,
        propsEnd: props.end,
        text: "",
      };
      return this.#remember(node);
    }
    const style = STYLES[event.style];
    const isQuoted = style === "single" || style === "double";
    const isBlock = style === "literal" || style === "folded";
    const inner = isBlock ? blockStart(text, event.valueStart) : event.valueStart - (isQuoted ? 1 : 0);
    const end = isBlock ? blockEnd(text, inner, event) : event.valueEnd + (isQuoted ? 1 : 0);
    return this.#remember({
      kind: "scalar",
      style,
      start: props.start ?? inner,
      inner,
      end,
      anchor: props.anchor,
      tag: props.tag,
      propsEnd: props.end,
      text: scalarText(text, event),
      indent: isBlock ? event.indent : undefined,
    });
  }

  #props(event: ScalarEvent | MappingEvent | SequenceEvent) {
    const starts = [event.anchorStart - 1, event.tagStart].filter((start) => start >= 0);
    return {
      start: starts.length === 0 ? undefined : Math.min(...starts),
      end: starts.length === 0 ? undefined : Math.max(event.anchorEnd, event.tagEnd),
      anchor: event.anchorStart === NONE ? undefined : this.#text.slice(event.anchorStart, event.anchorEnd),
      tag: event.tagStart === NONE ? undefined : this.#text.slice(event.tagStart, event.tagEnd),
    };
  }

  #remember(node: SourceNode): SourceNode {
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    return node;
  }

  /** Where an empty value is: behind the colon or the dash before it. */
  #emptyAt(): number {
    const top = this.#top;
    if (top.event === undefined) return top.cursor;
    const isFlow = this.#text[top.event.start] === "{" || this.#text[top.event.start] === "[";
    if (top.event.type === EVENT_ID.MAPPING) {
      if (top.key === undefined) return top.cursor;
      const at = skipBlank(this.#text, top.key.end);
      return this.#text[at] === ":" ? at + 1 : top.key.end;
    }
    return isFlow ? top.cursor : this.#dash(top) + 1;
  }

  #dash(top: Open): number {
    return skipBlank(this.#text, top.cursor);
  }

  #close(): SourceNode {
    const { event, entries, items, cursor } = this.#open.pop()!;
    const { start, type } = event!;
    const isMap = type === EVENT_ID.MAPPING;
    const bracket = this.#text[start] === (isMap ? "{" : "[") ? (isMap ? "}" : "]") : undefined;
    const isFlow = bracket !== undefined && event!.style === 2;
    const end = isFlow ? this.#closing(cursor === start ? start + 1 : cursor, bracket) : cursor;
    const props = this.#props(event!);
    const style: Style = isFlow ? "flow" : event!.style === 2 ? "pair" : "block";
    return this.#remember({
      kind: isMap ? "map" : "list",
      style,
      start: props.start ?? start,
      inner: start,
      end,
      anchor: props.anchor,
      tag: props.tag,
      propsEnd: props.end,
      ...(isMap ? { entries } : { items }),
    });
  }

  /** Behind the bracket: between the last entry and it are only blanks, comments and marks. */
  #closing(from: number, bracket: string): number {
    let at = skipBlank(this.#text, from);
    while (at < this.#text.length && this.#text[at] !== bracket) at = skipBlank(this.#text, at + 1);
    return at + 1;
  }

  #add(node: SourceNode): void {
    const top = this.#top;
    if (top.event === undefined || top.event.type === EVENT_ID.SEQUENCE) {
      top.items.push({ start: this.#itemStart(top, node), value: node });
    } else if (top.key === undefined) {
      top.keyStart = this.#entryStart(top, node);
      top.key = node;
    } else {
      const { key } = top;
      top.entries.push({ start: top.keyStart, key, name: keyName(key), isMerge: isMergeKey(key), value: node });
      top.key = undefined;
    }
    top.cursor = node.end;
  }

  #itemStart(top: Open, node: SourceNode): number {
    if (top.event === undefined || this.#text[top.event.start] === "[" && top.event.style === 2) return node.start;
    return this.#dash(top);
  }

  /** Of the question mark before a key, if one is there. */
  #entryStart(top: Open, key: SourceNode): number {
    const isFirstInBrackets = this.#text[top.event!.start] === "{" && top.entries.length === 0;
    let at = skipBlank(this.#text, isFirstInBrackets ? top.cursor + 1 : top.cursor);
    while (this.#text[at] === ",") at = skipBlank(this.#text, at + 1);
    return at < key.start && this.#text[at] === "?" ? at : key.start;
  }
}
