import type { Problem } from "../errors.ts";

/** A place in a file; both counted from 1. */
export interface At {
  readonly line: number;
  readonly column: number;
}

/** One pair of a file of settings, whatever language it is written in. */
export interface Pair {
  readonly key: string;
  readonly keyAt: At;
  /** Of the value; of the key where the value is empty. */
  readonly at: At;
  /** What it holds, unless it holds a map. */
  readonly value?: unknown;
  /** What the map holds. */
  readonly pairs?: readonly Pair[];
}

/** A file of settings, read but not understood. */
export interface Tree {
  readonly pairs: readonly Pair[];
  readonly problems: readonly Problem[];
}
