/**
 * Runs that go on whether or not a page looks at them.
 *
 * One run of a pipeline goes on at a time, also of those that a command line started. Another one is refused, or waits
 * for its turn if it was asked to.
 *
 * @module
 */

import type { Context } from "../../../core/context.ts";
import type { RunEvent } from "../../../core/ports/events.ts";
import type { RunControl, RunOutcome, RunRequest } from "../../../core/run/session/request.ts";
import type { Screen } from "../../../core/run/screen/mod.ts";
import { refusal } from "../base/refusal.ts";
import type { Hub } from "./hub.ts";
import { Joined } from "./joined.ts";
import { RunMemory } from "./run_memory.ts";

/** Runs a pipeline; `core/run/mod.ts` does. */
export type RunPipeline = (request: RunRequest, context: Context, control: RunControl) => Promise<RunOutcome>;

/** A run that has not ended. */
interface Live {
  readonly request: RunRequest;
  readonly startedAt: number;
  readonly cancel: AbortController;
  readonly kill: AbortController;
  readonly memory: RunMemory;
  readonly ended: Promise<unknown>;
  readonly hasBegun: () => boolean;
}

/** A run that goes on, as it is listed. */
export interface LiveRun {
  readonly run: string;
  readonly file: string;
  readonly startedAt: number;
  /** `waiting`: for another run of its pipeline to end. */
  readonly status: "waiting" | "running" | "ending";
}

/** Runs at once, of all pipelines: more wait for nothing but each other. */
const MOST_LIVE = 64;

/** What {@linkcode Runs} works with. */
interface RunsParts {
  readonly run: RunPipeline;
  readonly context: Context;
  readonly hub: Hub;
  /** What their programs write to. */
  readonly screen: Screen;
}

/** Starts runs, tells what they do, ends them. */
export class Runs {
  readonly #live = new Map<string, Live>();
  readonly #started = new Set<string>();
  readonly #parts: RunsParts;
  #isClosed = false;

  constructor(parts: RunsParts) {
    this.#parts = parts;
  }

  /** Ids of those that go on, of one pipeline or of all. */
  live(file?: string): readonly string[] {
    return [...this.#live].filter(([, run]) => file === undefined || run.request.file === file).map(([id]) => id);
  }

  /** Those that go on. */
  list(): readonly LiveRun[] {
    return [...this.#live].map(([run, { request, startedAt, cancel, hasBegun }]) => ({
      run,
      file: request.file,
      startedAt,
      status: cancel.signal.aborted ? "ending" : hasBegun() ? "running" : "waiting",
    }));
  }

  /** What a run has told so far; `undefined` if it does not go on here. */
  memory(id: string): RunMemory | undefined {
    return this.#live.get(id)?.memory;
  }

  /** Whether a run was started here, also if it is over. */
  hasStarted(id: string): boolean {
    return this.#started.has(id);
  }

  /**
   * Starts a run; resolves with its id as soon as it has one.
   *
   * @throws {LoomError} What stops it before anything starts.
   */
  async start(request: RunRequest): Promise<string> {
    if (this.#isClosed || this.#live.size >= MOST_LIVE) throw tooMany(this.#live.size);
    const { run, context, hub, screen } = this.#parts;
    const [cancel, kill, memory] = [new AbortController(), new AbortController(), new RunMemory()];
    const started = Promise.withResolvers<string>();
    let hasBegun = false;
    const told = new Joined((event) => {
      memory.add(event);
      hub.tell("run", { ...event, file: request.file });
    });
    const sink = (event: RunEvent) => {
      hasBegun ||= event.type === "run_started";
      if (hasBegun || isWaiting(event)) started.resolve(event.run);
      told.tell(event);
    };
    const outcome = run(request, context, { sink, signal: cancel.signal, killSignal: kill.signal, screen })
      .finally(() => told.end());
    outcome.then(({ run }) => started.resolve(run), (error) => started.reject(error));
    const id = await started.promise;
    const ended = outcome.catch((error) => {
      // One that was taken back while it waited has no other end than this.
      if (!cancel.signal.aborted) hub.tell("run_broken", { run: id, message: String(error?.message) });
    })
      .finally(() => {
        this.#live.delete(id);
        hub.tell("live", { run: id, live: false });
      });
    const live = { request, startedAt: context.clock.now(), cancel, kill, memory, ended, hasBegun: () => hasBegun };
    this.#live.set(id, live);
    this.#started.add(id);
    hub.tell("live", { run: id, live: true });
    return id;
  }

  /**
   * Ends a run: what goes on gets TERM, then KILL; a second call kills at once.
   *
   * @throws {LoomError} Status 404 if there is no such run going on.
   */
  cancel(id: string): void {
    const live = this.#live.get(id);
    if (live === undefined) throw refusal(404, "not-running", `Run ${id} is not going on here`);
    if (live.cancel.signal.aborted) live.kill.abort();
    else live.cancel.abort();
  }

  /** Ends all of them, and waits for it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const live = [...this.#live.values()];
    for (const { cancel } of live) cancel.abort();
    await Promise.all(live.map(({ ended }) => ended));
  }
}

function isWaiting(event: RunEvent): boolean {
  return event.type === "notice" && event.code === "waiting";
}

function tooMany(count: number) {
  return refusal(409, "too-many-runs", `${count} runs go on already`, "wait for one to end, or cancel one");
}
