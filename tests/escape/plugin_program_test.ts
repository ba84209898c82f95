import { deepStrictEqual as deepEqual, match, rejects, strictEqual as equal } from "node:assert/strict";
import { hostContext } from "../../compose/context.ts";
import { pluginDesk } from "../../compose/plugins.ts";
import type { PluginLoadOptions } from "../../core/ports/plugin_store.ts";
import { pluginTools } from "../../core/tools/plugin_tools.ts";
import { sandboxUnavailable } from "../../plugins/host/sandbox/state.ts";
import { deskIn } from "../support/plugins/desk.ts";
import { GitServer } from "../support/plugins/git_server.ts";
import { programAnswering, programJson, shownProgram } from "../support/plugins/program.ts";
import { TemporaryFolder } from "../support/plugins/sources.ts";

const CANARY = "canary-31d7be40c1aa";

/** Each attempt tells what it got, or how it failed. */
const ATTEMPTS = `
import glob, json, os, socket

def attempt(work):
    try:
        return str(work())
    except (OSError, KeyError) as error:
        return type(error).__name__

def text(path):
    with open(path) as file:
        return file.read()

def add_to(path):
    with open(path, "a") as file:
        return file.write("# more")

def attempts():
    given = json.loads(sys.argv[1])
    return json.dumps({
        "own": attempt(lambda: len(text("plugin.json")) > 0),
        "secret": attempt(lambda: text(given["top"] + "/secret")),
        "data": attempt(lambda: text(given["top"] + "/project/data/file")),
        "beside": attempt(lambda: text(given["top"] + "/project/other")),
        "lock": attempt(lambda: text(given["top"] + "/state/plugins/lock.json")),
        "change": attempt(lambda: add_to("plugin.py")),
        "write": attempt(lambda: add_to(given["top"] + "/project/data/file")),
        "canary": attempt(lambda: os.environ["LOOM_TEST_CANARY"]),
        "other": any(${JSON.stringify(CANARY)} in text(it) for it in glob.glob("/proc/[0-9]*/environ")),
        "socket": attempt(lambda: socket.create_connection(("127.0.0.1", given["port"]), 2)),
    })

`;

const NOTHING = {
  own: "True",
  secret: "FileNotFoundError",
  data: "FileNotFoundError",
  beside: "FileNotFoundError",
  lock: "FileNotFoundError",
  change: "OSError",
  write: "FileNotFoundError",
  canary: "KeyError",
  other: false,
  socket: "ConnectionRefusedError",
};

/** What a plugin with these rights gets when it tries. */
async function attempted(permissions: object, tier: PluginLoadOptions["tier"]) {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  await using folder = await TemporaryFolder.make({
    "secret": CANARY,
    "project/data/file": "data",
    "project/other": CANARY,
  });
  const given = JSON.stringify({ top: folder.path, port: listener.addr.port });
  await folder.write("greet/plugin.py", programAnswering("attempts()", ATTEMPTS));
  await folder.write("greet/plugin.json", programJson({ permissions, command: ["python3", "plugin.py", given] }));
  Deno.env.set("LOOM_TEST_CANARY", CANARY);
  try {
    const { shelf, prepare } = deskIn(`${folder.path}/state`, { LOOM_TEST_CANARY: CANARY });
    await shelf.put(await prepare("./greet", { cwd: folder.path }));
    const plugin = await shelf.load("greet", { tier, workspace: `${folder.path}/project` });
    const { output } = await plugin.call(CALL) as { output: string };
    await plugin.close();
    return JSON.parse(output);
  } finally {
    Deno.env.delete("LOOM_TEST_CANARY");
  }
}

const CALL = { port: "tool", name: "greet", method: "run", args: [{ name: "Ada" }] } as const;

Deno.test("a program without rights gets nothing but its own files, which it cannot change", async () => {
  deepEqual(await attempted({}, "workspace-write"), NOTHING);
});

Deno.test("a program gets the folder and the variable that it was granted, and nothing beside them", async () => {
  const rights = { write: ["data"], variables: ["LOOM_TEST_CANARY"] };
  const own = { canary: CANARY, other: true };
  deepEqual(await attempted(rights, "workspace-write"), { ...NOTHING, ...own, data: "data", write: "6" });
  deepEqual(await attempted({ ...rights, read: ["data"] }, "read-only"), {
    ...NOTHING,
    ...own,
    data: "data",
    write: "OSError",
  });
});

Deno.test("a program of the plugin's own starts, and no other file of it", async () => {
  const { "greet/plugin.py": text } = shownProgram();
  await using folder = await TemporaryFolder.make({
    "greet/plugin.json": programJson({ command: ["./bin/greet"] }),
    "greet/bin/greet": `#!/usr/bin/python3\n${text}`,
    "greet/bin/other": "#!/bin/sh\n",
  });
  const { shelf, prepare } = deskIn(`${folder.path}/state`);
  const { folder: kept } = await shelf.put(await prepare("./greet", { cwd: folder.path }));
  const plugin = await shelf.load("greet");
  deepEqual(await plugin.call(CALL), { success: true, output: "Hello, Ada!", files_changed: [] });
  await plugin.close();
  equal(Deno.statSync(`${kept}/files/bin/other`).mode! & 0o111, 0);
  Deno.chmodSync(`${kept}/files/bin/other`, 0o755);
  await rejects(shelf.load("greet"), { code: "plugin-changed", message: /files\/bin\/other/ });
});

Deno.test("a program is not started where there is no sandbox, and the person is told what to do", async () => {
  await using folder = await TemporaryFolder.make(shownProgram());
  const lack = { available: false, reason: "bubblewrap is not installed", fix: "install the bubble" } as const;
  const sandboxes = { state: () => Promise.resolve(lack), start: () => Promise.reject(sandboxUnavailable(lack)) };
  const env = { LOOM_HOME: `${folder.path}/state` };
  const { shelf, prepare } = pluginDesk({ ...hostContext(), env, sandboxes });
  await shelf.put(await prepare("./greet", { cwd: folder.path }));
  const plugin = await shelf.load("greet");
  await rejects(plugin.call(CALL), { code: "sandbox-unavailable" });
  await plugin.close();
  const { tools, broken } = await pluginTools(shelf);
  equal(tools.length, 0);
  match(broken[0].reason, /bubblewrap is not installed; .*install the bubble/);
});

Deno.test("a program in a repository of git is the same as in a folder", async () => {
  const files = { "plugin.json": programJson({}), "plugin.py": shownProgram("x")["x/plugin.py"] as string };
  await using server = await GitServer.make();
  await server.commit("greet.git", files);
  await using folder = await TemporaryFolder.make(files);
  const { prepare } = deskIn(`${folder.path}/state`);
  const [one, other] = await Promise.all([server.url("greet.git"), "."].map((it) => prepare(it, { cwd: folder.path })));
  deepEqual([one.digest, one.command], [other.digest, ["python3", "plugin.py"]]);
});
