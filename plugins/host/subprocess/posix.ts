import { LoomError } from "../../../core/errors.ts";
import type {
  Subprocess,
  Subprocesses,
  SubprocessExit,
  SubprocessSpec,
  TerminalSize,
} from "../../../core/ports/subprocess.ts";
import { denoSubprocesses } from "./deno.ts";
import { endStragglers, signalGroup, type Stragglers } from "./group.ts";
import { bytesOf, isGroupLeft, type Libc, makePipe, openLibc, type Pipe } from "./libc.ts";
import { OutputSink } from "./output.ts";
import { newUsage, PeakMemory } from "./peak.ts";
import { type OutputPipe, OutputPipes } from "./pipes.ts";
import { Spawner } from "./spawn.ts";
import { stopGroup } from "./stop.ts";
import { makeTerminal, resizeTerminal } from "./terminal.ts";
import { DeathWatch } from "./watch.ts";

/** Programs started through the C library; `undefined` where that cannot be had. */
export function posixSubprocesses(): Subprocesses | undefined {
  const libc = openLibc();
  return libc && new PosixSubprocesses(libc);
}

class PosixSubprocesses implements Subprocesses {
  readonly #libc: Libc;
  readonly #spawner: Spawner;
  readonly #pipes: OutputPipes;
  readonly #watch: DeathWatch;
  readonly #peak = new PeakMemory();
  #feeding: Subprocesses | undefined;

  constructor(libc: Libc) {
    this.#libc = libc;
    this.#spawner = new Spawner(libc);
    this.#pipes = new OutputPipes(libc);
    this.#watch = new DeathWatch((argv) => this.#startWatcher(argv));
  }

  start(spec: SubprocessSpec): Subprocess {
    // Rare, and at rest most of the time: what feeds a program need not be quick to start it.
    if (spec.feedStdin) return (this.#feeding ??= denoSubprocesses()).start(spec);
    const sink = new OutputSink(spec);
    const [stdout, stderr] = this.#pipePair(spec.terminal);
    const pid = this.#spawn(spec, [stdout, stderr]);
    this.#watch.add(pid);
    const pipes: readonly OutputPipe[] = [
      { end: stdout.read, stream: "stdout", sink },
      { end: stderr.read, stream: "stderr", sink },
    ];
    for (const pipe of pipes) this.#pipes.add(pipe);
    const exit = this.#follow(pid, pipes, sink);
    const started = { pid, exit, stop: stopGroup(pid, exit) };
    return spec.terminal === undefined ? started : { ...started, resize: (size) => this.#resize(pid, pipes, size) };
  }

  /** Ends that are closed by now are not touched: their numbers may be another's. */
  #resize(pid: number, pipes: readonly OutputPipe[], size: TerminalSize): void {
    const open = pipes.filter((pipe) => this.#pipes.has(pipe));
    for (const { end } of open) resizeTerminal(this.#libc, end, size);
    if (open.length > 0) signalGroup(pid, "SIGWINCH");
  }

  #pipePair(terminal?: TerminalSize): readonly [Pipe, Pipe] {
    const make = () => (terminal && makeTerminal(this.#libc, terminal)) ?? makePipe(this.#libc);
    const stdout = make();
    const stderr = stdout && make();
    if (stdout !== undefined && stderr !== undefined) return [stdout, stderr];
    if (stdout !== undefined) this.#close([stdout.read, stdout.write]);
    throw new LoomError("too-many-open-files", "Cannot start a program: too many files are open", {
      hint: "raise the limit (ulimit -n) or run fewer steps at once with --max-workers",
      retryable: true,
    });
  }

  /** Only the program keeps the writing ends, so that its end is theirs. */
  #spawn(spec: SubprocessSpec, [stdout, stderr]: readonly [Pipe, Pipe]): number {
    let started = false;
    try {
      const pid = this.#spawner.start(spec, {
        stdin: spec.passStdin ? OWN_STDIN : undefined,
        stdout: stdout.write,
        stderr: stderr.write,
      });
      started = true;
      return pid;
    } finally {
      this.#close(started ? [stdout.write, stderr.write] : [stdout.write, stderr.write, stdout.read, stderr.read]);
    }
  }

  #close(ends: readonly number[]): void {
    for (const end of ends) this.#libc.close(end);
  }

  async #follow(pid: number, pipes: readonly OutputPipe[], sink: OutputSink): Promise<SubprocessExit> {
    const status = await this.#wait(pid);
    // Asked through the library first: nearly always nobody is left, which Deno tells by an error that costs more.
    const { count, gone } = isGroupLeft(this.#libc, pid) ? endStragglers(pid) : nobody;
    for (const pipe of pipes) this.#pipes.finish(pipe);
    sink.close();
    // It is over when nobody is left: what follows must not meet a program that still writes.
    await gone;
    this.#watch.remove(pid);
    return { ...status, stragglers: count };
  }

  async #wait(pid: number): Promise<Omit<SubprocessExit, "stragglers">> {
    const status = new Int32Array(1);
    const usage = newUsage();
    // A signal to loom may interrupt the wait; someone else having taken the status would be an error of loom.
    for (let attempt = 0; attempt < 100; attempt++) {
      if (await this.#libc.wait4(pid, bytesOf(status), 0, bytesOf(usage)) === pid) {
        const peakBytes = this.#peak.bytesOf(usage);
        return peakBytes === undefined ? toExit(status[0]) : { ...toExit(status[0]), peakBytes };
      }
    }
    throw new LoomError("exit-unknown", `Cannot tell how process ${pid} ended`, { data: { pid } });
  }

  /** Its standard input is a pipe that loom holds as long as it lives. Its own end is for nobody to wait for. */
  #startWatcher(argv: readonly string[]): void {
    const pipe = makePipe(this.#libc);
    if (pipe === undefined) return;
    this.#spawner.start({ argv, cwd: "/", env: { PATH: "/usr/bin:/bin" } }, { stdin: pipe.read });
    this.#libc.close(pipe.read);
  }
}

/** The descriptor of loom's standard input. */
const OWN_STDIN = 0;

const nobody: Stragglers = { count: 0 };

/** Names of signals by their number on Linux. */
const signalNames: Readonly<Record<number, string>> = {
  1: "SIGHUP",
  2: "SIGINT",
  3: "SIGQUIT",
  4: "SIGILL",
  5: "SIGTRAP",
  6: "SIGABRT",
  7: "SIGBUS",
  8: "SIGFPE",
  9: "SIGKILL",
  10: "SIGUSR1",
  11: "SIGSEGV",
  12: "SIGUSR2",
  13: "SIGPIPE",
  14: "SIGALRM",
  15: "SIGTERM",
  16: "SIGSTKFLT",
  24: "SIGXCPU",
  25: "SIGXFSZ",
  26: "SIGVTALRM",
  27: "SIGPROF",
  29: "SIGIO",
  30: "SIGPWR",
  31: "SIGSYS",
};

/** From the number that `wait4` gives: the low seven bits are the signal, the next byte the exit code. */
function toExit(status: number): Omit<SubprocessExit, "stragglers"> {
  const signal = status & 0x7f;
  return signal === 0 ? { exitCode: (status >> 8) & 0xff } : { signal: signalNames[signal] ?? `SIG${signal}` };
}
