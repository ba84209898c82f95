import { deepStrictEqual as deepEqual } from "node:assert/strict";
import type { RunFact } from "../../../core/ports/events.ts";
import {
  eventsOf,
  failed,
  finished,
  runFinished,
  runStarted,
  started,
  wrote,
} from "../../../tests/support/run_events.ts";
import { EventSchema, ExplainSchema, StatusSchema } from "./event_schema.ts";
import { eventJson, explainJson, statusJson } from "./json.ts";

const PART = { item: { index: 1, total: 2, name: "a" } };

/** One fact of every type, and of every shape that differs. */
const FACTS: readonly RunFact[] = [
  runStarted(2, { maxWorkers: 2 }),
  started("a", { kind: "task" }, ["python", "a.py"]),
  started("l", { kind: "loop", items: 2, parallel: true }),
  started("c", { kind: "condition", label: "count" }),
  started("s", { kind: "switch" }),
  started("r", { kind: "repeated", iterations: 2 }),
  { type: "part_started", step: "l", ...PART },
  { type: "part_finished", step: "l", status: "fresh", durationMs: 0, ...PART },
  { type: "iteration_started", step: "r", iteration: 0 },
  { type: "iterations_ended", step: "r", iteration: 0 },
  wrote("a", "x\n"),
  finished("a"),
  finished("c", "true"),
  failed("b", { signal: "SIGKILL" }),
  failed("b", { error: "no" }),
  { type: "step_retried", step: "b", attempt: 2, delayMs: 10, exitCode: 1 },
  { type: "step_skipped", step: "d", reason: { cause: "failed", dependencies: ["b"] } },
  { type: "step_skipped", step: "d", reason: { cause: "skipped", dependency: "b" } },
  { type: "step_skipped", step: "d", reason: { cause: "fresh" } },
  { type: "notice", level: "warning", code: "x", message: "m" },
  { type: "progress", what: "hashing", done: 1, total: 2 },
  runFinished(1, 2),
];

Deno.test("eventJson() gives one line for every type of event, as its schema says", () => {
  for (const event of eventsOf(FACTS)) {
    const line = eventJson(event);
    const read = JSON.parse(line);
    deepEqual(EventSchema.parse(read), read, line);
    deepEqual(line.includes("\n"), false);
  }
});

Deno.test("eventJson() writes names in snake_case and reasons in words", () => {
  const [done, skipped] = eventsOf([
    failed("b", { exitCode: 3 }),
    { type: "step_skipped", step: "c", reason: { cause: "failed", dependencies: ["b"] } },
  ]);
  deepEqual(JSON.parse(eventJson(done)), {
    ...{ seq: 1, at: 1000, type: "step_finished", run: "0123456789ab", step: "b" },
    ...{ status: "failed", exit_code: 3, duration_ms: 1000 },
  });
  deepEqual(JSON.parse(eventJson(skipped)), {
    ...{ seq: 2, at: 2000, type: "step_skipped", run: "0123456789ab", step: "c" },
    ...{ reason: "dependencies failed: ['b']", cause: "failed", dependencies: ["b"] },
  });
});

Deno.test("statusJson() and explainJson() are as their schemas say", () => {
  const state = { name: "a", state: "stale", reasons: ["script"], items: { fresh: 1, total: 2 } } as const;
  const status = JSON.parse(statusJson([state, { name: "b", state: "never run", reasons: [] }]));
  deepEqual(StatusSchema.parse(status), status);
  const told = { ...state, commands: [["python", "a.py"]], script: "/w/a.py", imports: [], dependsOn: ["b"] };
  const explained = JSON.parse(explainJson(told));
  deepEqual(ExplainSchema.parse(explained), explained);
  deepEqual(explained.depends_on, ["b"]);
});
