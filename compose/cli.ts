/**
 * Puts the layers together: the command line, the engine, the machine. The only file that sees them all.
 *
 * @module
 */

import { runCli } from "../ui/cli/main.ts";
import { exitCodeAfterFlush } from "../ui/cli/base/exit_code.ts";
import { revokeFor } from "../ui/cli/base/revoke.ts";
import type { Host } from "../ui/cli/base/host.ts";
import { HostTerminal, type Terminal } from "../ui/cli/base/terminal.ts";
import { RedactedTerminal } from "../ui/cli/view/redacted.ts";

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

/** Does what the words ask for. */
export async function runMain(argv: readonly string[]): Promise<number> {
  const env = Deno.env.toObject();
  const terminal = new RedactedTerminal(new HostTerminal(), () => env);
  return exitCodeAfterFlush(terminal, await runCli(argv, hostOn(terminal)));
}

/** Each is loaded when it is needed, and not looked at before. */
const parts = {
  context: (): Promise<typeof import("./context.ts")> => import(isReached ? "./context.ts" : "./context.ts"),
  engine: (): Promise<typeof import("../core/run/mod.ts")> =>
    import(isReached ? "../core/run/mod.ts" : "../core/run/mod.ts"),
  cleaner: (): Promise<typeof import("../core/run/clean/mod.ts")> =>
    import(isReached ? "../core/run/clean/mod.ts" : "../core/run/clean/mod.ts"),
  describer: (): Promise<typeof import("../core/run/describe.ts")> =>
    import(isReached ? "../core/run/describe.ts" : "../core/run/describe.ts"),
  investigator: (): Promise<typeof import("../core/run/investigate.ts")> =>
    import(isReached ? "../core/run/investigate.ts" : "../core/run/investigate.ts"),
  loopDoor: (): Promise<typeof import("../plugins/host/loops/sqlite.ts")> =>
    import(isReached ? "../plugins/host/loops/sqlite.ts" : "../plugins/host/loops/sqlite.ts"),
  loopHost: (): Promise<typeof import("../plugins/host/loops/host.ts")> =>
    import(isReached ? "../plugins/host/loops/host.ts" : "../plugins/host/loops/host.ts"),
  originals: (): Promise<typeof import("../plugins/host/loops_import.ts")> =>
    import(isReached ? "../plugins/host/loops_import.ts" : "../plugins/host/loops_import.ts"),
  plugins: (): Promise<typeof import("./plugins.ts")> => import(isReached ? "./plugins.ts" : "./plugins.ts"),
  tools: (): Promise<typeof import("./tools.ts")> => import(isReached ? "./tools.ts" : "./tools.ts"),
  charts: (): Promise<typeof import("../plugins/host/draw/mod.ts")> =>
    import(isReached ? "../plugins/host/draw/mod.ts" : "../plugins/host/draw/mod.ts"),
  doctor: (): Promise<typeof import("../plugins/host/doctor/mod.ts")> =>
    import(isReached ? "../plugins/host/doctor/mod.ts" : "../plugins/host/doctor/mod.ts"),
  layout: (): Promise<typeof import("../plugins/host/layout/mod.ts")> =>
    import(isReached ? "../plugins/host/layout/mod.ts" : "../plugins/host/layout/mod.ts"),
  watch: (): Promise<typeof import("../plugins/host/files/watcher.ts")> =>
    import(isReached ? "../plugins/host/files/watcher.ts" : "../plugins/host/files/watcher.ts"),
  ui: (): Promise<typeof import("./ui.ts")> => import(isReached ? "./ui.ts" : "./ui.ts"),
};

/** This machine below a command line. */
export function hostOn(terminal: Terminal): Host {
  const { engine, cleaner, describer, investigator, loopDoor, originals } = parts;
  return {
    terminal,
    revoke: revokeFor,
    ...{ engine, cleaner, describer, investigator, loopDoor, originals },
    context: async () => (await parts.context()).hostContext(),
    stateTools: async () => (await parts.loopHost()).hostStateTools,
    plugins: async (context) => (await parts.plugins()).pluginDesk(context),
    tools: async (context) => (await parts.tools()).toolDesk(context),
    charts: async () => (await parts.charts()).hostCharts,
    prober: async () => (await parts.doctor()).hostProber,
    layouter: async () => (await parts.layout()).hostLayouter,
    watcher: async () => (await parts.watch()).hostWatcher,
    ui: async (context, options) => await (await parts.ui()).openUi(context, options),
  };
}
