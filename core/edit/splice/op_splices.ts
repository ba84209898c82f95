/**
 * The parts of a text that one change replaces.
 *
 * @module
 */

import { LoomError, type YamlPath } from "../../errors.ts";
import type { Doc } from "../source/doc.ts";
import type { Splice } from "../source/node.ts";
import type { Op } from "../source/value_ops.ts";
import { entryLines, flowText } from "../text/value_text.ts";
import { endsWithBreak } from "./extent.ts";
import { findSpot, isInBrackets, mergedInto, type Spot } from "./find.ts";
import { addEntry, addItem } from "./insert.ts";
import { takeOut } from "./remove.ts";
import { fill, rekey } from "./set.ts";
import { refuseShared, shown, writtenElsewhere } from "./shared.ts";
import { slotOf } from "./slot.ts";

type OpOf<K extends Op["kind"]> = Extract<Op, { kind: K }>;

/** What one change replaces. `follow`: what is shared may be changed where it is written. */
export function splicesOf(doc: Doc, op: Op, follow: boolean): readonly Splice[] {
  switch (op.kind) {
    case "set":
      return set(doc, op, follow);
    case "rename":
      return rename(doc, op, follow);
    case "remove":
      return remove(doc, op);
    case "insert":
      return insert(doc, op);
    case "move":
      throw new TypeError("A move is made on its own");
  }
}

function set(doc: Doc, op: OpOf<"set">, follow: boolean): readonly Splice[] {
  if (doc.value === null && op.at.length === 1) return [intoEmptyFile(doc, op)];
  const spot = spotOf(doc, op, follow);
  if (!follow && spot.via !== undefined) return [besideAlias(doc, op, spot)];
  const found = spot.entry ?? spot.item;
  if (!follow) {
    refuseShared(doc, op.at, { onTheWay: [...spot.around, spot.owner, ...found === undefined ? [] : [found.value]] });
  }
  if (found !== undefined) return fill(doc, slotOf(doc, spot), op);
  return addEntry(doc, spot.owner, { key: String(op.at.at(-1)), value: op.value, source: op.source });
}

/** `*x` becomes a map of its own that has all of `x` and one thing more, so that other users of `x` keep it as it is. */
function besideAlias({ text, style, ...doc }: Doc, op: OpOf<"set">, spot: Spot): Splice {
  const { kind, node, depth } = spot.via!;
  if (kind === "merge" || depth !== op.at.length - 1 || spot.owner.kind !== "map") {
    throw writtenElsewhere({ text, style, ...doc }, op.at, node);
  }
  const own = flowText(new Map([[String(op.at.at(-1)), op.value]]), style);
  const merge = `<<: ${text.slice(node.start, node.end)}, `;
  return { start: node.start, end: node.end, text: own.replace(/^\{ ?/, (bracket) => bracket + merge) };
}

function intoEmptyFile({ text, style }: Doc, op: OpOf<"set">): Splice {
  const lines = entryLines(String(op.at[0]), op.value, { indent: 0, style, isSection: true });
  const head = endsWithBreak(text) ? "" : style.lineBreak;
  return { start: text.length, end: text.length, text: head + lines.map((line) => line + style.lineBreak).join("") };
}

function rename(doc: Doc, op: OpOf<"rename">, follow: boolean): readonly Splice[] {
  const spot = spotOf(doc, op, follow);
  if (spot.entry === undefined) {
    throw spot.merged === undefined ? unsafe(doc, op.at) : writtenElsewhere(doc, op.at, spot.merged);
  }
  if (!follow && spot.via !== undefined) throw writtenElsewhere(doc, op.at, spot.via.node);
  if (!follow) refuseShared(doc, op.at, { onTheWay: [...spot.around, spot.owner] });
  // Under its old name there would be what is merged.
  const hidden = mergedInto(spot.owner, spot.entry.name);
  if (hidden !== undefined) throw writtenElsewhere(doc, op.at, hidden.source);
  return spot.owner.entries!.filter(({ name, isMerge }) => name === spot.entry!.name && !isMerge)
    .map(({ key }) => rekey(key, op.key, isInBrackets(spot.owner)));
}

/** What is replaced when something goes. */
export function remove(doc: Doc, op: OpOf<"remove">): readonly Splice[] {
  const spot = spotOf(doc, op, false);
  const found = spot.entry ?? spot.item;
  if (found === undefined) {
    throw spot.merged === undefined ? unsafe(doc, op.at) : writtenElsewhere(doc, op.at, spot.merged);
  }
  if (spot.via !== undefined) throw writtenElsewhere(doc, op.at, spot.via.node);
  const { owner, around, index } = spot;
  refuseShared(doc, op.at, { onTheWay: [...around, owner], within: found.value });
  const outer = op.at.length === 1 ? undefined : findSpot(doc, op.at.slice(0, -1));
  return takeOut(doc, { owner, index, ownerAfter: outer === undefined ? undefined : slotOf(doc, outer).after });
}

/** What is replaced when an item comes. `raw` are its lines, where they are to be taken as they are. */
export function insert(doc: Doc, op: OpOf<"insert">, raw?: readonly string[]): readonly Splice[] {
  const spot = findSpot(doc, op.at);
  const list = spot?.entry?.value ?? spot?.item?.value;
  if (spot === undefined || list === undefined) throw unsafe(doc, op.at);
  const source = spot.via?.node ?? (list.kind === "alias" ? list : undefined);
  if (source !== undefined) throw writtenElsewhere(doc, op.at, source);
  refuseShared(doc, op.at, { onTheWay: [...spot.around, spot.owner, list] });
  const slot = slotOf(doc, spot);
  if (list.kind !== "list" || (list.items!.length === 0 && !slot.isFlow)) return fill(doc, slot, { value: [op.value] });
  return addItem(doc, list, { index: op.index, value: op.value, raw });
}

function spotOf(doc: Doc, op: Op, follow: boolean): Spot {
  const spot = findSpot(doc, op.at, follow);
  if (spot === undefined) throw unsafe(doc, op.at);
  return spot;
}

/** The error of a change that the text does not allow as it is written. */
export function unsafe(doc: Doc, at: YamlPath, cause?: unknown): LoomError {
  return new LoomError("edit-unsafe", `Cannot change ${shown(doc, at)} without touching something else`, {
    hint: "edit this place by hand; the file is as it was",
    data: { path: shown(doc, at) },
    cause,
  });
}
