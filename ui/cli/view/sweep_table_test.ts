import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { FakeTime } from "../../../tests/support/fake_timers.ts";
import { eventsOf, runFinished, runStarted, started, wrote } from "../../../tests/support/run_events.ts";
import { fakeTerminal } from "../../../tests/support/fake_terminal.ts";
import { Screen } from "../../../tests/support/screen.ts";
import type { RunFact } from "../../../core/ports/events.ts";
import { EventSchema } from "./event_schema.ts";
import { eventJson } from "./json.ts";
import { liveView } from "./live.ts";

const POINT = { point: "lr=0.1", number: 1, total: 3, values: { lr: 0.1 } };

function begun(number: number, lr: number): RunFact {
  return { type: "point_started", point: `lr=${lr}`, number, total: 3, values: { lr } };
}

function ended(number: number, lr: number, rest: Partial<Extract<RunFact, { type: "point_finished" }>> = {}): RunFact {
  const values = { lr };
  const metrics = { acc: lr * 3, valAcc: "NaN" };
  return {
    ...{ type: "point_finished", point: `lr=${lr}`, number, total: 3, status: "done", values, metrics },
    ...rest,
  };
}

function live(columns = 70) {
  const time = new FakeTime();
  const screen = new Screen(columns);
  const terminal = { ...fakeTerminal({ canRedraw: true, columns }), write: (text: string) => screen.write(text) };
  const view = liveView(terminal, { quiet: false, nowMs: () => time.nowMs });
  return { time, screen, view, [Symbol.dispose]: () => time[Symbol.dispose]() };
}

Deno.test("liveView() shows the points of a sweep as rows: what runs, then what ended last", () => {
  using it = live();
  const [first, ...rest] = eventsOf([
    { ...runStarted(3), points: 3 } as RunFact,
    begun(1, 0.1),
    started("fit@lr=0.1"),
    { ...wrote("fit@lr=0.1", "epoch 1\n") },
    ended(1, 0.1, { durationMs: 1200 }),
    begun(2, 0.2),
    started("fit@lr=0.2"),
    { ...wrote("fit@lr=0.2", "epoch 7\n") },
  ]);
  it.view.sink(first);
  for (const event of rest) it.view.sink(event);
  it.time.tick(1000);
  const lines = it.screen.text().split("\n");
  match(lines.find((line) => line.startsWith("[POINT 1/3]")) ?? "", /lr=0.1 done acc=0.3 valAcc=NaN \(1.2 s\)$/);
  deepEqual(lines.slice(-4, -1), [
    "#  lr   status   acc  valAcc  time",
    "2  0.2  running               1.0 s  fit: epoch 7",
    "1  0.1  done     0.3  NaN     1.2 s",
  ]);
  match(lines.at(-1)!, /1\/3 points {2}1.0 s$/);
  it.view.end();
  ok(!it.screen.text().includes("[RUNNING]"));
});

Deno.test("liveView() ends a sweep with the head of its table and the way to all of it", () => {
  using it = live();
  const facts = [
    { ...runStarted(3), points: 3 } as RunFact,
    ended(1, 0.1),
    ended(2, 0.2, { status: "stopped", reason: "acc is worse", metrics: {} }),
    ended(3, 0.3, { status: "failed", reason: "fit: exit code 1", metrics: {} }),
    runFinished(1, 3),
  ];
  for (const event of eventsOf(facts)) it.view.sink(event);
  it.view.end();
  const text = it.screen.text();
  match(text, /2 {2}0\.2 {2}stopped .*acc is worse/);
  match(text, /All of it: loom table \S+/);
  match(text, /Completed: 1\/3 steps succeeded\n/);
});

Deno.test("liveView() draws a thousand points on a screen of any size", () => {
  using it = live(30);
  const facts = Array.from({ length: 1000 }, (_, at) => [begun(at + 1, at), ended(at + 1, at)]).flat();
  for (const event of eventsOf([{ ...runStarted(1000), points: 1000 } as RunFact, ...facts])) it.view.sink(event);
  it.time.tick(200);
  const rows = it.screen.text().split("\n").slice(-5);
  ok(rows.every((row) => row.length < 30), rows.join("\n"));
  it.view.end();
});

Deno.test("eventJson() keeps the names of parameters and metrics as they are", () => {
  const [event] = eventsOf([ended(1, 0.5, { durationMs: 5 })]);
  const line = JSON.parse(eventJson(event));
  deepEqual([line.values, line.metrics, line.duration_ms], [{ lr: 0.5 }, { acc: 1.5, valAcc: "NaN" }, 5]);
  equal(EventSchema.safeParse(line).success, true);
  equal(EventSchema.safeParse(JSON.parse(eventJson(eventsOf([{ type: "point_started", ...POINT }])[0]))).success, true);
});
