/** Where loops are kept: a SQLite file, memory, PostgreSQL. */

export { type Durability, memoryStore, openLoopsReadOnly, projectLoops, sqliteStore } from "./sqlite.ts";
