import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { eachProject } from "../support/cli.ts";
import { CHAIN, recorders } from "../support/pipelines.ts";

eachProject("independent steps run in file order", { "pipeline.yml": recorders(["c", "a", "b"]) }, async (project) => {
  const outcome = (await project.run(["pipeline.yml"])).expect({
    out: [/^\nPipeline: 3 step\(s\) to run\n/, "[RUNNING] c\n  ", "[SUCCESS] c", "Completed: 3/3 steps succeeded"],
  });
  deepEqual(outcome.markers.map((line) => line.split(" ").slice(0, 2).join(" ")), [
    ...["[RUNNING] c", "[SUCCESS] c", "[RUNNING] a", "[SUCCESS] a", "[RUNNING] b", "[SUCCESS] b"],
  ]);
  await project.ran(["c", "a", "b"]);
});

const step = (name: string, inputs: string, outputs: string, more = "") =>
  `  - {name: ${name}, task: tasks/record.py, inputs: {${inputs}}, outputs: {${outputs}}, args: {--name: ${name}}${more}}`;

eachProject("a consumer before its producer waits for it, all others keep their place", {
  "pipeline.yml": [
    "data: {x: x.txt, y: y.txt}",
    "pipeline:",
    step("z", "", ""),
    step("reads-y", "i: $y", ""),
    step("reads-x", "i: $x", "--o: $y"),
    step("makes-x", "", "--o: $x"),
    step("last", "", ""),
  ].join("\n"),
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({ out: ["5/5"] });
  await project.ran(["z", "makes-x", "reads-x", "reads-y", "last"]);
});

const LINKS: readonly (readonly [what: string, data: string, consumer: string, producer: string])[] = [
  ["a name in inputs", "d: d.txt", "inputs: {i: $d}", "outputs: {--o: $d}"],
  ["a name in args", "d: d.txt", "args: {--name: late, --d: $d}", "outputs: {--o: $d}"],
  ["two entries of one path", "d: d.txt, e: ./d.txt", "inputs: {i: $e}", "outputs: {--o: $d}"],
  ["a literal path", "d: d.txt", "inputs: {i: d.txt}", "outputs: {--o: $d}"],
  ["a literal that equals a name", "d: d.txt", "inputs: {i: d}", "outputs: {--o: $d}"],
];
for (const [what, data, consumer, producer] of LINKS) {
  eachProject(`${what} makes a step wait for the producer`, {
    "pipeline.yml": `
data: {${data}}
pipeline:
  - {name: late, task: tasks/record.py, ${consumer.includes("args") ? consumer : `${consumer}, args: {--name: late}`}}
  - {name: early, task: tasks/record.py, ${producer}, args: {--name: early}}
`,
  }, async (project) => {
    (await project.run(["pipeline.yml"])).expect({});
    await project.ran(["early", "late"]);
  });
}

eachProject("a loop waits for what makes its folder, and others for what it makes", {
  "in/": "",
  "pipeline.yml": `
data: {raw: in, made: made}
pipeline:
  - {name: after, task: tasks/record.py, inputs: {i: $made}, args: {--name: after}}
  - {name: each, task: tasks/record.py, loop: {over: $raw, into: $made}, args: {--name: each, --f: $loop_item}}
  - {name: fill, task: fill.py, outputs: {--o: $raw}}
`,
  "fill.py": "import os, sys; open(os.path.join(sys.argv[2], 'one.txt'), 'w').close()\n",
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({ out: ["[RUNNING] fill", "(loop: 1 items)", "[RUNNING] after"] });
  await project.ran(["each", "after"]);
});

eachProject("with several producers the nearest one before counts", {
  "pipeline.yml": `
data: {d: d.txt, e: e.txt}
pipeline:
  - {name: first, task: tasks/record.py, outputs: {--o: $d}, args: {--name: first}}
  - {name: reader, task: tasks/record.py, inputs: {i: $d}, outputs: {--o: $e}, args: {--name: reader}}
  - {name: second, task: tasks/fail.py, outputs: {--o: $d}}
  - {name: late, task: tasks/record.py, inputs: {i: $d}, args: {--name: late}}
`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({
    code: 1,
    out: ["[SUCCESS] first", "[SUCCESS] reader", "[FAILED] second (exit code 1)", "[SKIPPED] late"],
  });
});

eachProject("a step that updates a file in place does not wait for itself", {
  "pipeline.yml": `
data: {d: d.txt}
pipeline: [{name: a, task: tasks/record.py, inputs: {i: $d}, outputs: {--o: $d}, args: {--name: a}}]
`,
}, async (project) => {
  for (const mode of ["--sequential", "--parallel"]) {
    (await project.run(["pipeline.yml", mode])).expect({ out: ["1/1"], not: ["circle", "error"] });
  }
  await project.ran(["a", "a"]);
});

eachProject("a failed step skips what depends on it, near and far, and nothing else", {
  "pipeline.yml": [
    "data: {x: x.txt, y: y.txt}",
    "pipeline:",
    "  - {name: bad, task: tasks/fail.py, outputs: {--o: $x}, args: {--code: 3}}",
    step("near", "i: $x", "--o: $y"),
    step("far", "i: $y", ""),
    step("other", "", ""),
  ].join("\n"),
}, async (project) => {
  const lines = [
    "[FAILED] bad (exit code 3)",
    "[SKIPPED] near (dependencies failed: ['bad'])",
    "[SKIPPED] far (dependencies failed: ['near'])",
    "[SUCCESS] other",
    /Completed: 1\/4 steps succeeded \(2 skipped\)/,
  ];
  (await project.run(["pipeline.yml"])).expect({ code: 1, out: lines });
  (await project.run(["pipeline.yml", "--parallel"])).expect({ code: 1, out: ["Completed: 1/4 steps succeeded"] });
});

eachProject(
  "an optional producer comes before its consumers when it is included, and is not waited for when it is not",
  {
    "pipeline.yml": [
      "data: {x: x.txt, y: y.txt}",
      "pipeline:",
      step("reads-x", "i: $x", ""),
      step("makes-x", "", "--o: $x", ", optional: true"),
      step("never", "", "--o: $y", ", disabled: true"),
      step("reads-y", "i: $y", ""),
    ].join("\n"),
  },
  async (project) => {
    (await project.run(["pipeline.yml"])).expect({ out: ["2/2"], not: ["[SKIPPED]"] });
    await project.ran(["reads-x", "reads-y"]);
    (await project.run(["pipeline.yml", "--include", "makes-x"])).expect({ out: ["3/3"] });
    await project.ran(["makes-x", "reads-x", "reads-y"]);
  },
);

eachProject("among named steps a failure skips who depends on it, unless that one was named before", {
  "pipeline.yml": [
    "data: {x: x.txt, y: y.txt, z: z.txt}",
    "pipeline:",
    "  - {name: bad, task: tasks/fail.py, outputs: {--o: $x}}",
    "  - {name: worse, task: tasks/fail.py, outputs: {--o: $z}}",
    step("mid", "i: $x", "--o: $y"),
    step("both", "i: $x, j: $z", ""),
    step("far", "i: $y", ""),
  ].join("\n"),
}, async (project) => {
  (await project.run(["pipeline.yml", "--step", "bad", "worse", "mid", "both"])).expect({
    code: 1,
    out: ["[SKIPPED] mid (dependencies failed: ['bad'])", "[SKIPPED] both (dependencies failed: ['bad', 'worse'])"],
  });
  (await project.run(["pipeline.yml", "--step", "mid", "bad"])).expect({ code: 1, out: ["[SUCCESS] mid", "[FAILED]"] });
  (await project.run(["pipeline.yml", "--step", "bad", "far"])).expect({ code: 1, out: ["[SUCCESS] far", "1/2"] });
});

eachProject("--fail-fast starts nothing new after a failure", {
  "pipeline.yml": "pipeline:\n  - {name: bad, task: tasks/fail.py}\n" + recorders(["other"]).split("\n")[1] + "\n",
}, async (project) => {
  (await project.run(["pipeline.yml", "--fail-fast"])).expect({ code: 1, out: ["[SKIPPED] other (cancelled)", "0/2"] });
  (await project.run(["pipeline.yml", "--keep-going"])).expect({ code: 1, out: ["[SUCCESS] other", "1/2"] });
});

eachProject("the marker of a step ended by a signal names it", {
  "die.py": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)\n",
  "pipeline.yml": "pipeline: [{name: a, task: die.py}]\n",
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({ code: 1, out: ["[FAILED] a (signal SIGKILL)"] });
});

eachProject("a script that is missing fails at its turn; one that an earlier step makes is found", {
  "make.py": "open('made.py', 'w').write('print(\"made it\")')\n",
  "pipeline.yml": `
data: {x: x.txt}
pipeline:
  - {name: make, task: make.py}
  - {name: made, task: made.py}
  - {name: gone, task: tasks/absent.py, outputs: {--o: $x}}
  - {name: after, task: tasks/record.py, inputs: {i: $x}}
  - {name: other, task: tasks/record.py, args: {--name: other}}
`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({
    code: 1,
    out: ["made it", "[FAILED] gone", "tasks/absent.py", "[SKIPPED] after", "[SUCCESS] other", "3/5"],
  });
});

eachProject("a dry run prints every command, runs nothing and makes nothing", CHAIN, async (project) => {
  const names = project.list(".");
  const outcome = (await project.run(["pipeline.yml", "--dry-run"])).expect({
    out: [
      "Pipeline: 3 step(s) to run",
      "[DRY RUN] a:\n  ",
      "tasks/mix.py",
      "[DRY RUN] b:\n  ",
      "--lr 0.1",
      "[DRY RUN] c:",
    ],
    not: ["[RUNNING]", "[SUCCESS]"],
  });
  deepEqual(outcome.markers.length, 3);
  deepEqual(project.list("."), names);
});

eachProject("what scripts write appears between their markers", {
  "say.py": "import sys; print('to out'); print('to err', file=sys.stderr); print('no end', end='')\n",
  "pipeline.yml": "pipeline: [{name: a, task: say.py}, {name: b, task: say.py}]\n",
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({
    out: ["[RUNNING] a", "to out\nno end", "\n[SUCCESS] a", "\n[RUNNING] b"],
    err: ["to err", "to err"],
  });
});

eachProject("--quiet prints what went wrong and the last line", {
  "say.py": "print('chatter')\n",
  "bad.py": "import sys; print('why it failed'); sys.exit(4)\n",
  "pipeline.yml": "pipeline: [{name: a, task: say.py}, {name: b, task: bad.py}]\n",
}, async (project) => {
  (await project.run(["pipeline.yml", "--quiet"])).expect({
    code: 1,
    out: ["why it failed", "[FAILED] b (exit code 4)", "Completed: 1/2"],
    not: ["chatter", "[RUNNING]"],
  });
});
