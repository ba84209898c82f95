import { deepStrictEqual as deepEqual, match, strictEqual as equal } from "node:assert/strict";
import type { AuditEntry } from "../../core/ports/audit.ts";
import { eachProject, type FileSet, type Project } from "../support/cli.ts";
import { typedInto } from "../support/on_terminal.ts";
import { packageArchive } from "../support/plugins/archive.ts";
import { addTo } from "../support/plugins/desk.ts";
import { FakeRegistry } from "../support/plugins/registry.ts";
import { pluginText } from "../support/plugins/sources.ts";
import { snapshot } from "../support/sandbox.ts";

const RIGHTS = { read: ["data"], hosts: ["api.example.org"], variables: ["EXAMPLE_KEY"], programs: ["git"] };
const FILES: FileSet = {
  "greet/mod.ts": pluginText("greet", { permissions: RIGHTS }),
  "other/mod.ts": pluginText("greet"),
  "wave.ts": pluginText("wave"),
};

/** Names and states of the plugins there are. */
async function installed(project: Project): Promise<readonly string[]> {
  const { plugins } = (await project.run(["plugin", "list", "--json"])).json as {
    plugins: readonly { name: string; version: string; state: string }[];
  };
  return plugins.map(({ name, version, state }) => `${name} ${version} ${state}`);
}

eachProject(
  "loom plugin add shows the rights in plain words, needs a person, and is written down",
  FILES,
  async (project) => {
    (await project.run(["plugin", "add", "./greet"], { stdin: "y\n" })).expect({
      code: 1,
      err: ["Refused", "nobody can be asked"],
    });
    const env = { LOOM_ORIGIN: "agent" };
    (await project.run(["plugin", "add", "./greet", "--yes"], { env })).expect({ code: 1, err: ["Refused"] });
    deepEqual(await installed(project), []);
    const secret = { EXAMPLE_KEY: "canary-5f1c0e7a9b2d" };
    (await project.run(["plugin", "add", "./greet", "--yes"], { env: secret })).expect({
      not: [secret.EXAMPLE_KEY],
      out: [
        "greet 1.0.0",
        /from +.*\/greet\n/,
        /digest +sha256 [0-9a-f]{64}\n/,
        "provides  tool greet",
        "It may\n",
        "read the files in data/ of your workspace",
        "reach api.example.org",
        "be given the variable EXAMPLE_KEY",
        "have git started, in a sandbox",
        "It may not\n",
        "change any file",
        "What it reads or is given it can send to the hosts above.",
        "Added greet 1.0.0.",
        "loom plugin remove greet",
      ],
    });
    deepEqual(await installed(project), ["greet 1.0.0 ok"]);
    const kept = Object.values(snapshot(project.path("../.loom"))).join("");
    deepEqual([kept.includes("EXAMPLE_KEY"), kept.includes(secret.EXAMPLE_KEY)], [true, false]);
    await project.run(["plugin", "remove", "greet"]);
    deepEqual(await decisions(project), [
      "human-flag decided deny: add the plugin greet 1.0.0",
      "agent decided deny: add the plugin greet 1.0.0",
      "human-flag decided allow: add the plugin greet 1.0.0",
      "human-flag done: add the plugin greet 1.0.0",
      "human-flag decided allow: remove the plugin greet 1.0.0",
      "human-flag done: remove the plugin greet 1.0.0",
    ]);
  },
);

/** What the person's own log says. */
async function decisions(project: Project): Promise<readonly string[]> {
  const { stdout } = await project.run(["audit", "--user", "--json"]);
  const { records } = JSON.parse(stdout) as { records: readonly AuditEntry[] };
  return records.map(({ origin, event, decision, policy }) =>
    `${origin} ${event}${decision === undefined || event === "done" ? "" : ` ${decision}`}: ${
      policy.action.split(" from ")[0]
    }`
  );
}

eachProject("loom plugin add asks, and only yes is yes", FILES, async (project) => {
  const no = await typedInto(project, ["plugin", "add", "./greet"], "\n");
  equal(no.code, 1, no.text);
  match(no.text, /About to add the plugin greet 1\.0\.0.*\[y\/N\]/s);
  deepEqual(await installed(project), []);
  await addTo(project, "./other");
  const yes = await typedInto(project, ["plugin", "add", "./greet"], "y\n");
  equal(yes.code, 0, yes.text);
  match(yes.text, /takes the place of greet 1\.0\.0.*\/other\n.*asks for MORE than greet 1\.0\.0/s);
  deepEqual(await installed(project), ["greet 1.0.0 ok"]);
});

eachProject("loom plugin add --dry-run adds nothing; --json prints one document", FILES, async (project) => {
  const shown = (await project.run(["plugin", "add", "./greet", "--dry-run", "--json"])).expect({ err: ["It may"] });
  const { name, permissions, provides } = shown.json as Record<string, unknown>;
  deepEqual([name, provides], ["greet", { tool: ["greet"] }]);
  deepEqual(permissions, { ...RIGHTS, read: ["workspace/data"] });
  deepEqual(await installed(project), []);
  equal(await project.has("../.loom"), false);
});

eachProject("loom plugin add takes a package of the registry", {}, async (project) => {
  await using registry = new FakeRegistry();
  registry.publish("loom-greet", "1.0.0", await packageArchive({ "mod.ts": pluginText("greet") }));
  // In lower case, as npm hands it on: Deno, from source, would fetch loom's own packages from there otherwise.
  const env = { npm_config_registry: registry.url };
  (await project.run(["plugin", "add", "npm:loom-greet@1.0.0", "--yes"], { env })).expect({
    out: ["npm:loom-greet@1.0.0"],
  });
  (await project.run(["plugin", "add", "npm:loom-greet@2.0.0", "--yes"], { env })).expect({
    code: 1,
    err: ["there is no version 2.0.0", "the latest is loom-greet@1.0.0"],
  });
  deepEqual(await installed(project), ["greet 1.0.0 ok"]);
});

const WRONG: FileSet = {
  "bad/mod.ts": `import { definePlugin } from "@loom/loom";
export default definePlugin({ nam: "x", version: "1", api: 2, permissions: { reed: [] }, provides: { tools: {} } });`,
  "import/mod.ts": `import "https://example.org/x.js";\nexport default 1;`,
};

eachProject("loom plugin add refuses what is no plugin, and says all that is wrong", WRONG, async (project) => {
  (await project.run(["plugin", "add", "./bad", "--yes"])).expect({
    code: 1,
    err: [
      "name: ",
      "version: write a version",
      "api: ",
      "'reed' in permissions; did you mean 'read'?",
      "'nam' in the plugin; did you mean 'name'?",
      "'tools' in provides; did you mean 'tool'?",
    ],
  });
  (await project.run(["plugin", "add", "./import", "--yes"])).expect({
    code: 1,
    err: ["import/mod.ts:1:8: Cannot import 'https://example.org/x.js'"],
  });
  deepEqual(await installed(project), []);
});

eachProject("two plugins that are added at once are both there", FILES, async (project) => {
  const done = await Promise.all(
    ["./greet", "./wave.ts"].map((it) => project.run(["plugin", "add", it, "--yes"])),
  );
  for (const it of done) it.expect({});
  deepEqual(await installed(project), ["greet 1.0.0 ok", "wave 1.0.0 ok"]);
});
