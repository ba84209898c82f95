/**
 * `loom show ID --html FILE`: a page with charts.
 *
 * @module
 */

import { joinPath } from "../../../../core/graph/mod.ts";
import { forksOf, type RunLook } from "../../../../core/loop/look/mod.ts";
import { runPage } from "../../../../core/loop/look/page/mod.ts";
import type { LoopStore } from "../../../../core/ports/loop_store.ts";
import type { Place } from "../../base/place.ts";

/** Writes the page to the file; gives what is to be printed: the page itself for `-`, else where it is. */
export async function pageText(
  look: RunLook,
  file: string,
  { place: { context }, store }: { readonly place: Place; readonly store: LoopStore },
): Promise<string> {
  const page = runPage(look, { forks: await forksOf(look.run.id, store), now: context.clock.now() });
  if (file === "-") return page;
  context.files.writeAtomic(joinPath(context.cwd, file), page);
  return `Wrote ${file}\n`;
}
