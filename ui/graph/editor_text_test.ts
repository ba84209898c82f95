import { strictEqual as equal } from "node:assert/strict";
import { editorText, fromEditor } from "./editor_text.ts";

Deno.test("fromEditor() keeps the line breaks of a file, also when they are mixed", () => {
  const text = "a: 1\r\nb: 2\nc: 3\r\n";
  equal(editorText(text), "a: 1\nb: 2\nc: 3\n");
  equal(fromEditor(text, editorText(text)), text);
  equal(fromEditor(text, "a: 1\nb: 2\nc: 4\n"), "a: 1\r\nb: 2\nc: 4\r\n");
  equal(fromEditor(text, "a: 1\nx: 0\nb: 2\nc: 3\n"), "a: 1\r\nx: 0\r\nb: 2\nc: 3\r\n");
  equal(fromEditor(text, "a: 1b: 2\nc: 3\n"), "a: 1b: 2\nc: 3\r\n");
  equal(fromEditor("a\nb", "a\nc"), "a\nc");
});
