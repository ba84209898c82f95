import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { type Edit, editPipeline } from "../mod.ts";

Deno.test("editPipeline() changes steps in braces alike, long file or not", async () => {
  const row = (i: number) =>
    `  - {name: s${i}, task: a.py, inputs: {a: $d${i}}, outputs: {--out: $d${i + 1}}}  # ${i}\n`;
  const rows = (one: (i: number) => string) => Array.from({ length: 30 }, (_, i) => one(i)).join("");
  const text = `data:\n${rows((i) => `  d${i}: {path: ${i}.csv}\n`)}  d30: z.csv\npipeline:\n${rows(row)}`;
  const edits: readonly Edit[] = [
    { kind: "set", path: "steps.s7.args.--lr", value: 1 },
    { kind: "rename", path: "steps.s9", name: "nine" },
    { kind: "rename", path: "data.d12", name: "twelve" },
    { kind: "remove", path: "steps.s29" },
    { kind: "remove", path: "data.d3" },
    { kind: "set", path: "steps.s2.inputs.a", value: "$nothing" },
  ];
  for (const edit of edits) {
    const outcome = (longFrom: number) =>
      editPipeline(text, [edit], { longFrom }).catch((error) => [error.code, error.message]);
    deepEqual(await outcome(0), await outcome(Infinity));
  }
});
