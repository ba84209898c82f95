import type { Context } from "../../context.ts";
import { basename } from "../../paths.ts";
import type { Digests } from "../../ports/store.ts";
import { Digester, type OnProgress } from "./digests.ts";
import { interpreterVersion } from "./interpreter_version.ts";
import { Pool } from "../schedule/pool.ts";
import type { Prepared } from "./prepare.ts";
import type { Recorder } from "./recorder.ts";
import type { RunControl, RunRequest } from "./request.ts";
import { MemoBook, type Session } from "./session.ts";

/** What a session is made of. */
export interface SessionParts {
  readonly prepared: Prepared;
  readonly request: RunRequest;
  readonly context: Context;
  readonly control: RunControl;
  readonly recorder: Recorder;
  /** Absent: nothing was learnt before and nothing is kept. */
  readonly digests?: Digests;
  readonly memos?: MemoBook;
  readonly finishedBefore?: ReadonlySet<string>;
}

/** Everything the steps share. Without a store nothing is known to be fresh. */
export async function openSession(parts: SessionParts): Promise<Session> {
  const { prepared, request, context, control, recorder, digests, memos, finishedBefore } = parts;
  const { python, pipeline } = prepared;
  const version = python === undefined || digests === undefined
    ? ""
    : await interpreterVersion(python, context, digests);
  if (digests !== undefined) await prepared.launchers.askVersions(digests);
  return {
    pipeline,
    context,
    request: { ...request, extra: prepared.extra },
    control,
    recorder,
    digester: new Digester({ files: context.files, clock: context.clock, onProgress: tellProgress(recorder) }, digests),
    memos: memos ?? new MemoBook("", []),
    pool: new Pool(prepared.maxWorkers, pipeline.execution.resources),
    dependencies: prepared.dependencies,
    interpreter: python === undefined ? undefined : { path: python, version },
    launchers: prepared.launchers,
    parallel: prepared.parallel,
    skipFresh: skipFresh(request, prepared),
    pointSteps: prepared.sweep?.clones ?? new Set(),
    finishedBefore: finishedBefore ?? new Set(),
    secrets: prepared.secrets,
    answers: new Map(),
    taken: new Map(),
    halt: new AbortController(),
    judgedByTimes: new Set(),
    imports: new Map(),
  };
}

function skipFresh(request: RunRequest, { pipeline, sweep }: Prepared): Session["skipFresh"] {
  if (request.force) return "never";
  if (request.cached ?? pipeline.execution.cache) return "cached";
  if (sweep !== undefined) return "recorded";
  return request.resume ? "resumed" : "never";
}

function tellProgress(recorder: Recorder): OnProgress {
  return ({ path, done, total }) => recorder.emit({ type: "progress", what: `hashing ${basename(path)}`, done, total });
}
