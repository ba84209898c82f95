import { deepStrictEqual as deepEqual, strictEqual as equal, throws } from "node:assert/strict";
import { memoryFiles } from "../../tests/support/memory_files.ts";
import { checkPlugin } from "./manifest.ts";
import { programStart } from "./policy.ts";
import { changedPaths, fileList, ownProgram, programClaims } from "./program.ts";
import { listBelow, writeProgram } from "./program_files.ts";
import { rightsInWords } from "./rights.ts";

const SAID = {
  name: "greet",
  version: "1.0.0",
  api: 1,
  permissions: { read: ["data"], hosts: ["example.org"], programs: ["git"] },
  command: ["python3", "plugin.py"],
  provides: { tool: ["greet"] },
};

const check = (change: object, files = ["plugin.py"]) =>
  checkPlugin(programClaims({ ...SAID, ...change }, files), "it");

Deno.test("ownProgram() knows a file of the plugin from a program of the system", () => {
  const paths = ["./run", "./bin/run", "run", "/run", "./../run", "./bin/../../run", "./", ".", "..", ".//run", ""];
  deepEqual(paths.map((path) => ownProgram([path])), ["run", "bin/run", ...paths.slice(2).map(() => undefined)]);
});

Deno.test("checkPlugin() takes the command of a program, and only one that can be started", () => {
  deepEqual(check({}).command, SAID.command);
  deepEqual(check({ command: ["./plugin.py"] }).command, ["./plugin.py"]);
  const wrong = [undefined, [], "python3", [1], [""], ["./lost"], ["../sh"], ["sh -c"], ["sh", "a\nb"], ["-x"]];
  for (const command of wrong) throws(() => check({ command }), { code: "plugin-invalid" }, JSON.stringify(command));
});

Deno.test("checkPlugin() says all that is wrong with a program at once", () => {
  const messages: string[] = [];
  throws(() => check({ nam: 1, comand: [], version: "1", command: ["./lost"], provides: {} }), (error) => {
    const { problems } = error as { problems: readonly { message: string; hint?: string }[] };
    return messages.push(...problems.map(({ message, hint = "" }) => `${message} ${hint}`)) > 0;
  });
  for (const word of ["version: ", "did you mean 'name'?", "did you mean 'command'?", "provides: ", "command.0: "]) {
    equal(messages.filter((message) => message.includes(word)).length, 1, word);
  }
});

Deno.test("programClaims() of what is no object is refused, and is no crash", () => {
  for (const said of [null, 1, "x", [], [1]]) {
    throws(() => checkPlugin(programClaims(said, []), "it"), { code: "plugin-invalid" });
  }
});

Deno.test("programStart() adds to what is granted its own files to read and itself to start, in every tier", () => {
  const options = { tier: "read-only", workspace: "/w" } as const;
  const { policy, argv } = programStart(check({}), "/files", options);
  deepEqual([policy.read, policy.write, policy.hosts, policy.programs], [["/w/data", "/files"], [], [], ["python3"]]);
  deepEqual(argv, SAID.command);
  const own = programStart(check({ command: ["./plugin.py", "-v"] }), "/files", {
    ...options,
    tier: "workspace-write",
  });
  deepEqual([own.argv, own.policy.programs], [["/files/plugin.py", "-v"], ["/files/plugin.py"]]);
  deepEqual(own.policy.hosts, ["example.org"]);
});

Deno.test("rightsInWords() of a program says that it is run, and does not say that it starts nothing", () => {
  const { may, mayNot, notes } = rightsInWords({}, ["python3", "plugin.py"]);
  deepEqual(may, ["run python3 in a sandbox, its own files read-only"]);
  deepEqual(mayNot, [
    "read any other file",
    "change any file",
    "reach the network",
    "see a variable of your environment",
  ]);
  equal(notes.length, 1);
});

const FILES = new Map(["plugin.py", "lib/a.py"].map((path) => [path, new TextEncoder().encode(path)]));

async function written() {
  const files = memoryFiles();
  writeProgram({ files: FILES, command: ["./plugin.py"] }, "/f", files);
  return { files, list: await listBelow("/f", files) };
}

Deno.test("the list of a program's files does not depend on their order, and is that of the folder", async () => {
  const { files, list } = await written();
  const entry = (path: string) => ({ path, executable: path === "plugin.py", digest: files.digestText(path) });
  equal(fileList(["plugin.py", "lib/a.py"].map(entry)), list);
  equal(fileList(["lib/a.py", "plugin.py"].map(entry)), list);
});

const CHANGES: Readonly<Record<string, (files: ReturnType<typeof memoryFiles>) => void>> = {
  "a file that was changed": (files) => files.write("/f/lib/a.py", "x"),
  "a file that is missing": (files) => files.remove("/f/lib/a.py"),
  "a file that can be started now": (files) => files.makeExecutable("/f/lib/a.py"),
  "a link to the same bytes": (files) => {
    files.move("/f/lib/a.py", "/a.py");
    files.link("/f/lib/a.py", "/a.py");
  },
};

for (const [name, change] of Object.entries(CHANGES)) {
  Deno.test(`changedPaths() tells of ${name}`, async () => {
    const { files, list } = await written();
    change(files);
    deepEqual(changedPaths(list, await listBelow("/f", files)), ["lib/a.py"]);
  });
}

Deno.test("changedPaths() tells of a file more, whatever it is called", async () => {
  const { files, list } = await written();
  const name = `x\n["plugin.py","x","${files.digestText("plugin.py")}"]`;
  files.write(`/f/${name}`, "");
  deepEqual(changedPaths(list, await listBelow("/f", files)), [name]);
});
