import type { ResolvedTask } from "../../graph/command.ts";
import type { TaskStep } from "../../graph/pipeline.ts";
import type { LoopBinding } from "../../graph/resolve.ts";
import type { Subject } from "./freshness.ts";
import type { Place, Session } from "../session/session.ts";
import { localCopy, localPath } from "../session/url_cache.ts";

/** What a task reads and makes, as {@linkcode Subject}; `item` for one pass of a loop. */
export function subjectOf(
  place: Place & { readonly task: TaskStep; readonly resolved: ResolvedTask; readonly item?: LoopBinding },
  session: Session,
  localCopies: ReadonlyMap<string, string> = new Map(),
): Subject {
  const { task, resolved, item } = place;
  const outputs = resolved.outputs.map((output) => output.path);
  // An item's own result counts when the script is told its name, whatever way it is told.
  const namesResult = item !== undefined && resolved.args.some((arg) => arg.path === item.output);
  if (namesResult && !outputs.includes(item.output)) outputs.push(item.output);
  return {
    step: place.step,
    part: place.part,
    outputs,
    source: {
      task: resolved,
      step: resolved.settings ?? task,
      launcher: session.launchers.of(resolved),
      localCopies,
      writes: new Set(resolved.into === undefined ? outputs : [...outputs, resolved.into]),
    },
  };
}

/**
 * Local copies of the addresses among a task's inputs: at once when there are none, else after downloading. Who only
 * looks gets those that are there.
 */
export function localCopies(
  resolved: ResolvedTask,
  session: Session,
): ReadonlyMap<string, string> | Promise<ReadonlyMap<string, string>> {
  const urls = resolved.inputs.filter((input) => input.kind === "url").map((input) => input.value);
  if (urls.length === 0) return NO_COPIES;
  if (session.request.dryRun) return existingCopies(urls, session);
  return Promise.all(urls.map(async (url) => [url, await download(url, session)] as const)).then((pairs) =>
    new Map(pairs)
  );
}

const NO_COPIES: ReadonlyMap<string, string> = new Map();

function existingCopies(urls: readonly string[], { pipeline, context }: Session): ReadonlyMap<string, string> {
  const { files } = context;
  const copies = urls.map((url) => [url, localPath(url, { baseDir: pipeline.baseDir, files })] as const);
  return new Map(copies.filter(([, path]) => files.stat(path) !== undefined));
}

function download(url: string, session: Session): Promise<string> {
  const { pipeline, context, control, request } = session;
  return localCopy(url, { baseDir: pipeline.baseDir, context, signal: control.signal, refresh: request.refreshUrls });
}
