import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { eachProject } from "../support/cli.ts";
import { marked } from "../support/pipelines.ts";

const GROUP = (multiPass: string) => `
data: {d: in.txt, g: work/g.npz, dir: work/dir, plain: work/plain, log: work/log.txt}
parameters: {own: 5}
pipeline:
  - group: refine
    multi_pass: ${multiPass}
    steps:
      - {name: train, task: tasks/mix.py, inputs: {x: $d}, outputs: {--out: $g}, args: {--lr: $lr, --resume: "none"}}
      - {name: show, task: tasks/mix.py, inputs: {x: $g}, outputs: {--outdir: $dir, --out2: $plain}, args: {--own: $own}}
  - {name: after, task: tasks/mix.py, inputs: {x: $g}, outputs: {--out: $log}, args: {--name: after}}
`;
const FILES = { "in.txt": "start\n" };
const SCHEDULE = "{schedule: [{lr: 0.1}, {lr: 0.01}]}";

eachProject("a group runs once for each entry of its schedule, with paths of its own", {
  ...FILES,
  "pipeline.yml": GROUP(SCHEDULE),
}, async (project) => {
  const at = (name: string) => project.path(`work/${name}`);
  (await project.run(["pipeline.yml"])).expect({
    out: [
      ...["Pipeline: 2 step(s) to run", "[RUNNING] refine (multi_pass: 2 iterations)", "  iteration 0:", "    train: "],
      ...[
        "    show: ",
        "  iteration 1:",
        "    train: ",
        "    show: ",
        "[SUCCESS] refine (2 iterations)",
        "[SUCCESS] after",
      ],
      "Completed: 2/2 steps succeeded",
    ],
  });
  const pass = (i: number, lr: string) => [
    [project.path("in.txt"), "--out", at(`g_iter${i}.npz`), "--lr", lr, "--resume", "none"],
    [at(`g_iter${i}.npz`), "--outdir", at(`dir_iter${i}`), "--out2", at(`plain_iter${i}`), "--own", "5"],
  ];
  deepEqual(await project.received(), [
    ...pass(0, "0.1"),
    ...pass(1, "0.01"),
    [at("g.npz"), "--out", at("log.txt"), "--name", "after"],
  ]);
  const last = await project.read("work/g_iter1.npz");
  deepEqual([await project.read("work/g.npz"), last?.includes("0.01")], [last, true]);
  deepEqual(await project.read("work/dir/part.txt"), await project.read("work/dir_iter1/part.txt"));
});

eachProject("a group runs in parallel mode too, and can be named as one step", {
  ...FILES,
  "pipeline.yml": GROUP(SCHEDULE),
}, async (project) => {
  (await project.run(["pipeline.yml", "--parallel"])).expect({ out: ["[SUCCESS] refine (2 iterations)", "2/2"] });
  (await project.run(["pipeline.yml", "--step", "refine"])).expect({ out: ["1 step(s)", "1/1"] });
  (await project.run(["pipeline.yml", "--step", "train"])).expect({ code: 1, err: ["'train'", "refine"] });
});

/** How often and with which values a group runs. */
const VALUES: readonly (readonly [multiPass: string, lr: readonly string[]])[] = [
  ["{count: 3, expressions: {lr: '0.1 * 0.5 ** iter'}}", ["0.1", "0.05", "0.025"]],
  ["{count: 2, expressions: {k: 'iter + 5', lr: 'max(k, 5.5) if iter else k // 2'}}", ["2", "6"]],
  ["{count: 2, expressions: {lr: '\"a\" + str(iter)'}}", []],
  ["{count: 1, expressions: {lr: 'round(2.675, 2)'}}", ["2.67"]],
  ["{count: 1, expressions: {lr: '7 % -3'}}", ["-2"]],
];
for (const [multiPass, values] of VALUES) {
  const what = values.length > 0 ? `gives lr ${values.join(", ")}` : "is refused: str() is not known";
  eachProject(`multi_pass ${multiPass} ${what}`, { ...FILES, "pipeline.yml": GROUP(multiPass) }, async (project) => {
    const outcome = await project.run(["pipeline.yml", "--step", "refine"]);
    outcome.expect({ code: values.length > 0 ? 0 : 1 });
    const lr = (await project.received()).flatMap((words) =>
      words.includes("--lr") ? [words[words.indexOf("--lr") + 1]] : []
    );
    deepEqual(lr, values);
  });
}

eachProject("feedback hands an output to the next iteration", {
  ...FILES,
  "pipeline.yml": GROUP("{count: 3, expressions: {lr: 'iter'}, feedback: {train.--out: train.--resume}}"),
}, async (project) => {
  (await project.run(["pipeline.yml", "--step", "refine"])).expect({});
  const resumed = (await project.received()).flatMap((words) =>
    words.includes("--resume") ? [words[words.indexOf("--resume") + 1]] : []
  );
  deepEqual(resumed, ["none", project.path("work/g_iter0.npz"), project.path("work/g_iter1.npz")]);
});

const STOP = `def evaluate(log, tol):
    return tol > 1 and "iter 1" in open(log).read().replace("--lr", "iter")
`;

eachProject("a condition ends the group early", {
  ...FILES,
  "stop.py": STOP,
  "pipeline.yml": GROUP(
    "{count: 5, expressions: {lr: 'iter'}, condition: {script: stop.py, inputs: {log: $g}, args: {tol: $own}}}",
  ),
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({
    out: ["  iteration 0:", "  iteration 1:", "  condition met at iteration 1", "[SUCCESS] refine (2 iterations)"],
    not: ["iteration 2:"],
  });
  deepEqual(await project.read("work/g.npz"), await project.read("work/g_iter1.npz"));
});

eachProject(
  "a dry run prints every iteration and makes nothing",
  { ...FILES, "pipeline.yml": GROUP(SCHEDULE) },
  async (project) => {
    (await project.run(["pipeline.yml", "--dry-run"])).expect({
      out: [
        "[DRY RUN] refine (multi_pass: 2 iterations)",
        ...["  iteration 0:", "    train: ", "g_iter0.npz", "  iteration 1:", "    show: ", "dir_iter1"],
      ],
    });
    deepEqual(await project.has("work"), false);
  },
);

eachProject("a failed iteration stops the group, names itself, and leaves the plain outputs alone", {
  ...FILES,
  "work/g.npz": "from before",
  "pipeline.yml": GROUP(SCHEDULE).replace(
    "name: show, task: tasks/mix.py",
    "name: show, task: show.py",
  ),
  "show.py": "import sys; sys.exit(6 if 'iter1' in sys.argv[1] else 0)\n",
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({
    code: 1,
    out: ["[FAILED] refine", /iteration 1.*show/, "[SKIPPED] after (dependencies failed: ['refine'])"],
  });
  deepEqual(await project.read("work/g.npz"), "from before");
});

eachProject("an iteration that divides by zero fails the group", {
  ...FILES,
  "pipeline.yml": GROUP("{count: 2, expressions: {lr: '1 / (1 - iter)'}}"),
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({ code: 1, out: ["  iteration 0:", "[FAILED] refine", "iteration 1"] });
});

eachProject("iterations are cached like steps, and a new one runs alone", {
  ...FILES,
  "pipeline.yml": GROUP(SCHEDULE),
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({});
  await project.received();
  (await project.run(["pipeline.yml", "--cached"])).expect({ out: ["[FRESH] refine", "[FRESH] after"] });
  deepEqual(await project.received(), []);
  await project.write({ "pipeline.yml": GROUP("{schedule: [{lr: 0.1}, {lr: 0.01}, {lr: 0.001}]}") });
  (await project.run(["pipeline.yml", "--cached"])).expect({
    out: ["[SUCCESS] refine (3 iterations)", "[SUCCESS] after"],
  });
  deepEqual((await project.received()).length, 3);
});

eachProject("--clean removes the files of iterations too, and no others", {
  ...FILES,
  "work/g_iterx.npz": "mine",
  "work/g_iter7.npz": "left over",
  "pipeline.yml": GROUP(SCHEDULE),
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({});
  (await project.run(["pipeline.yml", "--clean", "--permanent", "--yes"])).expect({});
  deepEqual(project.list("work"), ["g_iterx.npz"]);
});

const WRONG: readonly (readonly [name: string, multiPass: string, message: string])[] = [
  ["schedule and expressions together", "{schedule: [{lr: 1}], expressions: {lr: '1'}}", "expressions"],
  ["an empty schedule", "{schedule: »[]}", "schedule"],
  ["expressions without count", "{expressions: {lr: '1'}}", "count"],
  ["a count of zero", "{count: »0}", "count"],
  ["a count that is no integer", "{count: »1.5}", "count"],
  ["an expression that is no Python", "{count: 1, expressions: {lr: »'1 +'}}", "lr"],
  ["an unknown name in an expression", "{count: 1, expressions: {lr: »'nope + 1'}}", "nope"],
  ["a call that is not allowed", "{count: 1, expressions: {lr: »'open(1)'}}", "open"],
  ["feedback from an unknown step", "{count: 1, feedback: {trian.--out: train.--resume}}", "trian"],
  ["feedback from an unknown flag", "{count: 1, feedback: {train.--nope: train.--resume}}", "--nope"],
];
for (const [name, multiPass, message] of WRONG) {
  const { text, place } = marked(GROUP(multiPass));
  eachProject(`multi_pass with ${name} is refused`, { ...FILES, "pipeline.yml": text }, async (project) => {
    (await project.run(["pipeline.yml"])).expect({ code: 1, err: [/^error: pipeline.yml:\d+:\d+: /, message] })
      .expect({ code: 1, err: [place] });
    deepEqual(await project.received(), []);
  });
}
