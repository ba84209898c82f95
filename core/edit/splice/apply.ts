/**
 * Changes of a text, each held against the same change of its value.
 *
 * @module
 */

import { isLoomError, type LoomError, type YamlPath } from "../../errors.ts";
import type { Value } from "../../yaml/value.ts";
import { type Doc, readDoc } from "../source/doc.ts";
import { lineAt, nextLine } from "../source/lines.ts";
import { type Splice, spliced } from "../source/node.ts";
import { isSame } from "../source/same.ts";
import { applyOp, type Op, valueAt } from "../source/value_ops.ts";
import { findSpot, mergedInto, ownerOf } from "./find.ts";
import { insert, remove, splicesOf, unsafe } from "./op_splices.ts";
import { blockExtent } from "./remove.ts";

/** Changes that are made together. Several of them must each stay in a place of its own. */
export interface Phase {
  readonly ops: readonly Op[];
  /** Whether what is shared may be changed where it is written, because all who share it are to change. */
  readonly follow?: boolean;
}

/** A text after changes, and where each was made in the text before. */
export interface Applied {
  readonly doc: Doc;
  readonly splices: readonly Splice[];
}

/**
 * Makes the changes.
 *
 * @param file Name of the file, for problems.
 * @throws {LoomError} `shared-value`; `edit-unsafe` if the new text would not say what it is meant to: then something in
 * the file is written in a way that is not understood here.
 */
export function applyPhase(doc: Doc, phase: Phase, file: string): Applied {
  const [first] = phase.ops;
  if (first.kind !== "set" || first.source === undefined) return applyAs(doc, phase, file);
  try {
    return applyAs(doc, phase, file);
  } catch (error) {
    if (!isLoomError(error) || error.code !== "edit-unsafe") throw error;
    // The spelling that was asked for does not fit here.
    return applyAs(doc, { ...phase, ops: [{ ...first, source: undefined }] }, file);
  }
}

function applyAs(doc: Doc, phase: Phase, file: string): Applied {
  const [first] = phase.ops;
  if (phase.ops.length === 1 && first.kind === "move") return moved(doc, first, file);
  const splices = unique(phase.ops.flatMap((op) => splicesOf(doc, op, phase.follow ?? false)));
  const next = reread(doc, splices, phase.ops, file);
  const again = first.kind === "remove" && phase.ops.length === 1 ? leftOver(next, first, doc) : undefined;
  if (again !== undefined) return asWhole(doc, applyPhase(next, phase, file).doc);
  const expected = phase.ops.reduce((value, op) => expectedAfter(value, op, { doc, next }), doc.value);
  if (!isSame(next.value, expected)) throw refusal(doc, phase);
  return { doc: next, splices };
}

/** A key that stands twice in a map goes twice. */
function leftOver(next: Doc, { at }: Op, before: Doc): true | undefined {
  const name = String(at.at(-1));
  const entries = ownerOf(before, at.slice(0, -1))?.owner.entries ?? [];
  const own = entries.filter((entry) => entry.name === name && !entry.isMerge).length;
  return own > 1 && valueAt(next.value, at) !== undefined ? true : undefined;
}

/** Without its own value, a key has the one that is merged. */
function expectedAfter(value: Value, op: Op, { doc, next }: { readonly doc: Doc; readonly next: Doc }): Value {
  if (op.kind !== "remove") return applyOp(value, op);
  const owner = ownerOf(doc, op.at.slice(0, -1))?.owner;
  const isMerged = owner?.kind === "map" && mergedInto(owner, String(op.at.at(-1))) !== undefined;
  return applyOp(value, isMerged ? { kind: "set", at: op.at, value: valueAt(next.value, op.at) ?? null } : op);
}

function reread(doc: Doc, splices: readonly Splice[], ops: readonly Op[], file: string): Doc {
  try {
    return readDoc(spliced(doc.text, splices), file);
  } catch (cause) {
    if (!isLoomError(cause)) throw cause;
    throw unsafe(doc, ops[0].at, cause);
  }
}

/** Most likely what is shared would have changed for some who did not ask for it. */
function refusal(doc: Doc, { ops, follow }: Phase): LoomError {
  if (follow) ops.forEach((op) => splicesOf(doc, op, false));
  return unsafe(doc, ops[0].at);
}

/** Two ways to one place that is shared lead to one change of it. */
function unique(splices: readonly Splice[]): readonly Splice[] {
  const seen = new Set<string>();
  return splices.filter(({ start, end, text }) => {
    const name = `${start} ${end} ${text}`;
    if (start === end || !seen.has(name)) return seen.add(name);
    return false;
  });
}

function moved(doc: Doc, op: Extract<Op, { kind: "move" }>, file: string): Applied {
  const value = valueAt(doc.value, op.at)!;
  const raw = rawLines(doc, op.at);
  const splices = remove(doc, { kind: "remove", at: op.at });
  const without = reread(doc, splices, [op], file);
  const into = insert(without, { kind: "insert", at: op.to, index: op.index, value }, raw);
  const next = reread(without, into, [op], file);
  if (!isSame(next.value, applyOp(doc.value, op))) throw unsafe(doc, op.at);
  return asWhole(doc, next);
}

/** What took several readings is told as one change of all the text. */
function asWhole({ text }: Doc, doc: Doc): Applied {
  return { doc, splices: [{ start: 0, end: text.length, text: doc.text }] };
}

/** The lines of an item of a block, to be put elsewhere as they are. */
function rawLines(doc: Doc, at: YamlPath): readonly string[] | undefined {
  const { owner, index } = findSpot(doc, at)!;
  if (owner.style !== "block") return undefined;
  const { from, to } = blockExtent(doc, owner, index);
  const lines: string[] = [];
  for (let start = from; start < to; start = nextLine(doc.text, start)) lines.push(lineAt(doc.text, start));
  return lines;
}
