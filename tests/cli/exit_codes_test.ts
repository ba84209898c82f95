import { match, strictEqual as equal } from "node:assert/strict";
import { eachProject } from "../support/cli.ts";
import type { Expectation } from "../support/outcome.ts";

const FILES = {
  "good.yml": `
parameters: {p: 1}
pipeline:
  - {name: a, task: tasks/record.py}
  - {group: g, steps: [{name: b, task: tasks/record.py}]}
`,
  "bad.yml": "pipeline: [{name: a, task: tasks/fail.py, args: {--code: 7}}]\n",
  "broken.yml": "pipeline: [\n",
};

interface Row extends Expectation {
  readonly args: readonly string[];
}

const ROWS: readonly Row[] = [
  { args: ["good.yml"], code: 0 },
  { args: ["good.yml", "--dry-run"], code: 0 },
  { args: ["good.yml", "--list"], code: 0 },
  { args: ["good.yml", "--clean-list"], code: 0 },
  { args: ["good.yml", "--clean"], code: 0 },
  { args: ["good.yml", "--from", "b"], code: 0 },
  { args: ["status", "good.yml"], code: 0 },
  { args: ["explain", "good.yml", "a"], code: 0 },
  { args: ["bad.yml"], code: 1 },
  { args: ["bad.yml", "--dry-run"], code: 0 },
  { args: ["broken.yml"], code: 1 },
  { args: ["absent.yml"], code: 1, err: ["Config file not found"] },
  { args: ["run", "absent.yml"], code: 1, err: ["Config file not found"] },
  { args: ["status", "absent.yml"], code: 1 },
  { args: ["explain", "good.yml", "zzz"], code: 1 },
  { args: ["good.yml", "--step", "zzz"], code: 1 },
  { args: ["good.yml", "--group", "zzz"], code: 1 },
  { args: ["good.yml", "--from", "zzz"], code: 1 },
  { args: ["good.yml", "--include", "zzz"], code: 1 },
  { args: ["good.yml", "--investigate"], code: 1 },
  { args: ["good.yml", "--nonsense"], code: 2, err: ["--nonsense"] },
  { args: ["good.yml", "--stpe", "a"], code: 2, err: ["--stpe", "--step"] },
  { args: ["good.yml", "-z"], code: 2, err: ["-z"] },
  { args: ["good.yml", "extra-word"], code: 2, err: ["extra-word"] },
  { args: ["good.yml", "--step", "a", "--from", "a"], code: 2, err: ["--step", "--from"] },
  { args: ["good.yml", "--step", "a", "--group", "g"], code: 2, err: ["--step", "--group"] },
  { args: ["good.yml", "--from", "a", "--group", "g"], code: 2, err: ["--from", "--group"] },
  { args: ["good.yml", "--parallel", "--sequential"], code: 2, err: ["--parallel", "--sequential"] },
  { args: ["good.yml", "--keep-going", "--fail-fast"], code: 2, err: ["--keep-going", "--fail-fast"] },
  { args: ["good.yml", "--step"], code: 2, err: ["--step", "needs a value"] },
  { args: ["good.yml", "--from"], code: 2, err: ["--from"] },
  { args: ["good.yml", "--set"], code: 2, err: ["--set"] },
  { args: ["good.yml", "--set", "p"], code: 2, err: ["--set", "KEY=VALUE", "'p'"] },
  { args: ["good.yml", "--set", "=1"], code: 2, err: ["--set"] },
  { args: ["good.yml", "--var", "d"], code: 2, err: ["--var", "'d'"] },
  { args: ["good.yml", "--max-workers", "-1"], code: 2, err: ["--max-workers"] },
  { args: ["good.yml", "--max-workers", "many"], code: 2, err: ["--max-workers", "many"] },
  { args: ["good.yml", "--extra"], code: 2, err: ["--extra"] },
  { args: ["good.yml", "--step", "a", "--extra", "'open"], code: 2, err: ["--extra"] },
  { args: ["status"], code: 2, err: ["FILE"] },
  { args: ["explain", "good.yml"], code: 2, err: ["STEP"] },
  { args: ["schema", "nonsense"], code: 2 },
  { args: ["completions", "powershell"], code: 2 },
];
for (const { args, ...expected } of ROWS) {
  eachProject(`loom ${args.join(" ")} exits with ${expected.code}`, FILES, async (project) => {
    (await project.run(args)).expect({ ...expected, not: ["internal", "    at "] });
  });
}

eachProject("a wrong command line runs nothing, and all that is wrong is told at once", FILES, async (project) => {
  (await project.run(["good.yml", "--nonsense", "--set", "p", "--max-workers", "x"]))
    .expect({ code: 2, err: ["--nonsense", "'p'", "loom run --help"], not: ["[RUNNING]"] });
  await project.ran([]);
});

for (
  const args of [["--help"], ["--version"], ["good.yml", "--list"], ["good.yml"], ["status", "good.yml", "--json"]]
) {
  eachProject(`loom ${args.join(" ")} > /dev/full exits with 1 and says why`, FILES, async (project) => {
    const words = [...project.loom.argv, ...args].map((word) => `'${word}'`).join(" ");
    const { code, stderr } = await new Deno.Command("sh", {
      args: ["-c", `${words} > /dev/full`],
      cwd: project.folder,
      env: project.environment(),
    }).output();
    const errors = new TextDecoder().decode(stderr);
    equal(code, 1, errors);
    match(errors, /^error: Cannot write to standard output: .*; make room there/);
  });
}

eachProject("what stands in the place of a pipeline file is told by its name", {
  ...FILES,
  "folder.yml/": "",
  "folder/": "",
}, async (project) => {
  const { success } = await new Deno.Command("mkfifo", { args: [project.path("pipe.yml")] }).output();
  equal(success, true);
  const rows: readonly Row[] = [
    { args: ["godo.yml"], code: 1, err: ["Config file not found: godo.yml", "did you mean 'good.yml'?"] },
    { args: ["status", "good.yaml"], code: 1, err: ["Config file not found: good.yaml; did you mean 'good.yml'?"] },
    { args: ["good"], code: 2, err: ["did you mean 'good.yml'?"] },
    { args: ["folder.yml"], code: 1, err: ["folder.yml: it is a folder; name the pipeline file in it"] },
    { args: ["run", "folder"], code: 1, err: ["folder: it is a folder; name the pipeline file in it"] },
    { args: ["folder"], code: 2, err: ["'folder'; it is a folder; name the pipeline file in it"] },
    { args: ["pipe.yml"], code: 1, err: ["pipe.yml: it is no regular file"] },
  ];
  for (const { args, ...expected } of rows) (await project.run(args)).expect({ ...expected, not: ["internal"] });
});
