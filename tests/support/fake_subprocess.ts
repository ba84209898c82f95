import type { Subprocess, Subprocesses, SubprocessExit, SubprocessSpec } from "../../core/ports/subprocess.ts";

/** What a fake program does: its outcome, or when it comes; `stopped` aborts when it is told to end. */
export type FakeProgram = (
  spec: SubprocessSpec,
  stopped: AbortSignal,
) => FakeOutcome | undefined | Promise<FakeOutcome | undefined>;

/** How a fake program ends. Nothing said: exit code 0. */
export type FakeOutcome = Partial<SubprocessExit>;

/** Programs that do not exist, and what was asked of them. */
export interface FakeSubprocesses extends Subprocesses {
  /** Everything started, in order. */
  readonly started: readonly SubprocessSpec[];
  /** How many run now, and the most that ever did at once. */
  readonly running: { readonly now: number; readonly most: number };
}

/**
 * Programs played by `program`. One that is stopped ends with `SIGTERM` (with no grace: `SIGKILL`), whatever it
 * answers later.
 */
export function fakeSubprocesses(program: FakeProgram = () => undefined): FakeSubprocesses {
  const started: SubprocessSpec[] = [];
  const running = { now: 0, most: 0 };
  return {
    started,
    running,
    start: (spec) => {
      started.push(spec);
      running.most = Math.max(running.most, ++running.now);
      const fake = play(program, spec, 1000 + started.length);
      const over = () => void running.now--;
      fake.exit.then(over, over);
      return fake;
    },
  };
}

function play(program: FakeProgram, spec: SubprocessSpec, pid: number): Subprocess {
  const stopping = new AbortController();
  const stopped = new Promise<SubprocessExit>((resolve) => {
    stopping.signal.addEventListener("abort", () => resolve({ signal: stopping.signal.reason, stragglers: 0 }));
  });
  const played = Promise.resolve().then(() => program(spec, stopping.signal)).then(toExit);
  const exit = Promise.race([stopped, played]);
  return {
    pid,
    exit,
    stop: async (graceMs) => {
      stopping.abort(graceMs > 0 ? "SIGTERM" : "SIGKILL");
      await exit;
    },
  };
}

function toExit(outcome: FakeOutcome = {}): SubprocessExit {
  const { stragglers = 0, signal, exitCode, ...more } = outcome;
  return signal === undefined ? { exitCode: exitCode ?? 0, stragglers, ...more } : { signal, stragglers, ...more };
}
