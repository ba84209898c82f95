import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { busy, LoomError } from "../../../core/errors.ts";
import type { RunStatus } from "../../../core/ports/events.ts";
import type { RunRequest } from "../../../core/run/session/request.ts";
import { memoryFiles } from "../../../tests/support/memory_files.ts";
import { fakeHost } from "../../../tests/support/fake_host.ts";
import { eventsOf, finished, runFinished, runStarted, started } from "../../../tests/support/run_events.ts";
import type { Engine } from "../base/engine.ts";
import { runCli } from "../main.ts";

/** An engine that tells a short run and ends it with `status`. */
function engineThatEnds(status: RunStatus, asked: RunRequest[] = []): Partial<Engine> {
  return {
    runPipeline: (request, _context, control) => {
      asked.push(request);
      for (const event of eventsOf([runStarted(1), started("a"), finished("a"), runFinished(1, 1)])) {
        control.sink(event);
      }
      return Promise.resolve({ run: "0123456789ab", status, succeeded: 1, skipped: 0, total: 1 });
    },
  };
}

function engineThatThrows(error: unknown): Partial<Engine> {
  return { runPipeline: () => Promise.reject(error) };
}

async function exitCode(engine: Partial<Engine>): Promise<number> {
  return await runCli(["p.yml"], fakeHost({ engine }));
}

Deno.test("runVerb() ends with the code that its run has earned", async () => {
  equal(await exitCode(engineThatEnds("done")), 0);
  equal(await exitCode(engineThatEnds("failed")), 1);
  equal(await exitCode(engineThatEnds("interrupted")), 130);
  equal(await exitCode(engineThatEnds("cancelled")), 130);
  equal(await exitCode(engineThatThrows(new LoomError("python-not-found", "No Python found"))), 2);
  equal(await exitCode(engineThatThrows(busy("p.yml", "process 7"))), 3);
  equal(await exitCode(engineThatThrows(new LoomError("config-not-found", "Config file not found: p.yml"))), 1);
});

Deno.test("runVerb() asks for what the options say", async () => {
  const asked: RunRequest[] = [];
  const words = ["--step", "a", "b", "--set", "lr=0.10", "n=007", "on=True", "--var", "s=true", "--sequential"];
  const context = { files: memoryFiles({ "/w/q/data.csv": "" }) };
  const host = fakeHost({ engine: engineThatEnds("done", asked), context });
  equal(await runCli(["sub/./p.yml", ...words, "--extra", "--x 'a b'", "--project=q"], host), 0);
  const [{ overrides, ...request }] = asked;
  deepEqual(request.file, "/w/sub/p.yml");
  deepEqual(request.selection, { mode: "steps", names: ["a", "b"] });
  deepEqual([request.parallel, request.extra, request.project], [false, ["--x", "a b"], "/w/q"]);
  deepEqual([...overrides.parameters.keys()], ["lr", "n", "on"]);
  deepEqual([overrides.parameters.get("n"), overrides.parameters.get("on")], [7, true]);
  deepEqual([...overrides.data], [["s", "true"]]);
});

Deno.test("runVerb() refuses options that exclude each other, all of them at once", async () => {
  const host = fakeHost();
  equal(await runCli(["p.yml", "--step", "a", "--from", "b", "--until", "c", "--parallel", "--sequential"], host), 2);
  equal(
    host.terminal.errors(),
    "error: --step and --from and --until exclude each other\nerror: --parallel and --sequential exclude each other\n",
  );
});

Deno.test("runVerb() prints nothing but JSON with --json", async () => {
  const host = fakeHost({ engine: engineThatEnds("done") });
  equal(await runCli(["p.yml", "--json"], host), 0);
  const lines = host.terminal.output().trimEnd().split("\n").map((line) => JSON.parse(line));
  deepEqual(lines.map((line) => line.type), ["run_started", "step_started", "step_finished", "run_finished"]);
  deepEqual(lines.map((line) => line.seq), [1, 2, 3, 4]);
});

Deno.test("runCli() tells a fault of its own in one line", async () => {
  const host = fakeHost({ engine: engineThatThrows(new TypeError("x is undefined")) });
  equal(await runCli(["p.yml"], host), 1);
  const line = "error: internal: x is undefined; this is a fault in loom, please report it; LOOM_DEBUG=1 shows where";
  equal(host.terminal.errors(), `${line} it happened\n`);
});
