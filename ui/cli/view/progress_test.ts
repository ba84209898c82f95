import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import type { RunFact } from "../../../core/ports/events.ts";
import { eventsOf, failed, finished, runStarted, started } from "../../../tests/support/run_events.ts";
import { palette } from "./colors.ts";
import { Progress } from "./progress.ts";
import { cells } from "./text_width.ts";

function after(...facts: RunFact[]): Progress {
  const progress = new Progress();
  for (const event of eventsOf(facts)) progress.event(event, 0);
  return progress;
}

function rows(progress: Progress, options: { columns?: number; rows?: number } = {}): readonly string[] {
  return progress.rows({ columns: 80, rows: 10, nowMs: 12_000, paint: palette(false), ...options });
}

Deno.test("Progress shows a row for each running step and a bar for the whole", () => {
  const progress = after(runStarted(4), started("a"), finished("a"), started("b"), started("c"));
  progress.wrote("b", "epoch 3");
  deepEqual(rows(progress), [
    "⠋ b (12 s)  epoch 3",
    "⠋ c (12 s)",
    `${"█".repeat(6)}${"░".repeat(18)} 1/4  12 s`,
  ]);
});

Deno.test("Progress counts items, attempts and failures", () => {
  const item = { index: 1, total: 4, name: "x" };
  const progress = after(
    runStarted(3),
    failed("z", { exitCode: 1 }),
    started("l", { kind: "loop", items: 4, parallel: false }),
    { type: "part_finished", step: "l", status: "done", durationMs: 1, item },
    { type: "step_started", step: "r", detail: { kind: "task" }, attempt: 2 },
  );
  const [loop, retried, bar] = rows(progress);
  equal(loop, "⠋ l 1/4 (12 s)");
  equal(retried, "⠋ r (12 s, attempt 2)");
  ok(bar.includes(" 1/3, 1 failed"));
});

Deno.test("Progress.rows() never gives more or wider rows than fit", () => {
  const many = Array.from({ length: 50 }, (_, i) => started(`步骤 ${i} ${"long".repeat(20)}`));
  const progress = after(runStarted(50), ...many);
  progress.wrote("步骤 0", "\x1b[31m输出\x1b[0m".repeat(40));
  for (const columns of [1, 5, 20, 40, 80]) {
    const shown = rows(progress, { columns, rows: 6 });
    equal(shown.length, 6);
    for (const row of shown) ok(cells(row) <= Math.max(columns, 2), `${columns}: ${row}`);
  }
});
