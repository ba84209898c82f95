import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import type { RunEvent, RunFact } from "../../core/ports/events.ts";
import { countsOf, countsText, seenStep } from "./run_steps.ts";
import { cutOff, runViewOf } from "./run_view.ts";

function viewOf(facts: readonly RunFact[]) {
  return runViewOf("r", facts.map((fact, i) => ({ ...fact, seq: i + 1, at: 1000 + i, run: "r" }) as RunEvent))!;
}

const head = { type: "run_started", name: "/p.yml", total: 6, parallel: false, dryRun: false } as const;
const finished = (step: string, status: "done" | "failed" = "done"): RunFact => ({
  type: "step_finished",
  step,
  status,
  durationMs: 300,
});
const skipped = (step: string, cause: "fresh" | "cancelled"): RunFact => ({
  type: "step_skipped",
  step,
  reason: { cause },
});

Deno.test("steps are counted as the terminal counts them: failed ones are no successes, skipped ones are told apart", () => {
  const going = [head, finished("a"), finished("b", "failed"), skipped("c", "fresh"), skipped("d", "cancelled")];
  equal(countsText(countsOf(viewOf(going))), "2/6 (1 skipped)");
  const end = { status: "done", durationMs: 1, criticalPath: [] } as const;
  equal(
    countsText(countsOf(viewOf([head, { type: "run_finished", succeeded: 6, skipped: 0, total: 6, ...end }]))),
    "6/6",
  );
  const last = viewOf([...going, { type: "run_finished", succeeded: 4, skipped: 2, total: 6, ...end }]);
  equal(countsText(countsOf(last)), "4/6 (2 skipped)");
});

Deno.test("a step of a repeated group has the time that it used, and that of each iteration", () => {
  const part = (inner: string, iteration: number) => ({ step: "g", inner, iteration });
  const run = (inner: string, iteration: number, durationMs: number): RunFact[] => [
    { type: "part_started", ...part(inner, iteration) },
    { type: "part_finished", status: "done", durationMs, ...part(inner, iteration) },
  ];
  const group: RunFact = { type: "step_started", step: "g", attempt: 1, detail: { kind: "repeated", iterations: 2 } };
  const going: RunFact[] = [head, group, ...run("train", 0, 900), ...run("score", 0, 40), ...run("train", 1, 1100)];
  const view = viewOf([...going, { type: "part_started", ...part("score", 1) }]);
  const { standing, durationMs, note } = seenStep(view, "train", "g")!;
  deepEqual([standing, durationMs, note], ["done", 2000, "2 iterations: 900 ms, 1.1 s"]);
  equal(seenStep(view, "score", "g")?.standing, "running");
  equal(seenStep(cutOff(view, { status: "interrupted" }), "score", "g")?.standing, "cancelled");
  equal(seenStep(view, "unknown", "g")?.standing, "running", "the group's own");
  equal(seenStep(undefined, "train", "g"), undefined);
});

Deno.test("a step that is swept has the time of all its points, and what is worst or goes on", () => {
  const point = { type: "step_started", attempt: 1, detail: { kind: "task" } } as const;
  const facts: RunFact[] = [
    { ...head, points: 2 },
    { ...point, step: "a@lr=1" },
    finished("a@lr=1"),
    { ...point, step: "a@lr=2" },
  ];
  equal(seenStep(viewOf(facts), "a")?.standing, "running");
  const { standing, durationMs, parts } = seenStep(viewOf([...facts, finished("a@lr=2", "failed")]), "a")!;
  deepEqual([standing, durationMs, parts], ["failed", 600, 2]);
  equal(seenStep(viewOf([head, ...facts.slice(1)]), "a"), undefined, "without a sweep an @ is a letter");
});
