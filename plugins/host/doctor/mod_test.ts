import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { hostProber } from "./mod.ts";

/** Gives a temporary folder to `work`. */
async function inFolder(work: (folder: string) => unknown): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "loom-doctor-" }));
  try {
    await work(folder);
  } finally {
    await Deno.chmod(folder, 0o700);
    await Deno.remove(folder, { recursive: true });
  }
}

function names(folder: string): readonly string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

Deno.test("hostProber finds programs and has them say what they are", async () => {
  const shell = hostProber.find("sh")!;
  ok(shell.startsWith("/"), shell);
  equal(hostProber.find("no-such-program-at-all"), undefined);
  equal(await hostProber.version(shell, ["-c", "echo one; echo two"]), "one");
  equal(await hostProber.version(shell, ["-c", "echo wrong >&2; exit 3"]), undefined);
  equal(await hostProber.version("/no/such/program", []), undefined);
});

Deno.test("hostProber gives programs that it asks no secret", async () => {
  Deno.env.set("LOOM_DOCTOR_TEST_KEY", "canary");
  try {
    equal(await hostProber.version(hostProber.find("sh")!, ["-c", 'echo "<$LOOM_DOCTOR_TEST_KEY>"']), "<>");
  } finally {
    Deno.env.delete("LOOM_DOCTOR_TEST_KEY");
  }
});

Deno.test("hostProber tells who may write in a folder", async () => {
  await inFolder((folder) => {
    Deno.chmodSync(folder, 0o1757);
    deepEqual(hostProber.folder(folder), { mode: 0o1757, isOwn: true, writable: true });
    equal(hostProber.folder(`${folder}/none`), undefined);
  });
});

Deno.test("hostProber measures the disk of the nearest folder that is there", async () => {
  await inFolder((folder) => {
    ok(hostProber.disk(`${folder}/not/yet`)!.freeBytes > 0);
  });
});

Deno.test("hostProber tells whether case is folded without writing", async () => {
  await inFolder((folder) => {
    Deno.mkdirSync(`${folder}/Abc`);
    const folds = hostProber.foldsCase(`${folder}/Abc`);
    equal(folds, Deno.build.os !== "linux");
    deepEqual(names(folder), ["Abc"]);
    equal(hostProber.foldsCase(`${folder}/123`), undefined);
  });
});

Deno.test("hostProber tries things out, and leaves nothing behind", async () => {
  await inFolder((folder) => {
    deepEqual(hostProber.trial(folder), {});
    deepEqual(names(folder), []);
    const missing = hostProber.trial(`${folder}/none`);
    match(missing.rename!, /No such file/);
  });
});

Deno.test("hostProber looks into a database and leaves it as it was", async () => {
  await inFolder((folder) => {
    const path = `${folder}/a b%.db`;
    equal(hostProber.database(path), undefined);
    const database = new DatabaseSync(path);
    database.exec("PRAGMA user_version = 7; CREATE TABLE t (x)");
    const rows = "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000)";
    database.exec(`INSERT INTO t ${rows} SELECT hex(zeroblob(25)) FROM n`);
    database.close();
    const { schema, problem, complete } = hostProber.database(path)!;
    deepEqual([schema, problem, complete], [7, undefined, true]);
    deepEqual(names(folder), ["a b%.db"]);
    const bytes = Deno.readFileSync(path);
    bytes.fill(0xff, 8192, 12_288);
    Deno.writeFileSync(path, bytes);
    ok(hostProber.database(path)!.problem !== undefined);
    Deno.writeTextFileSync(path, "no database at all".repeat(100));
    match(hostProber.database(path)!.problem!, /not a database/);
  });
});
