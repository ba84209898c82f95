import { resolveTask } from "../../graph/command.ts";
import { globFiles } from "../../graph/glob.ts";
import { basename, joinPath, relativePath } from "../../paths.ts";
import type { TaskStep } from "../../graph/pipeline.ts";
import type { LoopBinding } from "../../graph/resolve.ts";
import type { FileReader } from "../../ports/files.ts";
import { orFailure } from "./failure.ts";
import { type Judged, judgeOrSkip } from "../fresh/judged.ts";
import { dropRemoved } from "./loop_removed.ts";
import { finishPart } from "./part.ts";
import { Plan } from "../schedule/plan.ts";
import { schedule } from "../schedule/scheduler.ts";
import type { Session, StepResult } from "../session/session.ts";
import { localCopies, subjectOf } from "../fresh/subject.ts";
import { runTaskWork } from "./task_work.ts";

/** One file or folder that a loop goes over. */
export interface LoopItem {
  /** From the folder it lies in; also the name of the item's part. */
  readonly name: string;
  readonly binding: LoopBinding;
}

/** The items of a loop, in order; `undefined` if the folder is not there. */
export function loopItems(
  folders: { readonly over: string; readonly into: string },
  filter: string | undefined,
  files: FileReader,
): readonly LoopItem[] | undefined {
  const { over, into } = folders;
  if (files.stat(over)?.kind !== "directory") return undefined;
  const paths = filter === undefined ? plainFiles(over, files) : globFiles(over, filter, files);
  return paths.map((path) => ({
    name: relativePath(path, over),
    binding: { item: path, output: joinPath(into, basename(path)) },
  }));
}

function plainFiles(folder: string, files: FileReader): readonly string[] {
  return files.list(folder)
    .filter(({ name }) => !name.startsWith("."))
    .map(({ name, kind }) => ({ path: joinPath(folder, name), kind }))
    .filter(({ path, kind }) => kind === "file" || (kind === "symlink" && files.stat(path)?.kind === "file"))
    .map(({ path }) => path)
    .sort((a, b) => (a < b ? -1 : 1));
}

/** Two items whose results would have one name, if there are any. */
export function findCollision(items: readonly LoopItem[]): readonly [LoopItem, LoopItem] | undefined {
  const seen = new Map<string, LoopItem>();
  for (const item of items) {
    const other = seen.get(item.binding.output);
    if (other !== undefined) return [other, item];
    seen.set(item.binding.output, item);
  }
  return undefined;
}

/** Runs a task once for each item. One after the other it stops at the first failure; in parallel all are tried. */
export async function runLoopStep(step: TaskStep, session: Session): Promise<StepResult> {
  const { context, recorder } = session;
  const loop = resolveTask(session.pipeline, step, { env: context.env, bindings: { loop: NO_ITEM } });
  const folders = { over: loop.over!, into: loop.into! };
  const items = loopItems(folders, step.loop!.filter, context.files);
  const isParallel = step.loop!.parallel ?? session.parallel;
  const begin = () =>
    recorder.emit({
      type: "step_started",
      step: step.name,
      detail: { kind: "loop", items: items?.length ?? 0, parallel: isParallel },
      attempt: 1,
    });
  if (items === undefined) {
    begin();
    return { status: "failed", error: `the folder to loop over does not exist: ${folders.over}` };
  }
  const collision = findCollision(items);
  if (collision !== undefined) {
    begin();
    const [a, b] = collision.map((item) => item.name);
    return { status: "failed", error: `items ${a} and ${b} would both write ${collision[0].binding.output}` };
  }
  dropRemoved(step, { over: folders.over, items }, session);
  const judged = await judgeItems(step, items, session);
  if (items.length > 0 && session.skipFresh !== "never" && judged.every(({ isFresh }) => isFresh)) {
    return { status: "fresh" };
  }
  begin();
  if (items.length > 0) context.files.makeDirectory(folders.into);
  return await runItems(step, judged, { isParallel, session });
}

/** Stands for an item where only the folders are asked for. */
export const NO_ITEM: LoopBinding = { item: "", output: "" };

interface JudgedItem extends Judged {
  readonly item: LoopItem;
  readonly index: number;
}

/** Every item with its state. */
export async function judgeItems(
  step: TaskStep,
  items: readonly LoopItem[],
  session: Session,
): Promise<readonly JudgedItem[]> {
  const judged: JudgedItem[] = [];
  // Thousands of items may share a folder; nothing runs between one judgement and the next.
  const still = { ...session, digester: session.digester.still() };
  for (const [index, item] of items.entries()) {
    const bindings = { loop: item.binding };
    const resolved = resolveTask(session.pipeline, step, { env: session.context.env, bindings });
    const copies = await localCopies(resolved, session);
    const subject = subjectOf({ step, part: item.name, task: step, resolved, item: item.binding }, session, copies);
    const state = judgeOrSkip(subject, still);
    judged.push({ ...(state instanceof Promise ? await state : state), item, index });
  }
  return judged;
}

async function runItems(
  step: TaskStep,
  judged: readonly JudgedItem[],
  { isParallel, session }: { readonly isParallel: boolean; readonly session: Session },
): Promise<StepResult> {
  const results = new Map<string, StepResult>();
  const byName = new Map(judged.map((each) => [each.item.name, each]));
  const triesAll = isParallel && !session.request.failFast;
  let hasFailed = false;
  const execute = async (name: string) => {
    if (session.control.signal.aborted || session.halt.signal.aborted || (hasFailed && !triesAll)) {
      return void results.set(name, { status: "cancelled" });
    }
    const result = await runItem(byName.get(name)!, { step, total: judged.length, session });
    hasFailed ||= result.status === "failed";
    results.set(name, result);
  };
  const plan = new Plan(judged.map(({ item }) => ({ id: item.name, after: [] })));
  const limit = isParallel ? Infinity : 1;
  await schedule(plan, { execute, needs: () => step.resources, pool: session.pool, limit });
  if (session.control.signal.aborted) return { status: "cancelled" };
  const failed = [...results].filter(([, result]) => result.status === "failed");
  if (failed.length === 0) return { status: session.halt.signal.aborted ? cancelledIfAny(results) : "done" };
  return {
    status: "failed",
    error: `${failed.length} of ${judged.length} items failed: ${failed.map(([name]) => name).join(", ")}`,
  };
}

function cancelledIfAny(results: ReadonlyMap<string, StepResult>): "cancelled" | "done" {
  return [...results.values()].some(({ status }) => status === "cancelled") ? "cancelled" : "done";
}

async function runItem(
  { subject, judgement, item, index, isFresh }: JudgedItem,
  { step, total, session }: { readonly step: TaskStep; readonly total: number; readonly session: Session },
): Promise<StepResult> {
  const label = { item: { index: index + 1, total, name: basename(item.name) } };
  const announce = (command: readonly string[]) =>
    session.recorder.emit({ type: "part_started", step: step.name, ...label, command });
  const startedMs = session.context.clock.monotonicMs();
  const result: StepResult = isFresh
    ? { status: "fresh" }
    : await orFailure(() => runTaskWork({ subject, task: step, judgement, label, announce }, session), session);
  finishPart({ step: step.name, label, startedMs, result }, session);
  return result;
}
