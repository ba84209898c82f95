import type { Context } from "../context.ts";
import { LoomError } from "../errors.ts";
import type { RunRecord, Store } from "../ports/store.ts";
import { askedAgain, hiddenNames, type RecordedRequest } from "./recorded_request.ts";
import type { RunRequest } from "./session/request.ts";

/** A request that goes on where an earlier run stopped. */
export interface Resumed {
  readonly request: RunRequest;
  /** Names of the steps that need not run again if they are still fresh. */
  readonly finished: ReadonlySet<string>;
}

/**
 * The request that goes on with the last run of a pipeline: what that was asked for, with what is asked for now on top.
 *
 * @throws {LoomError} `nothing-to-resume`, if there was none or it succeeded.
 */
export function resume(
  request: RunRequest,
  context: Context,
  place: { readonly project: string; readonly scope: string },
): Resumed {
  const store = context.stores.openReadOnly(place.project);
  try {
    const previous = previousRun(store, place.scope, request.file);
    return { request: again(request, previous), finished: finishedSteps(store!, previous) };
  } finally {
    store?.close();
  }
}

function previousRun(store: Store | undefined, scope: string, file: string): RunRecord {
  const last = store?.journal.listRuns({ kind: "pipeline", name: scope, limit: 1 })[0];
  if (last !== undefined && last.status !== "done") return last;
  const why = last === undefined ? "it has never run here" : `its last run ${last.id} succeeded`;
  throw new LoomError("nothing-to-resume", `Cannot resume ${file}: ${why}`, {
    hint: "run it without --resume, or with --cached to skip what is fresh",
  });
}

function again(request: RunRequest, previous: RunRecord): RunRequest {
  const recorded = previous.request as unknown as RecordedRequest;
  const hidden = hiddenNames(recorded).filter((name) => !request.overrides.parameters.has(name));
  if (hidden.length > 0) {
    throw new LoomError("secret-not-kept", `Cannot resume run ${previous.id}: ${hidden.join(", ")} was not kept`, {
      hint: `give it again with --set ${hidden[0]}=…`,
    });
  }
  const before = askedAgain(recorded);
  return {
    ...request,
    selection: request.selection.mode === "all" ? before.selection : request.selection,
    include: [...new Set([...before.include, ...request.include])],
    extra: request.extra.length > 0 ? request.extra : before.extra,
    overrides: {
      parameters: new Map([...before.overrides.parameters, ...request.overrides.parameters]),
      data: new Map([...before.overrides.data, ...request.overrides.data]),
    },
    python: request.python ?? before.python,
    matrix: request.matrix ?? before.matrix,
  };
}

function finishedSteps(store: Store, run: RunRecord): ReadonlySet<string> {
  const finished = new Set<string>();
  for (const event of store.journal.events(run.id)) {
    if (event.type === "step_finished" && event.status === "done") finished.add(event.step);
    // Passed over as fresh: finished by the run before it.
    if (event.type === "step_skipped" && event.reason.cause === "fresh") finished.add(event.step);
  }
  return finished;
}
