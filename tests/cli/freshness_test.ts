import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { eachProject, type Project } from "../support/cli.ts";
import { CHAIN } from "../support/pipelines.ts";

/** The steps that a cached run really ran, in order. */
async function cached(project: Project, ...args: string[]): Promise<readonly string[]> {
  await project.received();
  (await project.run(["pipeline.yml", "--cached", ...args])).expect({});
  return (await project.received()).map((words) => words[words.indexOf("--name") + 1]);
}

/** State and reasons of each step, as `loom status --json` has them. */
async function states(project: Project, ...args: string[]): Promise<Record<string, unknown>> {
  const outcome = (await project.run(["status", "pipeline.yml", "--json", ...args])).expect({});
  const { steps } = outcome.json as { steps: { name: string; state: string; reasons: string[] }[] };
  return Object.fromEntries(steps.map(({ name, state, reasons }) => [name, [state, ...reasons].join("; ")]));
}

/** Makes a file of the same content look newer. */
async function touch(project: Project, name: string, aheadMs = 5000): Promise<void> {
  const time = new Date(Date.now() + aheadMs);
  await Deno.utime(project.path(name), time, time);
}

const replace = async (project: Project, name: string, from: string, to: string) =>
  await project.write({ [name]: (await project.read(name))!.replace(from, to) });

eachProject("by default every step runs, with --cached only what is not fresh", CHAIN, async (project) => {
  deepEqual(await states(project), { a: "never run", b: "never run", c: "never run" });
  for (let i = 0; i < 2; i++) (await project.run(["pipeline.yml"])).expect({ not: ["[FRESH]"] });
  deepEqual((await project.received()).length, 6);
  (await project.run(["pipeline.yml", "--cached"])).expect({
    out: ["[FRESH] a\n[FRESH] b\n[FRESH] c\n", "Completed: 3/3 steps succeeded"],
    not: ["[RUNNING]"],
  });
  (await project.run(["pipeline.yml", "--cached", "--force"])).expect({ not: ["[FRESH]"] });
  deepEqual((await project.received()).length, 3);
});

eachProject("execution.cache makes it the default, and --force overrides that", {
  ...CHAIN,
  "pipeline.yml": `execution: {cache: true}\n${CHAIN["pipeline.yml"]}`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({});
  (await project.run(["pipeline.yml"])).expect({ out: ["[FRESH] a"] });
  (await project.run(["pipeline.yml", "--force"])).expect({ not: ["[FRESH]"] });
});

/** What is changed after a run, what status says then, and what a cached run runs. */
interface Change {
  readonly name: string;
  readonly change: (project: Project) => Promise<unknown>;
  readonly args?: readonly string[];
  readonly status: Record<string, string>;
  readonly runs: readonly string[];
}

const CHANGES: readonly Change[] = [
  { name: "nothing", change: () => Promise.resolve(), status: {}, runs: [] },
  {
    name: "an input's content",
    change: (p) => p.write({ "in.txt": "new\n" }),
    status: { a: "stale; input in.txt" },
    runs: ["a", "b", "c"],
  },
  { name: "an input's time only", change: (p) => touch(p, "in.txt"), status: {}, runs: [] },
  { name: "a script's time only", change: (p) => touch(p, "tasks/mix.py"), status: {}, runs: [] },
  { name: "an output's time only", change: (p) => touch(p, "out/a.txt", -90_000), status: {}, runs: [] },
  {
    name: "a script",
    change: (p) => replace(p, "tasks/mix.py", "record()", "record()  # again"),
    status: { a: "stale; script", b: "stale; script", c: "stale; script" },
    runs: ["a", "b", "c"],
  },
  {
    name: "a module that the script imports",
    change: (p) => replace(p, "tasks/record.py", "os, sys\n", "os, sys  # again\n"),
    status: { a: "stale; import tasks/record.py" },
    runs: ["a", "b", "c"],
  },
  {
    name: "a parameter",
    change: (p) => replace(p, "pipeline.yml", "lr: 0.1", "lr: 0.01"),
    status: { a: "fresh", b: "stale; parameter lr 0.1 → 0.01", c: "stale; upstream b" },
    runs: ["b", "c"],
  },
  {
    name: "a parameter on the command line",
    change: () => Promise.resolve(),
    args: ["--set", "lr=0.5"],
    status: { b: "stale; parameter lr 0.1 → 0.5" },
    runs: ["b", "c"],
  },
  {
    name: "an arg that is added",
    change: (p) => replace(p, "pipeline.yml", "--name: c", "--name: c, --more: 1"),
    status: { b: "fresh", c: "stale; argument --more none → 1" },
    runs: ["c"],
  },
  {
    name: "an output's absence",
    change: (p) => p.remove("out/b.txt"),
    status: { b: "missing; output out/b.txt is missing" },
    runs: ["b"],
  },
  {
    name: "an output edited by hand",
    change: (p) => p.write({ "out/a.txt": "by hand\n" }),
    status: { a: "modified; output out/a.txt was changed by hand" },
    runs: ["a"],
  },
  {
    name: "an output's path",
    change: (p) => replace(p, "pipeline.yml", "c: out/c.txt", "c: out/d.txt"),
    status: { b: "fresh" },
    runs: ["c"],
  },
  {
    name: "a data entry's name and a step's place",
    change: (p) => replace(p, "pipeline.yml", "data: {in: in.txt, a: out/a.txt", "data: {in: ./in.txt, a: out//a.txt"),
    status: {},
    runs: [],
  },
];
for (const { name, change, args = [], status, runs } of CHANGES) {
  eachProject(`after a change of ${name} ${runs.join(", ") || "nothing"} runs`, CHAIN, async (project) => {
    (await project.run(["pipeline.yml"])).expect({});
    await change(project);
    const told = await states(project, ...args);
    for (const [step, expected] of Object.entries(status)) deepEqual([step, told[step]], [step, expected]);
    if (runs.length === 0) deepEqual(Object.values(told), ["fresh", "fresh", "fresh"]);
    const check = await project.run(["status", "pipeline.yml", "--check", ...args]);
    deepEqual(check.code, runs.length === 0 ? 0 : 1, check.report());
    deepEqual(await cached(project, ...args), runs);
    deepEqual(await cached(project, ...args), []);
  });
}

const EARLY = {
  "words.txt": "one two # a remark\n",
  "strip.py": `import sys
from tasks.record import record
record()
text = open(sys.argv[1]).read().split("#")[0].strip()
open(sys.argv[3], "w").write(text)
`,
  "pipeline.yml": `
data: {in: words.txt, a: a.txt, b: b.txt}
pipeline:
  - {name: a, task: strip.py, inputs: {x: $in}, outputs: {--out: $a}, args: {--name: a}}
  - {name: b, task: tasks/mix.py, inputs: {x: $a}, outputs: {--out: $b}, args: {--name: b}}
`,
};

eachProject("an output that comes out the same ends the staleness", EARLY, async (project) => {
  await project.write({
    "strip.py": EARLY["strip.py"].replace("from tasks.record import record\nrecord()", RECORD_HERE),
  });
  (await project.run(["pipeline.yml"])).expect({});
  await project.write({ "words.txt": "one two # another remark\n" });
  deepEqual(await states(project), { a: "stale; input words.txt", b: "stale; upstream a" });
  deepEqual(await cached(project), ["a"]);
});

const RECORD_HERE = `import os
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "tasks"))
from record import record
record()`;

const LOOP = {
  "in/1.txt": "1\n",
  "in/2.txt": "2\n",
  "pipeline.yml": `
data: {in: in, out: made, all: all.txt}
pipeline:
  - name: each
    task: tasks/mix.py
    loop: {over: $in, into: $out}
    inputs: {x: $loop_item}
    outputs: {--out: $loop_output}
    args: {--name: $loop_item}
  - {name: join, task: tasks/mix.py, inputs: {x: $out}, outputs: {--out: $all}, args: {--name: join}}
`,
};

eachProject("loops are tracked item by item", LOOP, async (project) => {
  const item = (name: string) => project.path(`in/${name}`);
  (await project.run(["pipeline.yml"])).expect({});
  deepEqual(await cached(project), []);
  await project.write({ "in/3.txt": "3\n" });
  deepEqual(await states(project), { each: "stale; item 3.txt: never run", join: "stale; upstream each" });
  deepEqual(await cached(project), [item("3.txt"), "join"]);
  await project.write({ "in/1.txt": "one\n" });
  deepEqual(await cached(project), [item("1.txt"), "join"]);
  await project.remove("made/2.txt");
  deepEqual(await cached(project), [item("2.txt")]);
  deepEqual(await cached(project), []);
});

eachProject("an item that is gone leaves a result, which is told of and removed when asked", LOOP, async (project) => {
  (await project.run(["pipeline.yml"])).expect({});
  await project.remove("in/2.txt");
  (await project.run(["pipeline.yml", "--cached"])).expect({ err: ["warning", "made/2.txt", "--drop-removed"] });
  deepEqual(await project.has("made/2.txt"), true);
  (await project.run(["pipeline.yml", "--cached", "--drop-removed"])).expect({ out: ["[SUCCESS] join"] });
  deepEqual([await project.has("made/2.txt"), await project.read("all.txt")], [false, "1.txt:1\n"]);
});

eachProject("a step without outputs always runs", {
  "pipeline.yml": "pipeline: [{name: a, task: tasks/record.py, args: {--name: a}}]\n",
}, async (project) => {
  deepEqual(await cached(project), ["a"]);
  deepEqual(await cached(project), ["a"]);
  deepEqual(await states(project), { a: "no outputs" });
  (await project.run(["status", "pipeline.yml", "--check"])).expect({});
});

eachProject("what was never recorded is judged by times, which is said", {
  ...CHAIN,
  "out/a.txt": "made before\n",
}, async (project) => {
  await touch(project, "in.txt", -60_000);
  deepEqual(await states(project), { a: "never run", b: "never run", c: "never run" });
  (await project.run(["pipeline.yml", "--cached"])).expect({
    out: ["[FRESH] a", "[SUCCESS] b", "[SUCCESS] c"],
    err: ["modification times"],
  });
});

eachProject(
  "by times, an output older than an input is not fresh",
  { ...CHAIN, "out/a.txt": "old\n" },
  async (project) => {
    await touch(project, "out/a.txt", -60_000);
    deepEqual(await cached(project), ["a", "b", "c"]);
  },
);

eachProject("after an attempt that failed nothing is judged by times, nor taken for fresh", {
  ...CHAIN,
  "pipeline.yml": CHAIN["pipeline.yml"].replace("task: tasks/mix.py", "task: half.py"),
  "half.py": "import sys; open(sys.argv[3], 'w').write('half'); sys.exit(len(sys.argv) > 1 and 1)\n",
}, async (project) => {
  await touch(project, "in.txt", -60_000);
  (await project.run(["pipeline.yml"])).expect({ code: 1 });
  deepEqual(await project.read("out/a.txt"), "half");
  (await project.run(["pipeline.yml", "--cached"])).expect({ code: 1, out: ["[FAILED] a"], not: ["[FRESH]"] });
  const told = await states(project);
  deepEqual(told.a, "stale; the last attempt did not finish");
});

eachProject("deps, env and the cwd of a step count", {
  "in.txt": "raw\n",
  "extra.cfg": "1\n",
  "pipeline.yml": `
data: {in: in.txt, a: a.txt}
pipeline:
  - {name: a, task: tasks/mix.py, inputs: {x: $in}, outputs: {--out: $a}, args: {--name: a}, deps: [extra.cfg], env: {K: one}}
`,
}, async (project) => {
  deepEqual(await cached(project), ["a"]);
  await project.write({ "extra.cfg": "2\n" });
  deepEqual(await states(project), { a: "stale; file extra.cfg" });
  deepEqual(await cached(project), ["a"]);
  await replace(project, "pipeline.yml", "K: one", "K: two");
  deepEqual(await states(project), { a: "stale; environment K" });
  deepEqual(await cached(project), ["a"]);
  await replace(project, "pipeline.yml", "env: {K: two}", "env: {K: two}, cwd: tasks");
  deepEqual(await cached(project), ["a"]);
  deepEqual(await cached(project), []);
});

eachProject("paths with {name} stand for every match", {
  "in.txt": "raw\n",
  "frames.py":
    "import sys\nfor i in range(2): open(sys.argv[2].replace('{i}', str(i)), 'w').write(open(sys.argv[4]).read())\n",
  "pipeline.yml": `
data: {in: in.txt, frames: "f/frame_{i}.txt"}
pipeline: [{name: a, task: frames.py, outputs: {--out: $frames}, args: {--in: $in}}]
`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({ out: ["'", "f/frame_{i}.txt", "'"], not: ["did not make"] });
  deepEqual(await states(project), { a: "fresh" });
  await project.write({ "f/frame_1.txt": "edited" });
  deepEqual((await states(project)).a, "modified; output f/frame_1.txt was changed by hand");
});

eachProject("loom status prints a table, and looking changes nothing", CHAIN, async (project) => {
  const before = project.list(".");
  (await project.run(["status", "pipeline.yml"])).expect({ out: [/^a +never run/, /b +never run/] });
  (await project.run(["explain", "pipeline.yml", "b"])).expect({});
  deepEqual(project.list("."), before);
  (await project.run(["status", "pipeline.yml", "--check"])).expect({ code: 1 });
});

eachProject(
  "loom explain tells state, reasons, the exact command, imports and dependencies",
  CHAIN,
  async (project) => {
    (await project.run(["pipeline.yml"])).expect({});
    const words = ["explain", "pipeline.yml", "b", "--set", "lr=2"];
    (await project.run(words)).expect({
      out: [
        "Step: b",
        "State: stale",
        "parameter lr 0.1 → 2",
        "tasks/mix.py",
        "--lr 2",
        "tasks/record.py",
        "Depends on:",
        "a",
      ],
    });
    const { commands, depends_on, imports } = (await project.run([...words, "--json"])).json as Record<
      string,
      string[][]
    >;
    deepEqual(commands[0].slice(1), [
      ...[project.path("tasks/mix.py"), project.path("out/a.txt"), "--out", project.path("out/b.txt")],
      ...["--name", "b", "--lr", "2"],
    ]);
    deepEqual([depends_on, imports], [["a"], [project.path("tasks/record.py")]]);
    (await project.run(["explain", "pipeline.yml", "bb"])).expect({ code: 1, err: ["'bb'"] });
  },
);

eachProject(
  "state lives in .loom beside the pipeline, ignored by git, and only freshness is lost with it",
  CHAIN,
  async (project) => {
    (await project.run(["pipeline.yml"])).expect({});
    deepEqual(await project.read(".loom/.gitignore"), "*\n!plugins.yaml\n!rules.yaml\n");
    await project.remove(".loom");
    deepEqual(await states(project), { a: "never run", b: "never run", c: "never run" });
  },
);

eachProject("the nearest .loom upward is the project, and --project names another", {
  ".loom/": "",
  "sub/in.txt": "raw\n",
  "sub/tasks/mix.py": "import sys; open(sys.argv[3], 'w').write('x')\n",
  "sub/pipeline.yml": CHAIN["pipeline.yml"],
  "elsewhere/": "",
}, async (project) => {
  (await project.run(["sub/pipeline.yml"])).expect({});
  deepEqual([await project.has(".loom/loom.db"), await project.has("sub/.loom")], [true, false]);
  (await project.run(["sub/pipeline.yml", "--project", "elsewhere"])).expect({});
  deepEqual(await project.has("elsewhere/.loom/loom.db"), true);
});
