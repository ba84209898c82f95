import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { pipelineOf } from "../../../tests/support/pipeline_of.ts";
import { applyOverrides, type Overrides } from "./override.ts";
import type { Value } from "../../yaml/value.ts";

const PIPELINE = pipelineOf({
  data: { clips: { path: "a.csv", type: "csv", name: "Clips" }, both: "x" },
  parameters: { epochs: 5, both: 1 },
});

function overrides(parameters: Record<string, Value>, data: Record<string, string> = {}): Overrides {
  return { parameters: new Map(Object.entries(parameters)), data: new Map(Object.entries(data)) };
}

Deno.test("applyOverrides() replaces parameters and paths and keeps the rest of an entry", () => {
  const { pipeline, problems } = applyOverrides(PIPELINE, overrides({ epochs: 9 }, { clips: "b.csv" }));
  deepEqual(problems, []);
  deepEqual([...pipeline.parameters.keys()], ["epochs", "both"]);
  equal(pipeline.parameters.get("epochs"), 9);
  deepEqual(pipeline.data.get("clips"), { ...PIPELINE.data.get("clips"), path: "b.csv" });
  equal(PIPELINE.parameters.get("epochs"), 5);
});

Deno.test("applyOverrides() adds unknown names with a warning and the nearest one", () => {
  const { pipeline, problems } = applyOverrides(PIPELINE, overrides({ epcohs: 1 }, { clip: "c", epochs: "d" }));
  deepEqual(problems.map(({ level, code, hint }) => [level, code, hint]), [
    ["warning", "unknown-parameter", "did you mean 'epochs'?"],
    ["warning", "unknown-data", "did you mean 'clips'?"],
    ["warning", "unknown-data", "'epochs' is a parameter: use --set epochs=VALUE"],
  ]);
  equal(pipeline.parameters.get("epcohs"), 1);
  deepEqual(pipeline.data.get("clip"), { key: "clip", path: "c", allowOutside: false, at: [] });
});

Deno.test("applyOverrides() warns of a parameter that the data entry of its name hides", () => {
  const { problems } = applyOverrides(PIPELINE, overrides({ both: 2 }));
  deepEqual(problems.map(({ code, hint }) => [code, hint]), [["shadowed-parameter", "use --var both=PATH"]]);
});
