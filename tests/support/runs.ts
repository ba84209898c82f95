import { runPipeline } from "../../core/run/mod.ts";
import type { RunOutcome, RunRequest } from "../../core/run/session/request.ts";
import type { Context } from "../../core/context.ts";
import type { RunEvent } from "../../core/ports/events.ts";
import { hostContext } from "../../compose/context.ts";

/** What became of a run, with everything that happened in it. */
export interface Followed extends RunOutcome {
  readonly events: readonly RunEvent[];
}

/** A request for all of a file, with these differences. */
export function requestOf(file: string, differences: Partial<RunRequest> = {}): RunRequest {
  return {
    file,
    selection: { mode: "all" },
    include: [],
    overrides: { parameters: new Map(), data: new Map() },
    extra: [],
    dryRun: false,
    force: false,
    resume: false,
    failFast: false,
    strict: false,
    refreshUrls: false,
    dropRemoved: false,
    wait: false,
    ...differences,
  };
}

/** Runs a pipeline in this process, with the real outside unless another is given. */
export async function follow(
  file: string,
  differences: Partial<RunRequest> = {},
  options: { readonly context?: Context; readonly signal?: AbortSignal; readonly killSignal?: AbortSignal } = {},
): Promise<Followed> {
  const events: RunEvent[] = [];
  const never = new AbortController().signal;
  const outcome = await runPipeline(requestOf(file, differences), options.context ?? hostContext(), {
    sink: (event) => events.push(event),
    signal: options.signal ?? never,
    killSignal: options.killSignal ?? never,
  });
  return { ...outcome, events };
}
