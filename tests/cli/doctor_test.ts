import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { dirname, join } from "node:path";
import { eachProject, type Project } from "../support/cli.ts";

interface Check {
  readonly name: string;
  readonly state: string;
  readonly message: string;
  readonly fix?: string;
}

async function checks(project: Project, env = {}): Promise<ReadonlyMap<string, Check>> {
  const { stdout } = await project.run(["doctor", "--json"], { env });
  return new Map((JSON.parse(stdout).checks as Check[]).map((check) => [check.name, check]));
}

eachProject("doctor looks at the machine, with a fix for everything that is not well", {}, async (project) => {
  const outcome = await project.run(["doctor"], { env: { LANG: "C.UTF-8" } });
  equal(outcome.code, 0);
  match(outcome.stdout, /^PASS +deno +Deno \d/m);
  match(outcome.stdout, /^PASS +python +Python 3/m);
  match(outcome.stdout, /^PASS +config +valid$/m);
  match(
    outcome.stdout,
    /^WARN +provider anthropic-api +ANTHROPIC_API_KEY is unset.*\n +fix: export ANTHROPIC_API_KEY=…/m,
  );
  match(outcome.stdout, /^\d+ passed, \d+ warnings?, 0 failed$/m);
  equal(await project.has(".loom"), false);
  const all = await checks(project, { ANTHROPIC_API_KEY: "sk-ant-1234567" });
  equal(all.get("provider anthropic-api")?.state, "pass");
  for (const { name, state, fix } of all.values()) ok((fix === undefined) === (state === "pass"), name);
});

eachProject("doctor fails for what loom cannot be relied on with", {
  "loom.yaml": "stepz: 1\n",
  ".loom/loom.db": "this is no database, however long one looks at it".repeat(20),
}, async (project) => {
  const home = join(dirname(project.folder), ".loom");
  await Deno.mkdir(home);
  await Deno.chmod(home, 0o777);
  const outcome = await project.run(["doctor"]);
  equal(outcome.code, 1);
  const failed = [...(await checks(project)).values()].filter(({ state }) => state === "fail");
  deepEqual(failed.map(({ name }) => name), ["config", "store", "home"]);
  deepEqual(project.list(".loom"), ["loom.db"]);
});

eachProject("doctor runs no program that came with the project", {
  ".venv/pyvenv.cfg": "version = 3.1.4\n",
  ".venv/bin/python": "#!/bin/sh\ntouch ran\n",
}, async (project) => {
  await Deno.chmod(project.path(".venv/bin/python"), 0o755);
  equal((await checks(project)).get("python")?.message, `Python 3.1.4, ${project.path(".venv/bin/python")}`);
  equal(await project.has("ran"), false);
});

eachProject("doctor works without a home, and says what is missing on the path", {}, async (project) => {
  const empty = project.path("empty");
  await Deno.mkdir(empty);
  const all = await checks(project, { HOME: "", LOOM_HOME: "", PATH: empty });
  deepEqual([all.get("python")?.state, all.get("git")?.state], ["warn", "warn"]);
});
