import type { Terminal } from "../base/terminal.ts";
import { jsonView, plainView } from "../view/plain.ts";
import type { View } from "../view/view.ts";
import type { RunFlags } from "../words/flags.ts";

/** JSON where it is asked for, a live view on a terminal, else plain lines. */
export async function chooseView(terminal: Terminal, flags: RunFlags, options: { cwd: string }): Promise<View> {
  const quiet = flags.quiet ?? false;
  if (flags.json) return jsonView(terminal);
  if (!terminal.canRedraw || flags.dryRun) return plainView(terminal, quiet, options);
  const { liveView } = await import("../view/live.ts");
  return liveView(terminal, { cwd: options.cwd, quiet, nowMs: () => performance.now() });
}
