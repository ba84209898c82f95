import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { endings, fakeProject, ofType } from "../../../tests/support/fake_project.ts";
import type { FakeClock } from "../../../tests/support/fake_clock.ts";
import { Screen } from "../screen/mod.ts";

const pipeline = (settings: string) => `pipeline:\n  - {name: a, task: a.py${settings}}\n`;

/** Lets everything that is due happen until `done` settles, time going on by `ms` whenever nothing else moves. */
async function passTime<T>(done: Promise<T>, clock: FakeClock, ms: number): Promise<T> {
  let isOver = false;
  done.then(() => isOver = true, () => isOver = true);
  while (!isOver) {
    // A turn of the event loop, for modules that are loaded on demand.
    await new Promise((resolve) => setTimeout(resolve));
    await clock.advance(ms);
  }
  return await done;
}

Deno.test("runCommand() tries again until it succeeds, with the same delay each time", async () => {
  let left = 2;
  const project = fakeProject(pipeline(", retries: {attempts: 3, delay: 2}"), {
    script: () => ({ exitCode: left-- > 0 ? 7 : 0 }),
  });
  const { events, run } = await passTime(project.run(), project.clock, 500);
  deepEqual(endings(events), { a: "done" });
  deepEqual(
    ofType(events, "step_retried").map(({ attempt, delayMs, exitCode }) => [attempt, delayMs, exitCode]),
    [[2, 2000, 7], [3, 2000, 7]],
  );
  const attempts = project.store().journal.attempts(run);
  deepEqual(attempts.map(({ attempt, status }) => [attempt, status]), [[1, "failed"], [2, "failed"], [3, "done"]]);
});

Deno.test("runCommand() doubles the delay when the backoff is exponential, and gives up in the end", async () => {
  const project = fakeProject(pipeline(", retries: {attempts: 3, delay: 1, backoff: exponential}"), {
    script: () => ({ exitCode: 1 }),
  });
  const { events } = await passTime(project.run(), project.clock, 500);
  deepEqual(ofType(events, "step_retried").map(({ delayMs }) => delayMs), [1000, 2000, 4000]);
  deepEqual(endings(events), { a: "failed: 1" });
});

Deno.test("runCommand() ends a program when its time is up, and says how long it had", async () => {
  const project = fakeProject(pipeline(", timeout: 90"), { script: () => new Promise(() => {}) });
  const { events } = await passTime(project.run(), project.clock, 10_000);
  deepEqual(endings(events), { a: "failed: timed out after 1m30s" });
  equal(ofType(events, "step_finished")[0].signal, "SIGTERM");
});

Deno.test("a time limit counts for each attempt", async () => {
  let calls = 0;
  const project = fakeProject(pipeline(", timeout: 10, retries: 1"), {
    script: () => ++calls === 1 ? new Promise(() => {}) : { exitCode: 0 },
  });
  deepEqual(endings((await passTime(project.run(), project.clock, 5000)).events), { a: "done" });
});

for (const [how, expected] of [["gently", "SIGTERM"], ["at once", "SIGKILL"]] as const) {
  Deno.test(`a run that is cancelled ${how} ends its program by ${expected} and trusts nothing it made`, async () => {
    const [stop, kill] = [new AbortController(), new AbortController()];
    const yaml =
      "data: {o: out/o}\npipeline:\n  - {name: a, task: a.py, outputs: {--o: $o}}\n  - {name: b, task: b.py}\n";
    const project = fakeProject(yaml, {
      script: ({ argv }) => {
        project.files.write(argv.at(-1)!, "half");
        if (how === "at once") kill.abort();
        stop.abort();
        return new Promise(() => {});
      },
    });
    const outcome = await project.run({}, { signal: stop.signal, killSignal: kill.signal });
    equal(outcome.status, "cancelled");
    deepEqual(endings(outcome.events), { a: "cancelled", b: "skipped: cancelled" });
    equal(ofType(outcome.events, "step_finished")[0].signal, expected);
    equal(project.store().journal.getRun(outcome.run)?.status, "cancelled");
    equal(project.store().memos.all("pipeline.yml")[0].state, "running");
    equal((await project.status())[0].reasons[0], "the last attempt did not finish");
  });
}

Deno.test("a run that is cancelled while it waits to try again does not try again", async () => {
  const stop = new AbortController();
  const project = fakeProject(pipeline(", retries: {attempts: 1, delay: 100}"), {
    script: () => (queueMicrotask(() => queueMicrotask(() => queueMicrotask(() => stop.abort()))), { exitCode: 1 }),
  });
  const { status, events } = await passTime(project.run({}, { signal: stop.signal }), project.clock, 1);
  equal(status, "cancelled");
  deepEqual([endings(events).a, project.started().length], ["cancelled", 1]);
});

Deno.test("programs that a script leaves running are told of", async () => {
  const project = fakeProject(pipeline(""), { script: () => ({ exitCode: 0, stragglers: 2 }) });
  const [notice] = ofType((await project.run()).events, "notice");
  deepEqual(notice.code, "stragglers");
  deepEqual(notice.message, 'Step "a" left 2 program(s) running, which were ended');
});

Deno.test("the marker of a step that a signal ended has the signal, not an exit code", async () => {
  const project = fakeProject(pipeline(""), { script: () => ({ signal: "SIGKILL" }) });
  const [{ signal, exitCode }] = ofType((await project.run()).events, "step_finished");
  deepEqual([signal, exitCode], ["SIGKILL", undefined]);
});

Deno.test("a script whose run is looked at writes to a screen, whose size it is told; without one to pipes", async () => {
  const screen = new Screen({ columns: 90, rows: 20 });
  const told: unknown[] = [];
  const project = fakeProject(`${pipeline("")}  - {name: b, task: b.py}\n`, {
    script: ({ terminal, env }) => {
      told.push([terminal, env.TERM, env.PAGER]);
      screen.resize({ columns: 99, rows: 9 });
      return {};
    },
  });
  await project.run({}, { screen });
  deepEqual(told.splice(0), [
    [{ columns: 90, rows: 20 }, "xterm-256color", "cat"],
    [{ columns: 99, rows: 9 }, "xterm-256color", "cat"],
  ]);
  await project.run({ force: true });
  deepEqual(told, [[undefined, undefined, undefined], [undefined, undefined, undefined]]);
});
