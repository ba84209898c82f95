/**
 * From parser events to values, without recursion, so that depth costs memory and never the stack.
 *
 * @module
 */

import {
  type AliasEvent,
  type DocumentEvent,
  type Event,
  EVENT_ID,
  getScalarValue,
  type MappingEvent,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
} from "js-yaml";
import type { Value } from "./value_types.ts";
import { unfit } from "./collection.ts";
import { YamlFault } from "./fault.ts";
import {
  awaitsKey,
  type DuplicateKey,
  finished,
  type Frame,
  type Item,
  listFrame,
  mapFrame,
  MERGE,
  put,
} from "./frame.ts";
import { plainValue, SCALAR_TAGS } from "./scalar.ts";
import { type TagHandles, tagHandles, tagName } from "./tag.ts";

/** What a document holds. */
export interface Composed {
  readonly value: Value;
  readonly duplicates: readonly DuplicateKey[];
}

/** What an alias stands for. Undefined: a collection whose end was not reached. */
interface Anchor {
  readonly value?: Value;
  /** Values in it, aliases written out. */
  readonly size: number;
}

interface State {
  readonly text: string;
  readonly duplicates: DuplicateKey[];
  readonly anchors: Map<string, Anchor>;
  readonly frames: Frame[];
  top: Frame;
  handles: TagHandles;
  /** Of what is being read. */
  offset: number;
}

const NONE = -1;
const MERGE_TAG = "tag:yaml.org,2002:merge";

/**
 * Builds the value of a stream that holds one document or none; none is null.
 *
 * @throws {YamlFault} If the document cannot be what PyYAML's safe loader makes.
 */
export function compose(text: string, events: readonly Event[]): Composed {
  const root = listFrame({ start: 0 });
  const state: State = {
    text,
    duplicates: [],
    anchors: new Map(),
    frames: [],
    top: root,
    handles: new Map(),
    offset: 0,
  };
  try {
    for (const event of events) take(state, event);
  } catch (fault) {
    if (!(fault instanceof YamlFault) || fault.offset !== undefined) throw fault;
    throw new YamlFault(fault.message, fault.hint, { offset: state.offset, cause: fault });
  }
  return { value: root.list?.[0] ?? null, duplicates: state.duplicates };
}

function take(state: State, event: Event): void {
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return takeScalar(state, event);
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE:
      return open(state, event);
    case EVENT_ID.POP:
      return close(state);
    case EVENT_ID.ALIAS:
      return takeAlias(state, event);
    case EVENT_ID.DOCUMENT:
      return openDocument(state, event);
  }
}

function openDocument(state: State, event: DocumentEvent): void {
  if (state.top.list?.length === 1) {
    state.offset = secondDocument(state.text);
    throw new YamlFault(
      "The file holds more than one document",
      "keep one and move the others into files of their own",
    );
  }
  state.handles = tagHandles(event);
}

/** Events of documents have no offset; the mark between two is the first that does not open the file. */
function secondDocument(text: string): number {
  const first = text.search(/^[^#%\s]/m);
  return Math.max(0, text.slice(first + 3).search(/^---/m) + first + 3);
}

function takeScalar(state: State, event: ScalarEvent): void {
  if (event.tagStart !== NONE || event.anchorStart !== NONE) return takeMarked(state, event);
  // An empty scalar has no place of its own: it keeps the one of what stands before it.
  if (event.valueStart !== NONE) state.offset = event.valueStart - (event.style === SCALAR_STYLE.PLAIN ? 0 : 1);
  const text = event.fast ? state.text.slice(event.valueStart, event.valueEnd) : scalarText(state.text, event);
  if (event.style !== SCALAR_STYLE.PLAIN) return place(state, text, 1);
  place(state, text === "<<" && awaitsKey(state.top) ? MERGE : plainValue(text), 1);
}

/** A scalar with a tag or an anchor. */
function takeMarked(state: State, event: ScalarEvent): void {
  state.offset = startOf(event);
  const tag = readTag(state, event);
  const text = scalarText(state.text, event);
  const isMerge = tag === MERGE_TAG || (text === "<<" && isPlain(event, tag));
  if (isMerge && awaitsKey(state.top)) return place(state, MERGE, 1);
  const value = scalarValue(text, event, tag);
  const name = readAnchor(state, event);
  if (name !== undefined) state.anchors.set(name, { value, size: 1 });
  place(state, value, 1);
}

function scalarValue(text: string, event: ScalarEvent, tag: string | undefined): Value {
  if (isPlain(event, tag)) return plainValue(text);
  if (tag === undefined) return text;
  const read = SCALAR_TAGS.get(tag);
  if (read === undefined) throw unfit(tag, "a text");
  return read(text);
}

/** The tag `!` gives a scalar the meaning it has without quotes. */
function isPlain(event: ScalarEvent, tag: string | undefined): boolean {
  return tag === "!" || (tag === undefined && event.style === SCALAR_STYLE.PLAIN);
}

/**
 * The text of a scalar, without its quotes and with its lines folded.
 *
 * @throws {YamlFault} If an escape stands for no character.
 */
export function scalarText(text: string, event: ScalarEvent): string {
  checkEscapes(text, event);
  const value = getScalarValue(text, event);
  if (event.style !== SCALAR_STYLE.LITERAL_BLOCK && event.style !== SCALAR_STYLE.FOLDED_BLOCK) return value;
  // A block ends with a line break only where the file has one.
  const isCut = event.valueEnd === text.length && !/[\r\n]$/.test(text);
  return isCut && value.endsWith("\n") ? value.slice(0, -1) : value;
}

const ESCAPES = /\\(?:U([0-9a-fA-F]{8})|[^])/g;

function checkEscapes(text: string, event: ScalarEvent): void {
  if (event.style !== SCALAR_STYLE.DOUBLE_QUOTED) return;
  for (const [, code] of text.slice(event.valueStart, event.valueEnd).matchAll(ESCAPES)) {
    if (code !== undefined && parseInt(code, 16) > 0x10ffff) {
      throw new YamlFault(`No such character: \\U${code}`, "the last one is \\U0010FFFF");
    }
  }
}

function takeAlias(state: State, event: AliasEvent): void {
  state.offset = event.anchorStart - 1;
  const name = state.text.slice(event.anchorStart, event.anchorEnd);
  const anchor = state.anchors.get(name);
  if (anchor === undefined) throw new YamlFault(`No anchor &${name} for the alias *${name}`, "define it further up");
  if (anchor.value === undefined) {
    throw new YamlFault(`The alias *${name} refers to what it is part of`, "write the value out");
  }
  place(state, anchor.value, anchor.size);
}

function open(state: State, event: SequenceEvent | MappingEvent): void {
  state.offset = startOf(event);
  const anchor = readAnchor(state, event);
  if (anchor !== undefined) state.anchors.set(anchor, { size: 0 });
  const opening = { start: state.offset, tag: readTag(state, event), anchor };
  state.frames.push(state.top);
  state.top = event.type === EVENT_ID.MAPPING ? mapFrame(opening) : listFrame(opening);
}

function close(state: State): void {
  const outer = state.frames.pop();
  // The end of the document, which has no frame of its own.
  if (outer === undefined) return;
  const frame = state.top;
  state.top = outer;
  state.offset = frame.start;
  const value = finished(frame);
  if (frame.anchor !== undefined) state.anchors.set(frame.anchor, { value, size: frame.size });
  place(state, value, frame.size);
}

function place(state: State, value: Item, size: number): void {
  const duplicate = put(state.top, { value, size, start: state.offset });
  if (duplicate !== undefined) state.duplicates.push(duplicate);
}

type Marked = ScalarEvent | SequenceEvent | MappingEvent;

function startOf(event: Marked): number {
  const starts = [event.anchorStart - 1, event.tagStart, "start" in event ? event.start : event.valueStart];
  return Math.min(...starts.filter((start) => start >= 0));
}

function readTag(state: State, event: Marked): string | undefined {
  if (event.tagStart === NONE) return undefined;
  return tagName(state.text.slice(event.tagStart, event.tagEnd), state.handles);
}

function readAnchor(state: State, event: Marked): string | undefined {
  if (event.anchorStart === NONE) return undefined;
  const name = state.text.slice(event.anchorStart, event.anchorEnd);
  if (!/^[0-9A-Za-z_-]+$/.test(name)) {
    throw new YamlFault(`The anchor &${name} is not a plain name`, "use letters, digits, _ and - only");
  }
  if (state.anchors.has(name)) {
    throw new YamlFault(`The anchor &${name} stands twice`, "give the second one another name");
  }
  return name;
}
