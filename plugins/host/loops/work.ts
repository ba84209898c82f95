/** What a store does, written once for databases that answer at once and for those that answer by promise. */

import type { SQLOutputValue } from "node:sqlite";
import type { Later } from "../../../core/ports/loop_store.ts";

/** What goes into a query. */
export type Input = string | number | Uint8Array | null;

/** A row: its columns in the order in which they were asked for. */
export type Row = readonly SQLOutputValue[];

/** What a query gave. */
export interface Answer {
  readonly rows: readonly Row[];
  /** How many rows it changed. */
  readonly changes: number;
}

/** One question, with `?` for each input. */
export interface Query {
  readonly sql: string;
  readonly inputs: readonly Input[];
  /** Whether it gives rows. */
  readonly reads: boolean;
  /** Throws if the answer means that the work must not be done. Asked in the order of the queries. */
  readonly check?: (answer: Answer) => void;
}

/** Work that yields queries, all of a list at a time, and is handed their answers. */
export type Work<T> = Generator<readonly Query[], T, readonly Answer[]>;

/** In what databases differ. */
export interface Dialect {
  /** The store's clock, UTC milliseconds: an expression. */
  readonly now: string;
  /** Ends a `SELECT` whose rows nobody else may change before the transaction ends. */
  readonly locking: string;
  /** Keeps others from writing until the transaction ends, where beginning one does not. */
  readonly exclusive?: string;
}

/** Does work on one database. */
export interface Driver {
  readonly place: string;
  readonly isSync: boolean;
  readonly dialect: Dialect;
  read<T>(work: () => Work<T>): Later<T>;
  /** All or nothing. `keep: false` undoes it at the end, come what may. */
  transaction<T>(work: () => Work<T>, how?: { readonly keep: boolean }): Later<T>;
  close(): Later<void>;
}

/** Asks one question. */
export function* ask(sql: string, inputs: readonly Input[] = []): Work<readonly Row[]> {
  const [answer] = yield [{ sql, inputs, reads: true }];
  return answer.rows;
}

/** Changes something; gives how many rows. */
export function* change(sql: string, inputs: readonly Input[] = []): Work<number> {
  const [answer] = yield [{ sql, inputs, reads: false }];
  return answer.changes;
}
