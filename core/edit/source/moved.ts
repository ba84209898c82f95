/**
 * Places in a text whose lines were moved to be parsed.
 *
 * @module
 */

import type { Parsed } from "../../yaml/events.ts";
import type { SourceNode } from "./node.ts";

/** From offsets in the text that was parsed to those in the file, whose lines have fewer blanks in front. */
export function offsetsInFile(text: string, { text: parsed, indents }: Parsed): (offset: number) => number {
  const [inParsed, inFile] = [parsed, text].map((it) => [0, ...it.matchAll(/\r\n?|\n/g).map(behind)]);
  return (offset) => {
    let line = inParsed.findLastIndex((start) => start <= offset);
    if (line < 0) line = 0;
    return inFile[line] + Math.max(0, offset - inParsed[line] - (indents.get(line) ?? 0));
  };
}

function behind({ 0: lineBreak, index }: RegExpExecArray): number {
  return index + lineBreak.length;
}

/** The tree with other offsets; aliases lead into it. */
export function moved(root: SourceNode, to: (offset: number) => number): SourceNode {
  const known = new Map<SourceNode, SourceNode>();
  function move(node: SourceNode): SourceNode {
    const done = known.get(node);
    if (done !== undefined) return done;
    const result: SourceNode = {
      ...node,
      start: to(node.start),
      inner: to(node.inner),
      end: to(node.end),
      propsEnd: node.propsEnd === undefined ? undefined : to(node.propsEnd),
      entries: node.entries?.map((entry) => ({
        ...entry,
        start: to(entry.start),
        key: move(entry.key),
        value: move(entry.value),
      })),
      items: node.items?.map((item) => ({ start: to(item.start), value: move(item.value) })),
      target: node.target === undefined ? undefined : move(node.target),
    };
    known.set(node, result);
    return result;
  }
  return move(root);
}
