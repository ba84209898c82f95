import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import type { Explanation, Loaded, StepState } from "../../../core/run/session/request.ts";
import { fakeHost } from "../../../tests/support/fake_host.ts";
import { pipelineOf } from "../../../tests/support/pipeline_of.ts";
import { runCli } from "../main.ts";

const STATES: readonly StepState[] = [
  { name: "extract", state: "fresh", reasons: [] },
  { name: "train", state: "stale", reasons: ["parameter lr 0.1 → 0.01", "script"] },
  { name: "frames", state: "missing", reasons: ["out/2.png"], items: { fresh: 1, total: 2 } },
];

function hostWithStates(states: readonly StepState[]) {
  return fakeHost({ engine: { pipelineStatus: () => Promise.resolve(states) } });
}

function loaded(): Promise<Loaded> {
  const pipeline = pipelineOf({
    data: { raw: "raw.csv", clean: "clean.csv" },
    parameters: { lr: 1 },
    pipeline: [
      { name: "extract", task: "extract.py", outputs: { "--to": "$clean" } },
      { group: "models", steps: [{ name: "train", task: "train.py", optional: true }, { name: "test", task: "t.py" }] },
    ],
  });
  return Promise.resolve({ pipeline, text: "", warnings: [] });
}

Deno.test("statusVerb() prints a table, and a document with --json", async () => {
  const host = hostWithStates(STATES);
  equal(await runCli(["status", "p.yml"], host), 0);
  equal(
    host.terminal.output(),
    "extract  fresh\ntrain    stale    parameter lr 0.1 → 0.01, script\nframes   missing  1/2 items fresh, out/2.png\n",
  );
  const machine = hostWithStates(STATES);
  await runCli(["status", "p.yml", "--json"], machine);
  deepEqual(JSON.parse(machine.terminal.output()), { steps: STATES });
});

Deno.test("statusVerb() fails the check unless everything is fresh or has no outputs", async () => {
  equal(await runCli(["status", "p.yml", "--check"], hostWithStates(STATES)), 1);
  const fine = hostWithStates([STATES[0], { name: "print", state: "no outputs", reasons: [] }]);
  equal(await runCli(["status", "p.yml", "--check"], fine), 0);
  equal(await runCli(["status", "p.yml", "--check"], hostWithStates([{ ...STATES[0], state: "never run" }])), 1);
});

Deno.test("explainVerb() says why, and the exact command", async () => {
  const told: Explanation = {
    ...STATES[1],
    commands: [["python", "/w/train.py", "--lr", "0.01", "--tag", "a b"]],
    script: "/w/train.py",
    imports: ["/w/lib/model.py"],
    dependsOn: ["extract"],
  };
  const host = fakeHost({ engine: { explainStep: () => Promise.resolve(told) } });
  equal(await runCli(["explain", "p.yml", "train"], host), 0);
  equal(
    host.terminal.output(),
    `Step: train
State: stale
Why:
  parameter lr 0.1 → 0.01
  script
Command:
  python /w/train.py --lr 0.01 --tag 'a b'
Script:
  train.py
Imports:
  lib/model.py
Depends on:
  extract
`,
  );
});

Deno.test("listVerb() lists the steps under their groups", async () => {
  const host = fakeHost({ engine: { loadPipeline: loaded } });
  equal(await runCli(["p.yml", "--list"], host), 0);
  equal(
    host.terminal.output(),
    `Pipeline steps (3):

  1. extract              extract.py
  Group: models
    2. train                train.py  [optional]
    3. test                 t.py
`,
  );
});

Deno.test("listVerb() looks into one step or one group only", async () => {
  const host = fakeHost({ engine: { loadPipeline: loaded } });
  equal(await runCli(["p.yml", "--investigate"], host), 1);
  equal(await runCli(["p.yml", "--investigate", "--step", "a", "b"], host), 1);
  equal(
    host.terminal.errors(),
    "error: Option --investigate needs a step or a group to look into; add --step NAME or --group NAME\n" +
      "error: Option --investigate looks into one step, but 2 were given; add --step NAME or --group NAME\n",
  );
});

Deno.test("completeVerb() offers verbs, options, and names of what is in the file", async () => {
  async function offered(...words: string[]): Promise<readonly string[]> {
    const host = fakeHost({ engine: { loadPipeline: loaded } });
    equal(await runCli(["__complete", ...words], host), 0);
    return host.terminal.output().split("\n").filter((line) => line !== "").map((line) => line.split("\t")[0]);
  }
  deepEqual(await offered("st"), ["status"]);
  deepEqual(await offered("p.yml", "--dr"), ["--dry-run", "--drop-removed"]);
  deepEqual(await offered("p.yml", "--step", "extract", "t"), ["train", "test"]);
  deepEqual(await offered("p.yml", "--include", ""), ["train"]);
  deepEqual(await offered("run", "p.yml", "--set", ""), ["lr="]);
  deepEqual(await offered("p.yml", "--group", ""), ["models"]);
  deepEqual(await offered("explain", "p.yml", "ex"), ["extract"]);
  deepEqual(await offered("completions", ""), ["bash", "zsh", "fish"]);
});

Deno.test("completionsVerb() knows three shells", async () => {
  for (const shell of ["bash", "zsh", "fish"]) equal(await runCli(["completions", shell], fakeHost()), 0);
  const host = fakeHost();
  equal(await runCli(["completions", "tcsh"], host), 2);
});

Deno.test("schemaVerb() prints JSON Schemas", async () => {
  const host = fakeHost();
  equal(await runCli(["schema"], host), 0);
  const { oneOf } = JSON.parse(host.terminal.output());
  equal(oneOf.length, 16);
  equal(await runCli(["schema", "nothing"], fakeHost()), 2);
});
