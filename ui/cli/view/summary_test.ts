import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import type { RunFact } from "../../../core/ports/events.ts";
import { eventsOf, failed, finished } from "../../../tests/support/run_events.ts";
import { palette } from "./colors.ts";
import { durationText } from "./duration.ts";
import { Summary } from "./summary.ts";
import { cells } from "./text_width.ts";

function lines(...facts: RunFact[]): readonly string[] {
  const summary = new Summary();
  for (const event of eventsOf(facts)) summary.event(event);
  return summary.lines(palette(false));
}

Deno.test("Summary tells how each step ended, how long it took, and what the run waited for", () => {
  deepEqual(
    lines(
      finished("extract"),
      { type: "step_skipped", step: "split", reason: { cause: "fresh" } },
      failed("train", { error: "timed out after 90 s" }),
      { type: "step_skipped", step: "test", reason: { cause: "failed", dependencies: ["train"] } },
      {
        ...{ type: "run_finished", status: "failed", succeeded: 2, skipped: 1, total: 4, durationMs: 2000 },
        criticalPath: ["extract", "train"],
      },
    ),
    [
      "  extract  done     1.0 s",
      "  split    fresh",
      "  train    failed   1.0 s  timed out after 90 s",
      "  test     skipped         dependencies failed: ['train']",
      "Critical path: extract → train (2.0 s)",
    ],
  );
});

Deno.test("Summary says nothing of a run of one step", () => {
  deepEqual(lines(finished("only")), []);
});

Deno.test("Summary of a long run shows what failed and what took longest, in the order of the run", () => {
  const facts = Array.from({ length: 100 }, (_, i): RunFact => ({ ...finished(`s${i}`), durationMs: i } as RunFact));
  const shown = lines(failed("broken", { exitCode: 1 }), ...facts);
  equal(shown.length, 21);
  equal(shown[0].startsWith("  broken  failed"), true);
  equal(shown[19].startsWith("  s99 "), true);
  equal(shown[20], "… and 81 more");
});

Deno.test("Summary keeps to the width of the terminal", () => {
  const summary = new Summary();
  const long = "name_".repeat(20);
  const facts = [finished(long), failed("文字".repeat(30), { error: "no ".repeat(40) }), finished("short")];
  for (const event of eventsOf(facts)) summary.event(event);
  for (const columns of [60, 80, 200]) {
    const widths = summary.lines(palette(false), columns).map(cells);
    ok(widths.every((width) => width <= columns), `${columns}: ${widths}`);
  }
  match(summary.lines(palette(false), 80)[0], /^ {2}(name_)+\S*… +done +1\.0 s$/);
});

Deno.test("Summary of a run that was called off leaves out what it never came to", () => {
  const skipped = ["c", "d", "e"].map((step): RunFact => ({
    ...{ type: "step_skipped", step },
    reason: { cause: "cancelled" },
  }));
  const cancelled: RunFact = { type: "step_finished", step: "b", status: "cancelled", durationMs: 500 };
  deepEqual(lines(finished("a"), cancelled, ...skipped), ["  a  done       1.0 s", "  b  cancelled"]);
});

Deno.test("durationText() gives as many digits as matter", () => {
  const cases = [[0, "0.00 s"], [420, "0.42 s"], [1234, "1.2 s"], [9949, "9.9 s"], [12_400, "12 s"], [
    185_000,
    "3 min 05 s",
  ], [7_620_000, "2 h 07 min"]] as const;
  for (const [ms, text] of cases) equal(durationText(ms), text);
});
