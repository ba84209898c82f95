/**
 * Runs that go on whether or not a page looks at them.
 *
 * @module
 */

import type { Context } from "../../../core/context.ts";
import type { RunEvent } from "../../../core/ports/events.ts";
import type { RunControl, RunOutcome, RunRequest } from "../../../core/run/session/request.ts";
import { refusal } from "../refusal.ts";
import type { Hub } from "./hub.ts";

/** Runs a pipeline; `core/run/mod.ts` does. */
export type RunPipeline = (request: RunRequest, context: Context, control: RunControl) => Promise<RunOutcome>;

/** A run that has not ended. */
interface Live {
  readonly file: string;
  readonly cancel: AbortController;
  readonly kill: AbortController;
  readonly ended: Promise<unknown>;
}

/** Output is told in pieces of this age, so that a million lines are no million messages. */
const JOIN_MS = 40;

/** Starts runs, tells what they do, ends them. */
export class Runs {
  readonly #live = new Map<string, Live>();
  readonly #parts: { readonly run: RunPipeline; readonly context: Context; readonly hub: Hub };

  constructor(parts: { readonly run: RunPipeline; readonly context: Context; readonly hub: Hub }) {
    this.#parts = parts;
  }

  /** Ids of those that go on, of one pipeline or of all. */
  live(file?: string): readonly string[] {
    return [...this.#live].filter(([, run]) => file === undefined || run.file === file).map(([id]) => id);
  }

  /**
   * Starts a run; resolves with its id as soon as it has one.
   *
   * @throws {LoomError} What stops it before anything starts.
   */
  async start(request: RunRequest): Promise<string> {
    const { run, context, hub } = this.#parts;
    const [cancel, kill, started] = [new AbortController(), new AbortController(), Promise.withResolvers<string>()];
    const told = new Joined((event) => hub.tell("run", event));
    const sink = (event: RunEvent) => {
      if (event.type === "run_started") started.resolve(event.run);
      told.tell(event);
    };
    const outcome = run(request, context, { sink, signal: cancel.signal, killSignal: kill.signal })
      .finally(() => told.flush());
    outcome.then(({ run }) => started.resolve(run), (error) => started.reject(error));
    const id = await started.promise;
    const ended = outcome.catch((error) => hub.tell("run_broken", { run: id, message: String(error?.message) }))
      .finally(() => this.#live.delete(id));
    this.#live.set(id, { file: request.file, cancel, kill, ended });
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
    const live = [...this.#live.values()];
    for (const { cancel } of live) cancel.abort();
    await Promise.all(live.map(({ ended }) => ended));
  }
}

type Output = Extract<RunEvent, { type: "output" }>;

/** Puts output of one step together while it comes fast. */
class Joined {
  readonly #tell: (event: RunEvent) => void;
  #waiting: Output | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(tell: (event: RunEvent) => void) {
    this.#tell = tell;
  }

  tell(event: RunEvent): void {
    const waiting = this.#waiting;
    if (event.type === "output" && (waiting === undefined || isOfOne(waiting, event))) {
      this.#waiting = waiting === undefined ? event : { ...event, text: waiting.text + event.text };
      this.#timer ??= setTimeout(() => this.flush(), JOIN_MS);
      return;
    }
    this.flush();
    if (event.type === "output") this.tell(event);
    else this.#tell(event);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting !== undefined) this.#tell(waiting);
  }
}

function isOfOne(a: Output, b: Output): boolean {
  return a.step === b.step && a.stream === b.stream && a.item?.index === b.item?.index &&
    a.iteration === b.iteration && a.inner === b.inner && a.text.length < 64 * 1024;
}
