import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { eachProject } from "../support/cli.ts";
import type { Expectation } from "../support/outcome.ts";

const PIPELINE = {
  "pipeline.yml": `
data: {a: a.txt}
parameters: {p: 1}
pipeline:
  - {name: one, task: tasks/record.py, outputs: {--o: $a}, args: {--name: one, --p: $p}}
  - group: pair
    steps:
      - {name: two, task: tasks/record.py, inputs: {i: $a}, args: {--name: two}}
      - {name: maybe, task: tasks/record.py, optional: true, args: {--name: maybe}}
  - {name: never, task: tasks/record.py, disabled: true, args: {--name: never}}
  - {name: five, task: tasks/record.py, group: pair, args: {--name: five}}
  - {name: perhaps, task: tasks/record.py, optional: true, args: {--name: perhaps}}
`,
};

interface Choice extends Expectation {
  readonly args: readonly string[];
  readonly runs: readonly string[];
}

const CHOICES: readonly Choice[] = [
  { args: [], runs: ["one", "two", "five"], out: ["3 step(s)", "3/3"] },
  { args: ["--include", "maybe"], runs: ["one", "two", "maybe", "five"] },
  { args: ["--include", "perhaps", "maybe"], runs: ["one", "two", "maybe", "five", "perhaps"] },
  { args: ["--include", "never"], runs: ["one", "two", "five"], err: ["warning", "never"] },
  { args: ["--step", "five", "two"], runs: ["five", "two"], out: ["2 step(s)"] },
  { args: ["--step", "never", "maybe"], runs: ["never", "maybe"] },
  { args: ["--step", "two", "one"], runs: ["two", "one"] },
  { args: ["--step", "two", "one", "--parallel"], runs: ["one", "two"] },
  { args: ["--step", "two", "--step", "one"], runs: ["two", "one"] },
  { args: ["--from", "two"], runs: ["two", "five"] },
  { args: ["--from", "maybe"], runs: ["five"] },
  { args: ["--from", "maybe", "--include", "maybe"], runs: ["maybe", "five"] },
  { args: ["--from", "perhaps"], runs: [], out: ["No steps to run."] },
  { args: ["--until", "two"], runs: ["one", "two"] },
  { args: ["--until", "five", "two"], runs: ["one", "two", "five"] },
  { args: ["--until", "two", "--include", "maybe"], runs: ["one", "two"] },
  { args: ["--until", "maybe"], runs: ["maybe"] },
  { args: ["--until", "a"], runs: ["one"] },
  { args: ["--until", "$a"], runs: ["one"] },
  { args: ["--until", "tow"], runs: [], code: 1, err: ["error:", "'tow'", "did you mean 'two'?"] },
  { args: ["--until", "pair"], runs: [], code: 1, err: ["error:", "'pair'", "use --group"] },
  { args: ["--until", "two", "--from", "one"], runs: [], code: 2, err: ["--from and --until exclude each other"] },
  { args: ["--until", "two", "--group", "pair"], runs: [], code: 2, err: ["--until and --group exclude each other"] },
  { args: ["--until"], runs: [], code: 2, err: ["--until"] },
  { args: ["--group", "pair"], runs: ["two", "maybe", "five"] },
  { args: ["--step", "on"], runs: [], code: 1, err: ["error:", "'on'", "did you mean 'one'?"] },
  { args: ["--from", "tow"], runs: [], code: 1, err: ["error:", "'tow'", "did you mean 'two'?"] },
  { args: ["--group", "pairs"], runs: [], code: 1, err: ["error:", "'pairs'", "did you mean 'pair'?"] },
  { args: ["--include", "mabye"], runs: [], code: 1, err: ["error:", "'mabye'", "did you mean 'maybe'?"] },
  { args: ["--step", "one", "nope"], runs: [], code: 1, err: ["error:", "nope"] },
];
for (const { args, runs, ...expected } of CHOICES) {
  eachProject(`${args.join(" ") || "no option"} runs ${runs.join(", ") || "nothing"}`, PIPELINE, async (project) => {
    (await project.run(["pipeline.yml", ...args])).expect(expected);
    await project.ran(runs);
  });
}

eachProject("--until a data entry leaves out what is made, and refuses what nothing makes", {
  "pipeline.yml": `data: {raw: raw.txt, a: a.txt, b: b.txt}
pipeline:
  - {name: get, task: tasks/record.py, inputs: {i: $raw}, outputs: {--o: $a}, args: {--name: get}}
  - {name: fit, task: tasks/record.py, inputs: {i: $a}, outputs: {--o: $b}, args: {--name: fit}}
`,
  "raw.txt": "",
  "a.txt": "",
}, async (project) => {
  (await project.run(["pipeline.yml", "--until", "b"])).expect({ out: ["1/1"] });
  await project.ran(["fit"]);
  (await project.run(["pipeline.yml", "--until", "raw"])).expect({ code: 1, err: ["No step makes 'raw'"] });
  (await project.run(["pipeline.yml", "--until", "fit", "--dry-run"])).expect({ out: ["2 step(s)"] });
});

eachProject("run FILE is the same as FILE, and options may come before it", PIPELINE, async (project) => {
  (await project.run(["run", "pipeline.yml", "--step", "one"])).expect({});
  (await project.run(["--step", "two", "--", "pipeline.yml"])).expect({});
  (await project.run(["--step", "five", "pipeline.yml"])).expect({});
  await project.ran(["one", "two", "five"]);
});

eachProject("run takes a pipeline of any name; a link to one counts from its own folder", {
  "plain": PIPELINE["pipeline.yml"],
  "my pipe ü.yml": PIPELINE["pipeline.yml"],
  "other/tasks/record.py": "print('the other one')\n",
}, async (project) => {
  (await project.run(["run", "plain", "--step", "one"])).expect({});
  (await project.run(["plain", "--step", "one"])).expect({ code: 2, err: ["loom run plain"] });
  (await project.run([project.path("my pipe ü.yml"), "--step", "two"])).expect({});
  await project.ran(["one", "two"]);
  await Deno.symlink("../plain", project.path("other/linked.yml"));
  (await project.run(["other/linked.yml", "--step", "two"])).expect({ out: ["the other one"] });
});

eachProject("references to names that only --set and --var give are found", {
  "pipeline.yml": "pipeline: [{name: a, task: tasks/record.py, inputs: {x: $d}, args: {--p: $p}}]\n",
}, async (project) => {
  (await project.run(["pipeline.yml", "--set", "p=3", "--var", "d=x/y"])).expect({});
  deepEqual(await project.received(), [[project.path("x/y"), "--p", "3"]]);
  (await project.run(["pipeline.yml", "--set", "p=3"])).expect({ code: 1, err: ["'$d'"] });
});

/** What `--set KEY=…` makes of a text, as the script sees it. */
const SETS: readonly (readonly [text: string, received: readonly string[]])[] = [
  ["7", ["--p", "7"]],
  ["007", ["--p", "7"]],
  ["1_0", ["--p", "10"]],
  ["-5", ["--p", "-5"]],
  ["1e-3", ["--p", "1e-3"]],
  ["1.5e3", ["--p", "1500.0"]],
  ["1.10", ["--p", "1.1"]],
  ["1.2.3", ["--p", "1.2.3"]],
  ["", ["--p", ""]],
  ["true", ["--p"]],
  ["TRUE", ["--p"]],
  ["False", []],
  ["yes", ["--p", "yes"]],
  ["a=b", ["--p", "a=b"]],
  ["two words", ["--p", "two words"]],
  ["[1, 2]", ["--p", "[1, 2]"]],
];
for (const [text, words] of SETS) {
  eachProject(`--set p=${text} gives ${JSON.stringify(words)}`, PIPELINE, async (project) => {
    (await project.run(["pipeline.yml", "--step", "one", "--set", `p=${text}`])).expect({});
    deepEqual((await project.received())[0].slice(4), words);
  });
}

const OVERRIDDEN = {
  "pipeline.yml": `
data: {d: d.txt, e: e.txt}
parameters: {p: 1, q: 2}
pipeline: [{name: a, task: tasks/record.py, inputs: {d: $d, e: $e}, args: {--p: $p, --q: $q}}]
`,
};

eachProject(
  "--set and --var merge when repeated, the last value of a key wins, paths stay text",
  OVERRIDDEN,
  async (project) => {
    const sets = ["--set", "p=3", "q=4", "--set", "p=5"];
    (await project.run(["pipeline.yml", ...sets, "--var", "d=true", "--var", "e=007", "--var", "e=1.50"])).expect({});
    deepEqual(await project.received(), [[project.path("true"), project.path("1.50"), "--p", "5", "--q", "4"]]);
  },
);

eachProject(
  "an unknown name in --set or --var is taken as new, with a warning and a hint",
  OVERRIDDEN,
  async (project) => {
    (await project.run(["pipeline.yml", "--set", "pp=1"])).expect({ err: ["warning", "'pp'", "'p'"] });
    (await project.run(["pipeline.yml", "--var", "dd=x"])).expect({ err: ["warning", "'dd'", "'d'"] });
  },
);

eachProject("--list numbers the steps under their groups", {
  "pipeline.yml": `
data: {x: x.txt}
pipeline:
  - {name: one, task: tasks/a.py}
  - {group: pair, steps: [{name: two, task: tasks/b.py, optional: true}, {name: three, task: c.py, disabled: true}]}
  - {name: yes-no, kind: condition, predicate: exists, inputs: {data: $x}}
  - {name: route, kind: switch, condition: $yes-no, data: $x}
`,
}, async (project) => {
  (await project.run(["pipeline.yml", "--list"])).expect({
    out: [
      ...["1. one", "tasks/a.py", "pair", "2. two", "tasks/b.py", "[optional]", "3. three", "c.py", "[disabled]"],
      ...["4. yes-no", "[condition: exists]", "5. route", "[switch: $yes-no]"],
    ],
    not: ["[RUNNING]"],
  });
});

eachProject(
  "of several modes list comes first, then investigate, clean-list, clean, run",
  PIPELINE,
  async (project) => {
    const all = ["--list", "--investigate", "--clean-list", "--clean", "--step", "one"];
    (await project.run(["pipeline.yml", ...all])).expect({ out: ["1. one"] });
    (await project.run(["pipeline.yml", ...all.slice(1)])).expect({ out: ["Step: one"] });
    (await project.run(["pipeline.yml", "--clean-list", "--clean"])).expect({ out: ["No data files to clean"] });
    await project.ran([]);
  },
);
