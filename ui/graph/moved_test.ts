import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { type Edit, editPipeline } from "../../core/edit/mod.ts";
import { readPipelineText } from "../../core/graph/text/mod.ts";
import { canvasOf } from "./canvas.ts";
import { movedIn } from "./moved.ts";

const TEXT = `layout:
  a: {x: 1, y: 2}  # by hand
  param_lr_ref_1: {x: 0, y: 0, z: 3}
parameters: {lr: 1}
data:
  d: a.csv
pipeline:
  - {name: a, task: a.py, args: {--lr: $lr, --m: $lr}}
editor:
  parameterRefs:
    param_lr_ref_1: {parameter: lr, edges: ["a:--lr"]}
    param_lr_ref_2: {parameter: lr, edges: ["a:--m"]}
`;

const place = (node: string, x: number, y: number): Edit => ({ kind: "place_node", node, x, y });

async function both(edits: readonly Edit[], text = TEXT) {
  const { pipeline, value } = await readPipelineText(text, "/p.yml");
  const after = await readPipelineText((await editPipeline(text, edits)).text, "/p.yml");
  return { known: movedIn(value, edits, canvasOf(pipeline, { value })), read: after.value };
}

Deno.test("movedIn() knows what the file says after boxes were moved", async () => {
  for (const edits of [[place("a", 5, -6)], [place("data_d", 7, 8), place("a", 1, 1), place("a", 2, 2)]]) {
    const { known, read } = await both(edits);
    deepEqual(known, read);
  }
});

Deno.test("movedIn() leaves all else to who reads the file", async () => {
  equal((await both([{ kind: "set", path: ["parameters", "lr"], value: 2 }])).known, undefined);
  equal((await both([place("param_lr_ref_2", 1, 1)])).known, undefined);
  equal((await both([place("a", 1, 1)], "pipeline:\n  - {name: a, task: a.py}\n")).known, undefined);
});
