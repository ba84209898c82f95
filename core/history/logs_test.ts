import { deepStrictEqual as deepEqual, throws } from "node:assert/strict";
import { fakeProject } from "../../tests/support/fake_project.ts";
import { loggedAttempts } from "./logs.ts";

const YAML = `
data: {one: one.txt, two: two.txt}
pipeline:
  - {name: first, task: a.py, outputs: {--out: $one}}
  - {name: second, task: b.py, inputs: {x: $one}, outputs: {--out: $two}, retries: 1}
`;

Deno.test("loggedAttempts() are all tries of a run, or those of one step", async () => {
  let left = 1;
  const project = fakeProject(YAML, {
    script: ({ argv }) => {
      if (argv[1] === "/w/b.py" && left-- > 0) return { exitCode: 3 };
      project.write(argv.at(-1)!.slice(3), "made");
    },
  });
  const { run: id } = await project.run();
  const { journal } = project.store();
  const run = journal.getRun(id)!;
  deepEqual(loggedAttempts({ run }, journal).map(({ name, attempt, status }) => [name, attempt, status]), [
    ["first", 1, "done"],
    ["second", 1, "failed"],
    ["second", 2, "done"],
  ]);
  deepEqual(loggedAttempts({ run, step: "second" }, journal).length, 2);
  throws(() => loggedAttempts({ run, step: "secnd" }, journal), { code: "unknown-step", hint: /second/ });
});

Deno.test("loggedAttempts() says which run did a step that was found fresh", async () => {
  const project = fakeProject(YAML);
  const first = await project.run({ cached: true });
  const { run: id } = await project.run({ cached: true });
  const { journal } = project.store();
  const run = journal.getRun(id)!;
  deepEqual(loggedAttempts({ run }, journal), []);
  const hint = new RegExp(`loom log ${first.run} first`);
  throws(() => loggedAttempts({ run, step: "first" }, journal), { code: "step-not-run", hint });
});
