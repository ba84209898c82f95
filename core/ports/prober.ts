/** What a machine is like, from outside: questions that only `loom doctor` asks. */

/** What loom runs on. */
export interface RuntimeFacts {
  /** Version of Deno. */
  readonly deno: string;
  /** Whether loom is a program of its own. */
  readonly compiled: boolean;
  /** Absolute path of what runs. */
  readonly path: string;
}

/** The disk that a path lies on. */
export interface DiskFacts {
  /** What this user may still write. */
  readonly freeBytes: number;
  /** Name of the kind of file system where it is one that is shared over a network, such as `nfs`. */
  readonly network?: string;
}

/** A folder and who may write in it. */
export interface FolderFacts {
  /** Permission bits; absent where the system has none. */
  readonly mode?: number;
  /** Whether it belongs to the user who asks; absent where that cannot be told. */
  readonly isOwn?: boolean;
  readonly writable: boolean;
}

/** A database that was looked into and not changed. */
export interface DatabaseFacts {
  readonly sizeBytes: number;
  /** Last change, UTC milliseconds. */
  readonly changedMs: number;
  /** Version of the tables in it. */
  readonly schema?: number;
  /** What is wrong with it, in the words of SQLite. */
  readonly problem?: string;
  /** Whether all of it was read; a long one is not. */
  readonly complete: boolean;
}

/** What a folder lets loom do, tried with small files that are gone afterwards. `undefined`: it works. */
export interface TrialFacts {
  /** Why a file cannot take the place of another at once. */
  readonly rename?: string;
  /** Why SQLite cannot keep a log beside a database. */
  readonly log?: string;
}

/** Looks at the machine. Changes nothing that lasts. */
export interface Prober {
  runtime(): RuntimeFacts;
  /** Absolute path of a program by name, on `PATH`. */
  find(name: string): string | undefined;
  /** First line that a program prints of itself; `undefined` if it cannot be run, fails or takes longer than 5 s. */
  version(program: string, args: readonly string[]): Promise<string | undefined>;
  /** Of the nearest folder that is there; `undefined` where the system cannot tell. */
  disk(path: string): DiskFacts | undefined;
  /** `undefined` if there is no such folder. */
  folder(path: string): FolderFacts | undefined;
  /** Whether upper and lower case name the same file there; `undefined` if that cannot be told. */
  foldsCase(path: string): boolean | undefined;
  /** `undefined` if there is none. */
  database(path: string): DatabaseFacts | undefined;
  /** Tries things out in a folder that is there. */
  trial(folder: string): TrialFacts;
}
