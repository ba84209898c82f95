import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { plotOf, type Plotting } from "../../../../core/report/mod.ts";
import { pointTable, type Result } from "../../../../core/report/table/mod.ts";
import { cells } from "../text_width.ts";
import { Canvas } from "./canvas.ts";
import { plotLines } from "./mod.ts";

const results = [1, 10, 100].flatMap((lr, at) =>
  [1, 2].map((seed): Result => ({
    number: at * 2 + seed,
    point: `${lr},${seed}`,
    status: "done",
    parameters: { lr, seed, model: ["a", "b", "Straße"][at] },
    metrics: { acc: at + seed / 2 },
  }))
);

function drawn(plotting: Plotting, size: Partial<{ columns: number; rows: number; color: boolean }> = {}) {
  return plotLines(plotOf(pointTable(results), plotting), { columns: 60, rows: 16, color: false, ...size });
}

Deno.test("Canvas draws dots of braille, and marks over them", () => {
  const canvas = new Canvas(3, 1);
  canvas.line([0, 0], [3, 3], 0);
  canvas.mark(2, 0, { text: "●", group: 1 });
  canvas.dot(99, 99, 0);
  equal(canvas.text(0, (text, group) => `${group}${text}`), "0⠑0⢄1●");
});

Deno.test("plotLines() draws means as a line through dots, between axes with numbers", () => {
  const lines = drawn({ x: "lr", y: "acc", log: ["x"] });
  ok(lines.every((line) => cells(line) <= 60), lines.join("\n"));
  equal(lines.length <= 16, true);
  equal(lines.join("\n").match(/●/g)?.length, 6);
  match(lines.join("\n"), /[\u2801-\u28ff]{3}/);
  match(lines.at(-3)!, /^ +1 +10 +100$/);
  deepEqual(lines.slice(-2).map((line) => line.trim()), ["lr (log)", "line: mean"]);
});

Deno.test("plotLines() tells groups apart by their marks, and by colours where there are some", () => {
  const plain = drawn({ x: "lr", y: "acc", color: "seed" });
  deepEqual([plain.join("").match(/[●■]/g)?.length, plain.at(-1)], [8, "seed:  ● 1  ■ 2"]);
  const colored = drawn({ x: "lr", y: "acc", color: "seed" }, { color: true });
  equal(colored.at(-1), "seed:  \x1b[34m●\x1b[39m 1  \x1b[33m■\x1b[39m 2");
});

Deno.test("plotLines() gives each category a line, with its mean", () => {
  const lines = drawn({ x: "model", y: "acc" });
  match(lines[1], /^a {6}│ *● *│ *● .* 0\.75$/);
  deepEqual(lines.slice(1, 4).map((line) => line.split(" ")[0]), ["a", "b", "Straße"]);
  match(lines[3], /2\.75$/);
  equal(lines.at(-1), "│ mean");
});

Deno.test("plotLines() draws one dot, and fits a very small terminal", () => {
  const one = plotOf(pointTable(results.slice(0, 1)), { x: "lr", y: "acc" });
  equal(plotLines(one, { columns: 10, rows: 3, color: false }).join("").match(/●/g)?.length, 1);
});
