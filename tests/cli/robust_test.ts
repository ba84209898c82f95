import { deepStrictEqual as deepEqual, ok } from "node:assert/strict";
import { eachProject } from "../support/cli.ts";

const ONE = (keys: string, script = "tasks/record.py") => `
execution: {resources: {gpu: 2}}
data: {o: o.txt, p: p.txt}
parameters: {epochs: 10, backend: local, flag: true, text: ""}
pipeline:
  - {name: a, task: ${script}, outputs: {--o: $o}, args: {--name: a}, ${keys}}
  - {name: after, task: tasks/record.py, inputs: {x: $o}, outputs: {--p: $p}, args: {--name: after}}
  - {name: other, task: tasks/record.py, args: {--name: other}}
`;

for (const timeout of ["0.2", '"200ms"']) {
  eachProject(`timeout: ${timeout} ends a step that takes too long`, {
    "slow.py": "import time; time.sleep(30)\n",
    "pipeline.yml": ONE(`timeout: ${timeout}`, "slow.py"),
  }, async (project) => {
    (await project.run(["pipeline.yml"], { timeoutMs: 20_000 }))
      .expect({ code: 1, out: ["[FAILED] a", "timed out after", "[SKIPPED] after", "[SUCCESS] other"] });
  });
}

/** Fails until it was tried as often as it is told. */
const FLAKY = `import os, sys
count = os.path.join(os.path.dirname(os.path.abspath(__file__)), "tries")
with open(count, "a") as file: file.write("x")
sys.exit(7 if os.path.getsize(count) < 3 else 0)
`;
const RETRIES: readonly (readonly [retries: string, code: number, tries: number])[] = [
  ["2", 0, 3],
  ["1", 1, 2],
  ["0", 1, 1],
  ["{attempts: 2, delay: 0.01}", 0, 3],
  ["{attempts: 2, delay: '10ms', backoff: exponential}", 0, 3],
];
for (const [retries, code, tries] of RETRIES) {
  eachProject(`retries: ${retries} tries ${tries} times`, {
    "flaky.py": FLAKY,
    "pipeline.yml": ONE(`retries: ${retries}`, "flaky.py"),
  }, async (project) => {
    const outcome = (await project.run(["pipeline.yml"])).expect({
      code,
      out: [code === 0 ? "[SUCCESS] a" : "[FAILED] a"],
    });
    deepEqual(await project.read("tries"), "x".repeat(tries), outcome.report());
  });
}

/** Conditions over parameters and whether they hold. */
const WHENS: readonly (readonly [when: string, holds: boolean])[] = [
  ["epochs > 5 and backend == 'local'", true],
  ["epochs > 5 and backend != 'local'", false],
  ["epochs <= 9 or flag", true],
  ["not flag", false],
  ["backend in ['local', 'remote']", true],
  ["backend not in ['local']", false],
  ["epochs == 10.0", true],
  ["epochs >= 10 and epochs < 11", true],
  ["text", false],
];
for (const [when, holds] of WHENS) {
  eachProject(
    `when: ${when} ${holds ? "holds" : "does not hold"}`,
    { "pipeline.yml": ONE(`when: "${when}"`) },
    async (project) => {
      const skipped = ["[SKIPPED] a (when)", "[SKIPPED] after (skipped: a)", "[SUCCESS] other", "1/3", "(2 skipped)"];
      (await project.run(["pipeline.yml"])).expect({ out: holds ? ["[SUCCESS] a", "3/3"] : skipped });
    },
  );
}

eachProject("when follows --set, and what it cannot read is refused", {
  "pipeline.yml": ONE(`when: "epochs > 5"`),
  "bad.yml": ONE(`when: "epochs >"`),
  "unknown.yml": ONE(`when: "epoch > 5"`),
}, async (project) => {
  (await project.run(["pipeline.yml", "--set", "epochs=1"])).expect({ out: ["[SKIPPED] a (when)"] });
  (await project.run(["bad.yml"])).expect({ code: 1, err: [/error: bad.yml:6:\d+: .*when/] });
  (await project.run(["unknown.yml"])).expect({ code: 1, err: ["epoch", "epochs"] });
});

eachProject("continue_on_error makes a failure a warning; what depends on it needs its outputs", {
  "fails.py": "import sys; sys.exit(3)\n",
  "makes.py": "import sys; open(sys.argv[2], 'w').close(); sys.exit(3)\n",
  "fails.yml": ONE("continue_on_error: true", "fails.py"),
  "makes.yml": ONE("continue_on_error: true", "makes.py"),
}, async (project) => {
  (await project.run(["fails.yml"])).expect({ out: ["[FAILED] a", "[SKIPPED] after (skipped: a)", "[SUCCESS] other"] });
  (await project.run(["makes.yml"])).expect({ out: ["[FAILED] a", "[SUCCESS] after", "[SUCCESS] other"] });
});

eachProject("atomic keeps half-written outputs away from their place", {
  "half.py": `import os, sys
with open(sys.argv[2], "w") as file: file.write("half")
sys.exit(1 if os.path.exists(os.path.join(os.path.dirname(os.path.abspath(__file__)), "bad")) else 0)
`,
  "bad": "",
  "o.txt": "from before",
  "pipeline.yml": ONE("atomic: true", "half.py"),
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({ code: 1 });
  deepEqual(await project.read("o.txt"), "from before");
  await project.remove("bad");
  (await project.run(["pipeline.yml"])).expect({});
  deepEqual(await project.read("o.txt"), "half");
  deepEqual(project.list(".").filter((name) => /stag|tmp|part/.test(name)), []);
});

eachProject("env and cwd are the step's own", {
  "look.py": "import os; print('SEES', os.environ['K'], os.environ['L'], os.getcwd())\n",
  "deeper/": "",
  "pipeline.yml": ONE("env: {K: v, L: 1.50}, cwd: deeper", "look.py"),
}, async (project) => {
  (await project.run(["pipeline.yml"], { env: { K: "outer" } })).expect({
    out: [`SEES v 1.5 ${project.path("deeper")}`],
  });
});

eachProject("resources beyond what there is are refused", {
  "pipeline.yml": ONE("resources: {gpu: 3}"),
  "unknown.yml": ONE("resources: {gpus: 1}"),
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({ code: 1, err: [/error: pipeline.yml:6:\d+: .*gpu/] });
  (await project.run(["unknown.yml"])).expect({ code: 1, err: ["gpus", "did you mean 'gpu'?"] });
});

for (
  const key of [
    "timeout: soon",
    "timeout: 0",
    "retries: -1",
    "retries: {delay: 1}",
    "sandbox: {memory: much}",
    "resources: {gpu: x}",
  ]
) {
  eachProject(`${key} is refused with its place`, { "pipeline.yml": ONE(key) }, async (project) => {
    (await project.run(["pipeline.yml"])).expect({
      code: 1,
      err: [/^error: pipeline.yml:6:\d+: /],
      not: ["[RUNNING]"],
    });
  });
}

eachProject("--resume goes on with the run that failed: what had finished is not run again", {
  "maybe.py": `import os, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "tasks"))
from record import record
record()
sys.exit(0 if os.path.exists(os.path.join(os.path.dirname(os.path.abspath(__file__)), "good")) else 1)
`,
  "pipeline.yml": `
data: {o: o.txt, p: p.txt}
pipeline:
  - {name: first, task: tasks/mix.py, outputs: {--out: $o}, args: {--name: first}}
  - {name: quiet, task: tasks/record.py, args: {--name: quiet}}
  - {name: bad, task: maybe.py, inputs: {x: $o}, outputs: {--p: $p}, args: {--name: bad}}
  - {name: last, task: tasks/record.py, inputs: {x: $p}, args: {--name: last}}
`,
}, async (project) => {
  (await project.run(["pipeline.yml"])).expect({ code: 1, out: ["[FAILED] bad"] });
  await project.ran(["first", "quiet", "bad"]);
  await project.write({ good: "" });
  (await project.run(["pipeline.yml", "--resume"])).expect({
    out: ["[FRESH] first", "[SUCCESS] bad", "[SUCCESS] last"],
  });
  await project.ran(["bad", "last"]);
});

eachProject("--resume with nothing to go on with says so", {
  "pipeline.yml": "pipeline: [{name: a, task: tasks/record.py}]\n",
}, async (project) => {
  const outcome = await project.run(["pipeline.yml", "--resume"]);
  ok(/resume/i.test(outcome.stdout + outcome.stderr), outcome.report());
});
