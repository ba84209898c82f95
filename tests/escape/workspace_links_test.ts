import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import type { Beneath, Parts } from "../../plugins/host/workspace/beneath.ts";
import { bytesOf, eachWorkspace, textIn, type TriedWorkspace, tryWorkspace, WAYS } from "../support/workspaces.ts";

/** A secret beside the workspace, and links to it from within. */
function withSecret({ at, beside }: TriedWorkspace): void {
  Deno.mkdirSync(beside("out"));
  Deno.writeTextFileSync(beside("out/secret"), "canary");
  Deno.symlinkSync(beside("out"), at("folder"));
  Deno.symlinkSync("../out/secret", at("file"));
  Deno.symlinkSync("folder", at("twice"));
}

const LINKS = [
  "file",
  "folder",
  "folder/secret",
  "folder/new",

  "twice/secret",
  "./folder/./secret",
];

for (const path of LINKS) {
  eachWorkspace(`a link that leaves leads nowhere: ${path}`, async (tried) => {
    withSecret(tried);
    const { workspace, at, beside } = tried;
    const refused = { code: /outside-workspace|special-file|is-directory|file-not-found/ };
    await rejects(workspace.readFile(path), refused);
    await rejects(workspace.writeFile(path, bytesOf("x")), refused);
    await rejects(workspace.list(path), refused);
    await rejects(workspace.remove(path), refused);
    await rejects(workspace.move(path, "y"), refused);
    deepEqual([...Deno.readDirSync(beside("out"))].map(({ name }) => name), ["secret"]);
    equal(Deno.readTextFileSync(beside("out/secret")), "canary");
    equal(Deno.lstatSync(at("folder")).isSymlink, true);
  });
}

eachWorkspace("a link that stays inside is followed, and the link survives", async ({ workspace, at }) => {
  await workspace.writeFile("real/a.txt", bytesOf("one"));
  Deno.symlinkSync("real", at("folder"));
  Deno.symlinkSync("real/a.txt", at("link.txt"));
  equal(await textIn(workspace, "folder/a.txt"), "one");
  await workspace.writeFile("link.txt", bytesOf("two"));
  equal(Deno.readTextFileSync(at("real/a.txt")), "two");
  equal(Deno.lstatSync(at("link.txt")).isSymlink, true);
  equal((await workspace.stat("link.txt"))?.kind, "symlink");
});

eachWorkspace("a link by another name does not open what is protected", async ({ workspace, at }) => {
  Deno.mkdirSync(at(".git"));
  Deno.symlinkSync(".git", at("innocent"));
  await rejects(workspace.writeFile("innocent/config", bytesOf("x")), { code: "protected-path" });
  deepEqual([...Deno.readDirSync(at(".git"))], []);
});

eachWorkspace("links to nowhere and circles of links are refused", async ({ workspace, at, beside }) => {
  Deno.symlinkSync(beside("absent"), at("nowhere"));
  Deno.symlinkSync("circle", at("circle"));
  await rejects(workspace.writeFile("nowhere", bytesOf("x")), { code: "special-file" });
  await rejects(workspace.writeFile("nowhere/x", bytesOf("x")), { code: "special-file" });
  await rejects(workspace.readFile("circle"), { code: "special-file" });
  equal([...Deno.readDirSync(beside("."))].length, 1);
});

eachWorkspace("a file with several names is read but never changed", async ({ workspace, at, beside }) => {
  Deno.writeTextFileSync(beside("outside"), "canary");
  Deno.linkSync(beside("outside"), at("inside"));
  equal(await textIn(workspace, "inside"), "canary");
  for (
    const work of [
      workspace.writeFile("inside", bytesOf("x")),
      workspace.remove("inside"),
      workspace.move("inside", "y"),
    ]
  ) {
    await rejects(work, { code: "special-file", message: /hard links/ });
  }
  equal(Deno.readTextFileSync(beside("outside")), "canary");
});

/** Puts a link in the place of a folder after paths were checked, and before anything is opened. */
function swapping(inner: Beneath, swap: () => void): Beneath {
  let done = false;
  const once = <A extends readonly unknown[], T>(work: (...args: A) => T) => (...args: A): T => {
    if (!done) swap();
    done = true;
    return work(...args);
  };
  return {
    look: once((parts: Parts) => inner.look(parts)),
    read: once((parts, max) => inner.read(parts, max)),
    list: once((parts) => inner.list(parts)),
    makeFolder: once((parts, mode) => inner.makeFolder(parts, mode)),
    replace: once((parts, bytes, options) => inner.replace(parts, bytes, options)),
    remove: once((parts, was) => inner.remove(parts, was)),
    rename: once((from, to, was) => inner.rename(from, to, was)),
    close: () => inner.close(),
  };
}

const DEEDS: Readonly<Record<string, (tried: TriedWorkspace) => Promise<unknown>>> = {
  readFile: ({ workspace }) => workspace.readFile("folder/secret"),
  writeFile: ({ workspace }) => workspace.writeFile("folder/secret", bytesOf("x")),
  "writeFile of a new file": ({ workspace }) => workspace.writeFile("folder/new", bytesOf("x")),
  remove: ({ workspace }) => workspace.remove("folder/secret"),
  move: ({ workspace }) => workspace.move("folder/secret", "here"),
  "move into it": ({ workspace }) => workspace.move("a", "folder/a"),
  list: ({ workspace }) => workspace.list("folder"),
  stat: ({ workspace }) => workspace.stat("folder/secret"),
};

for (const [way, beneath] of Object.entries(WAYS)) {
  for (const [name, deed] of Object.entries(DEEDS)) {
    Deno.test(`${name} is refused when a link takes a folder's place during the call [${way}]`, async () => {
      let swap = () => {};
      using tried = tryWorkspace({ beneath: (root) => swapping(beneath(root), () => swap()) });
      const { at, beside } = tried;
      Deno.mkdirSync(at("folder"));
      Deno.writeTextFileSync(at("folder/secret"), "harmless");
      Deno.writeTextFileSync(at("a"), "a");
      Deno.mkdirSync(beside("out"));
      Deno.writeTextFileSync(beside("out/secret"), "canary");
      swap = () => {
        Deno.renameSync(at("folder"), beside("gone"));
        Deno.symlinkSync(beside("out"), at("folder"));
      };
      await rejects(deed(tried), { code: /changed-meanwhile|not-directory/ });
      deepEqual([...Deno.readDirSync(beside("out"))].map(({ name }) => name), ["secret"]);
      equal(Deno.readTextFileSync(beside("out/secret")), "canary");
    });
  }
}

Deno.test("a link that comes and goes thousands of times never leads outside", async () => {
  using tried = tryWorkspace();
  const { workspace, at, beside } = tried;
  Deno.mkdirSync(at("folder"));
  Deno.writeTextFileSync(at("folder/secret"), "harmless");
  Deno.mkdirSync(beside("out"));
  Deno.writeTextFileSync(beside("out/secret"), "canary");
  Deno.symlinkSync(beside("out"), beside("link"));
  const script = `
    const [a, b, c] = Deno.args;
    for (;;) { Deno.renameSync(a, c); Deno.renameSync(b, a); Deno.renameSync(a, b); Deno.renameSync(c, a); }`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", script, at("folder"), beside("link"), beside("aside")],
    stderr: "null",
  }).spawn();
  let ended = false;
  const status = child.status.then(() => ended = true);
  try {
    const seen = new Map<string, number>();
    while ((seen.get("harmless") ?? 0) < 200 || (seen.get("refused") ?? 0) < 200) {
      const text = await textIn(workspace, "folder/secret").catch(({ code }) =>
        typeof code === "string" ? "refused" : "?"
      );
      seen.set(text, (seen.get(text) ?? 0) + 1);
      await workspace.list("folder").catch(({ code }) => equal(typeof code, "string"));
      // The other one ends only by a mistake of this test.
      equal(ended, false);
    }
    deepEqual([...seen.keys()].sort(), ["harmless", "refused"]);
  } finally {
    child.kill("SIGKILL");
    await status;
  }
  deepEqual([...Deno.readDirSync(beside("out"))].map(({ name }) => name), ["secret"]);
});
