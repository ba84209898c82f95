import { deepStrictEqual as deepEqual, rejects, strictEqual as equal, throws } from "node:assert/strict";
import type { Store } from "../ports/store.ts";
import { hostFiles } from "../../plugins/host/files/mod.ts";
import { type HostWorkspace, hostWorkspace, storeRecorder } from "../../plugins/host/workspace/mod.ts";
import { memoryStores } from "../../tests/support/memory_store.ts";
import { bytesOf } from "../../tests/support/workspaces.ts";
import { changesToUndo, planUndo, undo, type UndoDeps, type UndoWish } from "./mod.ts";

/** A folder in which tasks change things. */
class Ground implements Disposable {
  readonly folder: string = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "loom-undo-" }));
  readonly store: Store = memoryStores().open("/p", () => {});
  #open: HostWorkspace[] = [];

  /** The folder as a task sees it. */
  task(task: string): HostWorkspace {
    const recorder = storeRecorder({ store: this.store, task, now: () => 1, inProject: (path) => path });
    const workspace = hostWorkspace(this.folder, { recorder, maxWriteBytes: Infinity });
    this.#open.push(workspace);
    return workspace;
  }

  deps(task = "undo-1"): UndoDeps {
    const { changes, objects } = this.store;
    return { changes, objects, workspace: this.task(task), digest: hostFiles.digestBytes };
  }

  /** What became of each change, after looking ahead gave the same. */
  async undo(wish: UndoWish = {}, task?: string): Promise<readonly string[]> {
    const deps = this.deps(task);
    const changes = changesToUndo(wish, deps.changes);
    const told = (results: Awaited<ReturnType<typeof undo>>) =>
      results.map(({ change, outcome }) => `${outcome} ${change.operation} ${change.path}`);
    const planned = told(await planUndo(changes, deps));
    const done = told(await undo(changes, deps));
    deepEqual(planned, done);
    return done;
  }

  /** All files with their text, folders with a slash. */
  tree(folder = this.folder, prefix = ""): Readonly<Record<string, string>> {
    return Object.fromEntries(
      [...Deno.readDirSync(folder)].sort((a, b) => a.name < b.name ? -1 : 1).flatMap(({ name, isDirectory }) =>
        isDirectory
          ? [[`${prefix}${name}/`, ""], ...Object.entries(this.tree(`${folder}/${name}`, `${prefix}${name}/`))]
          : [[`${prefix}${name}`, Deno.readTextFileSync(`${folder}/${name}`)]]
      ),
    );
  }

  [Symbol.dispose](): void {
    for (const workspace of this.#open) workspace[Symbol.dispose]();
    Deno.removeSync(this.folder, { recursive: true });
  }
}

/** One of each kind of change, in folders that are not there yet. */
async function changeAll(workspace: HostWorkspace): Promise<void> {
  await workspace.writeFile("old.txt", bytesOf("two"));
  await workspace.writeFile("a/b/new.txt", bytesOf("new"));
  await workspace.move("old.txt", "a/moved.txt");
  await workspace.writeFile("a/moved.txt", bytesOf("three"));
  await workspace.remove("gone.sh");
  await workspace.remove("empty");
  await workspace.move("folder", "a/folder");
  await workspace.writeFile("a/folder/x", bytesOf("changed"));
}

function begin(ground: Ground): void {
  Deno.writeTextFileSync(`${ground.folder}/old.txt`, "one");
  Deno.writeTextFileSync(`${ground.folder}/gone.sh`, "run me");
  Deno.chmodSync(`${ground.folder}/gone.sh`, 0o750);
  Deno.mkdirSync(`${ground.folder}/empty`, { mode: 0o700 });
  Deno.mkdirSync(`${ground.folder}/folder`);
  Deno.writeTextFileSync(`${ground.folder}/folder/x`, "x");
}

Deno.test("undo() takes back a task's changes in reverse order, permissions too, and can be undone itself", async () => {
  using ground = new Ground();
  begin(ground);
  const before = ground.tree();
  await changeAll(ground.task("t"));
  const after = ground.tree();
  equal((await ground.undo()).every((line) => line.startsWith("undo ")), true);
  deepEqual(ground.tree(), before);
  equal(Deno.statSync(`${ground.folder}/gone.sh`).mode! & 0o777, 0o750);
  equal(Deno.statSync(`${ground.folder}/empty`).mode! & 0o777, 0o700);
  await ground.undo({ task: "undo-1" }, "undo-2");
  deepEqual(ground.tree(), after);
  await ground.undo({ task: "undo-2" }, "undo-3");
  deepEqual(ground.tree(), before);
});

Deno.test("planUndo() changes nothing", async () => {
  using ground = new Ground();
  begin(ground);
  await changeAll(ground.task("t"));
  const after = ground.tree();
  const deps = ground.deps();
  const plan = await planUndo(changesToUndo({}, deps.changes), deps);
  equal(plan.every(({ outcome }) => outcome === "undo"), true);
  deepEqual(ground.tree(), after);
});

Deno.test("a change of a file that was changed since is a conflict, and the others are taken back", async () => {
  using ground = new Ground();
  const workspace = ground.task("t");
  for (const name of ["a", "b", "c"]) await workspace.writeFile(name, bytesOf(name));
  Deno.writeTextFileSync(`${ground.folder}/b`, "by hand");
  deepEqual(await ground.undo(), ["undo create c", "conflict create b", "undo create a"]);
  deepEqual(ground.tree(), { b: "by hand" });
  deepEqual(await ground.undo(), ["conflict create b"]);
});

const CONFLICTS: Readonly<Record<string, (folder: string) => void>> = {
  "modify m": (folder) => Deno.writeTextFileSync(`${folder}/m`, "by hand"),
  "delete d": (folder) => Deno.writeTextFileSync(`${folder}/d`, "another"),
  "rename r": (folder) => Deno.writeTextFileSync(`${folder}/r2`, "by hand"),
  "create c": (folder) => Deno.writeTextFileSync(`${folder}/c`, "by hand"),
};

for (const [name, interfere] of Object.entries(CONFLICTS)) {
  Deno.test(`${name} is a conflict when somebody else was there, and nothing of theirs is lost`, async () => {
    using ground = new Ground();
    for (const file of ["m", "d", "r"]) Deno.writeTextFileSync(`${ground.folder}/${file}`, "before");
    const workspace = ground.task("t");
    await workspace.writeFile("m", bytesOf("after"));
    await workspace.remove("d");
    await workspace.move("r", "r2");
    await workspace.writeFile("c", bytesOf("after"));
    interfere(ground.folder);
    const before = ground.tree();
    const outcome = await ground.undo();
    deepEqual(outcome.filter((line) => line.startsWith("conflict")), [`conflict ${name}`]);
    equal(outcome.filter((line) => line.startsWith("undo")).length, 3);
    const [key] = Object.keys(before).filter((path) => before[path] === "by hand" || before[path] === "another");
    equal(ground.tree()[key], before[key]);
  });
}

Deno.test("a folder that a tool made stays as long as somebody else uses it", async () => {
  using ground = new Ground();
  await ground.task("t").writeFile("a/b", bytesOf("x"));
  Deno.writeTextFileSync(`${ground.folder}/a/mine`, "mine");
  deepEqual(await ground.undo(), ["undo create a/b", "kept create a"]);
  deepEqual(ground.tree(), { "a/": "", "a/mine": "mine" });
});

Deno.test("the newest task comes first, and what was undone is not undone again", async () => {
  using ground = new Ground();
  await ground.task("one").writeFile("a", bytesOf("1"));
  await ground.task("two").writeFile("a", bytesOf("2"));
  deepEqual(await ground.undo(), ["undo modify a"]);
  deepEqual(await ground.undo({}, "undo-2"), ["undo create a"]);
  throws(() => changesToUndo({}, ground.store.changes), { code: "nothing-to-undo" });
  throws(() => changesToUndo({ task: "one" }, ground.store.changes), { code: "nothing-to-undo" });
  throws(() => changesToUndo({ task: "none" }, ground.store.changes), { code: "unknown-task" });
  throws(() => changesToUndo({ change: 99 }, ground.store.changes), { code: "unknown-change" });
});

Deno.test("one change of a row in the same file is a conflict while a later one stands", async () => {
  using ground = new Ground();
  const workspace = ground.task("t");
  await workspace.writeFile("a", bytesOf("1"));
  await workspace.writeFile("a", bytesOf("2"));
  deepEqual(await ground.undo({ change: 1 }), ["conflict create a"]);
  deepEqual(await ground.undo({ all: true }), ["undo modify a", "undo create a"]);
  deepEqual(ground.tree(), {});
});

/** Wherever a process dies, asking again does the rest. */
Deno.test("undo() that was cut short anywhere is completed by another one", async () => {
  for (let cut = 0; cut < 9; cut++) {
    using ground = new Ground();
    begin(ground);
    const before = ground.tree();
    await changeAll(ground.task("t"));
    const deps = ground.deps();
    const changes = changesToUndo({}, deps.changes);
    // Everything was done, but what was to be written down about the last one.
    const marks = {
      ...deps.changes,
      setStatus: (id: number, status: "undone") => {
        if (id === changes[cut]?.id) throw new Error("killed");
        deps.changes.setStatus(id, status);
      },
    } as typeof deps.changes;
    if (cut < changes.length) await rejects(undo(changes, { ...deps, changes: marks }), /killed/);
    const rest = changesToUndo({ task: "t" }, deps.changes);
    const results = await undo(rest, ground.deps("undo-2"));
    equal(results.some(({ outcome }) => outcome === "conflict"), false, `cut at ${cut}`);
    deepEqual(ground.tree(), before);
  }
});

Deno.test("a change that was about to be made and never was is nothing to take back", async () => {
  using ground = new Ground();
  Deno.writeTextFileSync(`${ground.folder}/a`, "one");
  const { changes, objects } = ground.store;
  const [beforeRef, afterRef] = [objects.putText("one"), objects.putText("two")];
  const change = { task: "t", at: 1, operation: "modify", path: "a", beforeRef, afterRef, status: "intent" } as const;
  changes.add({ ...change, beforeMode: 0o100644, afterMode: 0o100644 });
  deepEqual(await ground.undo(), ["already modify a"]);
  equal(Deno.readTextFileSync(`${ground.folder}/a`), "one");
});
