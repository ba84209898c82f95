/** Tables as data: which member of a record is kept in which columns. */

import type { Input, Query, Row } from "./work.ts";

/** How one member is kept. */
export interface Member<V> {
  readonly columns: readonly string[];
  /** Adds the value of each column. */
  readonly put: (value: V | undefined, into: Input[]) => void;
  /** The value back; the first column stands at `index`. */
  readonly take: (row: Row, index: number) => V | undefined;
}

/** All members of a record. */
export type Members<T> = { readonly [K in keyof T]-?: Member<T[K]> };

/** A table whose rows are records. */
export interface Table<T> {
  readonly name: string;
  readonly members: Members<T>;
  /** `a, b, c`. */
  readonly columns: string;
  /** `SELECT a, b, c FROM name`. */
  readonly select: string;
  /** Stores a record; another one of its key is treated as `onConflict` says. */
  readonly put: (record: T) => Query;
  readonly record: (row: Row) => T;
}

/**
 * A table.
 *
 * @param onConflict What follows `ON CONFLICT (key)`. By default the new record takes the place of the old one.
 */
export function table<T extends object>(
  name: string,
  members: Members<T>,
  { key, onConflict }: { readonly key: readonly string[]; readonly onConflict?: string },
): Table<T> {
  const list = Object.entries(members) as [keyof T & string, Member<unknown>][];
  const columns = list.flatMap(([, member]) => member.columns);
  const changed = columns.filter((column) => !key.includes(column)).map((column) => `${column} = excluded.${column}`);
  const sql = `INSERT INTO ${name} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})
    ON CONFLICT (${key.join(", ")}) ${onConflict ?? `DO UPDATE SET ${changed.join(", ")}`}`;
  return {
    name,
    members,
    columns: columns.join(", "),
    select: `SELECT ${columns.join(", ")} FROM ${name}`,
    put: (record) => {
      const inputs: Input[] = [];
      for (const [member, { put }] of list) put(record[member], inputs);
      return { sql, inputs, reads: false };
    },
    record: (row) => {
      const record: Record<string, unknown> = {};
      let index = 0;
      for (const [member, { columns, take }] of list) {
        const value = take(row, index);
        if (value !== undefined) record[member] = value;
        index += columns.length;
      }
      return record as T;
    },
  };
}

/** A text or a number, or none, as it is. */
export function plain<V extends string | number | undefined>(column: string): Member<V> {
  return {
    columns: [column],
    put: (value, into) => into.push(value ?? null),
    take: (row, index) => (row[index] ?? undefined) as V | undefined,
  };
}

/** Yes or no, as 1 or 0. */
export function flag(column: string): Member<boolean> {
  return {
    columns: [column],
    put: (value, into) => into.push(value ? 1 : 0),
    take: (row, index) => row[index] === 1,
  };
}

/** An object as JSON text. */
export function json<V extends object>(column: string): Member<V> {
  return {
    columns: [column],
    put: (value, into) => into.push(JSON.stringify(value ?? {})),
    take: (row, index) => JSON.parse(String(row[index])) as V,
  };
}

/** Content. */
export function bytes(column: string): Member<Uint8Array> {
  return {
    columns: [column],
    put: (value, into) => into.push(value ?? null),
    take: (row, index) => row[index] as Uint8Array,
  };
}

/** An object that is there or not, with a column for each of its members. */
export function group<V extends object>(columns: { readonly [K in keyof V]-?: string }): Member<V | undefined> {
  const list = Object.entries(columns) as [keyof V & string, string][];
  return {
    columns: list.map(([, column]) => column),
    put: (value, into) => {
      for (const [member] of list) into.push((value?.[member] as Input | undefined) ?? null);
    },
    take: (row, index) => {
      if (row[index] === null) return undefined;
      return Object.fromEntries(list.map(([member], offset) => [member, row[index + offset]])) as V;
    },
  };
}
