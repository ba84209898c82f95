import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { memoryStores } from "../../../tests/support/memory_store.ts";
import { keptChanges, lineChanges } from "./lines.ts";

const numbered = (count: number, word = "line") =>
  Array.from({ length: count }, (_, i) => `${word} ${i + 1}\n`).join("");

Deno.test("lineChanges() shows each change with three lines around it, and where it stands", () => {
  const before = numbered(5_000);
  const after = before.replace("line 77\n", "line seventy-seven\n").replace("line 4000\n", "");
  const found = lineChanges(before, after)!;
  deepEqual([found.added, found.removed], [1, 2]);
  deepEqual(found.hunks.map(({ oldStart, newStart }) => [oldStart, newStart]), [[74, 74], [3997, 3997]]);
  deepEqual(found.hunks[0].lines, [
    ...[" line 74", " line 75", " line 76", "-line 77", "+line seventy-seven"],
    ...[" line 78", " line 79", " line 80"],
  ]);
});

Deno.test("lineChanges() takes ends of lines for what they are, and gives up on what has nothing in common", () => {
  deepEqual(lineChanges("a\nb\n", "a\r\nb\r\n"), { added: 0, removed: 0, hunks: [] });
  equal(lineChanges(numbered(5_000), numbered(5_000, "other")), undefined);
  deepEqual(lineChanges("", "a\n")?.hunks[0].lines, ["+a"]);
});

Deno.test("keptChanges() reads Latin-1, and says when a text was not kept or is another altogether", () => {
  const { objects } = memoryStores().open("/w", () => {});
  const bytes = (text: string) => objects.putBytes(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
  const found = keptChanges(bytes("# f\xfcr\n"), bytes("# gr\xfc\xdfe\n"), objects);
  deepEqual("hunks" in found && found.hunks[0].lines, ["-# für", "+# grüße"]);
  deepEqual(keptChanges("0".repeat(64), bytes("a"), objects), { untold: "not kept" });
  deepEqual(keptChanges(bytes(numbered(3_000)), bytes(numbered(3_000, "x")), objects), { untold: "rewritten" });
});
