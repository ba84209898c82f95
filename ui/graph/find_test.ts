import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { readPipelineText } from "../../core/graph/text/mod.ts";
import { canvasOf } from "./canvas.ts";
import { findBoxes } from "./find.ts";
import { shownText } from "./shown_text.ts";

const TEXT = `parameters: {lr: 0.025}
data: {raw: in/table.csv, model: out/net.bin}
pipeline:
  - {name: train, task: code/fit.py, inputs: {data: $raw}, outputs: {-o: $model}, args: {--rate: $lr, --seed: 4711}}
  - {name: retrain later, task: again.py}
`;

Deno.test("boxes are found by name, path, script, argument and value; names come first", async () => {
  const { pipeline } = await readPipelineText(TEXT, "/p.yml");
  const { boxes } = canvasOf(pipeline);
  const found = (letters: string) =>
    findBoxes(letters, boxes).map(({ box, where }) => where === undefined ? box.id : `${box.id}: ${where}`);
  deepEqual(found("train"), ["train", "retrain later"]);
  deepEqual(found("table.csv"), ["data_raw: path in/table.csv"]);
  deepEqual(found("FIT.py"), ["train: task code/fit.py"]);
  deepEqual(found("4711"), ["train: --seed 4711"]);
  deepEqual(found("--rate"), ["train: --rate $lr"]);
  deepEqual(found("0.025"), ["param_lr: value 0.025"]);
  deepEqual(found("lr"), ["param_lr", "retrain later", "train: --rate $lr"]);
  equal(found(" ").length, boxes.length);
  deepEqual(found("nowhere"), []);
});

Deno.test("signs that turn the direction of writing are shown as what they are", () => {
  equal(shownText("\u202Ecsv.exe \u2066a\u2069 é ❤️ שלום"), "⟨U+202E⟩csv.exe ⟨U+2066⟩a⟨U+2069⟩ é ❤️ שלום");
});
