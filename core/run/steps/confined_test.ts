import { deepStrictEqual as deepEqual, match, rejects, strictEqual as equal } from "node:assert/strict";
import type { SandboxState } from "../../ports/sandbox.ts";
import { fakeSandboxes } from "../../../tests/support/fake_sandbox.ts";
import { endings, fakeProject } from "../../../tests/support/fake_project.ts";
import { type FakeProgram, fakeSubprocesses } from "../../../tests/support/fake_subprocess.ts";
import { copyScript } from "../../../tests/support/fake_project.ts";

const ONE = `
data: {raw: raw.csv, made: out/made.txt}
pipeline:
  - {name: a, task: a.py, inputs: {x: $raw}, outputs: {--out: $made}, sandbox: true}
`;
const RAW = { "raw.csv": "raw" };

/** Answers what is asked of a Python outside of the sandbox. */
const python: FakeProgram = ({ argv, onOutput }) => {
  const places = ["/opt/py/bin/python3.11", "/opt/py", "/opt/py", "/opt/py", "/opt/py"];
  onOutput?.("stdout", argv[1] === "-V" ? "Python 3.11.7\n" : JSON.stringify(places));
  return { exitCode: 0 };
};

/** A project whose steps are held in, and what its sandboxes were asked. */
function held(yaml: string, options: { readonly script?: FakeProgram; readonly state?: SandboxState } = {}) {
  const play: FakeProgram = options.script ?? ((spec) => void copyScript(spec, project.files));
  const sandboxes = fakeSandboxes((spec, stopped) => play(spec, stopped), options.state);
  const subprocesses = fakeSubprocesses(python);
  const env = { PATH: "/usr/bin:/bin", LANG: "C.UTF-8", API_TOKEN: "secret" };
  const project = fakeProject(yaml, { files: RAW, context: { sandboxes, subprocesses, env } });
  for (const path of ["/opt/py/bin/python3.11", "/w/sub/x"]) project.files.write(path, "");
  return { project, sandboxes, subprocesses };
}

Deno.test("a step in a sandbox reads the project, and writes where its outputs go", async () => {
  const { project, sandboxes, subprocesses } = held(ONE);
  equal((await project.run()).status, "done");
  const [{ argv, cwd, env, policy }] = sandboxes.started;
  deepEqual(argv, ["/opt/py/bin/python3.11", "/w/a.py", "/w/raw.csv", "--out", "/w/out/made.txt"]);
  equal(cwd, "/w");
  deepEqual(env, { PATH: "/usr/bin:/bin", LANG: "C.UTF-8", HOME: "/tmp", PYTHONUNBUFFERED: "1" });
  deepEqual(policy, {
    actor: "step a",
    action: "run /w/a.py",
    tier: "workspace-write",
    read: ["/w", "/opt/py"],
    write: ["/w/out"],
    hosts: [],
    programs: ["/opt/py/bin/python3.11"],
    variables: ["PATH", "LANG", "HOME", "PYTHONUNBUFFERED"],
  });
  deepEqual(subprocesses.started.filter(({ argv }) => argv.includes("/w/a.py")), []);
});

Deno.test("a step in a sandbox gets what it declares besides, and nothing else", async () => {
  const sandbox = "{write: sub, hosts: [example.org], memory: 1g}, env: {MODE: fast}, cwd: sub";
  const { project, sandboxes } = held(ONE.replace("sandbox: true", `sandbox: ${sandbox}`));
  await project.run();
  const [{ cwd, env, policy, limits }] = sandboxes.started;
  deepEqual([cwd, env.MODE, env.API_TOKEN], ["/w/sub", "fast", undefined]);
  deepEqual([policy.write, policy.hosts, limits], [["/w/out", "/w/sub"], ["example.org"], { memoryBytes: 1024 ** 3 }]);
});

Deno.test("an atomic step in a sandbox may write its stage", async () => {
  const { project, sandboxes } = held(ONE.replace("sandbox: true", "sandbox: true, atomic: true"));
  equal((await project.run()).status, "done");
  match(sandboxes.started[0].argv.at(-1)!, /^\/w\/out\/\.loom-stage-/);
  deepEqual(sandboxes.started[0].policy.write, ["/w/out"]);
});

Deno.test("a step that would have to write the whole project says so, unless that is wanted", async () => {
  const yaml = ONE.replace("out/made.txt", "made.txt");
  const { project, sandboxes } = held(yaml);
  const { a } = endings((await project.run()).events);
  match(a, /^failed: Cannot hold step "a" in: .*made\.txt.*whole project; let it write into a folder of its own/);
  equal(sandboxes.started.length, 0);
  const wanted = held(yaml.replace("sandbox: true", "sandbox: {write: .}"));
  equal((await wanted.project.run()).status, "done");
});

Deno.test("where nothing can hold steps in, nothing starts, and the way out is told", async () => {
  const state = { available: false, reason: "bubblewrap is not installed", fix: "apt-get install it" } as const;
  const { project, sandboxes } = held(ONE, { state });
  await rejects(project.run(), { code: "sandbox-unavailable", hint: "apt-get install it" });
  equal(sandboxes.started.length, 0);
  equal((await project.run({ dryRun: true })).status, "done");
});

Deno.test("what a step may do counts: a change of its sandbox makes it stale", async () => {
  const { project } = held(ONE);
  await project.run();
  equal((await project.status())[0].state, "fresh");
  project.write("pipeline.yml", ONE.replace("sandbox: true", "sandbox: {hosts: [example.org]}"));
  deepEqual((await project.status())[0], { ...(await project.status())[0], state: "stale", reasons: ["sandbox"] });
  project.write("pipeline.yml", ONE.replace(", sandbox: true", ""));
  deepEqual((await project.status())[0].reasons, ["sandbox"]);
});
