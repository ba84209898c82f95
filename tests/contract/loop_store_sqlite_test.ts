import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal, throws } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import type { LoopLease } from "../../core/ports/loop_store.ts";
import { openLoopsReadOnly, projectLoops, sqliteStore } from "../../plugins/host/loops/mod.ts";
import { hostStores } from "../../plugins/host/store/mod.ts";
import { ownerOf, runRow, stepRow } from "./loop_rows.ts";
import { loopStoreContract } from "./loop_store_contract.ts";
import { temporaryFolder } from "./temporary.ts";

loopStoreContract("sqliteStore()", () => {
  const folder = temporaryFolder();
  const stores = [sqliteStore(`${folder.path}/loops.db`)];
  const another = () => {
    stores.push(sqliteStore(`${folder.path}/loops.db`));
    return Promise.resolve(stores[stores.length - 1]);
  };
  const close = () => {
    for (const store of stores) store.close();
    folder[Symbol.dispose]();
  };
  return Promise.resolve({ store: stores[0], another, close });
});

Deno.test("sqliteStore() makes nothing before it is used, then its folder too", () => {
  using folder = temporaryFolder();
  const store = sqliteStore(`${folder.path}/a/b/loops.db`);
  deepEqual([...Deno.readDirSync(folder.path)], []);
  equal(store.getRun("r"), undefined);
  ok(Deno.statSync(`${folder.path}/a/b/loops.db`).isFile);
  store.close();
});

Deno.test("projectLoops() keeps loops in the project's database, where runs of all kinds are listed", () => {
  using folder = temporaryFolder();
  const loops = projectLoops(folder.path);
  const lease = loops.createRun(runRow("r"), {}, ownerOf(1)) as LoopLease;
  loops.commit({ leases: [lease], runs: [{ id: "r", status: "completed", updatedAt: 9, activeMs: 2.5 }] });
  equal(Deno.readTextFileSync(`${folder.path}/.loom/.gitignore`), "*\n!plugins.yaml\n!rules.yaml\n");
  const store = hostStores().openReadOnly(folder.path);
  const { createdAt, ...run } = store?.journal.getRun("r") ?? { createdAt: 0 };
  equal(createdAt, runRow("r").createdAt);
  deepEqual(run, {
    id: "r",
    kind: "loop",
    name: "improve",
    status: "completed",
    endedAt: 9,
    durationMs: 2.5,
    request: {},
  });
  store?.close();
  loops.close();
});

Deno.test("openLoopsReadOnly() reads what is there, makes nothing and refuses to write", () => {
  using folder = temporaryFolder();
  const path = `${folder.path}/loops.db`;
  equal(openLoopsReadOnly(path), undefined);
  deepEqual([...Deno.readDirSync(folder.path)], []);
  const store = sqliteStore(path);
  store.createRun(runRow("r"), {}, ownerOf(1));
  const reader = openLoopsReadOnly(path);
  deepEqual(reader?.getRun("r"), runRow("r"));
  throws(() => reader?.requestCancel("r"), { code: "not-permitted" });
  reader?.close();
  store.close();
});

Deno.test("sqliteStore() keeps what was committed, at every durability", () => {
  using folder = temporaryFolder();
  for (const durability of ["full", "process", "none"] as const) {
    const path = `${folder.path}/${durability}.db`;
    const store = sqliteStore(path, { durability });
    store.createRun(runRow("r"), { steps: [stepRow("r", 0)] }, ownerOf(1));
    store.close();
    const again = sqliteStore(path);
    deepEqual(again.steps("r"), [stepRow("r", 0)]);
    again.close();
  }
});

Deno.test("sqliteStore() refuses a damaged file and leaves it where it is", () => {
  using folder = temporaryFolder();
  const path = `${folder.path}/loops.db`;
  Deno.writeTextFileSync(path, "not a database, just text ".repeat(400));
  throws(() => sqliteStore(path).getRun("r"), { code: "store-corrupt" });
  match(Deno.readTextFileSync(path), /^not a database/);
});

Deno.test("sqliteStore() refuses the file of a newer loom", () => {
  using folder = temporaryFolder();
  const path = `${folder.path}/loops.db`;
  const database = new DatabaseSync(path);
  database.exec("PRAGMA user_version = 999");
  database.close();
  throws(() => sqliteStore(path).getRun("r"), { code: "store-too-new" });
});

Deno.test("sqliteStore() brings the database of an older loom up to date", () => {
  using folder = temporaryFolder();
  const path = `${folder.path}/loops.db`;
  sqliteStore(path).getRun("r");
  const database = new DatabaseSync(path);
  const tables = [
    "loop_specs",
    "loop_steps",
    "loop_attempts",
    "loop_memos",
    "loop_pauses",
    "loops",
    "blobs",
    "breakers",
    "pools",
    "audit",
    "approvals",
    "changes",
    "steps",
    "points",
  ];
  for (const table of tables) database.exec(`DROP TABLE ${table}`);
  for (const column of ["details", "metrics", "steps", "fresh", "points"]) {
    database.exec(`ALTER TABLE runs DROP COLUMN ${column}`);
  }
  database.exec("PRAGMA user_version = 2");
  database.close();
  const store = sqliteStore(path);
  deepEqual(store.listRuns({}), []);
  store.close();
});
