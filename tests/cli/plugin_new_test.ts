import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { dirname } from "node:path";
import { eachProject } from "../support/cli.ts";
import { Heard } from "../support/heard.ts";
import { pluginText } from "../support/plugins/sources.ts";
import { sendSignal } from "../support/send_signal.ts";

const PORTS = ["tool", "model", "search", "mlops", "model-builder"];

eachProject("loom plugin new makes a plugin that passes its suite", {}, async (project) => {
  (await project.run(["plugin", "new", "my-plugin", "--port", "search"])).expect({
    out: ["Made my-plugin/", "loom plugin add ./my-plugin"],
  });
  deepEqual(project.list("my-plugin"), ["README.md", "deno.json", "loom.ts", "mod.ts", "mod_test.ts"]);
  (await project.run(["plugin", "test", "./my-plugin"])).expect({
    out: ["my-plugin 0.1.0", "ok", "17 of 17 promises kept"],
    not: ["FAIL"],
  });
});

Deno.test("what loom plugin new makes passes its own tests, the linter and the formatter", async () => {
  const { scaffold } = await import("../../core/plugins/scaffold/mod.ts");
  const folder = await Deno.makeTempDir({ prefix: "loom-new-" });
  try {
    for (const port of PORTS) {
      await Deno.mkdir(`${folder}/${port}`);
      const files = Object.entries(scaffold(`my-${port}`, port));
      for (const [name, content] of files) await Deno.writeTextFile(`${folder}/${port}/${name}`, content);
      for (const args of [["test", "--no-lock"], ["lint"], ["fmt", "--check", "--line-width", "120"]]) {
        const ran = await new Deno.Command(Deno.execPath(), { args, cwd: `${folder}/${port}` }).output();
        equal(
          ran.code,
          0,
          `${port}: deno ${args[0]}: ${new TextDecoder().decode(ran.stderr)}${new TextDecoder().decode(ran.stdout)}`,
        );
      }
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

eachProject(
  "loom plugin new touches nothing that is there",
  { "greet/mine.txt": "mine", "file": "x" },
  async (project) => {
    (await project.run(["plugin", "new", "greet"])).expect({ code: 1, err: ["there is something already"] });
    (await project.run(["plugin", "new", "file"])).expect({ code: 1, err: ["there is something already"] });
    deepEqual(project.list("greet"), ["mine.txt"]);
    await Deno.symlink(dirname(project.folder), project.path("linked"));
    (await project.run(["plugin", "new", "linked"])).expect({ code: 1 });
    for (const name of ["../up", "Greet", "a b", "-x", ""]) {
      equal((await project.run(["plugin", "new", name])).code, 2, name);
    }
    (await project.run(["plugin", "new", "x", "--port", "tol"])).expect({
      code: 1,
      err: ["There is no port 'tol'", "did you mean 'tool'?"],
    });
    await project.write({ "empty/": "" });
    (await project.run(["plugin", "new", "empty", "--json"])).expect({});
  },
);

eachProject("loom plugin test says which promise is not kept", {
  "liar/mod.ts": pluginText("liar").replace("files_changed: []", "files_changed: ['../x']"),
}, async (project) => {
  const tried = (await project.run(["plugin", "test", "./liar", "--json"])).expect({ code: 1, err: [/FAIL {2}/] });
  const { kept, providers } = tried.json as { kept: boolean; providers: { cases: { kept: boolean }[] }[] };
  const { cases } = providers[0];
  deepEqual([kept, cases.some((it) => it.kept), cases.some((it) => !it.kept)], [false, true, true]);
});

eachProject("a stranger's path: new, edit, add, run, remove", {}, async (project) => {
  (await project.run(["plugin", "new", "greet", "--port", "tool"])).expect({});
  const before = (await project.read("greet/mod.ts"))!;
  match(before, /Hello, \$\{name\}!/);
  await project.write({ "greet/mod.ts": before.replace("Hello, ${name}!", "Welcome, ${name}!") });
  (await project.run(["plugin", "add", "./greet", "--yes"])).expect({
    out: ["compute, and nothing else", "Added greet 0.1.0."],
  });
  (await project.run(["tool", "list"])).expect({ out: ["greet"] });
  (await project.run(["tool", "run", "greet", "--json", '{"name":"Ada"}'])).expect({ exactly: "Welcome, Ada!\n" });
  (await project.run(["plugin", "remove", "greet"])).expect({ out: ["Removed greet 0.1.0."] });
  (await project.run(["tool", "run", "greet", "--json", '{"name":"Ada"}'])).expect({ code: 1 });
});

eachProject("loom plugin test --dev tries a plugin again whenever it is changed, and outlives its mistakes", {
  "greet/mod.ts": pluginText("greet"),
}, async (project) => {
  const child = project.start(["plugin", "test", "./greet", "--dev"]);
  await child.stdin.close();
  const [said, complaints] = [new Heard(child.stdout), new Heard(child.stderr)];
  await complaints.until("Waiting for a change");
  ok(!said.text.includes("FAIL"), said.text);
  await project.write({ "greet/mod.ts": "export default {" });
  await complaints.until("error: ");
  await complaints.until("Waiting for a change");
  await project.write({ "greet/mod.ts": pluginText("greet").replace("files_changed: []", "files_changed: ['../x']") });
  await said.until("FAIL");
  await complaints.until("Waiting for a change");
  sendSignal(child, "SIGINT");
  equal((await child.status).code, 130);
  await Promise.all([said.ended, complaints.ended]);
});
