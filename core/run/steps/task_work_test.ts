import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { endings, fakeProject, ofType } from "../../../tests/support/fake_project.ts";

const ONE = `
data: {raw: raw.csv, made: out/made.txt}
pipeline:
  - {name: a, task: a.py, inputs: {x: $raw}, outputs: {--out: $made}}
`;
const RAW = { "raw.csv": "raw" };

Deno.test("runTaskWork() makes the folders of outputs and runs the exact vector", async () => {
  const project = fakeProject(ONE, { files: RAW });
  const { status } = await project.run();
  equal(status, "done");
  deepEqual(project.started(), [["/w/a.py", "/w/raw.csv", "--out", "/w/out/made.txt"]]);
  equal(project.read("out/made.txt"), "# a.py|raw|--out");
});

Deno.test("runTaskWork() warns of an output that was not made, and fails under --strict", async () => {
  const project = fakeProject(ONE, { files: RAW, script: () => undefined });
  const { events, status } = await project.run();
  equal(status, "done");
  deepEqual(ofType(events, "notice").map(({ code, message }) => [code, message]), [
    ["output-missing", 'Step "a" succeeded but did not make: out/made.txt'],
  ]);
  const strict = await project.run({ strict: true });
  deepEqual(endings(strict.events), { a: "failed: missing output: out/made.txt" });
});

Deno.test("runTaskWork() runs a step again that left its output out, also one with {name}", async () => {
  for (const path of ["out/made.txt", "out/{n}.txt"]) {
    const project = fakeProject(ONE.replace("out/made.txt", `"${path}"`), { files: RAW, script: () => undefined });
    await project.run({ cached: true });
    await project.run({ cached: true });
    equal(project.started().length, 2, path);
  }
});

Deno.test("runTaskWork() does not remember a result whose input, module or dep changed meanwhile", async () => {
  const yaml = ONE.replace("--out: $made}", "--out: $made}, deps: [dep.txt]");
  const files = { ...RAW, "a.py": "import helper\n", "helper.py": "x = 1\n", "dep.txt": "1" };
  for (const name of ["raw.csv", "helper.py", "dep.txt"]) {
    const project = fakeProject(yaml, {
      files,
      script: ({ argv }) => {
        project.write(argv.at(-1)!.slice(3), "made");
        project.write(name, `changed ${project.started().length}`);
      },
    });
    const { events } = await project.run({ cached: true });
    match(ofType(events, "notice")[0].message, new RegExp(`^${name} changed while step "a" ran`));
    deepEqual((await project.status())[0].state, "stale");
    await project.run({ cached: true });
    equal(project.started().length, 2, name);
  }
});

Deno.test("runTaskWork() takes a file that the step updates in place as it is afterwards", async () => {
  const project = fakeProject(ONE.replace("{x: $raw}", "{x: $made}"), { files: { "out/made.txt": "0" } });
  deepEqual(ofType((await project.run()).events, "notice"), []);
  equal((await project.status())[0].state, "fresh");
});

Deno.test("runTaskWork() fails a step whose script is not there, and says where it looked", async () => {
  const project = fakeProject(ONE.replace("a.py", "none.py"), { files: RAW });
  project.files.remove("/w/none.py");
  deepEqual(endings((await project.run()).events), { a: "failed: script not found: /w/none.py" });
});

Deno.test("runTaskWork() gives a script its folder and variables, and PYTHONUNBUFFERED unless it is set", async () => {
  const yaml = ONE.replace("--out: $made}", "--out: $made}, cwd: sub, env: {A: b}");
  const project = fakeProject(yaml, { files: RAW });
  await project.run();
  const [{ cwd, env }] = project.specs();
  equal(cwd, "/w/sub");
  deepEqual([env.A, env.PYTHONUNBUFFERED], ["b", "1"]);
});

Deno.test("no secret gets into what is told or kept", async () => {
  const yaml = `
data: {made: out/made.txt}
pipeline:
  - {name: a, task: a.py, args: {--t: "\${TOKEN}", --p: one}, outputs: {--out: $made}, env: {PIN: one}, secrets: [PIN]}
  - {name: b, task: b.py, args: {--p: two}, env: {PIN: two}, secrets: [PIN]}
  - group: g
    multi_pass: {count: 2}
    steps:
      - {name: i, task: i.py, args: {--t: "\${TOKEN}"}}
  - {name: l, task: l.py, inputs: {x: $loop_item}, args: {--t: "\${TOKEN}"}, loop: {over: items, into: results}}
`;
  const env = { PATH: "/usr/bin", TOKEN: "verysecret" };
  const project = fakeProject(yaml, { files: { "items/1": "" }, context: { env } });
  const { events, run, status } = await project.run({ cached: true });
  equal(status, "done");
  const { journal, memos } = project.store();
  const kept = JSON.stringify([events, journal.attempts(run), journal.events(run), memos.all("pipeline.yml")]);
  for (const secret of ["verysecret", '"one"', '"two"']) ok(!kept.includes(secret), secret);
  ok(project.started().flat().includes("verysecret"));
  deepEqual((await project.status()).map(({ state }) => state), ["fresh", "no outputs", "no outputs", "fresh"]);
});

Deno.test("a new value of a secret makes a step stale without being named", async () => {
  const yaml = ONE.replace("--out: $made}", "--out: $made}, args: {--t: '${TOKEN}'}");
  const project = fakeProject(yaml, { files: RAW, context: { env: { PATH: "/usr/bin", TOKEN: "verysecret" } } });
  await project.run();
  Object.assign(project.context.env, { TOKEN: "alsosecret" });
  const [{ state, reasons }] = await project.status();
  equal(state, "stale");
  match(reasons.join(), /^argument --t \*\*\* \w{16} → \*\*\* \w{16}$/);
});
