import { deepStrictEqual as deepEqual, ok } from "node:assert/strict";
import { GRACE_MS } from "../../core/run/steps/attempt.ts";
import { eachProject, type Project } from "../support/cli.ts";
import { Outcome } from "../support/outcome.ts";
import { survivors } from "../support/sandbox.ts";
import { sendSignal } from "../support/send_signal.ts";

/** Says that it is there, and ends in good order when told to. */
const POLITE = `#!/bin/sh
trap 'echo bye > bye.txt; exit 0' TERM
touch here
while :; do sleep 0.02; done
`;
/** Cannot be told to end, and neither can what it starts. */
const STUBBORN = `#!/bin/sh
trap '' TERM INT
sleep 60 &
touch here
while :; do sleep 0.02; done
`;

const FILES = {
  polite: POLITE,
  stubborn: STUBBORN,
  "pipeline.yml": `
data: {o: o.txt}
pipeline:
  - {name: a, task: "\${SCRIPT}", outputs: {--o: $o}}
  - {name: after, task: tasks/record.py, inputs: {x: $o}}
  - {name: other, task: tasks/record.py, args: {--name: other}}
`,
};

/** Starts a run, sends these signals once its step is there, and waits until it has ended. */
async function interrupted(
  project: Project,
  script: string,
  signals: readonly Deno.Signal[],
): Promise<{ outcome: Outcome; tookMs: number; left: readonly string[] }> {
  const mark = crypto.randomUUID();
  for (const name of ["polite", "stubborn"]) await Deno.chmod(project.path(name), 0o755);
  const child = project.start(["pipeline.yml"], { env: { SCRIPT: script, LOOM_INTERRUPTED: mark } });
  await child.stdin.close();
  const output = child.output();
  for (let i = 0; i < 1000 && !await project.has("here"); i++) await new Promise((resolve) => setTimeout(resolve, 10));
  const startMs = performance.now();
  for (const signal of signals) {
    sendSignal(child, signal);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { code, signal, stdout, stderr } = await output;
  const decoder = new TextDecoder();
  const outcome = new Outcome({
    args: signals,
    code,
    signal,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  });
  return { outcome, tookMs: performance.now() - startMs, left: await survivors(mark, 1000) };
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  eachProject(`${signal} ends what runs in good order, starts nothing new, exit code 130`, FILES, async (project) => {
    const { outcome, left } = await interrupted(project, "polite", [signal]);
    outcome.expect({ code: 130, out: ["[RUNNING] a", "Completed: 0/3"], not: ["[RUNNING] other", "[RUNNING] after"] });
    deepEqual([await project.read("bye.txt"), left], ["bye\n", []]);
    await project.ran([]);
    (await project.run(["status", "pipeline.yml", "--json"], { env: { SCRIPT: "polite" } }))
      .expect({ out: ["the last attempt did not finish"] });
  });
}

eachProject("SIGINT twice kills what does not end", FILES, async (project) => {
  const { outcome, tookMs, left } = await interrupted(project, "stubborn", ["SIGINT", "SIGINT"]);
  outcome.expect({ code: 130, err: ["Ctrl-C"] });
  ok(tookMs < GRACE_MS, `it was given the time of one that was told once: ${tookMs} ms`);
  deepEqual(left, []);
});

const THREE = {
  ...FILES,
  "pipeline.yml": `
data: {o: o.txt}
pipeline:
  - {name: first, task: tasks/mix.py, outputs: {--out: $o}, args: {--name: first}}
  - {name: a, task: "\${SCRIPT}", inputs: {x: $o}}
  - {name: last, task: tasks/record.py, args: {--name: last}}
`,
};
for (const [signal, code] of [["SIGINT", 130], ["SIGKILL", 137]] as const) {
  eachProject(`after a run that ${signal} ended --resume goes on, and repeats nothing`, THREE, async (project) => {
    const { outcome, left } = await interrupted(project, "polite", [signal]);
    deepEqual([outcome.code, left], [code, []]);
    await project.ran(["first"]);
    const env = { SCRIPT: "/bin/true" };
    (await project.run(["pipeline.yml", "--resume"], { env })).expect({
      out: ["[FRESH] first", "[SUCCESS] a", "[SUCCESS] last"],
    });
    await project.ran(["last"]);
  });
}
