import { DatabaseSync } from "node:sqlite";
import type { DatabaseFacts } from "../../../core/ports/prober.ts";
import { hostFileReader } from "../files/reader.ts";

/** A longer database takes too long to read through for a check that people run often. */
const MAX_READ_BYTES = 64 * 2 ** 20;

/** Looks into a database without changing it, its version not even if it is an old one. */
export function database(path: string): DatabaseFacts | undefined {
  const info = hostFileReader.stat(path);
  if (info === undefined || info.kind !== "file" || info.sizeBytes === 0) return undefined;
  const complete = info.sizeBytes <= MAX_READ_BYTES;
  const facts = { sizeBytes: info.sizeBytes, changedMs: info.mtimeMs, complete };
  try {
    return { ...facts, ...look(path, complete) };
  } catch (error) {
    // What SQLite says is the finding.
    return { ...facts, problem: error instanceof Error ? error.message : String(error) };
  }
}

function look(path: string, complete: boolean): Pick<DatabaseFacts, "schema" | "problem"> {
  const database = new DatabaseSync(readingName(path), { readOnly: true });
  try {
    database.exec("PRAGMA busy_timeout = 1000");
    const schema = database.prepare("PRAGMA user_version").get()?.user_version as number;
    const found = complete ? database.prepare("PRAGMA quick_check(1)").get()?.quick_check : "ok";
    return { schema, ...(found === "ok" ? {} : { problem: String(found) }) };
  } finally {
    database.close();
  }
}

/** Without a log nobody is writing; said so, SQLite makes no files beside the database. */
function readingName(path: string): string {
  if (hostFileReader.stat(`${path}-wal`) !== undefined) return path;
  return `file:${path.split("/").map(encodeURIComponent).join("/")}?immutable=1`;
}
