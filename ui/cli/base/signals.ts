/**
 * What Ctrl-C does: once, everything is ended in good order; twice, at once.
 *
 * @module
 */

import type { Terminal } from "./terminal.ts";

/** The two wishes, as signals for the engine. */
export interface Interrupts {
  readonly signal: AbortSignal;
  readonly killSignal: AbortSignal;
  /** Stops listening. */
  release(): void;
}

const ENDING: readonly Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT", "SIGBREAK"] : [
  "SIGINT",
  "SIGTERM",
  "SIGHUP",
];

/** Listens until released. Nobody reading the output any more counts as the first wish. */
export function listenForInterrupts(terminal: Terminal, tell: (text: string) => void): Interrupts {
  const [stop, kill] = [new AbortController(), new AbortController()];
  function heard(): void {
    if (stop.signal.aborted) return kill.abort();
    tell("Stopping; press Ctrl-C again to kill what still runs\n");
    stop.abort();
  }
  const closed = () => stop.abort();
  for (const name of ENDING) Deno.addSignalListener(name, heard);
  terminal.closed.addEventListener("abort", closed);
  function release(): void {
    for (const name of ENDING) Deno.removeSignalListener(name, heard);
    terminal.closed.removeEventListener("abort", closed);
  }
  return { signal: stop.signal, killSignal: kill.signal, release };
}
