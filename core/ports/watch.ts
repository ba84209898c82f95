/** Being told of changes on the disk. All paths are absolute. */

/** Where to listen. A folder that is not there cannot be listened to. */
export interface WatchedFolder {
  readonly path: string;
  /** Whether all that lies in it counts, at any depth; else only its own entries. */
  readonly isDeep: boolean;
}

/** Hears that something happened; what it was, a look tells. */
export interface Listening {
  /**
   * Resolves as soon as anything has happened since it last did, at once if it has already.
   *
   * @throws {LoomError} `cannot-watch`; or the reason of `signal`, when that aborts.
   */
  next(signal: AbortSignal): Promise<void>;
  close(): void;
}

/** Listens to folders. */
export interface Watcher {
  /**
   * Begins to listen. What happens from now on is not missed.
   *
   * @throws {LoomError} `cannot-watch`, if the system has no more room for listeners or knows none.
   */
  listen(folders: readonly WatchedFolder[]): Listening;
}
