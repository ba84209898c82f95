import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { bytesOf, eachWorkspace, textIn } from "../support/workspaces.ts";

eachWorkspace("files are written with the folders above them, read, moved and removed", async ({ workspace, at }) => {
  await workspace.writeFile("a/b/c.txt", bytesOf("one"));
  equal(await textIn(workspace, "a/b/c.txt"), "one");
  await workspace.writeFile("a/b/c.txt", bytesOf("two"));
  equal(Deno.readTextFileSync(at("a/b/c.txt")), "two");
  await workspace.move("a/b/c.txt", "d/e.txt");
  deepEqual((await workspace.list(".")).map(({ path, kind }) => [path, kind]), [["a", "directory"], [
    "d",
    "directory",
  ]]);
  await workspace.remove("d/e.txt");
  await workspace.remove("d");
  equal(await workspace.stat("d"), undefined);
  deepEqual([...Deno.readDirSync(at("a/b"))], []);
});

eachWorkspace("a workspace takes a path as people and models write it", async ({ workspace, at }) => {
  await workspace.writeFile("a.txt", bytesOf("x"));
  for (
    const path of ["a.txt", "./a.txt", "b/../a.txt", "w/a.txt", "//a.txt".slice(2), at("a.txt"), `${at("")}/./a.txt`]
  ) {
    equal(await textIn(workspace, path), "x", path);
  }
  await workspace.writeFile("w/w.txt", bytesOf("stripped"));
  equal(await textIn(workspace, "w.txt"), "stripped");
  Deno.mkdirSync(at("w"));
  await workspace.writeFile("w/real.txt", bytesOf("there is one"));
  equal(Deno.readTextFileSync(at("w/real.txt")), "there is one");
});

const OUTSIDE = [
  ...[
    "..",
    "../x",
    "a/../../x",
    "/etc/passwd",
    "/",
    "~/x",
    "~",
    "/proc/self/environ",
    "/proc/self/cwd/../../etc/passwd",
  ],
  ...["../w2/x", "/dev/null", "/dev/fd/0", "./../..//x", "a/b/../../../x"],
];

for (const path of OUTSIDE) {
  eachWorkspace(`nothing leads out by ${path}`, async ({ workspace, beside }) => {
    Deno.mkdirSync(beside("w2"));
    const outside = { code: "outside-workspace", message: /Safety violation: .* escapes the workspace/ };
    await rejects(workspace.readFile(path), outside);
    await rejects(workspace.writeFile(path, bytesOf("x")), outside);
    await rejects(workspace.remove(path), outside);
    await rejects(workspace.stat(path), outside);
    await rejects(workspace.list(path), outside);
    await rejects(workspace.move(path, "y"), outside);
    await rejects(workspace.move("y", path), outside);
  });
}

eachWorkspace("the workspace itself is never changed", async ({ workspace }) => {
  await workspace.writeFile("a", bytesOf("x"));
  await rejects(workspace.remove("."), { code: "outside-workspace" });
  await rejects(workspace.move(".", "b"), { code: "outside-workspace" });
  await rejects(workspace.writeFile("", bytesOf("x")), { code: "outside-workspace" });
});

eachWorkspace("a path with a null character is none", async ({ workspace }) => {
  await rejects(workspace.readFile("a\0b"), { code: "invalid-path" });
  await rejects(workspace.writeFile("a.txt\0.png", bytesOf("x")), { code: "invalid-path" });
});

const PROTECTED = [
  ...[".git/config", ".git", ".GIT/hooks/pre-commit", "sub/.git/config", ".loom/loom.db", "loom.toml", "LOOM.yaml"],
  ...[
    "loom.yaml",
    "deep/er/loom.toml",
    ".git./config",
    ".git /config",
    ".g\u200cit/config",
    ".git::$INDEX_ALLOCATION/x",
  ],
  ...["GIT~1/config", "a/../.git/x", ".loom"],
];

for (const path of PROTECTED) {
  eachWorkspace(`${JSON.stringify(path)} is never changed`, async ({ workspace, at }) => {
    Deno.mkdirSync(at(".git"));
    Deno.writeTextFileSync(at(".git/config"), "[core]");
    const refused = { code: "protected-path" };
    await rejects(workspace.writeFile(path, bytesOf("x")), refused);
    await rejects(workspace.remove(path), refused);
    await rejects(workspace.move(path, "y"), refused);
    await workspace.writeFile("free.txt", bytesOf("x"));
    await rejects(workspace.move("free.txt", path), refused);
    equal(Deno.readTextFileSync(at(".git/config")), "[core]");
  });
}

eachWorkspace("what is protected can be read", async ({ workspace, at }) => {
  Deno.mkdirSync(at(".git"));
  Deno.writeTextFileSync(at(".git/config"), "[core]");
  equal(await textIn(workspace, ".git/config"), "[core]");
});

eachWorkspace("a write is refused above 1 MB, and a read above what is asked", async ({ workspace }) => {
  await workspace.writeFile("a", new Uint8Array(1024 * 1024));
  await rejects(workspace.writeFile("b", new Uint8Array(1024 * 1024 + 1)), { code: "too-large" });
  await rejects(workspace.readFile("a", { maxBytes: 1000 }), { code: "too-large" });
  equal(await workspace.stat("b"), undefined);
});

eachWorkspace("a write keeps the permissions, and sets those of a new file", async ({ workspace, at }) => {
  await workspace.writeFile("run.sh", bytesOf("one"), { mode: 0o750 });
  equal(Deno.statSync(at("run.sh")).mode! & 0o777, 0o750);
  await workspace.writeFile("run.sh", bytesOf("two"), { mode: 0o600 });
  equal(Deno.statSync(at("run.sh")).mode! & 0o777, 0o750);
});

eachWorkspace("a write says what it expects, and is refused if it is not so", async ({ workspace }) => {
  await workspace.writeFile("a", bytesOf("abc"), { expect: "absent" });
  const changed = { code: "changed-meanwhile" };
  await rejects(workspace.writeFile("a", bytesOf("x"), { expect: "absent" }), changed);
  await rejects(workspace.writeFile("a", bytesOf("x"), { expect: "0".repeat(64) }), changed);
  await rejects(workspace.writeFile("b", bytesOf("x"), { expect: "0".repeat(64) }), changed);
  const digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  await workspace.writeFile("a", bytesOf("new"), { expect: digest });
  equal(await textIn(workspace, "a"), "new");
});

eachWorkspace(
  "a folder with something in it is not removed, and nothing is moved onto anything",
  async ({ workspace }) => {
    await workspace.writeFile("a/x", bytesOf("x"));
    await workspace.writeFile("b", bytesOf("b"));
    await rejects(workspace.remove("a"), { code: "folder-not-empty" });
    await rejects(workspace.move("b", "a/x"), { code: "file-exists" });
    await rejects(workspace.move("b", "a"), { code: "file-exists" });
    await rejects(workspace.writeFile("b/c", bytesOf("x")), { code: "not-directory" });
    await rejects(workspace.readFile("a"), { code: "is-directory" });
    await rejects(workspace.readFile("none"), { code: "file-not-found" });
    equal(await textIn(workspace, "b"), "b");
  },
);
