import type { Retry } from "../../graph/pipeline.ts";
import { isLoomError } from "../../errors.ts";
import { maskSecrets } from "../../graph/display.ts";
import type { Clock } from "../../ports/clock.ts";
import type { StepPart } from "../../ports/events.ts";
import type { AttemptRecord } from "../../ports/store.ts";
import type { SandboxExit, SandboxLimit } from "../../ports/sandbox.ts";
import type { Subprocess } from "../../ports/subprocess.ts";
import type { Confined } from "./confined.ts";
import { durationWords } from "./duration_words.ts";
import type { RunControl } from "../session/request.ts";
import type { Place, Session, StepResult } from "../session/session.ts";

/** Between TERM and KILL. */
export const GRACE_MS = 5_000;

/** One program to run for a step, and what is to be made of its end. */
export interface Command extends Place {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Where its output events belong. */
  readonly label: StepPart;
  readonly timeoutMs?: number;
  readonly retry?: Retry;
  /** What it is held in; asked for when it starts, when the folders that it writes to are there. */
  readonly sandbox?: () => Promise<Confined>;
  /** Called before each attempt, while what it records still goes into the transaction of the intent. */
  readonly onIntent?: () => void;
  /** Hears the output instead of the listeners of the run. */
  readonly onOutput?: (stream: "stdout" | "stderr", text: string) => void;
}

/** How a command ended. */
export interface CommandResult extends StepResult {
  /** As in `SubprocessExit`. */
  readonly peakBytes?: number;
}

/** Runs a command until it succeeds or its tries are used up; every attempt is recorded before it starts. */
export async function runCommand(command: Command, session: Session): Promise<CommandResult> {
  const tries = 1 + (command.retry?.attempts ?? 0);
  for (let attempt = 1;; attempt++) {
    const result = await runAttempt(command, attempt, session);
    if (result.status !== "failed" || attempt === tries || session.control.signal.aborted) return result;
    const delayMs = retryDelayMs(command.retry!, attempt);
    tellOfRetry(command, { ...result, attempt: attempt + 1, delayMs }, session);
    if (!await pause(delayMs, session)) return { status: "cancelled" };
  }
}

function tellOfRetry(
  { step, label }: Command,
  { attempt, delayMs, exitCode, signal, error }: StepResult & { readonly attempt: number; readonly delayMs: number },
  { recorder }: Session,
): void {
  recorder.emit({ type: "step_retried", step: step.name, ...label, attempt, delayMs, exitCode, signal, error });
  // The wait may be long, and how the attempt ended is known now.
  recorder.commit();
}

function retryDelayMs(retry: Retry, attempt: number): number {
  return retry.backoff === "fixed" ? retry.delayMs : retry.delayMs * 2 ** (attempt - 1);
}

/** Waits; `false` when the run was cancelled meanwhile. */
async function pause(ms: number, { context, control }: Session): Promise<boolean> {
  if (ms > 0 && !control.signal.aborted) {
    await context.clock.sleep(ms, control.signal).catch((error) => {
      if (!control.signal.aborted) throw error;
    });
  }
  return !control.signal.aborted;
}

async function runAttempt(command: Command, attempt: number, session: Session): Promise<CommandResult> {
  const { recorder, context, secrets } = session;
  const log = logPath(command, attempt, session);
  const intent: AttemptRecord = {
    run: recorder.run,
    step: command.step.name,
    part: command.part,
    attempt,
    status: "running",
    command: command.argv.map((word) => maskSecrets(word, secrets)),
    startedAt: context.clock.now(),
    log: log?.relative,
  };
  // Before the intent is written down: what cannot be got ready is not attempted.
  command.onIntent?.();
  recorder.write((store) => store.journal.putAttempt(intent));
  // Not a moment later: a script that was cut off must never look as if it had not begun.
  recorder.commit();
  const startedMs = context.clock.monotonicMs();
  const result = await spawn(command, log?.absolute, session);
  const durationMs = Math.round(context.clock.monotonicMs() - startedMs);
  const { exitCode, signal, error } = result;
  const status = result.status === "fresh" ? "done" : result.status;
  recorder.write((store) => store.journal.putAttempt({ ...intent, status, durationMs, exitCode, signal, error }));
  return result;
}

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

function confining(): Promise<typeof import("./start_confined.ts")> {
  return import(isReached ? "./start_confined.ts" : "./start_confined.ts");
}

async function spawn(command: Command, log: string | undefined, session: Session): Promise<CommandResult> {
  const { context, recorder, secrets } = session;
  const { argv, cwd, env, label, step } = command;
  const onOutput = command.onOutput ??
    ((stream: "stdout" | "stderr", text: string) =>
      recorder.emit({ type: "output", step: step.name, ...label, stream, text }));
  // What is read by loom itself is no picture for people.
  const screen = command.onOutput === undefined ? session.control.screen : undefined;
  let child: Subprocess;
  try {
    const passStdin = session.request.passStdin && !session.parallel;
    const common = { logPath: log, secrets, onOutput, passStdin };
    child = command.sandbox === undefined
      ? context.subprocesses.start({
        argv,
        cwd,
        env: screen?.environment(env) ?? env,
        terminal: screen?.size,
        ...common,
      })
      : await (await confining()).startConfined(await command.sandbox(), common, session);
  } catch (error) {
    if (!isLoomError(error)) throw error;
    const words = error.hint === undefined ? error.message : `${error.message}; ${error.hint}`;
    return { status: "failed", error: maskSecrets(command.sandbox === undefined ? error.message : words, secrets) };
  }
  screen?.show(child);
  const watch = new Watch(child, command.timeoutMs, session);
  try {
    const { exitCode, signal, stragglers, limit, peakBytes }: SandboxExit = await child.exit;
    if (stragglers > 0) warnOfStragglers(command, stragglers, session);
    // Also with exit code 0: a script that ends in good order when told to has not done its work.
    if (watch.cancelled) return { status: "cancelled", exitCode, signal };
    if (watch.timedOut) {
      return { status: "failed", exitCode, signal, error: `timed out after ${durationWords(command.timeoutMs!)}` };
    }
    if (limit !== undefined) return { status: "failed", exitCode, signal, error: LIMITS[limit] };
    return exitCode === 0 ? { status: "done", exitCode, peakBytes } : { status: "failed", exitCode, signal };
  } finally {
    watch.end();
  }
}

/** What a step in a sandbox was ended for. */
const LIMITS: Readonly<Record<SandboxLimit, string>> = {
  wall: "it took too long",
  output: "it wrote more output than its sandbox takes",
  processes: "it started more processes than its sandbox takes",
  memory: "it used more memory than its sandbox takes",
};

function warnOfStragglers({ step }: Command, count: number, { recorder }: Session): void {
  const message = `Step "${step.name}" left ${count} program(s) running, which were ended`;
  recorder.emit({ type: "notice", level: "warning", code: "stragglers", message, step: step.name });
}

/** Ends a program when its time is up or when the run is cancelled. */
class Watch {
  timedOut = false;
  /** It was told to end because the run is cancelled. */
  cancelled = false;
  readonly #child: Subprocess;
  readonly #control: RunControl;
  readonly #onCancel = () => this.#cancel(GRACE_MS);
  readonly #onKill = () => this.#cancel(0);
  /** Calls the wait for the time limit off; most programs have none, and a controller costs more than all else here. */
  #over: AbortController | undefined;

  constructor(child: Subprocess, timeoutMs: number | undefined, { control, context }: Session) {
    this.#child = child;
    this.#control = control;
    if (control.signal.aborted) this.#cancel(control.killSignal.aborted ? 0 : GRACE_MS);
    control.signal.addEventListener("abort", this.#onCancel, { once: true });
    control.killSignal.addEventListener("abort", this.#onKill, { once: true });
    if (timeoutMs !== undefined) this.#limit(timeoutMs, context.clock);
  }

  end(): void {
    this.#control.signal.removeEventListener("abort", this.#onCancel);
    this.#control.killSignal.removeEventListener("abort", this.#onKill);
    this.#over?.abort();
  }

  #cancel(graceMs: number): void {
    this.cancelled = true;
    void this.#child.stop(graceMs);
  }

  #limit(timeoutMs: number, clock: Clock): void {
    this.#over = new AbortController();
    const timeUp = () => {
      this.timedOut = true;
      void this.#child.stop(GRACE_MS);
    };
    clock.sleep(timeoutMs, this.#over.signal).then(timeUp, () => {
      // The program ended first and the wait was called off.
    });
  }
}

function logPath(
  { step, part }: Command,
  attempt: number,
  session: Session,
): { absolute: string; relative: string } | undefined {
  const { recorder, context } = session;
  if (recorder.store === undefined) return undefined;
  const safe = (text: string) => fileName(text, context.files.digestText);
  const name = `${safe(step.name)}${part === "" ? "" : `.${safe(part)}`}.${attempt}.log`;
  return { absolute: `${recorder.store.logFolder(recorder.run)}/${name}`, relative: `logs/${recorder.run}/${name}` };
}

/** A text as part of a file name: unusual characters replaced and, if any were, told apart by a digest. */
function fileName(text: string, digest: (text: string) => string): string {
  const plain = text.replaceAll(/[^A-Za-z0-9_-]/g, "_").slice(0, 60);
  return plain === text ? text : `${plain}-${digest(text).slice(0, 8)}`;
}
