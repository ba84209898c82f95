import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import type { LoadedPlugin } from "../ports/plugin.ts";
import type { Exclusive, PluginStart, ProgramStart } from "../ports/plugin_store.ts";
import { memoryFiles } from "../../tests/support/memory_files.ts";
import { fakeClock } from "../../tests/support/fake_clock.ts";
import { type PluginCandidate, PluginShelf } from "./store.ts";
import { manifestText } from "./manifest.ts";
import { preparePlugin } from "./prepare.ts";

const FOLDER = "/home/ada/.loom/plugins";
const CODE = `${FOLDER}/greet/1.0.0/plugin.js`;

const inTurn: Exclusive = { hold: (_path, work) => work() };

function setUp() {
  const files = memoryFiles();
  const loaded: PluginStart[] = [];
  const programs: ProgramStart[] = [];
  const shelf = new PluginShelf({
    folder: FOLDER,
    files,
    clock: fakeClock(),
    exclusive: inTurn,
    loader: {
      claims: () => Promise.reject(new Error("not asked")),
      load: (start) => {
        loaded.push(start);
        return {} as LoadedPlugin;
      },
      loadProgram: (start) => {
        programs.push(start);
        return {} as LoadedPlugin;
      },
    },
  });
  const candidate = (change: { version?: string; code?: string } = {}): PluginCandidate => {
    const { version = "1.0.0", code = "export default 1;\n" } = change;
    const checked = {
      manifest: { name: "greet", version, api: 1, permissions: { hosts: ["example.org"], read: ["workspace/data"] } },
      provides: { tool: ["greet"] },
    } as const;
    const digests = { digest: files.digestText(code), manifestDigest: files.digestText(manifestText(checked)) };
    return { ...checked, code, source: { asked: "/greet", resolved: "/greet" }, ...digests };
  };
  return { files, shelf, candidate, loaded, programs };
}

Deno.test("PluginShelf keeps a plugin and finds it again", async () => {
  const { shelf, candidate } = setUp();
  equal((await shelf.list()).length, 0);
  await shelf.put(candidate());
  const found = await shelf.find("greet");
  deepEqual([found?.version, found?.state, found?.granted], ["1.0.0", "ok", candidate().manifest.permissions]);
  equal(await shelf.find("constructor"), undefined);
});

Deno.test("PluginShelf.load() gives what was granted, as far as the tier allows, and the digest to check", async () => {
  const { shelf, candidate, loaded } = setUp();
  await shelf.put(candidate());
  await shelf.load("greet", { tier: "workspace-write", workspace: "/w" });
  await shelf.load("greet", { workspace: "/w" });
  deepEqual(loaded.map(({ module, digest, permissions }) => [module, digest, permissions.net, permissions.read]), [
    [CODE, candidate().digest, ["example.org:80", "example.org:443"], ["/w/data"]],
    [CODE, candidate().digest, false, ["/w/data"]],
  ]);
});

Deno.test("PluginShelf.load() refuses what was changed, each time it is asked", async () => {
  const { shelf, candidate, files, loaded } = setUp();
  await shelf.put(candidate());
  files.write(CODE, "export default 2;\n");
  await rejects(shelf.load("greet"), {
    code: "plugin-changed",
    data: { name: "greet", folder: `${FOLDER}/greet/1.0.0`, changed: ["plugin.js"] },
  });
  files.write(CODE, "export default 1;\n");
  await shelf.load("greet");
  files.write(`${FOLDER}/greet/1.0.0/manifest.json`, "{}");
  await rejects(shelf.load("greet"), { code: "plugin-changed" });
  equal(loaded.length, 1);
});

Deno.test("PluginShelf.load() refuses a link, even to the same bytes", async () => {
  const { shelf, candidate, files } = setUp();
  await shelf.put(candidate());
  files.write("/elsewhere.js", "export default 1;\n");
  files.remove(CODE);
  files.link(CODE, "/elsewhere.js");
  await rejects(shelf.load("greet"), { code: "plugin-changed" });
});

Deno.test("PluginShelf.load() refuses what is missing", async () => {
  const { shelf, candidate, files } = setUp();
  await shelf.put(candidate());
  files.remove(CODE);
  await rejects(shelf.load("greet"), { code: "plugin-missing" });
  await rejects(shelf.load("gret"), { code: "unknown-plugin", hint: "did you mean 'greet'?" });
});

Deno.test("PluginShelf.put() takes the place of another version", async () => {
  const { shelf, candidate, files } = setUp();
  await shelf.put(candidate());
  await shelf.put(candidate({ version: "2.0.0", code: "export default 2;\n" }));
  deepEqual(files.list(`${FOLDER}/greet`).map(({ name }) => name), ["2.0.0"]);
  deepEqual((await shelf.list()).map(({ version, state }) => [version, state]), [["2.0.0", "ok"]]);
});

Deno.test("PluginShelf.put() takes the place of the same version with other code", async () => {
  const { shelf, candidate } = setUp();
  await shelf.put(candidate());
  const other = candidate({ code: "export default 2;\n" });
  await shelf.put(other);
  const found = await shelf.need("greet");
  deepEqual([found.digest, found.state], [other.digest, "ok"]);
});

Deno.test("PluginShelf.remove() leaves nothing of it", async () => {
  const { shelf, candidate, files } = setUp();
  await shelf.put(candidate());
  await shelf.remove("greet");
  deepEqual(files.list(FOLDER).map(({ name }) => name), ["lock.json"]);
  await rejects(shelf.remove("greet"), { code: "unknown-plugin" });
});

const BROKEN = ["", "[]", "{", '{"version":2,"plugins":{}}', '{"version":1,"plugins":{"../x":{}}}'];

for (const text of BROKEN) {
  Deno.test(`PluginShelf says of a lock file that holds ${JSON.stringify(text)} that it is none`, async () => {
    const { shelf, files } = setUp();
    files.write(`${FOLDER}/lock.json`, text);
    await rejects(shelf.list(), { code: "plugin-lock" });
  });
}

Deno.test("PluginShelf takes no version from the lock file that leads out of its folder", async () => {
  const { shelf, candidate, files } = setUp();
  await shelf.put(candidate());
  const text = files.readText(shelf.lockPath)!;
  files.write(shelf.lockPath, text.replace('"1.0.0"', '"../../x"'));
  await rejects(shelf.list(), { code: "plugin-lock" });
});

Deno.test("PluginShelf.load() gives no right that the lock file does not grant", async () => {
  const { shelf, candidate, files, loaded } = setUp();
  await shelf.put(candidate());
  files.write(shelf.lockPath, files.readText(shelf.lockPath)!.replace('"example.org"', '"example.com"'));
  await rejects(shelf.load("greet"), { code: "plugin-not-granted" });
  equal(loaded.length, 0);
});

const COMMAND = ["python3", "plugin.py"];

async function withProgram() {
  const all = setUp();
  const { manifest, provides } = all.candidate();
  const said = { ...manifest, provides, command: COMMAND };
  const given = new Map([["plugin.py", "print()"], ["lib/a.py", ""], ["plugin.json", JSON.stringify(said)]]);
  const contents = new Map([...given].map(([path, text]) => [path, new TextEncoder().encode(text)]));
  const source = { asked: "/greet", resolved: "/greet" };
  const sources = { bundle: () => Promise.resolve({ said, files: contents, source }) };
  const loader = { claims: unasked, load: unasked, loadProgram: unasked };
  const program = await preparePlugin("/greet", { files: all.files, sources, loader }, { cwd: "/" });
  await all.shelf.put(program);
  return { ...all, program };
}

function unasked(): never {
  throw new Error("not asked");
}

Deno.test("PluginShelf.load() starts a program with its own files to read, as far as the tier allows", async () => {
  const { shelf, loaded, programs } = await withProgram();
  await shelf.load("greet", { tier: "workspace-write", workspace: "/w" });
  await shelf.load("greet");
  const folder = `${FOLDER}/greet/1.0.0/files`;
  deepEqual(programs.map(({ argv, folder, policy }) => [argv, folder, policy.read, policy.hosts]), [
    [COMMAND, folder, ["/w/data", folder], ["example.org"]],
    [COMMAND, folder, [folder], []],
  ]);
  equal(loaded.length, 0);
});

Deno.test("PluginShelf tells which files of a program are not what was added", async () => {
  const { shelf, files, program } = await withProgram();
  const folder = `${FOLDER}/greet/1.0.0`;
  files.write(`${folder}/files/lib/a.py`, "1");
  files.write(`${folder}/files/more`, "");
  const { state, changed } = await shelf.need("greet");
  deepEqual([state, changed], ["changed", ["files/lib/a.py", "files/more"]]);
  await rejects(shelf.load("greet"), { code: "plugin-changed" });
  await shelf.put(program);
  files.write(`${folder}/files.txt`, program.code.replace("lib/a.py", "lib/b.py"));
  deepEqual((await shelf.need("greet")).changed, ["files.txt"]);
  await shelf.put(program);
  files.move(`${folder}/files`, "/elsewhere");
  files.link(`${folder}/files`, "/elsewhere");
  deepEqual((await shelf.need("greet")).changed, ["files"]);
});

Deno.test("PluginShelf.load() starts nothing that stands in the lock file alone", async () => {
  const { shelf, files, programs } = await withProgram();
  const text = files.readText(shelf.lockPath)!;
  files.write(shelf.lockPath, text.replace('"python3"', '"bash"'));
  await rejects(shelf.load("greet"), { code: "plugin-not-granted" });
  const { plugins, ...rest } = JSON.parse(text);
  const { command: _, ...module } = plugins.greet;
  files.write(shelf.lockPath, JSON.stringify({ ...rest, plugins: { greet: module } }));
  await rejects(shelf.load("greet"), { code: "plugin-missing" });
  equal(programs.length, 0);
});
