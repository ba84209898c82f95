import { DatabaseSync } from "node:sqlite";
import type { TrialFacts } from "../../../core/ports/prober.ts";
import { hostRandom } from "../machine/random.ts";

/** Tries things out in a folder of their own, which is gone afterwards. */
export function trial(folder: string): TrialFacts {
  const place = `${folder}/doctor-${hostRandom.hex(12)}`;
  try {
    Deno.mkdirSync(place);
  } catch (error) {
    return { rename: reason(error), log: reason(error) };
  }
  try {
    const [rename, log] = [failureOf(() => tryRename(place)), failureOf(() => tryLog(place))];
    return { ...(rename === undefined ? {} : { rename }), ...(log === undefined ? {} : { log }) };
  } finally {
    Deno.removeSync(place, { recursive: true });
  }
}

function tryRename(place: string): void {
  Deno.writeTextFileSync(`${place}/old`, "old");
  Deno.writeTextFileSync(`${place}/new`, "new");
  Deno.renameSync(`${place}/new`, `${place}/old`);
  if (Deno.readTextFileSync(`${place}/old`) !== "new") throw new Error("a renamed file is not what it was");
}

function tryLog(place: string): void {
  const database = new DatabaseSync(`${place}/trial.db`);
  try {
    const mode = database.prepare("PRAGMA journal_mode = WAL").get()?.journal_mode;
    if (mode !== "wal") throw new Error(`SQLite keeps its log in mode ${mode}`);
    database.exec("PRAGMA synchronous = OFF; CREATE TABLE trial (x)");
    database.exec("INSERT INTO trial VALUES (1)");
  } finally {
    database.close();
  }
}

function failureOf(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return reason(error);
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
