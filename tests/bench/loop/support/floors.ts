/**
 * The least that keeping a step takes on this machine, measured in this process.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import type { Contender } from "./contest.ts";
import type { Ground } from "./ground.ts";

/** Names of the floors. */
export const FLOORS = {
  append: "append + fdatasync",
  full: "SQLite WAL/FULL",
  process: "SQLite WAL/NORMAL",
} as const;

/** A text appended to a file, and the disk asked to have it. */
export function appendFloor(ground: Ground, steps: number): Contender {
  const bytes = new TextEncoder().encode(ground.stateText);
  const append = () => {
    using file = Deno.openSync(ground.newPath("append.log"), { append: true, create: true });
    for (let left = steps; left > 0; left--) {
      file.writeSync(bytes);
      file.syncDataSync();
    }
  };
  return { name: FLOORS.append, role: "floor", measure: () => ({ micros: perStep(steps, append) }) };
}

/** A text inserted into a table and committed. */
export function sqliteFloor(ground: Ground, steps: number, mode: "full" | "process"): Contender {
  const insertAll = () => {
    const database = new DatabaseSync(ground.newPath("floor.db"));
    try {
      database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${mode === "full" ? "FULL" : "NORMAL"};
        CREATE TABLE floor (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT`);
      const insert = database.prepare("INSERT INTO floor (body) VALUES (?)");
      return perStep(steps, () => {
        for (let left = steps; left > 0; left--) insert.run(ground.stateText);
      });
    } finally {
      database.close();
    }
  };
  return { name: FLOORS[mode], role: "floor", measure: () => ({ micros: insertAll() }) };
}

function perStep(steps: number, work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) * 1_000 / steps;
}
