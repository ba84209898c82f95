import { deepStrictEqual as deepEqual, ok } from "node:assert/strict";
import { ErrorSchema, EventSchema, ExplainSchema, StatusSchema } from "../../ui/cli/view/event_schema.ts";
import { eachProject } from "../support/cli.ts";
import type { Outcome } from "../support/outcome.ts";

/** One of everything that an event can be about. */
const FILES = {
  "in.txt": "raw\n",
  "items/1.txt": "1\n",
  "items/2.txt": "2\n",
  "say.py": "import sys; print('to out', flush=True); print('to err', file=sys.stderr)\n",
  "flaky.py": `import os, sys
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "tries")
open(path, "a").write("x")
sys.exit(7 if os.path.getsize(path) < 2 else 0)
`,
  "die.py": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)\n",
  "pipeline.yml": `
data: {in: in.txt, items: items, each: out/each, g: out/g.txt, bad: out/bad.txt, other: out/other.txt}
parameters: {flag: false}
pipeline:
  - {name: say, task: say.py}
  - {name: each, task: tasks/mix.py, loop: {over: $items, into: $each}, inputs: {x: $loop_item}, outputs: {--out: $loop_output}}
  - {name: there, kind: condition, predicate: exists, inputs: {data: $in}}
  - {name: route, kind: switch, condition: $there, data: $in}
  - {name: untaken, task: say.py, inputs: {x: $route.else}, outputs: {--o: $other}}
  - {name: behind, task: say.py, inputs: {x: $other}}
  - group: rounds
    multi_pass: {count: 2}
    steps: [{name: g, task: tasks/mix.py, inputs: {x: $in}, outputs: {--out: $g}}]
  - {name: flaky, task: flaky.py, retries: 1}
  - {name: unwanted, task: say.py, when: flag}
  - {name: die, task: die.py, outputs: {--o: $bad}}
  - {name: after, task: say.py, inputs: {x: $bad}}
  - {name: missing, task: nowhere.py, continue_on_error: true}
`,
};

/** Every line, checked against the schema, and numbered from 1 without gaps. */
function checked(outcome: Outcome) {
  const events = outcome.lines.map((line) => EventSchema.parse(JSON.parse(line)));
  deepEqual(events.map((event) => event.seq), events.map((_, i) => i + 1));
  deepEqual(new Set(events.map((event) => event.run)).size, 1);
  ok(events.every((event, i) => i === 0 || event.at >= events[i - 1].at - 1000));
  return events;
}

for (const mode of ["--sequential", "--parallel"]) {
  eachProject(
    `--json ${mode} prints every event of a run as its schema says, and nothing else`,
    FILES,
    async (project) => {
      const outcome = await project.run(["pipeline.yml", "--json", mode]);
      const events = checked(outcome);
      deepEqual(outcome.code, 1);
      deepEqual([events[0].type, events.at(-1)!.type], ["run_started", "run_finished"]);
      const of = (type: string, step: string) =>
        events.filter((event) => event.type === type && "step" in event && event.step === step);
      const [die] = of("step_finished", "die");
      ok(die.type === "step_finished");
      deepEqual([die.status, die.signal, die.exit_code], ["failed", "SIGKILL", undefined]);
      deepEqual(of("part_finished", "each").length, 2);
      deepEqual(of("iteration_started", "rounds").length, 2);
      deepEqual(of("step_retried", "flaky").length, 1);
      deepEqual(of("step_started", "flaky").length, 1);
      const written = of("output", "say").flatMap((event) => event.type === "output" ? [event] : []);
      // Each may have come in pieces.
      const textOf = (stream: string) => written.filter((it) => it.stream === stream).map(({ text }) => text).join("");
      deepEqual([textOf("stdout"), textOf("stderr")], ["to out\n", "to err\n"]);
      const causes = events.flatMap((event) => event.type === "step_skipped" ? [[event.step, event.cause]] : []).sort();
      deepEqual(causes, [["after", "failed"], ["behind", "skipped"], ["untaken", "condition"], ["unwanted", "when"]]);
      const last = events.at(-1)!;
      ok(last.type === "run_finished");
      deepEqual([last.status, last.succeeded, last.skipped, last.total], ["failed", 6, 4, 12]);
    },
  );
}

eachProject("--json of a cached run, a dry run and an empty one follow the schema too", {
  ...FILES,
  "empty.yml": "pipeline: []\n",
}, async (project) => {
  await project.run(["pipeline.yml"]);
  const fresh = checked(await project.run(["pipeline.yml", "--json", "--cached"]));
  ok(fresh.some((event) => event.type === "step_skipped" && event.cause === "fresh"));
  ok(
    checked(await project.run(["pipeline.yml", "--json", "--dry-run"])).some((event) =>
      event.type === "run_started" && event.dry_run
    ),
  );
  deepEqual(checked(await project.run(["empty.yml", "--json"])).map((event) => event.type), [
    "run_started",
    "run_finished",
  ]);
});

eachProject("status and explain print one document each, as their schemas say", FILES, async (project) => {
  await project.run(["pipeline.yml"]);
  const { steps } = StatusSchema.parse((await project.run(["status", "pipeline.yml", "--json"])).expect({}).json);
  deepEqual(steps.map((step) => step.name).length, 12);
  deepEqual(steps.find((step) => step.name === "each")?.items, { fresh: 2, total: 2 });
  for (const { name } of steps) {
    const told = ExplainSchema.parse((await project.run(["explain", "pipeline.yml", name, "--json"])).expect({}).json);
    deepEqual(told.name, name);
    if (name === "each" || name === "rounds") deepEqual(told.commands.length, 2);
  }
});

for (const name of ["events", "status", "explain", "error"]) {
  eachProject(`loom schema ${name} prints a JSON Schema`, {}, async (project) => {
    const schema = (await project.run(["schema", name])).expect({}).json as Record<string, unknown>;
    ok(String(schema.$schema).includes("json-schema.org"));
  });
}

eachProject(
  "what is wrong goes to standard error, in JSON mode too",
  { "pipeline.yml": "pipeline: 3\n" },
  async (project) => {
    const outcome = (await project.run(["pipeline.yml", "--json"])).expect({
      code: 1,
      err: ["error: pipeline.yml:1:11"],
    });
    for (const line of outcome.stdout.split("\n").filter((line) => line !== "")) JSON.parse(line);
  },
);

eachProject("options that are wrong are told to programs too, all of them in one document", {}, async (project) => {
  const outcome = await project.run(["pipeline.yml", "--json", "--nonsense", "--set", "p"]);
  outcome.expect({ code: 2, err: ["--nonsense", "'p'"] });
  const { code, problems } = ErrorSchema.strict().parse(outcome.json);
  deepEqual([code, problems.length], ["usage", 2]);
});
