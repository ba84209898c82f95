import { deepStrictEqual as deepEqual, rejects, strictEqual as equal, throws } from "node:assert/strict";
import { hostWorkspace } from "../../plugins/host/workspace/mod.ts";
import { bytesOf, eachWorkspace, tryWorkspace } from "../support/workspaces.ts";

function make(program: string, ...args: readonly string[]): void {
  const { success, stderr } = new Deno.Command(program, { args: [...args] }).outputSync();
  if (!success) throw new Error(`${program}: ${new TextDecoder().decode(stderr)}`);
}

eachWorkspace("a pipe is refused at once: nobody waits for its other end", async ({ workspace, at }) => {
  make("mkfifo", at("pipe"));
  await rejects(workspace.readFile("pipe"), { code: "special-file" });
  await rejects(workspace.writeFile("pipe", bytesOf("x")), { code: "special-file" });
  await rejects(workspace.remove("pipe"), { code: "special-file" });
  equal((await workspace.stat("pipe"))?.kind, "other");
});

eachWorkspace("a socket is refused", async ({ workspace, at }) => {
  const server = Deno.listen({ transport: "unix", path: at("socket") });
  try {
    await rejects(workspace.readFile("socket"), { code: "special-file" });
    await rejects(workspace.writeFile("socket", bytesOf("x")), { code: "special-file" });
  } finally {
    server.close();
  }
});

eachWorkspace("a failed write leaves nothing behind", async ({ workspace, at }) => {
  await workspace.writeFile("a", bytesOf("one"));
  await rejects(workspace.writeFile("a", bytesOf("two"), { expect: "absent" }));
  await rejects(workspace.writeFile(`${"n".repeat(300)}`, bytesOf("x")), { code: "name-too-long" });
  deepEqual([...Deno.readDirSync(at("."))].map(({ name }) => name), ["a"]);
});

eachWorkspace("names of any characters but null are names", async ({ workspace, at }) => {
  const names = [" ", "a b", "ünïcode-日本", "-rf", "'quo\"te", "new\nline", "a\\b", "%2e%2e", "..."];
  for (const name of names) await workspace.writeFile(name, bytesOf(name));
  deepEqual(new Set([...Deno.readDirSync(at("."))].map(({ name }) => name)), new Set(names));
  deepEqual(new Set((await workspace.list(".")).map(({ path }) => path)), new Set(names));
});

Deno.test("hostWorkspace() refuses the whole disk, files, and what is not there", () => {
  throws(() => hostWorkspace("/"), { code: "invalid-path" });
  throws(() => hostWorkspace("/absent/folder"), { code: "not-found" });
  using tried = tryWorkspace();
  Deno.writeTextFileSync(tried.at("file"), "x");
  throws(() => hostWorkspace(tried.at("file")), { code: "not-directory" });
});

Deno.test("hostWorkspace() resolves links to the folder itself once", async () => {
  using tried = tryWorkspace();
  Deno.symlinkSync(tried.at("."), tried.beside("link"));
  using other = hostWorkspace(tried.beside("link"));
  equal(`${other.root}/`, tried.at(""));
  await other.writeFile(`${tried.beside("link")}/a`, bytesOf("x"));
  equal(Deno.readTextFileSync(tried.at("a")), "x");
});
