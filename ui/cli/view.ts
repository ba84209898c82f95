/**
 * The ways a run can be shown, and which one fits.
 *
 * @module
 */

import type { EventSink } from "../../core/ports/events.ts";
import type { RunFlags } from "./flags.ts";
import { eventJson } from "./json.ts";
import { Renderer } from "./render.ts";
import type { Terminal } from "./terminal.ts";

/** Shows a run. */
export interface View {
  readonly sink: EventSink;
  /** Tells a person something that is no event of the run; whole lines. */
  note(text: string): void;
  /** Leaves the terminal as it was; called once, however the run ends. */
  end(): void;
}

/** JSON where it is asked for, a live view on a terminal, else plain lines. */
export async function chooseView(terminal: Terminal, flags: RunFlags, options: { cwd: string }): Promise<View> {
  const quiet = flags.quiet ?? false;
  if (flags.json) return jsonView(terminal);
  if (!terminal.canRedraw || flags.dryRun) return plainView(terminal, quiet, options);
  const { liveView } = await import("./live.ts");
  return liveView(terminal, { cwd: options.cwd, quiet, nowMs: () => performance.now() });
}

/** Lines in the order of events. */
export function plainView(terminal: Terminal, quiet: boolean, options: { cwd?: string } = {}): View {
  const to = {
    out: (text: string) => terminal.write(text),
    err: (text: string) => terminal.writeError(text),
  };
  const { color, errorColor } = terminal;
  const renderer = new Renderer(to, { cwd: options.cwd, color, errorColor, quiet, raw: true });
  return { sink: (event) => renderer.event(event), note: to.err, end: () => terminal.flush() };
}

/** One JSON object a line. */
export function jsonView(terminal: Terminal): View {
  return {
    sink: (event) => terminal.write(`${eventJson(event)}\n`),
    note: (text) => terminal.writeError(text),
    end: () => terminal.flush(),
  };
}
