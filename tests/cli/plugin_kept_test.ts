import { deepStrictEqual as deepEqual, match, strictEqual as equal } from "node:assert/strict";
import { eachProject, type FileSet } from "../support/cli.ts";
import { addTo } from "../support/plugins/desk.ts";
import { pluginText } from "../support/plugins/sources.ts";

const FILES: FileSet = { "greet/mod.ts": pluginText("greet"), "wave/mod.ts": pluginText("wave") };
const CODE = "../.loom/plugins/greet/1.0.0/plugin.js";
const LOCK = "../.loom/plugins/lock.json";

eachProject(
  "a plugin that was changed on disk is refused, and told of, until it is added again",
  FILES,
  async (project) => {
    await addTo(project, "./greet", "./wave");
    (await project.run(["plugin", "verify"])).expect({ out: ["2 plugins are as they were added."] });
    await project.write({ [CODE]: `${await project.read(CODE)}\n// one line more\n` });
    (await project.run(["plugin", "verify"])).expect({
      code: 1,
      err: ["Cannot use the plugin greet: plugin.js was changed after it was added", "loom plugin add"],
      not: ["wave"],
    });
    (await project.run(["plugin", "list"])).expect({ out: [/greet +1\.0\.0 +changed/, /wave +1\.0\.0 +ok/] });
    (await project.run(["plugin", "info", "greet"])).expect({ out: ["greet 1.0.0", "was changed after it was added"] });
    (await project.run(["plugin", "test", "greet"])).expect({ code: 1, err: ["was changed after it was added"] });
    await addTo(project, "./greet");
    (await project.run(["plugin", "verify", "greet"])).expect({ out: ["greet is as it was added."] });
  },
);

eachProject("a plugin that is missing is told of, and can be removed", FILES, async (project) => {
  await addTo(project, "./greet");
  await project.remove(CODE);
  (await project.run(["plugin", "verify"])).expect({ code: 1, err: ["plugin.js is missing"] });
  (await project.run(["plugin", "remove", "greet"])).expect({ out: ["Removed greet 1.0.0."] });
  (await project.run(["plugin", "list"])).expect({ out: ["There are no plugins yet"] });
  equal(await project.has("../.loom/plugins/greet"), false);
  (await project.run(["plugin", "remove", "greet"])).expect({ code: 1, err: ["There is no plugin 'greet'"] });
});

eachProject("a name that is nearly one is told of", FILES, async (project) => {
  await addTo(project, "./greet");
  for (const verb of ["info", "remove", "verify", "update"]) {
    (await project.run(["plugin", verb, "gret"])).expect({
      code: 1,
      err: ["There is no plugin 'gret'", "did you mean 'greet'?"],
    });
  }
});

eachProject("loom plugin list and info print documents", FILES, async (project) => {
  await addTo(project, "./greet");
  const { plugins } = (await project.run(["plugin", "list", "--json"])).json as { plugins: Record<string, unknown>[] };
  deepEqual(
    plugins.map(({ name, version, state, provides, granted }) => ({ name, version, state, provides, granted })),
    [
      { name: "greet", version: "1.0.0", state: "ok", provides: { tool: ["greet"] }, granted: {} },
    ],
  );
  deepEqual((await project.run(["plugin", "info", "greet", "--json"])).json, plugins[0]);
  match(String(plugins[0].digest), /^[0-9a-f]{64}$/);
});

eachProject("a lock file that is none says so, and what to do", FILES, async (project) => {
  await addTo(project, "./greet");
  for (const text of ["{", "[]", '{"version":9,"plugins":{}}']) {
    await project.write({ [LOCK]: text });
    (await project.run(["plugin", "list"])).expect({ code: 1, err: ["lock.json", "add your plugins again"] });
  }
});

eachProject("loom plugin update fetches again, and says what is new", FILES, async (project) => {
  await addTo(project, "./greet", "./wave");
  (await project.run(["plugin", "update"])).expect({
    out: ["greet 1.0.0 is up to date.", "wave 1.0.0 is up to date."],
  });
  await project.write({ "greet/mod.ts": pluginText("greet", { version: "1.1.0", greeting: "Hej" }) });
  (await project.run(["plugin", "update", "greet"])).expect({
    out: ["It asks for the same rights as greet 1.0.0", "Updated greet from 1.0.0 to 1.1.0."],
  });
  (await project.run(["plugin", "list"])).expect({ out: [/greet +1\.1\.0 +ok/] });
  equal(await project.has("../.loom/plugins/greet/1.0.0"), false);
});

eachProject("an update that asks for more rights asks a person again", FILES, async (project) => {
  await addTo(project, "./greet");
  const permissions = { read: ["workspace"], hosts: ["evil.example.org"] };
  await project.write({ "greet/mod.ts": pluginText("greet", { version: "1.1.0", permissions }) });
  (await project.run(["plugin", "update"])).expect({
    code: 1,
    out: ["It asks for MORE than greet 1.0.0", "+ read the files of your workspace", "+ reach evil.example.org"],
    err: ["Refused", "nobody can be asked"],
  });
  (await project.run(["plugin", "list"])).expect({ out: [/greet +1\.0\.0 +ok/] });
  (await project.run(["plugin", "update", "--yes"])).expect({ out: ["Updated greet from 1.0.0 to 1.1.0."] });
  await project.write({ "greet/mod.ts": pluginText("greet", { version: "1.2.0", permissions: { read: ["data"] } }) });
  (await project.run(["plugin", "update"])).expect({
    out: ["It no longer asks", "- reach evil.example.org", "Updated greet"],
  });
});

eachProject("an update goes on after a plugin that calls itself by another name", FILES, async (project) => {
  await addTo(project, "./greet", "./wave");
  await project.write({ "greet/mod.ts": pluginText("other"), "wave/mod.ts": pluginText("wave", { version: "2.0.0" }) });
  const { plugins } = (await project.run(["plugin", "update", "--json"])).expect({
    code: 1,
    err: ["calls itself other"],
  })
    .json as { plugins: { name: string; outcome: string }[] };
  deepEqual(plugins.map(({ name, outcome }) => [name, outcome]), [["greet", "failed"], ["wave", "updated"]]);
});

const PROJECT: FileSet = {
  ...FILES,
  ".loom/plugins.yaml": "greet: ./greet\nwave:\n  source: ./wave\n  digest: DIGEST\n".replace("DIGEST", "a".repeat(64)),
};

eachProject(
  "what a project wants is told of, and is used only when a person has added it",
  PROJECT,
  async (project) => {
    (await project.run(["plugin", "list"])).expect({
      out: ["There are no plugins yet", "names greet, which was not added"],
    });
    (await project.run(["plugin", "verify"])).expect({ code: 1, err: ["names greet", "names wave"] });
    await addTo(project, "./greet", "./wave");
    (await project.run(["plugin", "verify"])).expect({
      code: 1,
      err: ["names wave", "not the one"],
      not: ["names greet"],
    });
    await project.write({ ".loom/plugins.yaml": "Greet: [1]\n" });
    (await project.run(["plugin", "list"])).expect({ code: 1, err: [/plugins\.yaml:1:/] });
  },
);
