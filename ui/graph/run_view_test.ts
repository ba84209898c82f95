import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import type { RunEvent, RunFact } from "../../core/ports/events.ts";
import { ALL, OutputBook } from "./output_book.ts";
import { RunBuilder, runViewOf } from "./run_view.ts";
import { drawn, ticks } from "./timeline.ts";

/** Facts as the events of one run, ten milliseconds apart. */
function events(facts: readonly RunFact[]): RunEvent[] {
  return facts.map((fact, i) => ({ ...fact, seq: i + 1, at: 1000 + i * 10, run: "r" }) as RunEvent);
}

const STARTED: RunFact = { type: "run_started", name: "/p.yml", total: 2, parallel: true, dryRun: false };
const started = (step: string): RunFact => ({ type: "step_started", step, detail: { kind: "task" }, attempt: 1 });
const finished = (step: string, exitCode = 0): RunFact => ({
  type: "step_finished",
  step,
  status: exitCode === 0 ? "done" : "failed",
  exitCode,
  durationMs: 10,
});
const output = (step: string, text: string, more = {}) =>
  ({ type: "output", step, stream: "stdout", text, seq: 1, at: 0, run: "r", ...more }) as Extract<
    RunEvent,
    { type: "output" }
  >;

Deno.test("a run is the same from its events, whether they come one by one, twice, or all at once", () => {
  const all = events([
    STARTED,
    started("a"),
    started("b"),
    finished("a"),
    { type: "step_skipped", step: "c", reason: { cause: "failed", dependencies: ["b"] } },
    finished("b", 3),
    { type: "run_finished", status: "failed", succeeded: 1, skipped: 1, total: 3, durationMs: 60, criticalPath: ["b"] },
  ]);
  const builder = new RunBuilder("r");
  for (const event of all.slice(0, 4)) builder.add(event);
  equal(builder.view(), builder.view());
  for (const event of [...all, ...all]) builder.add(event);
  const view = runViewOf("r", all)!;
  deepEqual(builder.view(), view);
  deepEqual([...view.steps].map(([name, { standing, note }]) => [name, standing, note]), [
    ["a", "done", undefined],
    ["b", "failed", "exit code 3"],
    ["c", "skipped", "b failed"],
  ]);
  deepEqual([view.status, view.lanes, view.criticalPath], ["failed", 2, ["b"]]);
  deepEqual(view.bars!.map(({ step, lane, startedAt, endedAt }) => [step, lane, startedAt, endedAt]), [
    ["a", 0, 1010, 1030],
    ["b", 1, 1020, 1050],
  ]);
  equal(runViewOf("other", all), undefined);
});

Deno.test("parts of a loop share lanes, and a timeline of many draws no more than can be seen", () => {
  const item = (index: number) => ({ index, total: 10_000, name: `f${index}` });
  const parts = Array.from({ length: 10_000 }, (_, i): RunFact[] => [
    { type: "part_started", step: "l", item: item(i + 1) },
    { type: "part_finished", step: "l", status: i === 77 ? "failed" : "done", durationMs: 10, item: item(i + 1) },
  ]).flat();
  const loop: RunFact = {
    ...{ type: "step_started", step: "l", detail: { kind: "loop", items: 10_000, parallel: false }, attempt: 1 },
  };
  const view = runViewOf("r", events([STARTED, loop, ...parts]))!;
  deepEqual([view.lanes, view.bars!.length, view.steps.get("l")?.parts], [1, 10_000, 10_000]);
  const bars = drawn(view, { width: 800, now: 1000 + 20_002 * 10 });
  ok(bars.length < 800, `${bars.length} bars`);
  equal(bars.reduce((sum, { count }) => sum + count, 0), 10_000);
  equal(bars.filter(({ standing }) => standing === "failed").length, 1);
  deepEqual(ticks(4_000, 6), [0, 1000, 2000, 3000, 4000]);
});

Deno.test("output stands under its step as it came, and together in whole lines with names", () => {
  const book = new OutputBook();
  book.add(output("a", "10%\r50%"));
  book.add(output("b", "hello\n"));
  book.add(output("a", "\r100%\r\nnext"));
  book.add(output("l", "x\ny\n", { item: { index: 1, total: 2, name: "f" } }));
  // deno-lint-ignore no-control-regex
  const plain = () => book.text(ALL).text.replace(/\x1b\[\??[0-9;]*[a-zA-Z]/g, "");
  // The newest line that is not ended is drawn below the others.
  equal(plain(), "[b] hello\n[a] 100%\n[l 1/2] x\n[l 1/2] y\n[a] next");
  equal(book.text("a").text, "10%\r50%\r100%\r\nnext");
  deepEqual(book.steps, ["a", "b", "l"]);
  let told = "";
  book.onText = (name, text) => void (name === ALL && (told += text));
  book.add(output("a", "\r7%\x1b[A"));
  ok(told.startsWith("\r\x1b[2K\x1b[?7l"), JSON.stringify(told));
  ok(plain().endsWith("y\n[a] 7%"));
  book.finish("a");
  book.say("over");
  ok(plain().endsWith("y\n[a] 7%\nover\n"));
  book.clear(ALL);
  book.clear("a");
  deepEqual([plain(), book.text("a").text, book.text("b").text], ["", "", "hello\n"]);
});

Deno.test("a million lines, and one line without an end, take no more room than a thousand", () => {
  const book = new OutputBook();
  let told = 0;
  book.onText = (_, text) => void (told += text.length);
  for (let i = 0; i < 10_000; i++) book.add(output("a", `line ${i} of many that are written\n`.repeat(100)));
  const { text, isCut } = book.text("a");
  ok(isCut && text.length <= 1024 * 1024 && text.startsWith("line "), `${text.length} characters`);
  ok(text.endsWith("line 9999 of many that are written\n"));
  ok(book.text(ALL).text.length <= 2 * 1024 * 1024 + 1024);
  ok(told > 60_000_000);
  for (let i = 0; i < 1000; i++) book.add(output("b", "x".repeat(4096)));
  ok(book.text("b").text.length <= 1024 * 1024);
});
