/**
 * What edits did, told so that a person or a program can follow.
 *
 * @module
 */

import type { YamlPath } from "../../errors.ts";

import { places } from "../../yaml/events.ts";
import { valueToJson } from "../../yaml/value.ts";
import type { Change } from "../wish/edits.ts";
import { pathText } from "../wish/path.ts";
import { shownPath } from "../parts/places.ts";
import type { Doc } from "../source/doc.ts";
import { type Op, valueAt } from "../source/value_ops.ts";
import { findSpot } from "../splice/find.ts";

/** The changes that one phase made. */
export function changesOf(before: Doc, after: Doc, ops: readonly Op[]): readonly Change[] {
  const [linesBefore, linesAfter] = [before, after].map(({ text }) => places({ text, indents: new Map() }));
  return ops.map((op) => ({
    ...changeOf(before, after, op),
    line: lineOf(op, { before, after, ops }, { linesBefore, linesAfter }),
  }));
}

function changeOf(before: Doc, after: Doc, op: Op): Omit<Change, "line"> {
  const shown = (doc: Doc, at: YamlPath) => pathText(shownPath(doc.value, at));
  switch (op.kind) {
    case "set": {
      const old = valueAt(before.value, op.at);
      return {
        path: shown(before, op.at),
        ...old !== undefined && { before: old, source: sourceAt(before, op.at) },
        after: op.value,
      };
    }
    case "rename":
      return { path: shown(before, op.at), before: String(op.at.at(-1)), after: op.key };
    case "remove":
      return { path: shown(before, op.at), before: valueAt(before.value, op.at) ?? null };
    case "insert":
      return { path: shown(after, [...op.at, op.index]), after: op.value };
    case "move":
      return { path: shown(before, op.at), before: Number(op.at.at(-1)), after: op.index };
  }
}

/** How a value is spelled, without its anchor and its tag. */
function sourceAt(doc: Doc, at: YamlPath): string | undefined {
  const spot = findSpot(doc, at);
  const node = spot?.entry?.value ?? spot?.item?.value;
  return node === undefined ? undefined : doc.text.slice(node.inner, node.end);
}

type LineOf = (offset: number) => { readonly line: number };

function lineOf(
  op: Op,
  docs: { readonly before: Doc; readonly after: Doc; readonly ops: readonly Op[] },
  lines: { readonly linesBefore: LineOf; readonly linesAfter: LineOf },
): number {
  if (op.kind === "remove") return lines.linesBefore(startOf(docs.before, op.at)).line;
  return lines.linesAfter(startOf(docs.after, pathAfter(op, docs.ops))).line;
}

/** Keys on the way may have been renamed together with it, inner ones before outer ones. */
function pathAfter(op: Op, ops: readonly Op[]): YamlPath {
  if (op.kind === "insert") return [...op.at, op.index];
  if (op.kind === "move") return [...op.to, op.index];
  const renames = ops.filter((other) =>
    other.kind === "rename" && other.at.every((part, index) => part === op.at[index])
  );
  return renames.reduce<YamlPath>((at, { at: old, ...rename }) => {
    return at.with(old.length - 1, (rename as { readonly key: string }).key);
  }, op.at);
}

function startOf(doc: Doc, at: YamlPath): number {
  const spot = findSpot(doc, at, true);
  return spot?.entry?.start ?? spot?.item?.start ?? 0;
}

/** A change as programs read it; what was or is nothing is left out. */
export function changeJson({ path, before, after, line }: Change): Readonly<Record<string, unknown>> {
  return {
    path,
    ...before !== undefined && { before: valueToJson(before) },
    ...after !== undefined && { after: valueToJson(after) },
    line,
  };
}
