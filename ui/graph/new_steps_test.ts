import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { editPipeline } from "../../core/edit/mod.ts";
import { readPipelineText } from "../../core/graph/text/mod.ts";
import type { Gesture } from "./gesture.ts";
import { addCondition, addNested, addSwitch } from "./new_steps.ts";

const TEXT = `data:
  imgs: {type: image_directory, path: out/imgs}
parameters: {fast: true}
pipeline: []
`;

async function after(gesture: Gesture): Promise<readonly string[]> {
  const { text } = await editPipeline(TEXT, gesture.edits);
  return text.split("\n").filter((line) => !TEXT.includes(line));
}

Deno.test("new conditions and switches are written as such, and can be read again", async () => {
  const { pipeline } = await readPipelineText(TEXT, "/p.yml");
  for (const gesture of [addCondition(pipeline, undefined, { x: 1.4, y: 2 }), addSwitch(pipeline, { x: 1, y: 2 })]) {
    const { text } = await editPipeline(TEXT, gesture.edits);
    const read = await readPipelineText(text, "/p.yml");
    deepEqual(read.pipeline.steps.map(({ name }) => name), [gesture.select]);
  }
});

Deno.test("addNested() names the file's folder", async () => {
  const { pipeline } = await readPipelineText(TEXT, "/p.yml");
  deepEqual(await after(addNested(pipeline, "imgs", "deep/0.PNG")), [
    "  imgs_0: {path: deep/0.PNG, type: image, nested_in: $imgs}",
  ]);
});
