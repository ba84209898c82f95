import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { editPipeline } from "../../core/edit/mod.ts";
import { Float } from "../../core/graph/text/mod.ts";
import { isUnfit, kindOfType, kindOfValue, textOfValue, valueOfText } from "./typed_text.ts";

Deno.test("valueOfText() leaves a text that looks like a number a text where the field holds texts", () => {
  for (const text of ["50", "1e-5", "true", "null", "2024-01-02", "yes", "0x1F", ""]) {
    deepEqual(valueOfText(text, "text"), { value: text });
  }
});

Deno.test("valueOfText() reads numbers as they are spelled", () => {
  deepEqual(valueOfText("50", "number"), { value: 50, source: "50" });
  deepEqual(valueOfText("50.0", "number"), { value: new Float(50), source: "50.0" });
  deepEqual(valueOfText("1e-5", "number"), { value: new Float(1e-5) });
  deepEqual(valueOfText("fast", "number"), { value: "fast" });
  deepEqual(valueOfText("$lr", "number"), { value: "$lr" });
});

Deno.test("valueOfText() reads truths and anything else", () => {
  deepEqual(valueOfText("True", "truth"), { value: true });
  deepEqual(valueOfText("yes", "truth"), { value: "yes" });
  deepEqual(valueOfText("[1, a]", "yaml").value, [1, "a"]);
  deepEqual(valueOfText("", "yaml"), { value: null });
});

Deno.test("isUnfit() marks what a field cannot hold, and lets references through", () => {
  deepEqual(["1", "x", "$a", "${A}", ""].map((text) => isUnfit(text, "number")), [false, true, false, false, false]);
  equal(isUnfit("maybe", "truth"), true);
});

Deno.test("kinds follow declarations, and values where nothing is declared", () => {
  deepEqual(["int", "bool", "str", "csv"].map(kindOfType), ["number", "truth", "text", undefined]);
  deepEqual([1, new Float(1), true, "1", [], null].map(kindOfValue), [
    "number",
    "number",
    "truth",
    "text",
    "yaml",
    "yaml",
  ]);
  deepEqual([new Float(50), true, "x", null].map(textOfValue), ["50.0", "true", "x", ""]);
});

Deno.test("a number typed into a field of texts is written with quotes", async () => {
  const text = "parameters: {name: abc}\n";
  const edit = { kind: "set", path: ["parameters", "name"], ...valueOfText("50", "text") } as const;
  equal((await editPipeline(text, [edit])).text, 'parameters: {name: "50"}\n');
});
