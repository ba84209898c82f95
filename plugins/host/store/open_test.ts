import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { openForWriting } from "./open.ts";

/** A database whose pages are all in its log, and whose file a checkpoint had begun to write when it was cut short. */
function cutShort(path: string): void {
  const whole = `${path}.whole`;
  const database = new DatabaseSync(whole);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0");
  database.exec("CREATE TABLE kept (text TEXT); INSERT INTO kept VALUES (hex(randomblob(20000))), ('word')");
  Deno.copyFileSync(`${whole}-wal`, `${path}-wal`);
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  Deno.writeFileSync(path, Deno.readFileSync(whole).slice(0, 4_096));
  database.close();
}

Deno.test("openForWriting() keeps what a checkpoint that was cut short left in the log", () => {
  const folder = Deno.makeTempDirSync();
  try {
    cutShort(`${folder}/loom.db`);
    const notices: string[] = [];
    const database = openForWriting(`${folder}/loom.db`, (message) => notices.push(message));
    deepEqual(notices, []);
    deepEqual({ ...database.prepare("SELECT text FROM kept WHERE length(text) < 9").get() }, { text: "word" });
    database.close();
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
