/** Where loops are kept: a SQLite file, memory, PostgreSQL. */

export { type PostgresOptions, postgresStore } from "./postgres.ts";
export { type Durability, memoryStore, openLoopsReadOnly, projectLoops, sqliteStore } from "./sqlite.ts";
