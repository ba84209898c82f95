import type {
  Subprocess,
  Subprocesses,
  SubprocessExit,
  SubprocessInput,
  SubprocessSpec,
  TerminalSize,
} from "../../../core/ports/subprocess.ts";
import { osCode } from "../files/errors.ts";
import { endStragglers } from "./group.ts";
import { OutputSink, type StreamName } from "./output.ts";
import { findProgram, forgetPrograms, programNotExecutable, requireFolder } from "./program.ts";
import { stopGroup } from "./stop.ts";
import { DeathWatch } from "./watch.ts";

/** Output that is still in the pipe when a program ends arrives within this. */
const quietMs = 100;

/** Programs started by Deno's own means: works everywhere. */
export function denoSubprocesses(): Subprocesses {
  const watch = Deno.build.os === "windows" ? undefined : new DeathWatch(startWatcher);
  return { start: (spec) => start(spec, watch) };
}

function start(spec: SubprocessSpec, watch: DeathWatch | undefined): Subprocess {
  requireFolder(spec.cwd);
  const child = spawn(spec);
  watch?.add(child.pid);
  const exit = follow(child, spec, watch);
  const started = { pid: child.pid, exit, stop: stopGroup(child.pid, exit) };
  return spec.feedStdin ? { ...started, input: inputOf(child.stdin) } : started;
}

function spawn(spec: SubprocessSpec): Deno.ChildProcess {
  const program = findProgram(spec);
  try {
    return new Deno.Command(program, {
      args: spec.argv.slice(1),
      cwd: spec.cwd,
      env: { ...sizeVariables(spec.terminal), ...spec.env },
      clearEnv: true,
      stdin: spec.feedStdin ? "piped" : spec.passStdin ? "inherit" : "null",
      stdout: "piped",
      stderr: "piped",
      detached: true,
    }).spawn();
  } catch (error) {
    forgetPrograms();
    throw programNotExecutable(program, startFailure(error), error);
  }
}

function inputOf(stream: WritableStream<Uint8Array>): SubprocessInput {
  const writer = stream.getWriter();
  const encoder = new TextEncoder();
  // The end of the program tells whoever waits for it.
  writer.closed.catch(unlessBroken);
  return {
    write: (text) => writer.write(encoder.encode(text)).catch(unlessBroken),
    close: () => writer.close().catch(unlessBroken),
  };
}

/** What programs go by that write to no terminal. */
function sizeVariables(size: TerminalSize | undefined): Readonly<Record<string, string>> {
  return size === undefined ? {} : { COLUMNS: `${size.columns}`, LINES: `${size.rows}` };
}

/** Nobody reads any longer, or it was closed already. */
function unlessBroken(error: unknown): void {
  if (!(error instanceof Deno.errors.BrokenPipe || error instanceof TypeError)) throw error;
}

function startFailure(error: unknown): string {
  if (osCode(error) === "ENOENT") return "the program that its first line names is not there";
  return error instanceof Error ? error.message : String(error);
}

async function follow(
  child: Deno.ChildProcess,
  spec: SubprocessSpec,
  watch: DeathWatch | undefined,
): Promise<SubprocessExit> {
  const sink = new OutputSink(spec);
  const pumps = [new Pump("stdout", child.stdout, sink), new Pump("stderr", child.stderr, sink)];
  const { code, signal } = await child.status;
  const stragglers = endStragglers(child.pid);
  await Promise.all(pumps.map((pump) => pump.finish()));
  sink.close();
  // It is over when nobody is left: what follows must not meet a program that still writes.
  await stragglers.gone;
  watch?.remove(child.pid);
  return signal === null ? { exitCode: code, stragglers: stragglers.count } : { signal, stragglers: stragglers.count };
}

/** Carries one stream into the sink; reads on only when a piece was taken. */
class Pump {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #done: Promise<void>;
  #pieces = 0;

  constructor(name: StreamName, stream: ReadableStream<Uint8Array>, sink: OutputSink) {
    this.#reader = stream.getReader();
    this.#done = this.#carry(name, sink);
  }

  /** Waits for the end of the stream, or, when someone else holds it open, until nothing has come for a while. */
  async finish(): Promise<void> {
    for (let seen = -1; seen !== this.#pieces;) {
      seen = this.#pieces;
      if (await this.#endsWithin(quietMs)) return;
    }
    await this.#reader.cancel();
    await this.#done;
  }

  async #endsWithin(ms: number): Promise<boolean> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<boolean>((resolve) => timer = setTimeout(() => resolve(false), ms));
    const ended = await Promise.race([this.#done.then(() => true), late]);
    clearTimeout(timer);
    return ended;
  }

  async #carry(name: StreamName, sink: OutputSink): Promise<void> {
    for (;;) {
      const { value, done } = await this.#reader.read();
      if (done) return;
      this.#pieces++;
      sink.take(name, value);
    }
  }
}

function startWatcher(argv: readonly string[]): void {
  const child = new Deno.Command(argv[0], {
    args: argv.slice(1),
    cwd: "/",
    stdin: "piped",
    stdout: "null",
    stderr: "null",
    detached: true,
  }).spawn();
  child.unref();
}
