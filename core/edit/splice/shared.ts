/**
 * What is written once and used in several places.
 *
 * @module
 */

import { LoomError, type YamlPath } from "../../errors.ts";
import type { Doc } from "../source/doc.ts";
import { columnOf, lineNumber } from "../source/lines.ts";
import type { SourceNode } from "../source/node.ts";
import { pathText } from "../wish/path.ts";
import { shownPath } from "../parts/places.ts";

/** An anchored node, and the aliases of it. */
interface Shared {
  readonly node: SourceNode;
  readonly aliases: readonly SourceNode[];
}

/** Refuses to change what other places share. `within` is the part of the text that goes as a whole. */
export function refuseShared(
  doc: Doc,
  at: YamlPath,
  options: { readonly onTheWay: readonly SourceNode[]; readonly within?: SourceNode },
): void {
  const aliases = aliasesOf(doc.root);
  if (aliases.length === 0) return;
  const { onTheWay, within } = options;
  for (const node of [...onTheWay, ...within === undefined ? [] : nodesIn(within)]) {
    const users = aliases.filter((alias) => alias.target === node && !isInside(alias, within));
    if (node.anchor !== undefined && users.length > 0) throw sharedError(doc, at, { node, aliases: users });
  }
}

/** The error of a place that is written elsewhere. */
export function writtenElsewhere(doc: Doc, at: YamlPath, source: SourceNode): LoomError {
  const node = source.target ?? source;
  const name = node.anchor === undefined ? "a merge" : `&${node.anchor}`;
  const place = placeText(doc, node);
  return new LoomError("shared-value", `Cannot change ${shown(doc, at)}: it comes from ${name} at ${place}`, {
    hint: "change it there for all who use it, or write the value out here first",
    data: { path: shown(doc, at), anchor: node.anchor, defined: place },
  });
}

function sharedError(doc: Doc, at: YamlPath, { node, aliases }: Shared): LoomError {
  const users = aliases.map((alias) => placeText(doc, alias));
  const message = `Cannot change ${shown(doc, at)}: &${node.anchor} at ${placeText(doc, node)} is also used at ${
    users.join(", ")
  }`;
  return new LoomError("shared-value", message, {
    hint: `write the value out at ${users.length === 1 ? "that place" : "those places"} first`,
    data: { path: shown(doc, at), anchor: node.anchor, defined: placeText(doc, node), used: users },
  });
}

/** The path as people write it. */
export function shown({ value }: Doc, at: YamlPath): string {
  return pathText(shownPath(value, at));
}

/** `line:column` of a node. */
export function placeText({ text }: Doc, { start }: SourceNode): string {
  return `${lineNumber(text, start)}:${columnOf(text, start) + 1}`;
}

function isInside(alias: SourceNode, within: SourceNode | undefined): boolean {
  return within !== undefined && alias.start >= within.start && alias.end <= within.end;
}

function aliasesOf(root: SourceNode | undefined): readonly SourceNode[] {
  return root === undefined ? [] : nodesIn(root).filter(({ kind }) => kind === "alias")
    .toSorted((a, b) => a.start - b.start);
}

/** A node and all below it, aliases not followed. */
function nodesIn(root: SourceNode): readonly SourceNode[] {
  const all: SourceNode[] = [];
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    all.push(node);
    for (const { key, value } of node.entries ?? []) open.push(key, value);
    for (const { value } of node.items ?? []) open.push(value);
  }
  return all;
}
