/**
 * Taking back what tools changed.
 *
 * The contract: changes are taken back in reverse order. A change is taken back only if the file is what the tool left;
 * otherwise it is a conflict, nothing of that change is touched, and the others go on. Permissions come back with the
 * content. What was done is recorded as changes of its own, so that it can be taken back as well. A process that dies in
 * the middle has done some of it, and asking again does the rest. What programs changed (shell, git, agents) is not seen.
 *
 * @module
 */

import { LoomError } from "../errors.ts";
import type { ChangeRecord, Changes } from "../ports/changes.ts";
import type { Objects } from "../ports/store.ts";
import type { Workspace } from "../ports/workspace.ts";
import { judge, type Judgement, type Step } from "./judge.ts";
import { type DigestBytes, Imagined, lookingAt } from "./look.ts";

/** Tasks that took something back have names that begin so. */
export const UNDO_TASK = "undo-";

/** Which changes: one, those of a task, all, or those of the newest task that is no undoing itself. */
export interface UndoWish {
  readonly change?: number;
  readonly task?: string;
  readonly all?: boolean;
}

/** A folder in which things can be put back. */
export interface UndoWorkspace extends Workspace {
  makeFolder(path: string, mode: number): Promise<void>;
}

/** What undoing works with. The workspace is the whole project. */
export interface UndoDeps {
  readonly changes: Changes;
  readonly objects: Pick<Objects, "getBytes">;
  readonly workspace: UndoWorkspace;
  readonly digest: DigestBytes;
}

/** What became, or would become, of one change. */
export interface Undone {
  readonly change: ChangeRecord;
  readonly outcome: Judgement["outcome"];
  readonly reason?: string;
}

/**
 * The changes that are meant, newest first. Those that failed or were taken back are left out.
 *
 * @throws {LoomError} `nothing-to-undo`, `unknown-change`, `unknown-task`.
 */
export function changesToUndo(wish: UndoWish, changes: Changes): readonly ChangeRecord[] {
  if (wish.change !== undefined) return some(changes.list({ id: wish.change }), "change", String(wish.change));
  if (wish.task !== undefined) return some(changes.list({ task: wish.task }), "task", wish.task);
  const open = changes.list().filter((it) => isOpen(it) && !it.task.startsWith(UNDO_TASK));
  if (open.length === 0) throw new LoomError("nothing-to-undo", "Cannot undo: no tool changed anything here");
  return wish.all ? open : open.filter(({ task }) => task === open[0].task);
}

function some(found: readonly ChangeRecord[], what: string, name: string): readonly ChangeRecord[] {
  if (found.length === 0) throw new LoomError(`unknown-${what}`, `Cannot undo: there is no ${what} '${name}' here`);
  const open = found.filter(isOpen);
  if (open.length > 0) return open;
  throw new LoomError("nothing-to-undo", `Cannot undo ${what} '${name}': it was taken back already`);
}

function isOpen({ status }: ChangeRecord): boolean {
  return status === "intent" || status === "done";
}

/** What would become of these changes. Nothing is touched. */
export async function planUndo(changes: readonly ChangeRecord[], deps: UndoDeps): Promise<readonly Undone[]> {
  const imagined = new Imagined(deps.workspace, deps.digest);
  const results: Undone[] = [];
  for (const change of changes) {
    const judgement = withContent(await judge(change, imagined), deps);
    if (judgement.outcome === "undo") imagine(judgement.step, imagined);
    results.push(toUndone(change, judgement));
  }
  return results;
}

function imagine(step: Step, imagined: Imagined): void {
  switch (step.do) {
    case "remove":
      return imagined.set(step.path, { kind: "absent" });
    case "makeFolder":
      return imagined.set(step.path, { kind: "directory", empty: true });
    case "write":
      return imagined.set(step.path, { kind: "file", digest: step.content });
    case "move":
      return imagined.move(step.from, step.to);
  }
}

/** Takes these changes back, in the order given: newest first. */
export async function undo(changes: readonly ChangeRecord[], deps: UndoDeps): Promise<readonly Undone[]> {
  const results: Undone[] = [];
  for (const change of changes) results.push(await undoOne(change, deps));
  return results;
}

async function undoOne(change: ChangeRecord, deps: UndoDeps): Promise<Undone> {
  const judgement = withContent(await judge(change, lookingAt(deps.workspace, deps.digest)), deps);
  if (judgement.outcome === "undo") await perform(judgement.step, deps);
  if (judgement.outcome !== "conflict") deps.changes.setStatus(change.id, "undone");
  return toUndone(change, judgement);
}

/** What was there has to be kept still. */
function withContent(judgement: Judgement, { objects }: UndoDeps): Judgement {
  if (judgement.outcome !== "undo" || judgement.step.do !== "write") return judgement;
  if (objects.getBytes(judgement.step.content) !== undefined) return judgement;
  return { outcome: "conflict", reason: "what was there before is not kept any more" };
}

async function perform(step: Step, { workspace, objects }: UndoDeps): Promise<void> {
  switch (step.do) {
    case "remove":
      return await workspace.remove(step.path);
    case "makeFolder":
      return await workspace.makeFolder(step.path, step.mode);
    case "write":
      return await workspace.writeFile(step.path, objects.getBytes(step.content)!, {
        expect: step.expect,
        mode: step.mode,
      });
    case "move":
      return await workspace.move(step.from, step.to);
  }
}

function toUndone(change: ChangeRecord, judgement: Judgement): Undone {
  const { outcome } = judgement;
  return { change, outcome, ...("reason" in judgement && { reason: judgement.reason }) };
}
