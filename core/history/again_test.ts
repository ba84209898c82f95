import { deepStrictEqual as deepEqual, strictEqual as equal, throws } from "node:assert/strict";
import { fakeProject } from "../../tests/support/fake_project.ts";
import type { RunRequest } from "../run/session/request.ts";
import { Float, type Value } from "../yaml/value.ts";
import { askAgain } from "./again.ts";

const YAML = `
parameters: {lr: 0.1, api_key: none}
data: {made: made.txt}
pipeline:
  - {name: a, task: a.py, outputs: {--out: $made}, args: {--lr: $lr}}
  - {name: b, task: b.py, optional: true}
`;

function overrides(parameters: Readonly<Record<string, Value>>) {
  return { parameters: new Map(Object.entries(parameters)), data: new Map([["made", "other.txt"]]) };
}

Deno.test("askAgain() asks for what was asked for, and notices that the file has changed", async () => {
  const project = fakeProject(YAML);
  const asked: Partial<RunRequest> = {
    selection: { mode: "steps", names: ["a"] },
    include: ["b"],
    extra: ["--more"],
    overrides: overrides({ lr: new Float(50) }),
  };
  const { run } = await project.run(asked);
  const record = project.store().journal.getRun(run)!;
  deepEqual(askAgain(record, "/w", project.context), { file: "/w/pipeline.yml", ...asked, isChanged: false });
  project.write("pipeline.yml", `${YAML}# more\n`);
  equal(askAgain(record, "/w", project.context).isChanged, true);
});

Deno.test("askAgain() refuses what was not kept, and says how to give it", async () => {
  const project = fakeProject(YAML);
  const { run } = await project.run({ overrides: overrides({ api_key: "sesame" }) });
  throws(() => askAgain(project.store().journal.getRun(run)!, "/w", project.context), {
    code: "secret-not-kept",
    message: /api_key/,
    hint: /--set api_key=/,
  });
});

Deno.test("askAgain() says where the text of a pipeline lies that is gone", async () => {
  const project = fakeProject(YAML);
  const { run } = await project.run();
  const record = project.store().journal.getRun(run)!;
  project.files.remove("/w/pipeline.yml");
  const hint = new RegExp(`\\.loom/objects/${record.source!.slice(0, 2)}/${record.source}`);
  throws(() => askAgain(record, "/w", project.context), { code: "pipeline-gone", hint });
});
