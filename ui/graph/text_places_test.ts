import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { readPipelineText } from "../../core/graph/text/mod.ts";
import { boxAt, linesOf, textPlaces } from "./text_places.ts";

const TEXT = `# about
data:
  a: a.txt   # first
  b:
    path: b.txt
parameters: {lr: 0.1}
pipeline:
  - name: one
    task: x.py
  - group: again
    multi_pass: {count: 2}
    steps:
      - {name: two, task: x.py}

layout:
  one: {x: 1, y: 2}
`;

Deno.test("textPlaces() leads from boxes to lines and back", async () => {
  const { pipeline } = await readPipelineText(TEXT, "/p.yml");
  const places = await textPlaces(TEXT, pipeline);
  const boxes = Array.from({ length: 16 }, (_, index) => boxAt(places, index + 1));
  deepEqual(boxes.slice(0, 9), [
    undefined,
    undefined,
    "data_a",
    "data_b",
    "data_b",
    "param_lr",
    undefined,
    "one",
    "one",
  ]);
  equal(boxes[12], "two");
  equal(boxes[15], undefined);
  deepEqual(linesOf(places, "one", 17), [8, 9]);
  deepEqual(linesOf(places, "data_b", 17), [4, 5]);
  equal(linesOf(places, "gone", 17), undefined);
});
