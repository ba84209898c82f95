import type { TransactionSql } from "postgres";
import type { LoopStore } from "../../../core/ports/loop_store.ts";
import { badAddress } from "./postgres_errors.ts";
import { type Client, linked } from "./postgres_link.ts";
import { isCurrent, migrate, quoted, schemaVersion } from "./postgres_schema.ts";
import { loopStore } from "./store.ts";
import type { Answer, Dialect, Input, Query, Work } from "./work.ts";

/** How a PostgreSQL store is used. */
export interface PostgresOptions {
  /** The schema that holds the tables, made when it is not there. Default `loom`. */
  readonly schema?: string;
  /** Connections at a time. Default 10. */
  readonly max?: number;
}

type Connection = TransactionSql<{ bigint: number }>;

/** An open connection keeps the process alive, so one that nobody uses is soon closed. */
const idleSeconds = 5;

const connectSeconds = 10;

const dialect: Dialect = {
  now: "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)",
  locking: " FOR UPDATE",
  // Whoever adds a run or content waits: it might be what is being swept away.
  exclusive: "LOCK TABLE loops, blobs IN SHARE ROW EXCLUSIVE MODE",
};

/**
 * Loops in PostgreSQL, for several machines. Connects, and makes its tables, when it is first used. Close it.
 *
 * It answers by promise: for `loop()`, not for `loopSync()`. Leases are compared by the server's clock.
 *
 * @example Usage
 * ```ts
 * import { postgresStore } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * const store = postgresStore("postgres://loom:secret@127.0.0.1:5432/loops", { max: 4 });
 * equal(store.place.includes("secret"), false);
 * await store.close();
 * ```
 *
 * @param address `postgres://user:password@host:5432/database`; of its parts the password is shown nowhere.
 * @param options The schema, and how many connections there are.
 * @returns For `checkpoint`.
 * @throws {LoomError} `bad-address` if it is no URL; `store-unreachable`, `not-permitted` and others when used.
 */
export function postgresStore(address: string, options: PostgresOptions = {}): LoopStore {
  const { schema = "loom", max = 10 } = options;
  const place = placeOf(address, schema);
  const link = linked(() => open(address, { schema, max, place }), place);
  return loopStore({
    place,
    isSync: false,
    dialect,
    read: (work) => link.use((client) => read(client, work)),
    transaction: (work, how) =>
      link.use((client, sealed) => transaction(client, work, { keep: how?.keep ?? true, sealed })),
    close: link.close,
  });
}

function placeOf(address: string, schema: string): string {
  if (!URL.canParse(address)) throw badAddress();
  const { protocol, username, host, pathname } = new URL(address);
  return `${protocol}//${username && `${username}@`}${host}${pathname} (schema ${schema})`;
}

async function open(
  address: string,
  { schema, max, place }: Required<PostgresOptions> & { readonly place: string },
): Promise<Client> {
  const { default: postgres } = await import("postgres");
  const client = postgres(address, {
    max,
    idle_timeout: idleSeconds,
    connect_timeout: connectSeconds,
    connection: { search_path: quoted(schema) },
    onnotice: () => {},
    // Nothing that is counted here comes near 2^53.
    types: { bigint: { to: 20, from: [20], serialize: String, parse: Number } },
  });
  try {
    const version = await read(client, () => schemaVersion(schema));
    if (!isCurrent(version, place)) {
      await transaction(client, () => migrate(schema, place), { keep: true, sealed: () => {} });
    }
    return client;
  } catch (error) {
    await client.end({ timeout: 0 });
    throw error;
  }
}

function read<T>(client: Client, work: () => Work<T>): Promise<T> {
  return done(work(), (queries) => answersOf(client, queries));
}

/** Ends a transaction of which nothing is to be kept. */
class Undone extends Error {}

/** When its connection breaks, `begin` rejects at once; whatever still waits for an answer then waits for nothing. */
async function transaction<T>(
  client: Client,
  work: () => Work<T>,
  { keep, sealed }: { readonly keep: boolean; readonly sealed: () => void },
): Promise<T> {
  const given: T[] = [];
  try {
    await client.begin(async (connection) => {
      given.push(await done(work(), (queries) => answersOf(connection, queries)));
      if (!keep) throw new Undone();
      sealed();
    });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
  }
  return given[0];
}

async function done<T>(
  work: Work<T>,
  answer: (queries: readonly Query[]) => Promise<readonly Answer[]>,
): Promise<T> {
  let next = work.next();
  while (!next.done) next = work.next(await answer(next.value));
  return next.value;
}

/** All are sent before the first is answered. The first that fails, or is found wanting, is the one that is told. */
async function answersOf(to: Client | Connection, queries: readonly Query[]): Promise<readonly Answer[]> {
  const asked = queries.map(({ sql, inputs }) =>
    to.unsafe(numbered(sql), inputs.map(toSql), { prepare: true }).values()
  );
  const settled = await Promise.allSettled(asked);
  return settled.map((outcome, index) => {
    if (outcome.status === "rejected") throw outcome.reason;
    const answer = { rows: outcome.value.map(fromSql), changes: outcome.value.count };
    queries[index].check?.(answer);
    return answer;
  });
}

const texts = new Map<string, string>();

/** `$1`, `$2`, ... in place of each `?`. */
function numbered(sql: string): string {
  let text = texts.get(sql);
  if (text === undefined) {
    let count = 0;
    text = sql.replaceAll("?", () => `$${++count}`);
    texts.set(sql, text);
  }
  return text;
}

/** PostgreSQL's texts cannot hold the character 0; a step is not lost over one in an error's text. */
function toSql(value: Input): Input {
  return typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", "\ufffd") : value;
}

function fromSql(row: readonly unknown[]): Answer["rows"][number] {
  return row.map((value) => value instanceof Uint8Array ? new Uint8Array(value) : value as string | number | null);
}
