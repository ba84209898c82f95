import { deepStrictEqual as deepEqual, ok } from "node:assert/strict";
import { eachProject } from "../support/cli.ts";

/** Notes when it starts and ends, and waits until as many as it was told are there, so that no time is guessed. */
const MEET = `import os, sys, time
here = os.path.dirname(os.path.abspath(__file__))
name, count = sys.argv[1], int(sys.argv[2])
open(os.path.join(here, name + ".here"), "w").close()
end = time.time() + 20
while len([f for f in os.listdir(here) if f.endswith(".here")]) < count:
    if time.time() > end:
        sys.exit("nobody came")
    time.sleep(0.005)
print("met", name)
`;

const meeting = (count: number, execution: string) => `
execution: ${execution}
pipeline:
${["a", "b", "c"].map((name) => `  - {name: ${name}, task: meet.py, args: {${name}: ${count}}}`).join("\n")}
`;

eachProject("independent steps run together up to the limit, output prefixed line by line", {
  "meet.py": MEET,
  "pipeline.yml": meeting(3, "{parallel: true, max_workers: 3}"),
}, async (project) => {
  const outcome = (await project.run(["pipeline.yml"])).expect({
    out: ["Pipeline: 3 step(s) to run [parallel (max 3 workers)]", "Completed: 3/3 steps succeeded"],
  });
  for (const name of ["a", "b", "c"]) ok(outcome.lines.includes(`[${name}] met ${name}`), outcome.report());
});

eachProject("--parallel and --sequential override the file, --max-workers its limit", {
  "pipeline.yml": `
execution: {parallel: true}
pipeline: [{name: a, task: tasks/record.py}]
`,
  "plain.yml": "execution: {max_workers: 7}\npipeline: [{name: a, task: tasks/record.py}]\n",
}, async (project) => {
  const header = async (...args: string[]) => (await project.run(args)).expect({}).lines[1];
  deepEqual(await header("pipeline.yml"), "Pipeline: 1 step(s) to run [parallel]");
  deepEqual(await header("pipeline.yml", "--sequential"), "Pipeline: 1 step(s) to run");
  deepEqual(await header("plain.yml", "--parallel"), "Pipeline: 1 step(s) to run [parallel (max 7 workers)]");
  deepEqual(
    await header("plain.yml", "--parallel", "--max-workers", "2"),
    "Pipeline: 1 step(s) to run [parallel (max 2 workers)]",
  );
  deepEqual(await header("plain.yml", "--parallel", "--max-workers", "0"), "Pipeline: 1 step(s) to run [parallel]");
});

/** Fails when another of its kind runs at the same time. */
const ALONE = `import os, sys, time
lock = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lock")
os.mkdir(lock)
time.sleep(0.05)
os.rmdir(lock)
`;

eachProject("never more than the limit run at once", {
  "alone.py": ALONE,
  "pipeline.yml": `pipeline:\n${["a", "b", "c"].map((name) => `  - {name: ${name}, task: alone.py}`).join("\n")}\n`,
}, async (project) => {
  (await project.run(["pipeline.yml", "--parallel", "--max-workers", "1"])).expect({ out: ["3/3"] });
});

eachProject("steps that share an output are warned of, and run one after the other in file order", {
  "alone.py": ALONE + "open(sys.argv[2], 'a').write(sys.argv[3])\n",
  "pipeline.yml": `
data: {d: d.txt}
pipeline:
${
    ["a", "b", "c"].map((name) => `  - {name: ${name}, task: alone.py, outputs: {--o: $d}, args: {${name}: 1}}`).join(
      "\n",
    )
  }
`,
}, async (project) => {
  (await project.run(["pipeline.yml", "--parallel", "--max-workers", "3"])).expect({
    out: ["3/3"],
    err: ["warning", "d.txt"],
  });
  deepEqual(await project.read("d.txt"), "abc");
});

eachProject("in parallel a consumer still waits, and failures skip what depends on them", {
  "pipeline.yml": `
data: {x: x.txt, y: y.txt}
pipeline:
  - {name: late, task: tasks/record.py, inputs: {i: $x}, args: {--name: late}}
  - {name: early, task: tasks/record.py, outputs: {--o: $x}, args: {--name: early}}
  - {name: bad, task: tasks/fail.py, outputs: {--o: $y}, args: {--name: bad, --code: 5}}
  - {name: after, task: tasks/record.py, inputs: {i: $y}, args: {--name: after}}
`,
}, async (project) => {
  (await project.run(["pipeline.yml", "--parallel"])).expect({
    code: 1,
    out: ["Completed: 2/4 steps succeeded (1 skipped)"],
  }).expect({ code: 1, out: ["[FAILED] bad (exit code 5)", "[SKIPPED] after (dependencies failed: ['bad'])"] });
  const names = (await project.received()).map((words) => words[words.indexOf("--name") + 1]);
  ok(names.indexOf("early") < names.indexOf("late"));
});

eachProject("a cycle is an error that lists it in parallel, a warning and file order one by one", {
  "pipeline.yml": `
data: {x: x.txt, y: y.txt}
pipeline:
  - {name: a, task: tasks/record.py, inputs: {i: $y}, outputs: {--o: $x}, args: {--name: a}}
  - {name: b, task: tasks/record.py, inputs: {i: $x}, outputs: {--o: $y}, args: {--name: b}}
`,
}, async (project) => {
  (await project.run(["pipeline.yml", "--parallel"])).expect({
    code: 1,
    err: [/error: pipeline.yml:4:\d+: .*a → b → a/],
  });
  await project.ran([]);
  (await project.run(["pipeline.yml"])).expect({ out: ["2/2"], err: ["warning: pipeline.yml:4:", "a → b → a"] });
  await project.ran(["a", "b"]);
});

eachProject("resources are counters that steps share", {
  "alone.py": ALONE,
  "pipeline.yml": `
execution: {parallel: true, max_workers: 4, resources: {gpu: 1}}
pipeline:
${["a", "b", "c"].map((name) => `  - {name: ${name}, task: alone.py, resources: {gpu: 1}}`).join("\n")}
`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({ out: ["3/3"] });
});
