/**
 * Puts the layers together: the command line, the engine, the machine. The only file that sees them all.
 *
 * @module
 */

import { runCli } from "./ui/cli/main.ts";
import { exitCodeAfterFlush } from "./ui/cli/base/exit_code.ts";
import { HostTerminal } from "./ui/cli/base/terminal.ts";

/** Does what the words ask for. Each part is loaded when it is needed. */
export async function runMain(argv: readonly string[]): Promise<number> {
  const terminal = new HostTerminal();
  const code = await runCli(argv, {
    terminal,
    context: async () => (await import("./plugins/host/context.ts")).hostContext(),
    engine: () => import("./core/run/mod.ts"),
    cleaner: () => import("./core/run/clean/mod.ts"),
    describer: () => import("./core/run/describe.ts"),
    investigator: () => import("./core/run/investigate.ts"),
    loopDoor: () => import("./plugins/host/loops/sqlite.ts"),
    stateTools: async () => (await import("./plugins/host/loops/host.ts")).hostStateTools,
    originals: () => import("./plugins/host/loops_import.ts"),
  });
  return exitCodeAfterFlush(terminal, code);
}
