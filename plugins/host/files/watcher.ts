import type { Listening, WatchedFolder, Watcher } from "../../../core/ports/watch.ts";
import { LoomError } from "../../../core/errors.ts";

/** The system's own events. */
export const hostWatcher: Watcher = { listen };

function listen(folders: readonly WatchedFolder[]): Listening {
  const watchers: Deno.FsWatcher[] = [];
  try {
    for (const recursive of [false, true]) {
      const paths = folders.filter(({ isDeep }) => isDeep === recursive).map(({ path }) => path);
      if (paths.length > 0) watchers.push(Deno.watchFs(paths, { recursive }));
    }
  } catch (error) {
    for (const watcher of watchers) watcher.close();
    throw cannotWatch(error);
  }
  return new Ears(watchers);
}

/** Listens to all of them at once. */
class Ears implements Listening {
  readonly #watchers: readonly Deno.FsWatcher[];
  #heard = Promise.withResolvers<void>();
  #isClosed = false;

  constructor(watchers: readonly Deno.FsWatcher[]) {
    this.#watchers = watchers;
    // It may fail before somebody waits for it.
    this.#heard.promise.catch(() => {});
    for (const watcher of watchers) this.#follow(watcher).catch((error) => this.#fail(error));
  }

  async next(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const ended = Promise.withResolvers<never>();
    const end = () => ended.reject(signal.reason);
    signal.addEventListener("abort", end, { once: true });
    try {
      await Promise.race([this.#heard.promise, ended.promise]);
    } finally {
      signal.removeEventListener("abort", end);
    }
    this.#heard = Promise.withResolvers();
    this.#heard.promise.catch(() => {});
  }

  close(): void {
    this.#isClosed = true;
    for (const watcher of this.#watchers) watcher.close();
  }

  async #follow(watcher: Deno.FsWatcher): Promise<void> {
    // To read a file is no change.
    for await (const { kind } of watcher) if (kind !== "access") this.#heard.resolve();
  }

  #fail(error: unknown): void {
    if (!this.#isClosed) this.#heard.reject(cannotWatch(error));
  }
}

function cannotWatch(cause: unknown): LoomError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new LoomError("cannot-watch", `Cannot listen for changes: ${why}`, { cause });
}
