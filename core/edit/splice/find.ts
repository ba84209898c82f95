/**
 * From a path to what is written there.
 *
 * @module
 */

import type { YamlPath } from "../../errors.ts";
import type { Doc } from "../source/doc.ts";
import type { SourceEntry, SourceItem, SourceNode } from "../source/node.ts";

/** Something below a list or a map. */
export interface Spot {
  readonly owner: SourceNode;
  /** What the owner is in, outermost first. */
  readonly around: readonly SourceNode[];
  /** Absent where the owner has no such key of its own. */
  readonly entry?: SourceEntry;
  readonly item?: SourceItem;
  /** Of the entry or the item. */
  readonly index: number;
  /** The first alias or merge that the path leads through. */
  readonly via?: Detour;
  /** What stands behind the `<<` that brings in the last part of the path, if the owner has it from there only. */
  readonly merged?: SourceNode;
}

/** Where a path leaves the place it began in. */
export interface Detour {
  readonly kind: "alias" | "merge";
  /** The alias, or what stands behind `<<`. */
  readonly node: SourceNode;
  /** How many parts of the path come before it. */
  readonly depth: number;
}

/**
 * What a path leads to; `undefined` if its owner is no list or map. The path is not empty.
 *
 * @param follow Whether what comes from a merge is looked for where it is written.
 */
export function findSpot(doc: Doc, at: YamlPath, follow: boolean = false): Spot | undefined {
  const trail = ownerOf(doc, at.slice(0, -1));
  if (trail === undefined) return undefined;
  const { owner, around, via } = trail;
  const part = at.at(-1)!;
  if (owner.kind === "list" && typeof part === "number") {
    return { owner, around, via, item: owner.items![part], index: part };
  }
  if (owner.kind !== "map") return undefined;
  const index = ownIndex(owner, String(part));
  if (index >= 0) return { owner, around, via, entry: owner.entries![index], index };
  const merged = mergedInto(owner, String(part));
  if (!follow || merged === undefined) return { owner, around, via, index: -1, merged: merged?.source };
  const there = ownIndex(merged.owner, String(part));
  return { owner: merged.owner, around: [...around, owner], via, entry: merged.owner.entries![there], index: there };
}

function ownIndex(map: SourceNode, name: string): number {
  return map.entries!.findLastIndex((entry) => entry.name === name && !entry.isMerge);
}

interface Trail {
  readonly owner: SourceNode;
  readonly around: readonly SourceNode[];
  readonly via?: Detour;
}

/** The list or map at a path, and the way to it. */
export function ownerOf(doc: Doc, at: YamlPath): Trail | undefined {
  let owner = doc.root;
  const around: SourceNode[] = [];
  let via: Detour | undefined;
  for (const [depth, part] of at.entries()) {
    if (owner === undefined) return undefined;
    const child = childNode(owner, part);
    if (child === undefined) return undefined;
    around.push(owner);
    if (child.via !== undefined) via ??= { kind: "merge", node: child.via, depth };
    if (child.node.kind === "alias") via ??= { kind: "alias", node: child.node, depth: depth + 1 };
    owner = child.node.target ?? child.node;
  }
  return owner === undefined ? undefined : { owner, around, via };
}

function childNode(owner: SourceNode, part: string | number): { node: SourceNode; via?: SourceNode } | undefined {
  if (typeof part === "number" && owner.kind === "list") {
    const item = owner.items![part];
    return item === undefined ? undefined : { node: item.value };
  }
  const entry = owner.entries?.findLast(({ name, isMerge }) => name === String(part) && !isMerge);
  if (entry !== undefined) return { node: entry.value };
  const merged = mergedInto(owner, String(part));
  return merged === undefined ? undefined : { node: merged.value, via: merged.source };
}

/** Something that a map has from its `<<` keys. */
export interface Merged {
  readonly value: SourceNode;
  /** What stands behind `<<`. */
  readonly source: SourceNode;
  /** The map it is written in. */
  readonly owner: SourceNode;
}

/** What a map has from its `<<` keys. Of several the last wins, of a list of maps the first. */
export function mergedInto(map: SourceNode, name: string): Merged | undefined {
  for (const { isMerge, value } of (map.entries ?? []).toReversed()) {
    if (!isMerge) continue;
    const whole = value.target ?? value;
    for (const source of whole.kind === "list" ? whole.items!.map((item) => item.value) : [value]) {
      const owner = source.target ?? source;
      const own = owner.entries?.findLast((entry) => entry.name === name && !entry.isMerge);
      if (own !== undefined) return { value: own.value, source, owner };
      const deeper = mergedInto(owner, name);
      if (deeper !== undefined) return { ...deeper, source };
    }
  }
  return undefined;
}

/** Whether something stands between brackets. */
export function isInBrackets(owner: SourceNode): boolean {
  return owner.style === "flow" || owner.style === "pair";
}

/** Behind the colon of a pair; behind its key, if there is none. */
export function behindColon({ text }: Doc, entry: SourceEntry): number {
  const after = /[ \t\r\n]*:/y;
  after.lastIndex = entry.key.end;
  return after.test(text) ? after.lastIndex : entry.key.end;
}
