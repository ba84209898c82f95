/**
 * Running a pipeline again whenever something that counts has changed.
 *
 * @module
 */

import type { Context } from "../../context.ts";
import { isLoomError } from "../../errors.ts";
import type { Listening, Watcher } from "../../ports/watch.ts";
import type { RunRequest } from "../session/request.ts";
import { changes, foldersOf, look, type Sights } from "./sights.ts";
import { type Targets, targetsOf } from "./targets.ts";

/** What a person who waits is told. Paths are absolute. */
export type WatchFact =
  | { readonly kind: "waiting"; readonly files: number }
  | { readonly kind: "changed"; readonly paths: readonly string[] }
  /** The steps write what they read: that is no reason to run them once more. */
  | { readonly kind: "unsteady"; readonly paths: readonly string[] }
  /** Nobody tells of changes, so files are looked at each second. */
  | { readonly kind: "polling"; readonly why: string };

/** What {@linkcode watchPipeline} needs. */
export interface WatchOptions {
  readonly context: Context;
  readonly watcher: Watcher;
  /** Ends the waiting; a run that is under way hears of it by itself. */
  readonly signal: AbortSignal;
  /** Runs it once. What a change of the file may mend is told, not thrown. */
  readonly run: (request: RunRequest) => Promise<void>;
  readonly tell: (fact: WatchFact) => void;
}

/** Editors write a file in several strokes. */
const QUIET_MS = 200;
const POLL_MS = 1000;
/** Some disks tell of no change that another machine made. */
const CHECK_MS = 5000;

/**
 * Runs a pipeline, and again after each change of what counts for it, fresh steps passed over, until `signal` aborts.
 * Between runs nothing is held. Changes during a run are followed by another.
 */
export async function watchPipeline(asked: RunRequest, options: WatchOptions): Promise<void> {
  const { context, signal, run, tell } = options;
  const ears = new Ears(options);
  let during: readonly string[] = [];
  for (let request = asked;; request = again(asked)) {
    const before = seenNow(await targetsOf(request, context), context);
    await run(request);
    if (signal.aborted) return;
    const changed = changes(before.sights, await settled(before.targets, options));
    if (signal.aborted) return;
    const isUnsteady = changed.length > 0 && changed.join("\0") === during.join("\0");
    if (isUnsteady) tell({ kind: "unsteady", paths: changed });
    during = isUnsteady ? [] : changed;
    const paths = during.length > 0 ? during : await ears.change(seenNow(await targetsOf(asked, context), context));
    if (signal.aborted) return;
    tell({ kind: "changed", paths });
  }
}

function again(asked: RunRequest): RunRequest {
  return { ...asked, cached: true, force: false, resume: false, refreshUrls: false };
}

interface Seen {
  readonly targets: Targets;
  readonly sights: Sights;
}

function seenNow(targets: Targets, { files }: Context): Seen {
  return { targets, sights: look(targets, files) };
}

/** What there is when nothing has changed for a moment. */
async function settled(targets: Targets, { context: { files, clock }, signal }: WatchOptions): Promise<Sights> {
  for (let sights = look(targets, files);;) {
    await clock.sleep(QUIET_MS, signal).catch(ifAborted(signal));
    const later = look(targets, files);
    if (signal.aborted || changes(sights, later).length === 0) return later;
    sights = later;
  }
}

/** Waits for changes, by listening where that is possible. */
class Ears {
  readonly #options: WatchOptions;
  #hasTold = false;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** The paths that are not as they were seen; none when it was called off. */
  async change({ targets, sights }: Seen): Promise<readonly string[]> {
    const { context: { files }, signal, tell } = this.#options;
    tell({ kind: "waiting", files: sights.size });
    while (!signal.aborted) {
      // Listening begins before the look: what happens after it is heard. Folders come and go, so it begins anew each time.
      const listening = this.#listen(targets);
      try {
        if (changes(sights, look(targets, files)).length > 0) {
          const changed = changes(sights, await settled(targets, this.#options));
          if (changed.length > 0) return changed;
        }
        await this.#wake(listening);
      } finally {
        listening?.close();
      }
    }
    return [];
  }

  #listen(targets: Targets): Listening | undefined {
    try {
      return this.#options.watcher.listen(foldersOf(targets, this.#options.context.files));
    } catch (error) {
      this.#fallBack(error);
      return undefined;
    }
  }

  async #wake(listening: Listening | undefined): Promise<void> {
    const { context: { clock }, signal } = this.#options;
    const over = new AbortController();
    const either = AbortSignal.any([signal, over.signal]);
    const waits = [clock.sleep(listening === undefined ? POLL_MS : CHECK_MS, either).catch(ifAborted(either))];
    if (listening !== undefined) waits.push(this.#heard(listening, either));
    await Promise.race(waits);
    over.abort();
    await Promise.all(waits);
  }

  async #heard(listening: Listening, either: AbortSignal): Promise<void> {
    try {
      await listening.next(either);
    } catch (error) {
      if (either.aborted) return;
      this.#fallBack(error);
      // The other wait goes on.
      await this.#options.context.clock.sleep(POLL_MS, either).catch(ifAborted(either));
    }
  }

  #fallBack(error: unknown): void {
    if (!isLoomError(error) || error.code !== "cannot-watch") throw error;
    if (!this.#hasTold) this.#options.tell({ kind: "polling", why: error.message });
    this.#hasTold = true;
  }
}

/** Lets a wait end quietly when it was called off. */
function ifAborted(signal: AbortSignal): (error: unknown) => void {
  return (error) => {
    if (!signal.aborted) throw error;
  };
}
