import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { fakeProject } from "../../tests/support/fake_project.ts";
import { fakeNet } from "../../tests/support/fake_net.ts";
import { explainStep } from "./status.ts";

const YAML = `
data: {raw: raw.csv, x: out/x, items: items, each: out/each}
pipeline:
  - {name: a, task: a.py, inputs: {i: $raw, u: "http://h/u"}, outputs: {--out: $x}}
  - {name: l, task: l.py, inputs: {i: $loop_item, u: "http://h/u"}, outputs: {--out: $loop_output}, loop: {over: $items, into: $each}}
  - {name: q, kind: condition, predicate: exists, inputs: {data: $x}}
  - group: g
    multi_pass: {count: 1}
    steps: [{name: inner, task: i.py, inputs: {u: "http://h/u"}, outputs: {--out: g.txt}}]
`;

const OVERRIDES = { parameters: new Map(), data: new Map() };

Deno.test("pipelineStatus() looks at everything and changes, downloads and starts nothing", async () => {
  const it = fakeProject(YAML, { files: { "raw.csv": "r", "items/1": "1" } });
  const net = fakeNet({}, it.files);
  Object.assign(it.context, { net });
  deepEqual((await it.status()).map(({ name, state }) => `${name} ${state}`), [
    "a never run",
    "l never run",
    "q no outputs",
    "g never run",
  ]);
  deepEqual([net.asked.length, it.specs().length], [0, 0]);
  equal(it.files.stat("/w/.loom"), undefined);
  equal(it.context.stores.openReadOnly("/w"), undefined);
});

Deno.test("explainStep() gives the exact vectors, and what the step depends on", async () => {
  const it = fakeProject(YAML, { files: { "raw.csv": "r", "items/1": "1", "l.py": "import lib\n", "lib.py": "" } });
  const found = await explainStep({ file: "/w/pipeline.yml", overrides: OVERRIDES, step: "l" }, it.context);
  deepEqual(found.commands, [["/usr/bin/python3", "/w/l.py", "/w/items/1", "http://h/u", "--out", "/w/out/each/1"]]);
  deepEqual([found.script, found.imports, found.dependsOn], ["/w/l.py", ["/w/lib.py"], []]);
  const asked = explainStep({ file: "/w/pipeline.yml", overrides: OVERRIDES, step: "inner" }, it.context);
  await rejects(asked, { code: "unknown-step", hint: /repeated group 'g'/ });
});
