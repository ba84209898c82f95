import { deepStrictEqual as deepEqual, match, strictEqual as equal } from "node:assert/strict";
import { eachProject, type Project } from "../support/cli.ts";
import { addTo } from "../support/plugins/desk.ts";
import { programAnswering, programJson, shownAsk, shownProgram } from "../support/plugins/program.ts";

const FILES = "../.loom/plugins/greet/1.0.0/files";
const GREET = ["tool", "run", "greet", "--json", '{"name":"Ada"}'];

async function add(project: Project): Promise<void> {
  await addTo(project, "./greet");
}

eachProject(
  "a plugin that is a program is added, used and removed as the page about plugins says",
  shownProgram(),
  async (project) => {
    (await project.run(["plugin", "add", "./greet"])).expect({ code: 1, err: ["Refused", "nobody can be asked"] });
    (await project.run(["plugin", "add", "./greet", "--yes"])).expect({
      out: [
        "greet 1.0.0: Greets people.",
        /runs +python3 plugin\.py\n/,
        "It may\n  - run python3 in a sandbox, its own files read-only\n",
        "- read any other file\n",
        "- reach the network\n",
        "Added greet 1.0.0.",
      ],
    });
    (await project.run(GREET)).expect({ out: ["Hello, Ada!"] });
    (await project.run(["plugin", "verify"])).expect({ out: ["greet is as it was added."] });
    const { command, digest } = (await project.run(["plugin", "info", "greet", "--json"])).json as {
      command: string[];
      digest: string;
    };
    deepEqual(command, ["python3", "plugin.py"]);
    match(digest, /^[0-9a-f]{64}$/);
    (await project.run(["plugin", "remove", "greet"])).expect({ out: ["Removed greet 1.0.0."] });
    equal(await project.has("../.loom/plugins/greet"), false);
  },
);

eachProject("loom plugin test tries a program that was not added", shownProgram(), async (project) => {
  (await project.run(["plugin", "test", "./greet"])).expect({ out: ["tool greet", /(\d+) of \1 promises kept/] });
});

eachProject("a program with a file that is not what was added is refused", shownProgram(), async (project) => {
  await add(project);
  const text = await project.read(`${FILES}/plugin.py`) ?? "";
  await project.write({ [`${FILES}/plugin.py`]: `${text}\n`, [`${FILES}/more.py`]: "" });
  (await project.run(["plugin", "verify"])).expect({
    code: 1,
    err: ["Cannot use the plugin greet: files/more.py and files/plugin.py was changed after it was added"],
  });
  (await project.run(GREET)).expect({ code: 1, not: ["Hello"] });
  (await project.run(["tool", "list"])).expect({ err: ["the tools of plugin greet cannot be had", "files/plugin.py"] });
  await project.write({ [`${FILES}/plugin.py`]: text });
  await project.remove(`${FILES}/more.py`);
  (await project.run(GREET)).expect({ out: ["Hello, Ada!"] });
  await project.remove(`${FILES}/plugin.py`);
  (await project.run(["plugin", "verify"])).expect({ code: 1, err: ["files/plugin.py"] });
});

eachProject("an update of a program that starts something else asks a person", shownProgram(), async (project) => {
  await add(project);
  (await project.run(["plugin", "update"])).expect({ out: ["greet 1.0.0 is up to date."] });
  await project.write({ "greet/plugin.py": programAnswering('"Hej"') });
  (await project.run(["plugin", "update"])).expect({ out: ["the same rights as greet 1.0.0", "Updated greet"] });
  await project.write({ "greet/plugin.json": programJson({ command: ["sh", "plugin.py"], version: "2.0.0" }) });
  (await project.run(["plugin", "update"])).expect({
    code: 1,
    out: ["It runs sh plugin.py in a sandbox; greet 1.0.0, which is there, runs python3 plugin.py in a sandbox."],
    err: ["Refused"],
  });
  (await project.run(GREET)).expect({ out: ["Hej"] });
});

eachProject("loom plugin add says all that is wrong with a plugin.json", {
  "bad/plugin.json": JSON.stringify({ nam: "x", version: "1", api: 2, comand: [], provides: { tools: ["x"] } }),
  "none/plugin.json": "[",
  "lost/plugin.json": programJson({ command: ["./lost"] }),
}, async (project) => {
  (await project.run(["plugin", "add", "./bad", "--yes"])).expect({
    code: 1,
    err: ["version: ", "api: ", "'nam' in the plugin; did you mean 'name'?", "did you mean 'command'?", "command: "],
  });
  (await project.run(["plugin", "add", "./none", "--yes"])).expect({ code: 1, err: ["plugin.json", "it is not JSON"] });
  (await project.run(["plugin", "add", "./lost", "--yes"])).expect({
    code: 1,
    err: ["command.0: there is no such file"],
  });
  await Deno.symlink("plugin.json", project.path("lost/lost"));
  (await project.run(["plugin", "add", "./lost", "--yes"])).expect({ code: 1, err: ["'lost' in it is a link"] });
});

const READING = `ask(message, params["args"][1]["workspace"]["readFile"], "notes.txt")["$bytes"]`;

eachProject("a tool that is a program reads the workspace through loom, as far as it was granted", {
  "notes.txt": "From a file",
  "greet/plugin.py": programAnswering(READING, shownAsk()),
  "greet/plugin.json": programJson({ permissions: { read: ["workspace"] } }),
}, async (project) => {
  await add(project);
  (await project.run(GREET)).expect({ out: [new TextEncoder().encode("From a file").toBase64()] });
  await project.write({ "greet/plugin.json": programJson({ permissions: {}, version: "1.1.0" }) });
  await add(project);
  (await project.run(GREET)).expect({ code: 1, not: ["RnJvbSBh"] });
});
