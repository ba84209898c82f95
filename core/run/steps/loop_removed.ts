import { isInside, joinPath, relativePath } from "../../paths.ts";
import type { TaskStep } from "../../graph/pipeline.ts";
import type { Memo } from "../../ports/store.ts";
import { ABSENT } from "../session/digests.ts";
import type { LoopItem } from "./loop_step.ts";
import type { Session } from "../session/session.ts";

/** The items that a loop has now, and the folder they are in. */
export interface Items {
  readonly over: string;
  readonly items: readonly LoopItem[];
}

/** Results of items that are gone: removed when asked for, else told of. */
export function dropRemoved(step: TaskStep, now: Items, session: Session): void {
  const { memos, recorder, request, context } = session;
  const names = new Set(now.items.map((item) => item.name));
  const all = memos.ofStep(step.name);
  const gone = all.filter((memo) => memo.part !== "" && !names.has(memo.part));
  if (gone.length === 0) return;
  const kept = all.filter((memo) => names.has(memo.part));
  const outputs = leftBy(gone, { ...now, kept }, session);
  if (request.dropRemoved) {
    for (const path of outputs) context.files.remove(path);
    for (const memo of gone) {
      memos.delete(step.name, memo.part);
      recorder.write((store) => store.memos.remove(memo.scope, memo.step, memo.part));
    }
  } else if (outputs.length > 0) {
    const shown = outputs.map((path) => relativePath(path, session.pipeline.baseDir)).join(", ");
    const message = `Step "${step.name}" has results of items that are gone: ${shown}; ` +
      "run with --drop-removed to remove them";
    recorder.emit({ type: "notice", level: "warning", code: "item-removed", message, step: step.name });
  }
}

/** What is still there, inside the pipeline's folder, and neither another item's result nor an item itself. */
function leftBy(
  gone: readonly Memo[],
  { over, items, kept }: Items & { readonly kept: readonly Memo[] },
  { pipeline, context }: Session,
): readonly string[] {
  const { baseDir } = pipeline;
  const pathsOf = (memo: Memo) =>
    (JSON.parse(memo.outputs) as [string, string][])
      .filter(([, digest]) => digest !== ABSENT).map(([name]) => joinPath(baseDir, name));
  const used = new Set([...items.map((item) => item.binding.output), ...kept.flatMap(pathsOf)]);
  const left = gone.flatMap((memo) => pathsOf(memo).filter((path) => path !== joinPath(over, memo.part)));
  return [...new Set(left)].filter((path) =>
    path !== baseDir && isInside(path, baseDir) && !used.has(path) && context.files.stat(path) !== undefined
  );
}
