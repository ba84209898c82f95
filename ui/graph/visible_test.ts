import { strictEqual as equal } from "node:assert/strict";
import { visible } from "./visible.ts";

Deno.test("visible() shows marks that turn the reading direction, and leaves letters as they are", () => {
  equal(visible("a\u202Evsc.exe\u2069"), "a[U+202E]vsc.exe[U+2069]");
  for (const text of ["", "plain", "שלום", "é 🎨 [x]"]) equal(visible(text), text);
});
