import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import type { RunStatus } from "../../core/ports/events.ts";
import { hostStores } from "../../plugins/host/store/mod.ts";
import { DiffSchema } from "../../ui/cli/view/diff_schema.ts";
import { eachProject, type FileSet, type Project } from "../support/cli.ts";

const PREPARE = `import sys
print("preparing")
text = open(sys.argv[1]).read()
open(sys.argv[sys.argv.index("--out") + 1], "w").write(text.upper())
`;

const TRAIN = `import sys
import helper
lr = float(sys.argv[sys.argv.index("--lr") + 1])
print("rate", lr)
open(sys.argv[sys.argv.index("--out") + 1], "wb").write(bytes([0, 255]) + str(lr * helper.factor).encode())
`;

const PIPELINE = `parameters:
  lr: 0.1
  api_key: none
data:
  raw: raw.txt
  clean: output/clean.txt
  model: output/model.bin
pipeline:
  - {name: prepare, task: prepare.py, inputs: {x: $raw}, outputs: {--out: $clean}}
  - {name: train, task: train.py, inputs: {x: $clean}, outputs: {--out: $model}, args: {--lr: $lr}}
`;

const FILES: FileSet = {
  "p.yml": PIPELINE,
  "prepare.py": PREPARE,
  "train.py": TRAIN,
  "helper.py": `${"x = 1\n".repeat(4_990)}factor = 2\n${"y = 1\n".repeat(9)}`,
  "raw.txt": "words\n",
};

/** Runs it, and gives the run's id. */
async function made(project: Project, words: readonly string[] = []): Promise<string> {
  (await project.run(["p.yml", ...words])).expect({});
  const { runs } = (await project.run(["runs", "--limit", "1", "--json"])).json as { runs: { id: string }[] };
  return runs[0].id;
}

function git(project: Project, words: readonly string[]): string {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
  const args = ["-C", project.folder, ...identity, ...words];
  const { success, stdout, stderr } = new Deno.Command("git", { args }).outputSync();
  ok(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout).trim();
}

eachProject("loom diff answers what changed and what it did, on one screen", FILES, async (project) => {
  git(project, ["init", "--quiet"]);
  git(project, ["add", "."]);
  git(project, ["commit", "--quiet", "--message", "all of it"]);
  const commit = git(project, ["rev-parse", "HEAD"]);
  const a = await made(project);
  const helper = (await project.read("helper.py"))!;
  // Latin-1, which is no UTF-8.
  const bytes = Uint8Array.from(helper.replace("factor = 2", "factor = 3  # f\xfcr"), (it) => it.charCodeAt(0));
  await project.write({ "helper.py": bytes, "train.py": TRAIN.replace("import sys", "# coding: latin-1\nimport sys") });
  await project.write({ "helper.py": new Uint8Array([...new TextEncoder().encode("# coding: latin-1\n"), ...bytes]) });
  const b = await made(project, ["--cached", "--set", "lr=0.01", "api_key=sesame"]);
  const shown = (await project.run(["diff", a.slice(0, 6), b])).expect({
    out: [
      new RegExp(`A +${a} +p\\.yml +done .* ${commit.slice(0, 9)} `),
      new RegExp(`B +${b} .* ${commit.slice(0, 9)} and changes`),
      /Parameters\n +lr +0\.1 +→ +0\.01\n/,
      /train\.py +\+1 -0 +train\n/,
      /helper\.py +\+2 -1 +train\n/,
      "    -factor = 2\n",
      "    +factor = 3  # für\n",
      /output\/model\.bin +changed +train\n/,
      /prepare +\d+\.\d\d s +fresh\n/,
    ],
    not: ["sesame", "Inputs", "Other settings"],
    complains: "",
  });
  ok(shown.lines.length < 45, shown.stdout);
  const document = DiffSchema.parse((await project.run(["diff", a, b, "--json"])).expect({}).json);
  deepEqual([document.before.git, document.after.git], [{ commit, dirty: false }, { commit, dirty: true }]);
  deepEqual(document.parameters.map(({ name, before, after }) => [name, before, after]), [["lr", 0.1, 0.01]]);
  deepEqual(document.code.map(({ path, added, removed }) => [path, added, removed]), [
    ["train.py", 1, 0],
    ["helper.py", 2, 1],
  ]);
  deepEqual(document.steps.map(({ name, after }) => [name, after?.status, after?.known]), [
    ["prepare", "fresh", true],
    ["train", "done", true],
  ]);
  const all = DiffSchema.parse((await project.run(["diff", a, b, "--json", "--all", "--step", "prepare"])).json);
  deepEqual([all.parameters.length, all.outputs.map(({ path }) => path)], [2, ["output/clean.txt"]]);
  (await project.run(["diff", a, a])).expect({ out: ["Nothing differs but time."] });
  (await project.run(["show", b])).expect({
    out: [`Commit: ${commit}, with changes  Python: 3.`, "Parameters: lr=0.01  api_key=***"],
    not: ["sesame"],
  });
  // What was kept of the scripts may be thrown away.
  await project.remove(".loom/objects");
  (await project.run(["diff", a, b])).expect({ out: [/helper\.py +changed; its text was not kept/] });
});

eachProject("loom log prints what each try wrote, and says where there is nothing", FILES, async (project) => {
  const a = await made(project);
  const b = await made(project, ["--cached", "--set", "lr=0.5"]);
  (await project.run(["log", a])).expect({
    out: [/^== prepare \(try 1, done, .* s\) ==\npreparing\n/, /== train \(try 1, done, .*\) ==\nrate 0\.1\n$/],
  });
  (await project.run(["log", b, "train"])).expect({ out: ["rate 0.5"], not: ["preparing"] });
  (await project.run(["log", b, "prepare"])).expect({
    code: 1,
    err: [`it was run last in ${a}: loom log ${a} prepare`],
  });
  (await project.run(["log", b, "trian"])).expect({ code: 1, err: ["trian", "'train'"] });
  (await project.run(["log", `${b}:1`])).expect({ code: 1, err: ["has no points"] });
  const { run, logs } = (await project.run(["log", a, "--json"])).expect({}).json as {
    run: string;
    logs: { step: string; status: string; text: string }[];
  };
  deepEqual([run, logs.map(({ step, status, text }) => [step, status, text])], [a, [
    ["prepare", "done", "preparing\n"],
    ["train", "done", "rate 0.1\n"],
  ]]);
  await project.remove(`.loom/logs/${a}`);
  (await project.run(["log", a])).expect({ code: 1, err: [`The logs of run ${a} are no longer there`] });
  (await project.run(["log", await made(project, ["--cached", "--set", "lr=0.5"])])).expect({ out: ["nothing to do"] });
});

eachProject("loom rerun repeats a run, with the file as it is now", FILES, async (project) => {
  const a = await made(project, ["--set", "lr=50.0", "--step", "prepare", "train"]);
  (await project.run(["rerun", a])).expect({
    out: ["[SUCCESS] prepare", "--lr 50.0", "[SUCCESS] train"],
    complains: "",
  });
  (await project.run(["rerun", a, "--cached"])).expect({ out: ["[FRESH] prepare", "[FRESH] train"] });
  await project.write({ "p.yml": PIPELINE.replace("name: train", "name: train, env: {T: a}") });
  (await project.run(["rerun", a.slice(0, 7), "--cached", "--dry-run"])).expect({
    err: ["hint: p.yml has changed since; it is run as it is now"],
  });
  const secret = await made(project, ["--set", "api_key=sesame"]);
  (await project.run(["rerun", secret])).expect({ code: 1, err: ["api_key looks secret", "--set api_key="] });
  await project.remove("p.yml");
  (await project.run(["rerun", a])).expect({ code: 1, err: ["there is no p.yml any more", ".loom/objects/"] });
});

/** Writes down runs that were never made. */
function pretend(project: Project, runs: Readonly<Record<string, RunStatus>>): void {
  const store = hostStores().open(project.folder, (message) => ok(false, message));
  for (const [at, [id, status]] of Object.entries(runs).entries()) {
    store.journal.createRun({ id, kind: "pipeline", name: "p.yml", status, createdAt: 1_000 + at, request: {} });
  }
  store.close();
}

eachProject("history says what it does not find, and shows a run that is under way", FILES, async (project) => {
  (await project.run(["diff", "aaaa", "bbbb"])).expect({ code: 1, err: ["There is no run aaaa"] });
  const a = await made(project);
  pretend(project, { "ffff00000001": "done", "ffff00000002": "running" });
  (await project.run(["diff", "ffff", a])).expect({ code: 1, err: ["2 runs begin with 'ffff'", "ffff00000001"] });
  (await project.run(["diff", a])).expect({ code: 2 });
  (await project.run(["diff", a, a, "--step", "trian"])).expect({ code: 1, err: ["'train'"] });
  (await project.run(["log", "ffff00000002"])).expect({ out: ["has run no step so far"] });
  (await project.run(["diff", "ffff00000002", a])).expect({ out: [/A +ffff00000002 +p\.yml +running /, "only in B"] });
  const { projects } = (await project.run(["runs", "--all", "--json"], { cwd: "tasks" })).json as {
    projects: { project: string; runs: number; last: { id: string } }[];
  };
  deepEqual(projects.map(({ project, runs, last }) => [project, runs, last.id]), [[project.folder, 3, a]]);
  (await project.run(["runs", "--all"])).expect({ out: [/^PROJECT +RUNS +LAST/, project.folder] });
});

eachProject(
  "loom prune forgets runs of pipelines with their logs, and keeps what made what is fresh",
  FILES,
  async (project) => {
    const a = await made(project);
    const b = await made(project, ["--cached", "--set", "lr=0.5"]);
    const c = await made(project, ["--cached", "--set", "lr=0.25"]);
    (await project.run(["prune", "--max-size", "lots"])).expect({ code: 2, err: ["lots", "500M"] });
    (await project.run(["prune", "--max-size", "1K", "--dry-run"])).expect({
      out: ["Would forget 1 run "],
      err: ["are left: runs that are under way, or that made what is fresh, stay"],
    });
    equal((await project.run(["runs"])).lines.length, 4);
    match((await project.run(["prune", "--max-runs", "1", "--json"])).stdout, /^\{"dry_run":false,"runs":1,/);
    // The oldest made what the newest found fresh.
    (await project.run(["runs"])).expect({ out: [c, a], not: [b] });
    deepEqual(project.list(".loom/logs"), [a, c].sort());
    (await project.run(["p.yml", "--cached", "--set", "lr=0.25"])).expect({
      out: ["[FRESH] prepare", "[FRESH] train"],
    });
  },
);
