/**
 * `loom undo`: takes back what tools changed.
 *
 * @module
 */

import type { Context } from "../../../core/context.ts";
import { type Problem, usage } from "../../../core/errors.ts";
import { authorize } from "../../../core/gate/mod.ts";
import { joinPath } from "../../../core/tools/mod.ts";
import {
  changesToUndo,
  planUndo,
  undo,
  UNDO_TASK,
  type UndoDeps,
  type Undone,
  type UndoWish,
} from "../../../core/undo/mod.ts";
import { gateFor } from "../base/approve.ts";
import { EXIT } from "../base/exit_code.ts";
import type { Host } from "../base/host.ts";
import type { OpenPlace } from "../base/tools.ts";
import { palette } from "../view/colors.ts";
import { tellProblems } from "../view/problems.ts";
import type { AuthorityCommand } from "../words/command.ts";
import { folderOf } from "./tool/run.ts";

type Command = AuthorityCommand<"undo">;

const TASK_DIGITS = 12;

/** Takes back, or shows what it would. Ends with 1 if a file was changed since, and says which. */
export async function undoVerb({ words: [change], flags }: Command, host: Host): Promise<number> {
  const { terminal } = host;
  const context = await host.context();
  const wish = wishOf(change, flags);
  const task = `${UNDO_TASK}${context.random.hex(TASK_DIGITS)}`;
  await using desk = await host.tools(context);
  using place = await desk.openProject({
    folder: folderOf(flags.workspace, context),
    task,
    onNotice: (message) => terminal.writeError(`note: ${message}\n`),
  });
  const { store, workspace } = place;
  const deps = { changes: store.changes, objects: store.objects, workspace, digest: context.files.digestBytes };
  const results = await takeBack(wish, deps, { host, context, place, dryRun: flags.dryRun === true });
  const conflicts = results.filter(({ outcome }) => outcome === "conflict");
  const isDone = flags.dryRun !== true && results.some(({ outcome }) => outcome === "undo");
  if (flags.json) {
    terminal.write(documentOf(results, { dryRun: flags.dryRun === true, task: isDone ? task : undefined }));
  } else terminal.write(`${linesOf(results, { host, redo: isDone ? task : undefined }).join("\n")}\n`);
  return conflicts.length > 0 ? EXIT.failed : EXIT.done;
}

function wishOf(change: string | undefined, { task, all }: Command["flags"]): UndoWish {
  const given = [change, task, all].filter((it) => it !== undefined && it !== false).length;
  if (given > 1) throw usage("Only one of CHANGE, --task and --all can be given");
  if (change === undefined) return { task, all };
  if (!/^\d+$/.test(change)) throw usage(`CHANGE cannot be '${change}'`, "its number, which loom undo --dry-run shows");
  return { change: Number(change) };
}

interface Doing {
  readonly host: Host;
  readonly context: Context;
  readonly place: OpenPlace;
  readonly dryRun: boolean;
}

async function takeBack(
  wish: UndoWish,
  deps: UndoDeps,
  { host, context, place, dryRun }: Doing,
): Promise<readonly Undone[]> {
  const changes = changesToUndo(wish, deps.changes);
  if (dryRun) return await planUndo(changes, deps);
  const onProblems = (found: readonly Problem[]) => tellProblems(found, host.terminal, context.cwd);
  const gate = await gateFor({ terminal: host.terminal, context, store: place.store, onProblems });
  const { root } = place.place;
  const paths = changes.flatMap(({ path, newPath = path }) => [joinPath(root, path), joinPath(root, newPath)]);
  const nothing = { hosts: [], programs: [], variables: [] };
  const action = `take back ${changes.length} changes`;
  const policy = {
    actor: "verb undo",
    action,
    tier: "workspace-write",
    read: [root],
    write: paths,
    ...nothing,
  } as const;
  const leave = await authorize({ policy, arguments: { changes: changes.map(({ id }) => id) } }, {
    ...gate,
    note: undefined,
  });
  try {
    const results = await undo(changes, deps);
    leave.done({ changes: results.length });
    return results;
  } catch (error) {
    leave.failed(error instanceof Error ? error.message : String(error));
    throw error;
  }
}

const MARKS: Readonly<Record<Undone["outcome"], string>> = {
  undo: "undo",
  already: "already undone",
  kept: "kept",
  conflict: "CONFLICT",
};

function linesOf(results: readonly Undone[], { host, redo }: { host: Host; redo?: string }): readonly string[] {
  const { good, bad, dim } = palette(host.terminal.color);
  const paint = { undo: good, already: dim, kept: dim, conflict: bad } as const;
  const lines = results.map(({ change, outcome, reason }) => {
    const where = change.newPath === undefined ? change.path : `${change.path} -> ${change.newPath}`;
    const why = reason === undefined ? "" : `: ${reason}`;
    return `${paint[outcome](MARKS[outcome])}  ${change.id}  ${change.operation} ${where}${why}`;
  });
  return redo === undefined ? lines : [...lines, dim(`to do it again: loom undo --task ${redo}`)];
}

function documentOf(results: readonly Undone[], { dryRun, task }: { dryRun: boolean; task?: string }): string {
  const changes = results.map(({ change, outcome, reason }) => ({
    id: change.id,
    task: change.task,
    operation: change.operation,
    path: change.path,
    ...(change.newPath !== undefined && { new_path: change.newPath }),
    outcome,
    ...(reason !== undefined && { reason }),
  }));
  return `${JSON.stringify({ dry_run: dryRun, ...(task !== undefined && { task }), changes }, null, 2)}\n`;
}
