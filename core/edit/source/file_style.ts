/**
 * How a file is written: what is added to it should look like its neighbours.
 *
 * @module
 */

import { breakOf, columnOf } from "../source/lines.ts";
import type { SourceNode } from "../source/node.ts";

/** The habits of a file. */
export interface FileStyle {
  readonly lineBreak: string;
  /** Blanks for each level. */
  readonly step: number;
  /** Blanks before the dashes of a list below its key. */
  readonly dash: number;
  /** Whether brackets have blanks on their inside. */
  readonly isPadded: boolean;
  /** How small maps within sections are written. */
  readonly small: "flow" | "block";
}

/** The habits that the first places of a text show. */
export function styleOf(text: string, root: SourceNode | undefined): FileStyle {
  const found: { step?: number; dash?: number; isPadded?: boolean; small?: FileStyle["small"] } = {};
  const open: { readonly node: SourceNode; readonly depth: number }[] = [];
  if (root !== undefined) open.push({ node: root, depth: 0 });
  for (let next = open.shift(), looked = 0; next !== undefined && looked < MOST; next = open.shift(), looked++) {
    look(text, next, found);
    const depth = next.depth + 1;
    for (const { value } of [...next.node.entries ?? [], ...next.node.items ?? []]) {
      if (open.length < MOST && (value.kind === "map" || value.kind === "list")) open.push({ node: value, depth });
    }
  }
  const { step = 2, isPadded = true, small = "flow" } = found;
  return { lineBreak: breakOf(text), step, dash: found.dash ?? step, isPadded, small };
}

/** No more is needed to see a habit. */
const MOST = 400;

function look(
  text: string,
  { node, depth }: { readonly node: SourceNode; readonly depth: number },
  found: { step?: number; dash?: number; isPadded?: boolean; small?: FileStyle["small"] },
): void {
  if (node.kind === "map" && node.style === "flow" && node.entries!.length > 0) {
    found.isPadded ??= /\s/.test(text[node.inner + 1]);
  }
  const isSmall = node.kind === "map" && node.entries!.length > 0 &&
    node.entries!.every(({ value }) => value.kind !== "map" && value.kind !== "list");
  // Sections and steps are no small maps, whatever is in them.
  const isStep = node.entries?.some(({ name }) => name === "name" || name === "task") ?? false;
  if (depth >= 2 && isSmall && !isStep) found.small ??= node.style === "block" ? "block" : "flow";
  if (node.kind !== "map" || node.style !== "block") return;
  for (const { start, value } of node.entries!) {
    if (value.style !== "block") continue;
    const deeper = columnOf(text, value.inner) - columnOf(text, start);
    if (value.kind === "list") found.dash ??= deeper;
    else if (deeper > 0) found.step ??= deeper;
  }
}
