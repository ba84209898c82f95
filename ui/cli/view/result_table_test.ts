import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { pointTable, type Result, select } from "../../../core/report/table/mod.ts";
import { palette } from "./colors.ts";
import { resultLines, tableText } from "./result_table.ts";
import { cells } from "./text_width.ts";

const rows = [1, 2, 3].map((number): Result => ({
  number,
  point: `p${number}`,
  status: number === 2 ? "failed" : "done",
  parameters: { learning_rate: 10 ** -number, same_for_all: "a rather long text" },
  metrics: number === 2 ? {} : { accuracy: 0.9 + number / 1000, loss: number },
  durationMs: 1000 * number,
  ...(number === 2 && { reason: "step \x1b[31mtrain failed" }),
}));
const table = pointTable(rows);
const paint = palette(false);

Deno.test("tableText() aligns numbers to the right and says what is not there", () => {
  deepEqual(tableText(select(table, {}), { paint }).lines, [
    "point  status  learning_rate  same_for_all        accuracy  loss  duration  reason",
    "    1  done              0.1  a rather long text    0.9010     1     1.0 s",
    "    2  failed           0.01  a rather long text         -     -     2.0 s  step train failed",
    "    3  done            0.001  a rather long text    0.9030     3     3.0 s",
  ]);
});

Deno.test("tableText() leaves out first what is the same in all rows, and says so", () => {
  const { lines, notes } = tableText(select(table, {}), { paint, width: 75 });
  equal(lines[0], "point  status  learning_rate  accuracy  loss  duration  reason");
  deepEqual(notes, ["The same in all rows: same_for_all a rather long text"]);
});

Deno.test("tableText() fits whatever width there is, and keeps what it is sorted by", () => {
  const { lines, notes } = tableText(select(table, { sort: "loss", limit: 2 }), { paint, width: 24 });
  ok(lines.every((line) => cells(line) <= 24), lines.join("\n"));
  deepEqual(lines[0].split(/ +/).filter((word) => word !== ""), ["point", "loss"]);
  match(notes.join("\n"), /^The same in all rows: .*\nNot shown, for want of room: .*learning_rate.*\n2 of 3 rows/);
});

Deno.test("tableText() marks the best value of the sorted column, as its name tells", () => {
  const colored = palette(true);
  const line = (sort: string) => {
    const { lines } = tableText(select(table, { sort, reverse: true }), { paint: colored });
    return lines.findIndex((text) => text.includes("\x1b[32m\x1b[1m"));
  };
  deepEqual([line("accuracy"), line("loss"), line("learning_rate")], [1, 2, 1]);
});

Deno.test("resultLines() puts values below each other, without control characters", () => {
  deepEqual(resultLines(table, rows[1], paint), [
    "point          2",
    "status         failed",
    "learning_rate  0.01",
    "same_for_all   a rather long text",
    "duration       2.0 s",
    "reason         step train failed",
  ]);
});
