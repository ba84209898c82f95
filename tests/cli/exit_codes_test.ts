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
