import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { hostStores } from "../../plugins/host/store/mod.ts";
import { classesToRevoke } from "../../ui/cli/base/revoke.ts";
import { looms, Project } from "../support/cli.ts";

const [CONFIG, INSIDE] = ["../../deno.json", "../support/rights_inside.ts"].map((name) =>
  fileURLToPath(new URL(name, import.meta.url))
);

const PIPELINE = { "p.yml": "pipeline: [{name: a, task: record.py}]" };

interface Inside {
  readonly code: number;
  readonly possible: readonly string[];
  readonly errors: string;
}

/** What is still possible inside a verb, in a process of its own: what is given up never comes back. */
async function inside(project: Project, words: readonly string[]): Promise<Inside> {
  const args = ["run", "--config", CONFIG, "-A", "--no-check", INSIDE, ...words];
  const options = { args, cwd: project.folder, env: project.environment(), clearEnv: true };
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), options).output();
  try {
    return JSON.parse(new TextDecoder().decode(stdout));
  } catch (cause) {
    throw new Error(new TextDecoder().decode(stderr), { cause });
  }
}

async function inProject(test: (project: Project) => Promise<void>): Promise<void> {
  await using project = await Project.make(looms[0], PIPELINE);
  const store = hostStores().open(project.folder, () => {});
  store.journal.createRun({
    id: "0123456789ab",
    kind: "pipeline",
    name: "p.yml",
    status: "done",
    createdAt: 1,
    request: {},
  });
  store.close();
  await test(project);
}

const READING = [
  ...["audit", "audit verify", "runs", "prices", "completions bash", "schema", "plugin list", "plugin verify"],
  ...["tool list", "tool info read_file", "config show", "config check", "config path", "config schema"],
  ...["table", "status p.yml", "explain p.yml a"],
];

for (const words of READING) {
  Deno.test(`inside 'loom ${words}' nothing can be written, started, loaded or connected to`, () =>
    inProject(async (project) => {
      deepEqual(await inside(project, words.split(" ")), { code: 0, possible: ["read", "env"], errors: "" });
    }));
}

Deno.test("inside a verb that runs things nothing is given up", () =>
  inProject(async (project) => {
    const { possible } = await inside(project, ["p.yml", "--list"]);
    deepEqual(possible, ["read", "write", "env", "run", "ffi", "sys", "net", "worker"]);
  }));

Deno.test("classesToRevoke() gives up at one moment, and nothing of verbs it does not know", () => {
  const most = ["run", "ffi", "net", "import", "sys", "write"];
  deepEqual([classesToRevoke("prices", "start"), classesToRevoke("prices", "opened")], [most, []]);
  deepEqual([classesToRevoke("audit", "start"), classesToRevoke("audit", "opened")], [[], most]);
  for (const verb of ["run", "resume", "constructor"]) deepEqual(classesToRevoke(verb, "start"), []);
});
