import { structuredPatch } from "diff";
import type { Objects } from "../../ports/store.ts";

/** Changed lines with what stands around them; `lines` begin with a blank, `-` or `+`. */
export interface Hunk {
  /** From 1. */
  readonly oldStart: number;
  readonly newStart: number;
  readonly lines: readonly string[];
}

/** What changed in one file. */
export interface LineChanges {
  readonly added: number;
  readonly removed: number;
  readonly hunks: readonly Hunk[];
}

/** Why the lines cannot be told. */
export type Untold = "not kept" | "rewritten";

/** Lines around a change. */
const CONTEXT = 3;

/** Texts that differ in more lines than this have nothing in common that is worth the time of finding it. */
const MOST_CHANGES = 1_000;

/** What changed between two texts; `undefined`: nearly everything. */
export function lineChanges(before: string, after: string): LineChanges | undefined {
  const options = { context: CONTEXT, maxEditLength: MOST_CHANGES };
  const patch = structuredPatch("", "", unified(before), unified(after), "", "", options);
  if (patch === undefined) return undefined;
  const hunks = patch.hunks.map(({ oldStart, newStart, lines }) => ({ oldStart, newStart, lines }));
  const lines = hunks.flatMap((hunk) => hunk.lines);
  const count = (mark: string) => lines.filter((line) => line.startsWith(mark)).length;
  return { added: count("+"), removed: count("-"), hunks };
}

/** Ends of lines differ between systems and mean nothing to a reader. */
function unified(text: string): string {
  return text.replaceAll("\r\n", "\n");
}

/** What changed between two kept texts. */
export function keptChanges(
  before: string,
  after: string,
  objects: Objects,
): LineChanges | { readonly untold: Untold } {
  const texts = [before, after].map((digest) => keptText(digest, objects));
  if (texts[0] === undefined || texts[1] === undefined) return { untold: "not kept" };
  return lineChanges(texts[0], texts[1]) ?? { untold: "rewritten" };
}

/** A kept text: UTF-8, or Latin-1 where it is not that. */
export function keptText(digest: string, objects: Objects): string | undefined {
  const bytes = objects.getBytes(digest);
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return new TextDecoder("latin1").decode(bytes);
  }
}
