import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { fakeProject } from "../../../tests/support/fake_project.ts";
import type { FakeProgram } from "../../../tests/support/fake_subprocess.ts";
import { LoomError } from "../../errors.ts";
import { Float, type Value } from "../../yaml/value.ts";
import { scalarOf } from "./details.ts";

const YAML = `
parameters: {lr: 0.1, whole: 50.0, never: .nan, up: .inf, n: 3, flag: true, none: null, text: x, list: [1, a], api_key: k}
data: {made: made.txt}
pipeline: [{name: a, task: a.py, outputs: {--out: $made}}]
`;
const COMMIT = "0123456789abcdef0123456789abcdef01234567";

/** A project in a repository whose git answers with this. */
function inRepository(answer: FakeProgram) {
  const project = fakeProject(YAML, {
    files: { ".git/HEAD": "ref" },
    script: (spec, stopped) => {
      if (spec.argv[0] === "git") return answer(spec, stopped);
      project.write("made.txt", "made");
    },
  });
  return project;
}

Deno.test("detailsOf() keeps parameters as they stood, and none that looks secret", async () => {
  const project = fakeProject(YAML);
  const { run } = await project.run({ overrides: { parameters: new Map<string, Value>([["n", 4]]), data: new Map() } });
  deepEqual(project.store().journal.getRun(run)?.details, {
    parameters: {
      ...{ lr: 0.1, whole: 50, never: "NaN", up: "Infinity", n: 4, flag: true, none: null },
      ...{ text: "x", list: "[1, 'a']", api_key: "***" },
    },
    python: "3.11.7",
  });
});

Deno.test("scalarOf() keeps what JSON has no number for as a text, and masks secrets", () => {
  const values = [new Float(-Infinity), 2n ** 70n, "nan", "the key-of-mine", new Map([["key-of-mine", 1]])];
  deepEqual(values.map((value) => scalarOf(value as Value, ["key-of-mine"])), [
    "-Infinity",
    String(2n ** 70n),
    "nan",
    "the ***",
    "{'***': 1}",
  ]);
});

Deno.test("a run in a repository keeps its commit, and whether tracked files differ", async () => {
  const changed = `1 .M N... 100644 100644 100644 ${COMMIT} ${COMMIT} a.py\n`;
  for (const dirty of [false, true]) {
    const project = inRepository(({ argv, onOutput }) => {
      equal(argv[argv.indexOf("-C") + 1], "/w");
      onOutput?.("stderr", "a warning\n");
      onOutput?.("stdout", `# branch.oid ${COMMIT}\n# branch.head main\n${dirty ? changed : ""}`);
    });
    const { run, status } = await project.run();
    equal(status, "done");
    deepEqual(project.store().journal.getRun(run)?.details?.git, { commit: COMMIT, dirty });
  }
});

Deno.test("a run goes on where git says nothing, has no commit yet, or is not there", async () => {
  const answers: readonly FakeProgram[] = [
    () => ({ exitCode: 128 }),
    ({ onOutput }) => void onOutput?.("stdout", "# branch.oid (initial)\n# branch.head main\n"),
    () => Promise.reject(new LoomError("program-not-found", "Cannot start 'git'")),
  ];
  for (const answer of answers) {
    const project = inRepository(answer);
    const { run, status } = await project.run();
    equal(status, "done");
    equal(project.store().journal.getRun(run)?.details?.git, undefined);
  }
});

Deno.test("a run does not wait for a git that takes long, and stops it in the end", async () => {
  let wasStopped = false;
  const project = inRepository((_, stopped) =>
    new Promise((resolve) => stopped.addEventListener("abort", () => (wasStopped = true, resolve({}))))
  );
  const done = project.run();
  let isOver = false;
  done.then(() => isOver = true);
  for (let turn = 0; !isOver; turn++) {
    if (turn > 1_000) throw new Error("It never ended");
    await new Promise((resolve) => setTimeout(resolve));
    await project.clock.advance(20);
  }
  equal((await done).status, "done");
  equal(wasStopped, false);
  await project.clock.advance(2_000);
  equal(wasStopped, true);
});

Deno.test("a run in which nothing is to be done keeps what the run before was made with, and asks no git", async () => {
  let asked = 0;
  const project = inRepository(({ onOutput }) => {
    asked++;
    onOutput?.("stdout", `# branch.oid ${COMMIT}\n`);
  });
  await project.run({ cached: true });
  await project.run({ cached: true });
  equal(asked, 2);
  const { run } = await project.run({ cached: true });
  equal(asked, 2);
  const { git, ...kept } = project.store().journal.getRun(run)!.details!;
  deepEqual([git, kept.python, kept.parameters.lr], [undefined, "3.11.7", 0.1]);
});
