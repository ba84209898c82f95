import { ok, strictEqual as equal } from "node:assert/strict";
import { appendFloor, sqliteFloor } from "./floors.ts";
import { Ground } from "./ground.ts";
import { changed, docOf } from "./states.ts";

Deno.test("the floors keep every step", async () => {
  using ground = new Ground(1_024);
  for (const floor of [appendFloor(ground, 3), sqliteFloor(ground, 3, "full"), sqliteFloor(ground, 3, "process")]) {
    const { micros } = await floor.measure();
    ok(micros > 0, floor.name);
  }
});

Deno.test("docOf() is about as large as it was asked for", () => {
  for (const sizeBytes of [1_024, 102_400]) {
    const { length } = JSON.stringify(docOf(sizeBytes));
    ok(length > 0.95 * sizeBytes && length <= sizeBytes, `${length}`);
  }
});

Deno.test("changed() replaces 1 % of the lines, and counts", () => {
  const doc = docOf(102_400);
  const next = changed(doc);
  equal(next.n, 1);
  equal(next.items.length, doc.items.length);
  equal(next.items.filter((line, index) => line !== doc.items[index]).length, Math.floor(doc.items.length / 100));
});
