import { strictEqual as equal } from "node:assert/strict";
import type { RunFact } from "../../../core/ports/events.ts";
import { fakeTerminal } from "../../../tests/support/fake_terminal.ts";
import {
  eventsOf,
  failed,
  finished,
  runFinished,
  runStarted,
  started,
  wrote,
} from "../../../tests/support/run_events.ts";
import { plainView } from "./plain.ts";

const RULE = "-".repeat(40);

function told(facts: readonly RunFact[], options: { quiet?: boolean } = {}): { out: string; err: string } {
  const terminal = fakeTerminal();
  const view = plainView(terminal, options.quiet ?? false);
  for (const event of eventsOf(facts)) view.sink(event);
  view.end();
  return { out: terminal.output(), err: terminal.errors() };
}

function outOf(...facts: RunFact[]): string {
  return told(facts).out;
}

Deno.test("plainView() tells a sequential run in the forms scripts search for", () => {
  const out = outOf(
    runStarted(3),
    started("a", undefined, ["python", "/w/a.py", "x y"]),
    wrote("a", "hello\n"),
    finished("a"),
    started("b", undefined, ["python", "/w/b.py"]),
    failed("b", { exitCode: 3 }),
    { type: "step_skipped", step: "c", reason: { cause: "failed", dependencies: ["b", "it's"] } },
    runFinished(1, 3, 1),
  );
  equal(
    out,
    `
Pipeline: 3 step(s) to run
${RULE}
[RUNNING] a
  python /w/a.py 'x y'
hello
[SUCCESS] a
[RUNNING] b
  python /w/b.py
[FAILED] b (exit code 3)
[SKIPPED] c (dependencies failed: ['b', "it's"])
${RULE}
Completed: 1/3 steps succeeded (1 skipped)
`,
  );
});

Deno.test("plainView() says when there is nothing to run", () => {
  equal(outOf(runStarted(0), runFinished(0, 0)), "No steps to run.\n");
});

Deno.test("plainView() names the workers of a parallel run", () => {
  equal(outOf(runStarted(1, { parallel: true })).split("\n")[1], "Pipeline: 1 step(s) to run [parallel]");
  const two = outOf(runStarted(1, { parallel: true, maxWorkers: 2 }));
  equal(two.split("\n")[1], "Pipeline: 1 step(s) to run [parallel (max 2 workers)]");
});

Deno.test("plainView() prefixes whole lines when steps run together", () => {
  const out = outOf(
    runStarted(2, { parallel: true }),
    started("a"),
    started("b"),
    wrote("a", "on"),
    wrote("b", "two\n\n"),
    wrote("a", "e\nhalf"),
    finished("a"),
    finished("b"),
  );
  equal(out.split(`${RULE}\n`)[1], "[RUNNING] a\n[RUNNING] b\n[b] two\n[a] one\n[a] half\n[SUCCESS] a\n[SUCCESS] b\n");
});

Deno.test("plainView() passes output of a lone step on as it is, and starts markers on a new line", () => {
  const out = outOf(runStarted(1), started("a"), wrote("a", "10%\r20%"), finished("a"));
  equal(out.split(`${RULE}\n`)[1], "[RUNNING] a\n10%\r20%\n[SUCCESS] a\n");
});

Deno.test("plainView() keeps the two streams of a lone step apart", () => {
  const { out, err } = told([
    runStarted(1),
    started("a"),
    { type: "output", step: "a", stream: "stderr", text: "oops\n" },
    finished("a"),
  ]);
  equal(err, "oops\n");
  equal(out.includes("oops"), false);
});

Deno.test("plainView() tells the items of a loop", () => {
  const item = (index: number, name: string) => ({ item: { index, total: 2, name } });
  const out = outOf(
    runStarted(1),
    started("l", { kind: "loop", items: 2, parallel: false }),
    { type: "part_started", step: "l", ...item(1, "a.txt") },
    { type: "part_finished", step: "l", status: "done", durationMs: 1, ...item(1, "a.txt") },
    { type: "part_started", step: "l", ...item(2, "b.txt") },
    { type: "part_finished", step: "l", status: "failed", exitCode: 4, durationMs: 1, ...item(2, "b.txt") },
    failed("l", { error: "item b.txt failed" }),
  );
  equal(
    out.split(`${RULE}\n`)[1],
    "[RUNNING] l (loop: 2 items)\n  [1/2] a.txt\n  [2/2] b.txt\n  [FAILED] item b.txt (exit code 4)\n" +
      "[FAILED] l: item b.txt failed\n",
  );
});

Deno.test("plainView() prefixes lines of items that run together with step and item", () => {
  const out = outOf(
    runStarted(1),
    started("a/b", { kind: "loop", items: 2, parallel: true }),
    { type: "output", step: "a/b", stream: "stdout", text: "x\n", item: { index: 1, total: 2, name: "i.txt" } },
    finished("a/b"),
  );
  equal(out.split(`${RULE}\n`)[1], "[RUNNING] a/b (loop: 2 items, parallel)\n[a/b/i.txt] x\n[SUCCESS] a/b\n");
});

Deno.test("plainView() tells conditions, switches and repeated groups", () => {
  const out = outOf(
    runStarted(3),
    started("enough", { kind: "condition", label: "count" }),
    finished("enough", "true"),
    started("route", { kind: "switch" }),
    finished("route", "then"),
    { type: "step_skipped", step: "other", reason: { cause: "condition" } },
    { type: "step_skipped", step: "more", reason: { cause: "skipped", dependency: "other" } },
    { type: "step_skipped", step: "later", reason: { cause: "when" } },
    started("refine", { kind: "repeated", iterations: 3 }),
    { type: "iteration_started", step: "refine", iteration: 0 },
    { type: "part_started", step: "refine", iteration: 0, inner: "train", command: ["python", "t.py"] },
    { type: "iterations_ended", step: "refine", iteration: 0 },
    finished("refine", "1"),
  );
  equal(
    out.split(`${RULE}\n`)[1],
    `[RUNNING] enough (condition: count)
[SUCCESS] enough -> true
[RUNNING] route (switch)
[SUCCESS] route -> then
[SKIPPED] other (condition not met)
[SKIPPED] more (skipped: other)
[SKIPPED] later (when)
[RUNNING] refine (multi_pass: 3 iterations)
  iteration 0:
    train: python t.py
  condition met at iteration 0
[SUCCESS] refine (1 iterations)
`,
  );
});

Deno.test("plainView() prints commands and answers of a dry run, and no success of what did not run", () => {
  const out = outOf(
    runStarted(3, { dryRun: true }),
    started("a", undefined, ["python", "a.py"]),
    finished("a"),
    started("l", { kind: "loop", items: 1, parallel: false }),
    { type: "part_started", step: "l", command: ["python", "l.py"], item: { index: 1, total: 1, name: "i" } },
    finished("l"),
    started("q", { kind: "condition", label: "exists" }),
    finished("q", "false"),
    runFinished(3, 3),
  );
  equal(
    out.split(`${RULE}\n`)[1],
    "[DRY RUN] a:\n  python a.py\n[DRY RUN] l (loop: 1 items):\n  item i: python l.py\n" +
      "[DRY RUN] q (condition: exists)\n[SUCCESS] q -> false\n",
  );
});

Deno.test("plainView() names the signal, the reason and the next attempt", () => {
  const out = outOf(
    runStarted(4),
    failed("a", { signal: "SIGKILL" }),
    failed("b", { error: "script not found: /w/b.py" }),
    { type: "step_retried", step: "c", attempt: 2, delayMs: 1500, exitCode: 1 },
    { type: "step_skipped", step: "d", reason: { cause: "fresh" } },
  );
  equal(
    out.split(`${RULE}\n`)[1],
    "[FAILED] a (signal SIGKILL)\n[FAILED] b: script not found: /w/b.py\n" +
      "[RETRY] c (exit code 1); attempt 2 in 1.5 s\n[FRESH] d\n",
  );
});

Deno.test("plainView() keeps quiet about what went well, and shows the last output of what did not", () => {
  const { out } = told([
    runStarted(2),
    started("a"),
    wrote("a", "chatter\n"),
    finished("a"),
    started("b"),
    wrote("b", "Traceback\nValueError"),
    failed("b", { exitCode: 1 }),
    runFinished(1, 2),
  ], { quiet: true });
  equal(
    out,
    `[b] Traceback\n[b] ValueError\n[FAILED] b (exit code 1)\n${RULE}\nCompleted: 1/2 steps succeeded\n`,
  );
});

Deno.test("plainView() writes warnings to standard error", () => {
  const { err } = told([
    { type: "notice", level: "warning", code: "x", message: "Output is missing", step: "a" },
    {
      type: "notice",
      level: "warning",
      code: "x",
      message: "Bad",
      hint: "mend it",
      file: "/w/p.yml",
      line: 2,
      column: 3,
    },
    { type: "notice", level: "hint", code: "y", message: "No record yet" },
  ]);
  equal(err, "warning: step 'a': Output is missing\nwarning: /w/p.yml:2:3: Bad; mend it\nhint: No record yet\n");
});
