import { DatabaseSync } from "node:sqlite";
import type { LoopStore } from "../../../core/ports/loop_store.ts";
import { hostFileWriter } from "../files/writer.ts";
import { makeStateFolder, openForReading, openIntact } from "../store/open.ts";
import { migrate } from "../store/schema.ts";
import { Statements } from "../store/statements.ts";
import { loopStore } from "./store.ts";
import type { Answer, Dialect, Driver, Query, Work } from "./work.ts";

/** What a commit survives: `full` also the loss of power, `process` the end of the process, `none` neither. */
export type Durability = "full" | "process" | "none";

const synchronous: Readonly<Record<Durability, string>> = { full: "FULL", process: "NORMAL", none: "OFF" };

/** 4 MB of log at most: all of it is read again by the first who opens the file after a crash. */
const checkpointPages = 1_000;

/**
 * Loops in a SQLite file, which is made when the store is first used, its folder too.
 *
 * A loop opens its own: a store is for those that share one, for looking at what is kept, and for `replay()`. Close it.
 *
 * @example Usage
 * ```ts
 * import { loop, sqliteStore } from "@loom/loom";
 * import { z } from "zod";
 * import { equal } from "node:assert/strict";
 *
 * const folder = await Deno.makeTempDir();
 * const store = sqliteStore(`${folder}/loops.db`);
 * const count = loop({ name: "count", state: z.number(), checkpoint: store, budget: { iterations: 2 }, step: (n) => n + 1 });
 *
 * const { runId } = await count.run(0);
 * equal((await store.steps(runId)).length, 2);
 * await store.close();
 * ```
 *
 * @param path The file; `.loom/loom.db` of a project or any other.
 * @param options How durable commits are. Default `full`.
 * @returns For `checkpoint`.
 * @throws {LoomError} When it is used: `store-too-new`, `store-corrupt`, `disk-full`, `not-permitted` and others.
 */
export function sqliteStore(path: string, options: { readonly durability?: Durability } = {}): LoopStore {
  return opened(path, () => {
    const cut = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
    if (cut > 0) hostFileWriter.makeDirectory(path.slice(0, cut));
    return withDurability(openIntact(path), options.durability);
  });
}

/** Loops of a project, in `<project>/.loom/loom.db` beside everything else that is known of it. */
export function projectLoops(project: string, options: { readonly durability?: Durability } = {}): LoopStore {
  return opened(`${project}/.loom/loom.db`, () => {
    return withDurability(openIntact(`${makeStateFolder(project)}/loom.db`), options.durability);
  });
}

/**
 * Loops that live as long as the store, in memory: for tests, and for loops that nobody has to resume.
 *
 * @example Usage
 * ```ts
 * import { loop, memoryStore } from "@loom/loom";
 * import { z } from "zod";
 * import { equal } from "node:assert/strict";
 *
 * const store = memoryStore();
 * const count = loop({ name: "count", state: z.number(), checkpoint: store, budget: { iterations: 2 }, step: (n) => n + 1 });
 *
 * const { runId } = await count.run(0);
 * equal((await store.getRun(runId))?.reason, "budget:iterations");
 * ```
 *
 * @returns For `checkpoint`.
 */
export function memoryStore(): LoopStore {
  return opened("memory", () => {
    const database = new DatabaseSync(":memory:");
    migrate(database, "memory");
    return database;
  });
}

/** Loops of a file to look at; `undefined` if it is not there. Makes nothing, changes nothing but an old schema. */
export function openLoopsReadOnly(path: string): LoopStore | undefined {
  const database = openForReading(path);
  return database && opened(path, () => database);
}

function withDurability(database: DatabaseSync, durability: Durability = "full"): DatabaseSync {
  database.exec(`PRAGMA synchronous = ${synchronous[durability]}; PRAGMA wal_autocheckpoint = ${checkpointPages}`);
  return database;
}

const dialect: Dialect = {
  now: "CAST(round(unixepoch('now', 'subsec') * 1000) AS INTEGER)",
  // Transactions begin as writers: there is nobody else to lock out.
  locking: "",
};

function opened(path: string, open: () => DatabaseSync): LoopStore {
  let database: DatabaseSync | undefined;
  let statements: Statements | undefined;
  const inUse = () => statements ??= new Statements(database = open(), path);
  const driver: Driver = {
    place: path,
    isSync: true,
    dialect,
    read: (work) => done(work(), inUse()),
    transaction: (work, how) => transaction(work, inUse(), how?.keep ?? true),
    close: () => database?.close(),
  };
  return loopStore(driver);
}

function transaction<T>(work: () => Work<T>, statements: Statements, keep: boolean): T {
  statements.run("BEGIN IMMEDIATE");
  try {
    const result = done(work(), statements);
    statements.run(keep ? "COMMIT" : "ROLLBACK");
    return result;
  } catch (error) {
    rollBack(statements, error);
    throw error;
  }
}

/** SQLite has sometimes rolled back already (a full disk): then there is nothing left to do. */
function rollBack(statements: Statements, because: unknown): void {
  try {
    statements.run("ROLLBACK");
  } catch (error) {
    if (!/no transaction is active/.test(String((error as Error).cause))) throw because;
  }
}

function done<T>(work: Work<T>, statements: Statements): T {
  let next = work.next();
  while (!next.done) next = work.next(next.value.map((query) => answerTo(query, statements)));
  return next.value;
}

function answerTo({ sql, inputs, reads, check }: Query, statements: Statements): Answer {
  const answer = reads
    ? { rows: statements.lists(sql, inputs), changes: 0 }
    : { rows: [], changes: statements.run(sql, ...inputs) };
  check?.(answer);
  return answer;
}
