/**
 * Where the values of a YAML document are, without what they are.
 *
 * @module
 */

import { type Event, EVENT_ID, type MappingEvent, SCALAR_STYLE, type ScalarEvent, type SequenceEvent } from "js-yaml";
import { pyStr } from "./py_text.ts";
import { scalarText } from "./compose.ts";
import { YamlFault } from "./fault.ts";
import { plainValue } from "./scalar.ts";

/** A value. What an alias stands for is shared. */
export interface PlacedNode {
  /** In UTF-16 units from the start of the parsed text; -1 for an empty value. */
  readonly start: number;
  /** Of a map, by the key as text; of equal keys, the last. */
  readonly entries?: Map<string, PlacedEntry>;
  readonly items?: PlacedNode[];
  /** Of a map: what its `<<` keys bring in. */
  readonly merges?: PlacedNode[];
}

/** A pair of a map. */
export interface PlacedEntry {
  readonly keyStart: number;
  readonly node: PlacedNode;
}

interface OpenNode {
  readonly node: PlacedNode;
  readonly anchor?: string;
  key?: { readonly text: string; readonly start: number; readonly isMerge: boolean };
}

interface State {
  readonly text: string;
  readonly anchors: Map<string, PlacedNode>;
  readonly open: OpenNode[];
}

const NONE = -1;

/** The places of a document; undefined for an empty one. */
export function positionTree(text: string, events: readonly Event[]): PlacedNode | undefined {
  const root: PlacedNode = { start: 0, items: [] };
  const state: State = { text, anchors: new Map(), open: [{ node: root }] };
  for (const event of events) take(state, event);
  return root.items?.[0];
}

function take(state: State, event: Event): void {
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return takeScalar(state, event);
    case EVENT_ID.MAPPING:
      return open(state, event, { start: event.start, entries: new Map(), merges: [] });
    case EVENT_ID.SEQUENCE:
      return open(state, event, { start: event.start, items: [] });
    case EVENT_ID.POP:
      // The root stays: the end of the document closes nothing here.
      if (state.open.length > 1) close(state);
      return;
    case EVENT_ID.ALIAS: {
      const target = state.anchors.get(state.text.slice(event.anchorStart, event.anchorEnd));
      return add(state, { ...target, start: event.anchorStart - 1 }, "");
    }
  }
}

function takeScalar(state: State, event: ScalarEvent): void {
  const node: PlacedNode = { start: scalarStart(state.text, event) };
  if (event.anchorStart !== NONE) state.anchors.set(state.text.slice(event.anchorStart, event.anchorEnd), node);
  const top = state.open[state.open.length - 1];
  add(state, node, top.node.entries !== undefined && top.key === undefined ? keyText(state.text, event) : "");
}

function open(state: State, event: MappingEvent | SequenceEvent, node: PlacedNode): void {
  const anchor = event.anchorStart === NONE ? undefined : state.text.slice(event.anchorStart, event.anchorEnd);
  state.open.push({ node, anchor });
}

function close(state: State): void {
  const { node, anchor } = state.open.pop()!;
  if (anchor !== undefined) state.anchors.set(anchor, node);
  add(state, node, "");
}

function add(state: State, node: PlacedNode, text: string): void {
  const top = state.open[state.open.length - 1];
  const { items, entries, merges } = top.node;
  if (entries === undefined) {
    items?.push(node);
    return;
  }
  if (top.key === undefined) {
    top.key = { text, start: node.start, isMerge: text === "<<" };
    return;
  }
  if (top.key.isMerge) merges?.push(node);
  entries.set(top.key.text, { keyStart: top.key.start, node });
  top.key = undefined;
}

/** A key as problems name it. One that cannot be read is named as it is written. */
function keyText(text: string, event: ScalarEvent): string {
  const written = scalarText(text, event);
  if (event.style !== SCALAR_STYLE.PLAIN || event.tagStart !== NONE) return written;
  try {
    return pyStr(plainValue(written));
  } catch (fault) {
    if (fault instanceof YamlFault) return written;
    throw fault;
  }
}

function scalarStart(text: string, event: ScalarEvent): number {
  if (event.valueStart === NONE) return NONE;
  switch (event.style) {
    case SCALAR_STYLE.PLAIN:
      return event.valueStart;
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return event.valueStart - 1;
  }
  return blockStart(text, event.valueStart);
}

/** The | or > of a block, whose content starts on the line after it. */
function blockStart(text: string, contentStart: number): number {
  const end = contentStart - (text.slice(contentStart - 2, contentStart) === "\r\n" ? 2 : 1);
  let lineStart = end;
  while (lineStart > 0 && text[lineStart - 1] !== "\n" && text[lineStart - 1] !== "\r") lineStart--;
  return lineStart + Math.max(0, text.slice(lineStart, end).search(/[|>][-+0-9]*[ \t]*(?:#.*)?$/));
}
