import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from "node:sqlite";
import { storeError } from "./errors.ts";

/** A row as SQLite gives it. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** What goes into a statement; `undefined` is stored as NULL. */
export type Input = SQLInputValue | undefined;

/** Statements of one database, prepared when first used and kept. Failures are LoomErrors of {@linkcode storeError}. */
export class Statements {
  readonly #database: DatabaseSync;
  readonly #path: string;
  readonly #prepared = new Map<string, StatementSync>();

  constructor(database: DatabaseSync, path: string) {
    this.#database = database;
    this.#path = path;
  }

  /** Runs a statement that changes something; gives how many rows it changed. */
  run(sql: string, ...inputs: readonly Input[]): number {
    return this.#explained(() => Number(this.#prepare(sql).run(...inputs.map(toSql)).changes));
  }

  get(sql: string, ...inputs: readonly Input[]): Row | undefined {
    return this.#explained(() => this.#prepare(sql).get(...inputs.map(toSql)));
  }

  all(sql: string, ...inputs: readonly Input[]): readonly Row[] {
    return this.#explained(() => this.#prepare(sql).all(...inputs.map(toSql)));
  }

  /** As {@linkcode all}, each row as the list of its columns: with forty columns that is three times as quick. */
  lists(sql: string, inputs: readonly Input[]): readonly SQLOutputValue[][] {
    return this.#explained(() => {
      const statement = this.#prepare(sql);
      // Not among the types yet.
      (statement as unknown as { setReturnArrays(on: boolean): void }).setReturnArrays(true);
      return statement.all(...inputs.map(toSql)) as unknown as SQLOutputValue[][];
    });
  }

  /** Runs what needs no preparing, such as `BEGIN`. */
  exec(sql: string): void {
    this.#explained(() => this.#database.exec(sql));
  }

  #prepare(sql: string): StatementSync {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }

  #explained<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw storeError(this.#path, error);
    }
  }
}

function toSql(value: Input): SQLInputValue {
  return value === undefined ? null : value;
}

/** The columns that are not NULL, under their own names; rows and records differ only in spelling. */
export function defined<T extends object>(record: T): T {
  for (const key in record) if (record[key] === null || record[key] === undefined) delete record[key];
  return record;
}
