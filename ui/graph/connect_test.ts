import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { editPipeline } from "../../core/edit/mod.ts";
import { readPipelineText } from "../../core/graph/text/mod.ts";
import { addStep, moveBoxes, removeBoxes, renameBox } from "./boxes.ts";
import { type Canvas, canvasOf } from "./canvas.ts";
import { connect, disconnect, reconnect } from "./connect.ts";
import type { Gesture, Refused } from "./gesture.ts";

const TEXT = `# my pipeline
data:
  raw: {path: raw.csv, type: csv}  # from the field
  out: {path: out.csv, type: csv}
  pic: {path: p.png, type: image}
parameters:
  lr: 0.1  # found by hand
pipeline:
  - name: clean
    task: clean.py
    inputs:
      table:        # what comes in
    outputs: {--out: }
    args: {--lr: 1}
  - name: train
    task: train.py
    inputs: {table: }
`;

async function canvas(text = TEXT): Promise<Canvas> {
  const { pipeline, value } = await readPipelineText(text, "/p/pipeline.yml");
  const declared = {
    inputs: new Map([["table", "csv"]]),
    outputs: new Map([["--out", "csv"]]),
    args: new Map<string, string>(),
  };
  return canvasOf(pipeline, { value, taskOf: (task) => task === "clean.py" ? declared : undefined });
}

const ends = (source: string, sourceHandle: string, target: string, targetHandle: string) => ({
  ...{ source, sourceHandle, target, targetHandle },
});

async function edited(answer: Gesture | Refused, text = TEXT): Promise<string> {
  if ("refused" in answer) throw new Error(answer.refused);
  return (await editPipeline(text, answer.edits)).text;
}

Deno.test("a drawn line is one changed place of the file, and every comment stays", async () => {
  const drawn = await edited(connect(await canvas(), ends("data_raw", "value", "clean", "in:table")));
  equal(drawn, TEXT.replace("table:        # what", "table: $raw        # what"));
  const made = await edited(connect(await canvas(), ends("clean", "out:--out", "data_out", "in")));
  equal(made, TEXT.replace("{--out: }", "{--out: $out }"));
  const given = await edited(connect(await canvas(), ends("param_lr", "value", "clean", "arg:--lr")));
  equal(given, TEXT.replace("{--lr: 1}", "{--lr: $lr}"));
});

Deno.test("from step to step a data entry is made between them, and selected", async () => {
  const answer = connect(await canvas(), ends("clean", "out:--out", "train", "in:table")) as Gesture;
  equal(answer.select, "data_clean_out");
  const text = await edited(answer);
  const { lines } = await canvas(text);
  deepEqual(lines.map(({ id }) => id), ["clean|out:--out|data_clean_out|in", "data_clean_out|value|train|in:table"]);
  const again = await edited(connect(await canvas(text), ends("clean", "out:--out", "train", "in:table")), text);
  equal(again, text);
});

Deno.test("what cannot be is refused with a reason", async () => {
  const linked = await edited(connect(await canvas(), ends("clean", "out:--out", "train", "in:table")));
  const on = await canvas(linked);
  const cases: readonly (readonly [Canvas, ReturnType<typeof ends>, RegExp])[] = [
    [on, ends("data_raw", "value", "data_out", "in"), /a step makes data/],
    [on, ends("param_lr", "value", "data_out", "in"), /a step makes data/],
    [on, ends("param_lr", "value", "clean", "in:table"), /into an argument/],
    [on, ends("data_pic", "value", "clean", "in:table"), /takes csv, not image/],
    [on, ends("data_clean_out", "value", "clean", "in:table"), /close a circle/],
    [on, ends("gone", "value", "clean", "in:table"), /not there any more/],
  ];
  for (const [canvas, line, reason] of cases) match((connect(canvas, line) as Refused).refused ?? "", reason);
});

Deno.test("a line that is removed leaves its place empty, an argument goes, and one that is led elsewhere does both", async () => {
  const drawn = await edited(connect(await canvas(), ends("data_raw", "value", "clean", "in:table")));
  const on = await canvas(drawn);
  const [line] = on.lines;
  const without = await edited(disconnect(on, line), drawn);
  deepEqual((await canvas(without)).lines, []);
  ok(without.includes("# what comes in"));
  const elsewhere = await edited(reconnect(on, line, ends("data_raw", "value", "train", "in:table")), drawn);
  deepEqual((await canvas(elsewhere)).lines.map(({ id }) => id), ["data_raw|value|train|in:table"]);
});

Deno.test("boxes are added under free names, renamed everywhere, moved in whole numbers, removed with their places", async () => {
  const { pipeline } = await readPipelineText(TEXT, "/p/pipeline.yml");
  const schema = {
    name: "train",
    script: "train.py",
    inputs: new Map([["table", { description: "" }]]),
    outputs: new Map(),
    args: new Map([["--n", { type: "int", default: 3, description: "", required: false }]]),
  };
  const added = await edited(addStep(pipeline, schema, { x: 10.4, y: -3.6 }));
  match(added, /name: train_2\n {4}task: train\.py\n/);
  match(added, /train_2:\s+\{?x: 10,?\s+y: -4/);
  const on = await canvas();
  const box = (id: string) => on.boxes.find((box) => box.id === id)!;
  const renamed = await edited(renameBox(box("param_lr"), "rate"));
  equal(renamed, TEXT.replace("  lr: 0.1", "  rate: 0.1"));
  const moved = await edited(moveBoxes(new Map([["clean", { x: 1, y: 2 }]])));
  const { value } = await readPipelineText(moved, "/p/p.yml");
  ok(value instanceof Map && value.has("layout"));
  const gone = await edited(removeBoxes(on, new Set(["clean", "data_raw"])), moved);
  deepEqual((await canvas(gone)).boxes.map(({ id }) => id), ["train", "data_out", "data_pic", "param_lr"]);
  ok(!gone.includes("layout") || !gone.includes("clean"));
});
