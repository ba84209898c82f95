import type { Terminal } from "../base/terminal.ts";
import { eventJson } from "./json.ts";
import { Renderer } from "./render.ts";
import type { View } from "./view.ts";

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
