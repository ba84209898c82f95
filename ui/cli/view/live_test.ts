import { ok, strictEqual as equal } from "node:assert/strict";
import { FakeTime } from "../../../tests/support/fake_timers.ts";
import {
  eventsOf,
  failed,
  finished,
  runFinished,
  runStarted,
  started,
  wrote,
} from "../../../tests/support/run_events.ts";
import { fakeTerminal } from "../../../tests/support/fake_terminal.ts";
import { Screen } from "../../../tests/support/screen.ts";
import { liveView } from "./live.ts";

const RULE = "-".repeat(40);

Deno.test("liveView() scrolls finished lines and redraws what runs", () => {
  using time = new FakeTime();
  const screen = new Screen(60);
  const terminal = { ...fakeTerminal({ canRedraw: true, columns: 60 }), write: (text: string) => screen.write(text) };
  const view = liveView(terminal, { quiet: false, nowMs: () => time.nowMs });
  const [first, second, third, ...rest] = eventsOf([
    runStarted(2),
    started("a"),
    wrote("a", "hello\n50%\r60%"),
    finished("a"),
    started("b"),
    finished("b"),
    { ...runFinished(2, 2), criticalPath: ["a", "b"] } as ReturnType<typeof runFinished>,
  ]);
  for (const event of [first, second, third]) view.sink(event);
  equal(screen.text(), "");
  time.tick(1000);
  const head = `\nPipeline: 2 step(s) to run\n${RULE}\n[RUNNING] a\nhello\n`;
  equal(screen.text(), `${head}⠋ a (1.0 s)  60%\n${"░".repeat(24)} 0/2  1.0 s`);
  for (const event of rest) view.sink(event);
  view.end();
  const summary = "  a  done  1.0 s\n  b  done  1.0 s\nCritical path: a → b (2.0 s)\nRun: 0123456789ab";
  const tail = `[RUNNING] b\n[SUCCESS] b\n${summary}\n${RULE}\nCompleted: 2/2 steps succeeded`;
  equal(screen.text(), `${head}60%\n[SUCCESS] a\n${tail}`);
  equal(screen.cursorHidden, false);
});

Deno.test("liveView() shows notes above its rows", () => {
  using time = new FakeTime();
  const screen = new Screen(60);
  const terminal = { ...fakeTerminal({ canRedraw: true, columns: 60 }), write: (text: string) => screen.write(text) };
  const view = liveView(terminal, { quiet: false, nowMs: () => time.nowMs });
  for (const event of eventsOf([runStarted(1), started("a")])) view.sink(event);
  view.note("Stopping\n");
  time.tick(100);
  ok(screen.text().includes("[RUNNING] a\nStopping\n⠙ a (0.10 s)\n"), screen.text());
  view.end();
  ok(screen.text().endsWith("Stopping"));
});

Deno.test("liveView() draws at most ten times a second", () => {
  using time = new FakeTime();
  let writes = 0;
  const terminal = { ...fakeTerminal({ canRedraw: true }), write: () => void writes++ };
  const view = liveView(terminal, { quiet: false, nowMs: () => time.nowMs });
  const noise = Array.from({ length: 1000 }, () => wrote("a", "x\n"));
  for (const event of eventsOf([runStarted(1), started("a"), ...noise])) view.sink(event);
  time.tick(1000);
  view.end();
  ok(writes <= 11, `${writes} writes`);
});

Deno.test("liveView() says how to go on with a run that did not succeed", () => {
  using time = new FakeTime();
  const screen = new Screen(60);
  const terminal = { ...fakeTerminal({ canRedraw: true, columns: 60 }), write: (text: string) => screen.write(text) };
  const view = liveView(terminal, { quiet: false, cwd: "/w", nowMs: () => time.nowMs });
  const begun = { ...runStarted(1), name: "/w/my pipeline.yml" } as ReturnType<typeof runStarted>;
  for (const event of eventsOf([begun, failed("a", { exitCode: 1 }), runFinished(0, 1)])) view.sink(event);
  view.end();
  ok(screen.text().endsWith("succeeded\nGo on from here: loom 'my pipeline.yml' --resume"), screen.text());
});
