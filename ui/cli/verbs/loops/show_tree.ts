/**
 * `loom show ID --tree`: which step went on from which.
 *
 * @module
 */

import { type RunLook, type TreeLine, treeLines } from "../../../../core/loop/look/mod.ts";
import type { LoopSummary } from "../../../../core/ports/loop_store.ts";
import type { Palette } from "../../view/colors.ts";
import { fit } from "../../view/text_width.ts";
import { footerLines, headingLines } from "./show.ts";

const TEXT_CELLS = 100;

/** The tree with what hangs on it; lines off the way to the result are dim. */
export function treeText(
  look: RunLook,
  forks: readonly LoopSummary[],
  { paint, json }: { readonly paint: Palette; readonly json?: boolean },
): string {
  const tree = treeLines(look, forks);
  if (json) return `${JSON.stringify({ run: look.run.id, tree: tree.map(documentOf) }, null, 2)}\n`;
  const lines = tree.map(({ trunk, text, marks, isMain }) => {
    const words = fit(text.split("\n")[0], TEXT_CELLS);
    const shown = marks.map((mark) => `  ${(mark === "best" ? paint.good : paint.warn)(`<- ${mark}`)}`).join("");
    return `${paint.dim(trunk)}${isMain ? words : paint.dim(words)}${shown}`;
  });
  return [...headingLines(look, paint), "", ...lines, "", ...footerLines(look)].map((line) => `${line}\n`).join("");
}

function documentOf({ trunk, text, marks, isMain }: TreeLine) {
  return { depth: trunk.length / 3, text, marks, is_main: isMain };
}
