/**
 * Exit codes, all in one table.
 *
 * @module
 */

import type { LoopStatus } from "../../../core/ports/loop_store.ts";
import type { RunStatus } from "../../../core/ports/events.ts";
import type { Terminal } from "./terminal.ts";

/** What loom can end with. */
export const EXIT = {
  done: 0,
  /** A step failed, a verdict is negative, a file is missing or invalid. */
  failed: 1,
  /** Wrong options, or something this machine lacks. */
  usage: 2,
  /** Held by another loom. */
  busy: 3,
  /** What may be spent is spent. */
  budget: 4,
  /** Waits for a person. */
  paused: 5,
  interrupted: 130,
} as const;

const OF_ERROR: Readonly<Record<string, number>> = {
  "usage": EXIT.usage,
  "python-not-found": EXIT.usage,
  "interpreter-not-found": EXIT.usage,
  "deno-not-found": EXIT.usage,
  "unknown-provider": EXIT.usage,
  "duplicate-provider": EXIT.usage,
  "unsupported-api": EXIT.usage,
  "bad-value": EXIT.usage,
  "unsupported": EXIT.usage,
  "not-searchable": EXIT.usage,
  "missing-key": EXIT.usage,
  "model-refused-tool": EXIT.usage,
  "not-set-up": EXIT.usage,
  "unknown-flow": EXIT.usage,
  "sandbox-unavailable": EXIT.usage,
  "store-too-new": EXIT.usage,
  "config-invalid": EXIT.usage,
  "busy": EXIT.busy,
  "interrupted": EXIT.interrupted,
  "LOOP_CONFIG_ERROR": EXIT.usage,
  "STORE_TOO_NEW": EXIT.usage,
  "RUN_BUSY": EXIT.busy,
  "BUDGET_EXHAUSTED": EXIT.budget,
  "PAUSED": EXIT.paused,
  "INTERRUPTED": EXIT.interrupted,
};

/** What an error with this code ends loom with. */
export function exitCodeOfError(code: string): number {
  return OF_ERROR[code] ?? EXIT.failed;
}

/** What a run that ended like this ends loom with. */
export function exitCodeOfRun(status: RunStatus): number {
  if (status === "done") return EXIT.done;
  return status === "failed" ? EXIT.failed : EXIT.interrupted;
}

const OF_LOOP: Readonly<Record<LoopStatus, number>> = {
  running: EXIT.failed,
  completed: EXIT.done,
  failed: EXIT.failed,
  budget_exhausted: EXIT.budget,
  stalled: EXIT.failed,
  paused: EXIT.paused,
  cancelled: EXIT.failed,
  interrupted: EXIT.interrupted,
};

/** What a loop that ended, or waits, like this ends loom with. */
export function exitCodeOfLoop(status: LoopStatus): number {
  return OF_LOOP[status];
}

/** `code`, once everything was written out. Words that were lost are a failure, unless nobody wanted to read on. */
export function exitCodeAfterFlush(terminal: Terminal, code: number): number {
  terminal.flush();
  const isLost = terminal.closed.aborted && !(terminal.closed.reason instanceof Deno.errors.BrokenPipe);
  return isLost ? EXIT.failed : code;
}
