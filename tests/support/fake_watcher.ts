import type { WatchedFolder, Watcher } from "../../core/ports/watch.ts";

/** A watcher that hears what a test says. */
export interface FakeWatcher extends Watcher {
  /** Something has happened somewhere. */
  stir(): void;
  /** From now on, or no more, listening is refused with this error. */
  refuse(error: Error | undefined): void;
  /** What is listened to now; empty when nobody listens. */
  readonly folders: readonly WatchedFolder[];
}

/** A watcher in memory. */
export function fakeWatcher(): FakeWatcher {
  let [folders, refusal]: [readonly WatchedFolder[], Error | undefined] = [[], undefined];
  let heard = Promise.withResolvers<void>();
  return {
    listen(wanted) {
      if (refusal !== undefined) throw refusal;
      [folders, heard] = [wanted, Promise.withResolvers()];
      return {
        next: (signal) =>
          new Promise((resolve, reject) => {
            signal.addEventListener("abort", () => reject(signal.reason), { once: true });
            heard.promise.then(resolve);
          }),
        close: () => void (folders = []),
      };
    },
    stir: () => heard.resolve(),
    refuse: (error) => void (refusal = error),
    get folders() {
      return folders;
    },
  };
}
