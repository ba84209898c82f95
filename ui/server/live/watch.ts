/**
 * What changes on the disk, told to the pages that look at it: the pipelines that are open, and all that counts for them.
 *
 * @module
 */

import type { Context } from "../../../core/context.ts";
import { isLoomError } from "../../../core/errors.ts";
import { dirname, joinPath, relativePath } from "../../../core/graph/mod.ts";
import { sightOf, watchedBy, type WatchedPaths } from "../../../core/look/mod.ts";
import type { Listening, WatchedFolder, Watcher } from "../../../core/ports/watch.ts";
import type { Place } from "../base/place.ts";
import type { Elsewhere } from "./elsewhere.ts";
import type { Hub } from "./hub.ts";

/** What watching takes. */
export interface WatchingParts {
  readonly context: Context;
  /** Without one, files are looked at each second. */
  readonly watcher?: Watcher;
  readonly hub: Hub;
  readonly place: Place;
  /** Whether a run of this pipeline goes on, which changes much at once. */
  readonly isBusy: (file: string) => boolean;
  /** Runs of other programs. */
  readonly elsewhere: Elsewhere;
}

/** Programs write a file in several strokes. What a person looks at is read after the first ones, and all else later. */
const STROKES_MS = 20;
const QUIET_MS = 100;
const BUSY_MS = 500;
/** So much longer than a look lasted it is not looked again, but no longer than this. */
const RESTS = 5;
const LONGEST_REST_MS = 2000;
const POLL_MS = 1000;
/** Whoever opens a pipeline wants to see it first. */
const FIRST_MS = 300;
/** When an entry was changed is told in whole seconds. */
const CHANGED_MS = 1000;
/** Some disks tell of no change that another machine made. */
const CHECK_MS = 5000;
/** Pipelines that are watched at a time: those that were opened last. */
const MOST_OPEN = 8;

/** A pipeline that a page has open. */
interface Open {
  readonly path: string;
  readonly paths: WatchedPaths;
  readonly sights: Map<string, string>;
}

/** Watches while somebody listens. */
export class Watching {
  readonly #parts: WatchingParts;
  /** Absolute path to what is known, or when it was opened (UTC milliseconds); the one that was opened last stands last. */
  readonly #open = new Map<string, Open | number>();
  /** Digest that was last told of a file. */
  readonly #told = new Map<string, string>();
  readonly #over = new AbortController();
  #stirred = Promise.withResolvers<void>();
  #going: Promise<void> | undefined;
  #isDeaf = false;

  constructor(parts: WatchingParts) {
    this.#parts = parts;
    this.#isDeaf = parts.watcher === undefined;
  }

  /** A page has opened this file (absolute), and knows the text of this digest. */
  open(file: string, digest: string): void {
    const known = this.#open.get(file);
    this.#open.delete(file);
    this.#open.set(file, known ?? this.#parts.context.clock.now());
    for (const oldest of [...this.#open.keys()].slice(0, -MOST_OPEN)) this.#open.delete(oldest);
    if (known !== undefined) return;
    this.#told.set(file, digest);
    this.#stirred.resolve();
    this.#going ??= this.#go();
  }

  /** This server has written the file; pages are told, and not again when it is noticed. */
  wrote(file: string, digest: string): void {
    this.#told.set(file, digest);
    this.#parts.hub.tell("file", { path: this.#shown(file), digest, exists: true });
    this.#stirred.resolve();
  }

  /** Something else that ends with it. */
  onClose(work: () => void): void {
    this.#over.signal.addEventListener("abort", work, { once: true });
  }

  async close(): Promise<void> {
    this.#over.abort();
    await this.#going;
  }

  async #go(): Promise<void> {
    const { signal } = this.#over;
    let ears: Ears | undefined;
    let lookMs = 0;
    await this.#sleep(FIRST_MS);
    while (!signal.aborted) {
      if (this.#parts.hub.listeners > 0) {
        ears = this.#listen(ears);
        lookMs = await this.#timed(() => this.#lookAgain());
        const heard = ears;
        ears = this.#listen(ears);
        // What counts since this look may have changed before it was listened to.
        if (ears !== heard) await this.#timed(() => this.#lookAgain());
      }
      await this.#wake(ears);
      await this.#sleep(STROKES_MS);
      if (this.#parts.hub.listeners > 0) await this.#timed(() => this.#tellFiles());
      const isBusy = [...this.#open.keys()].some((file) => this.#parts.isBusy(file));
      await this.#sleep(Math.max(isBusy ? BUSY_MS : QUIET_MS, Math.min(LONGEST_REST_MS, lookMs * RESTS)));
    }
    ears?.listening.close();
  }

  async #wake(ears: Ears | undefined): Promise<void> {
    const over = new AbortController();
    const either = AbortSignal.any([this.#over.signal, over.signal]);
    // What a run elsewhere writes changes no file that is listened to, and a driver that dies changes none.
    const isFollowing = this.#parts.elsewhere.list().length > 0;
    const mostMs = isFollowing ? BUSY_MS : ears === undefined ? POLL_MS : CHECK_MS;
    const waits = [this.#parts.context.clock.sleep(mostMs, either).catch(ifAborted(either))];
    if (ears !== undefined) waits.push(this.#hear(ears, either));
    await Promise.race([...waits, this.#stirred.promise]);
    this.#stirred = Promise.withResolvers();
    over.abort();
    await Promise.all(waits);
  }

  async #hear({ listening }: Ears, either: AbortSignal): Promise<void> {
    try {
      await listening.next(either);
    } catch (error) {
      if (either.aborted) return;
      this.#turnDeaf(error);
    }
  }

  async #sleep(ms: number): Promise<void> {
    const { signal } = this.#over;
    await this.#parts.context.clock.sleep(ms, signal).catch(ifAborted(signal));
  }

  /** Listens where it matters now; to the same folders it goes on. */
  #listen(ears: Ears | undefined): Ears | undefined {
    const folders = this.#isDeaf ? [] : this.#folders();
    const name = JSON.stringify(folders);
    if (ears !== undefined && ears.name === name) return ears;
    ears?.listening.close();
    if (folders.length === 0) return undefined;
    try {
      return { name, listening: this.#parts.watcher!.listen(folders) };
    } catch (error) {
      this.#turnDeaf(error);
      return undefined;
    }
  }

  #turnDeaf(error: unknown): void {
    if (!isLoomError(error) || error.code !== "cannot-watch") throw error;
    this.#isDeaf = true;
  }

  #folders(): readonly WatchedFolder[] {
    const { files } = this.#parts.context;
    const folders = new Set<string>();
    for (const [file, open] of this.#open) {
      for (
        const path of [
          file,
          ...typeof open === "number" ? [] : open.sights.keys(),
          ...this.#parts.elsewhere.pathsOf(file),
        ]
      ) {
        if (files.stat(path)?.kind === "directory") folders.add(path);
        folders.add(nearest(path, files));
        const real = files.realPath(path);
        if (real !== undefined && dirname(real) !== dirname(path)) folders.add(dirname(real));
      }
    }
    return [...folders].sort().map((path) => ({ path, isDeep: false }));
  }

  /** Looks, and tells how long that took. */
  async #timed(look: () => void | Promise<void>): Promise<number> {
    const start = performance.now();
    try {
      await look();
    } catch (error) {
      // What may not be looked at now may be later; whoever asks for it is told why.
      if (!isLoomError(error)) throw error;
    }
    return performance.now() - start;
  }

  /** Looks for runs of other programs now. */
  lookElsewhere(): void {
    this.#parts.elsewhere.look([...this.#open.keys()]);
  }

  #tellFiles(): void {
    for (const [file, known] of this.#open) if (typeof known !== "number") this.#tellFile(file);
  }

  async #lookAgain(): Promise<void> {
    this.lookElsewhere();
    for (const [file, known] of [...this.#open]) {
      const now = await this.#look(file, typeof known === "number" ? undefined : known);
      if (this.#open.has(file)) this.#open.set(file, now);
      // It may have changed since the page read it.
      if (typeof known === "number") this.#tellFile(file);
      const changed = typeof known === "number" ? this.#changedSince(known, now) : changedBetween(known, now);
      if (changed !== undefined) this.#tellChanges(file, now, changed);
    }
  }

  async #look(file: string, known: Open | undefined): Promise<Open> {
    const { context } = this.#parts;
    // What counts is another list only where a pipeline or a script is another one.
    const isSame = known !== undefined &&
      [...known.paths.pipelines, ...known.paths.scripts].every((path) =>
        known.sights.get(path) === sightOf(path, context.files)
      );
    const paths = isSame ? known.paths : await watchedBy(file, context);
    const all = [...paths.pipelines, ...paths.scripts, ...paths.others, ...paths.data.keys()];
    const sights = new Map(all.map((path) => [path, sightOf(path, context.files)]));
    return { path: this.#shown(file), paths, sights };
  }

  #changedSince(at: number, { sights }: Open): readonly string[] | undefined {
    const { files } = this.#parts.context;
    const changed = [...sights.keys()].filter((path) => (files.stat(path)?.ctimeMs ?? 0) >= at - CHANGED_MS);
    return changed.length > 0 ? changed : undefined;
  }

  #tellChanges(file: string, { path, paths }: Open, changed: readonly string[]): void {
    const { hub } = this.#parts;
    for (const at of changed) if (paths.pipelines.includes(at)) this.#tellFile(at);
    const keys = changed.flatMap((at) => paths.data.get(at) ?? []);
    if (keys.length > 0) hub.tell("data", { path, keys });
    const tasks = joinPath(dirname(file), "tasks");
    const scripts = changed.filter((at) => paths.scripts.includes(at));
    if (scripts.length > 0) {
      hub.tell("tasks", { path, scripts: scripts.filter((at) => at !== tasks).map((at) => this.#shown(at)) });
    }
    hub.tell("status", { path });
  }

  #tellFile(file: string): void {
    const { context: { files }, hub } = this.#parts;
    const text = files.readText(file);
    const digest = files.digestText(text ?? "");
    if (this.#told.get(file) === digest) return;
    this.#told.set(file, digest);
    hub.tell("file", { path: this.#shown(file), digest, exists: text !== undefined });
  }

  #shown(file: string): string {
    return relativePath(file, this.#parts.place.root);
  }
}

interface Ears {
  /** The folders, as a text. */
  readonly name: string;
  readonly listening: Listening;
}

/** Paths that look otherwise than before; `undefined` when all is as it was. */
function changedBetween(before: Open, { sights }: Open): readonly string[] | undefined {
  const changed = [...sights].filter(([at, sight]) => before.sights.get(at) !== sight).map(([at]) => at);
  return changed.length > 0 || sights.size !== before.sights.size ? changed : undefined;
}

/** The nearest folder that is there. */
function nearest(path: string, files: Context["files"]): string {
  let folder = dirname(path);
  while (files.stat(folder)?.kind !== "directory" && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

/** Lets a wait end quietly when it was called off. */
function ifAborted(signal: AbortSignal): (error: unknown) => void {
  return (error) => {
    if (!signal.aborted) throw error;
  };
}
