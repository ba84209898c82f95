/**
 * Programs that tools have started.
 *
 * @module
 */

import type { Policy } from "../../ports/policy.ts";
import type { SandboxExit } from "../../ports/sandbox.ts";
import type { CommandOutcome, CommandWish } from "../../ports/tool.ts";
import { notGranted } from "../base/errors.ts";
import type { Place } from "../base/types.ts";

/** The most that is kept of each stream, bytes. */
const KEPT_BYTES = 1_000_000;

/** From the polite signal to the other one. */
const GRACE_MS = 5_000;

/** Starts a program so that it can do what the policy says, and no more. */
export type Launch = (spec: {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly policy: Policy;
  readonly limits: { readonly wallMs?: number; readonly graceMs: number };
  readonly onOutput: (stream: "stdout" | "stderr", text: string) => void;
  readonly onBlocked: (what: string) => void;
}) => Promise<{ readonly exit: Promise<SandboxExit>; stop(graceMs: number): Promise<void> }>;

/** What programs of one call are started with. */
export interface ProgramSettings {
  readonly tool: string;
  readonly policy: Policy;
  readonly place: Place;
  readonly launch: Launch;
  readonly signal: AbortSignal;
  /** Hears what the program tried and was kept from. */
  readonly onBlocked: (what: string) => void;
}

/** Starts what is wished for, waits for its end, and keeps what it printed as far as there is room. */
export async function runProgram(wish: CommandWish, settings: ProgramSettings): Promise<CommandOutcome> {
  const { tool, policy, place, launch, signal, onBlocked } = settings;
  const [name = "", ...rest] = wish.argv;
  const program = place.programs?.get(name) ?? name;
  if (!policy.programs.includes(program)) throw notGranted(tool, `start '${name}'`);
  signal.throwIfAborted();
  const [stdout, stderr] = [new Kept(), new Kept()];
  const started = await launch({
    argv: [program, ...rest],
    cwd: place.locate(wish.cwd ?? "."),
    policy,
    limits: { graceMs: GRACE_MS, ...(wish.timeoutMs !== undefined && { wallMs: wish.timeoutMs }) },
    onOutput: (stream, text) => (stream === "stdout" ? stdout : stderr).take(text),
    onBlocked,
  });
  const stop = () => void started.stop(GRACE_MS);
  signal.addEventListener("abort", stop, { once: true });
  try {
    const { exitCode, signal: by, limit } = await started.exit;
    signal.throwIfAborted();
    const droppedBytes = stdout.droppedBytes + stderr.droppedBytes;
    const ended = { stdout: stdout.text, stderr: stderr.text, droppedBytes, timedOut: limit === "wall" };
    return { ...ended, ...(exitCode !== undefined && { exitCode }), ...(by !== undefined && { signal: by }) };
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** The beginning of a stream; the rest is counted. */
class Kept {
  readonly #pieces: string[] = [];
  #bytes = 0;
  droppedBytes = 0;

  get text(): string {
    return this.#pieces.join("");
  }

  take(text: string): void {
    const bytes = encoder.encode(text);
    const room = KEPT_BYTES - this.#bytes;
    this.#bytes += Math.min(bytes.length, Math.max(room, 0));
    if (bytes.length <= room) return void this.#pieces.push(text);
    this.droppedBytes += bytes.length - Math.max(room, 0);
    // Half a character at the cut would be shown as a sign of damage.
    if (room > 0) this.#pieces.push(new TextDecoder().decode(bytes.subarray(0, room)).replace(/\ufffd+$/, ""));
  }
}

const encoder = new TextEncoder();
