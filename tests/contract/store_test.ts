import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal, throws } from "node:assert/strict";
import { verifyChain } from "../../core/gate/chain.ts";
import { hostFileDigester } from "../../plugins/host/files/digester.ts";
import { hostStores } from "../../plugins/host/store/mod.ts";
import { memoryStores } from "../support/memory_store.ts";
import { storeContract } from "./store_contract.ts";
import { temporaryFolder } from "./temporary.ts";

storeContract("hostStores()", () => {
  const folder = temporaryFolder();
  const stores = hostStores({ userState: `${folder.path}/user` });
  return { stores, project: folder.path, [Symbol.dispose]: () => folder[Symbol.dispose]() };
});
storeContract("memoryStores()", () => ({ stores: memoryStores(), project: "/w", [Symbol.dispose]: () => {} }));

const names = (path: string) => [...Deno.readDirSync(path)].map(({ name }) => name).sort();
const quiet = (message: string) => ok(false, message);

Deno.test("hostStores().open() makes a folder that git ignores by itself", () => {
  using folder = temporaryFolder();
  hostStores().open(folder.path, quiet).close();
  equal(Deno.readTextFileSync(`${folder.path}/.loom/.gitignore`), "*\n!plugins.yaml\n!rules.yaml\n");
  deepEqual(names(`${folder.path}/.loom`), [".gitignore", "loom.db"]);
});

Deno.test("hostStores() note projects where there is a home that can be written to, and run without", () => {
  using folder = temporaryFolder();
  hostStores({}).noteProject("/w");
  deepEqual(hostStores({}).projects(), []);
  Deno.writeTextFileSync(`${folder.path}/file`, "");
  const blocked = hostStores({ userState: `${folder.path}/file` });
  blocked.noteProject("/w");
  deepEqual(blocked.projects(), []);
  hostStores({ home: folder.path }).noteProject("/w");
  equal(Deno.readTextFileSync(`${folder.path}/.loom/projects`), "/w\n");
});

Deno.test("hostStores().openReadOnly() creates and changes nothing", () => {
  using folder = temporaryFolder();
  equal(hostStores().openReadOnly(folder.path), undefined);
  deepEqual(names(folder.path), []);
  hostStores().open(folder.path, quiet).close();
  hostStores().openReadOnly(folder.path)?.close();
  deepEqual(names(`${folder.path}/.loom`), [".gitignore", "loom.db"]);
});

Deno.test("hostStores().openReadOnly() reads what a loom that was killed had written", async () => {
  using folder = temporaryFolder();
  const script = `
    const { hostStores } = await import(${JSON.stringify(import.meta.resolve("../../plugins/host/store/mod.ts"))});
    const store = hostStores().open(${JSON.stringify(folder.path)}, () => {});
    store.journal.createRun({ id: "a", kind: "pipeline", name: "p", status: "running", createdAt: 1, request: {} });
    Deno.kill(Deno.pid, "SIGKILL");`;
  await new Deno.Command(Deno.execPath(), { args: ["eval", "--no-check", script] }).output();
  const store = hostStores().openReadOnly(folder.path);
  equal(store?.journal.getRun("a")?.status, "running");
  store?.close();
});

const damages: Readonly<Record<string, (path: string) => void>> = {
  "is no database": (path) => Deno.writeTextFileSync(path, "not a database, just text ".repeat(400)),
  "is cut off": (path) => Deno.truncateSync(path, 5000),
  "has a damaged schema": (path) => {
    using file = Deno.openSync(path, { write: true });
    file.seekSync(100, Deno.SeekMode.Start);
    file.writeSync(new Uint8Array(600).fill(0xab));
  },
};
for (const [damage, apply] of Object.entries(damages)) {
  Deno.test(`hostStores().open() sets a file aside that ${damage}, and says so`, () => {
    using folder = temporaryFolder();
    hostStores().open(folder.path, quiet).close();
    apply(`${folder.path}/.loom/loom.db`);
    const notices: string[] = [];
    const store = hostStores().open(folder.path, (message) => notices.push(message));
    deepEqual(store.journal.listRuns(), []);
    store.close();
    equal(notices.length, 1);
    match(notices[0], /was damaged and is now .*loom\.db\.corrupt-\d{4}-\d\d-\d\dT/);
    ok(names(`${folder.path}/.loom`).some((name) => name.startsWith("loom.db.corrupt-")));
  });
}

Deno.test("hostStores() refuse the database of a newer loom and say what to do", () => {
  using folder = temporaryFolder();
  hostStores().open(folder.path, quiet).close();
  using file = Deno.openSync(`${folder.path}/.loom/loom.db`, { write: true });
  // `user_version` is kept in bytes 60 to 63 of the header.
  file.seekSync(60, Deno.SeekMode.Start);
  file.writeSync(Uint8Array.of(0, 0, 3, 231));
  throws(() => hostStores().open(folder.path, quiet), { code: "store-too-new", message: /schema 999/, hint: /update/ });
  throws(() => hostStores().openReadOnly(folder.path), { code: "store-too-new" });
});

Deno.test("hostStores().open() says when a file stands where its folder belongs", () => {
  using folder = temporaryFolder();
  Deno.writeTextFileSync(`${folder.path}/.loom`, "");
  throws(() => hostStores().open(folder.path, quiet), { code: "not-directory" });
});

Deno.test("hostStores() let two writers take turns", () => {
  using folder = temporaryFolder();
  const [one, two] = [0, 1].map(() => hostStores().open(folder.path, quiet));
  const memo = {
    scope: "p",
    step: "a",
    part: "",
    state: "done",
    fingerprint: "",
    outputs: "",
    run: "",
    at: 1,
  } as const;
  one.memos.put(memo);
  two.memos.put({ ...memo, step: "b" });
  equal(one.memos.all("p").length, 2);
  one.close();
  two.close();
});

Deno.test("hostStores() keep one chain of audit records when several processes append at once", async () => {
  using folder = temporaryFolder();
  hostStores().open(folder.path, quiet).close();
  const [processes, each] = [3, 20];
  const script = `
    const { hostStores } = await import(${JSON.stringify(import.meta.resolve("../../plugins/host/store/mod.ts"))});
    const store = hostStores().open(${JSON.stringify(folder.path)}, () => {});
    for (let i = 0; i < ${each}; i++) store.audit.append({ event: "done", reason: String(i) }, i);
    store.close();`;
  const children = Array.from({ length: processes }, () => {
    const args = ["eval", "--no-check", script];
    return new Deno.Command(Deno.execPath(), { args, stdout: "piped", stderr: "piped" }).output();
  });
  for (const { success, stderr } of await Promise.all(children)) ok(success, new TextDecoder().decode(stderr));
  const store = hostStores().openReadOnly(folder.path)!;
  const state = verifyChain(store.audit.records(), (text) => hostFileDigester.digestText(text));
  equal(state.whole && state.count, processes * each);
  store.close();
});

Deno.test("hostStores() keep of a token only its digest", () => {
  using folder = temporaryFolder();
  const token = "c0ffee".repeat(10);
  const store = hostStores().open(folder.path, quiet);
  store.approvals.put({ token, binding: "b", origin: "human-tty", expiresMs: 9e15 }, 1);
  store.close();
  const bytes = Deno.readFileSync(`${folder.path}/.loom/loom.db`);
  equal(new TextDecoder("latin1").decode(bytes).includes(token.slice(0, 12)), false);
});

Deno.test("hostStores().openUser() uses the folder that was given, else the home folder, else says what to set", () => {
  using folder = temporaryFolder();
  hostStores({ home: folder.path, userState: `${folder.path}/moved/here` }).openUser(quiet).close();
  deepEqual(names(`${folder.path}/moved/here`), ["loom.db"]);
  hostStores({ home: folder.path }).openUser(quiet).close();
  deepEqual(names(`${folder.path}/.loom`), ["loom.db"]);
  throws(() => hostStores().openUser(quiet), { code: "no-home", hint: /LOOM_HOME/ });
});
