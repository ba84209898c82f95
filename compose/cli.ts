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

/** This machine below a command line. Each part is loaded when it is needed. */
export function hostOn(terminal: Terminal): Host {
  return {
    terminal,
    revoke: revokeFor,
    context: async () => (await import("./context.ts")).hostContext(),
    engine: () => import("../core/run/mod.ts"),
    cleaner: () => import("../core/run/clean/mod.ts"),
    describer: () => import("../core/run/describe.ts"),
    investigator: () => import("../core/run/investigate.ts"),
    loopDoor: () => import("../plugins/host/loops/sqlite.ts"),
    stateTools: async () => (await import("../plugins/host/loops/host.ts")).hostStateTools,
    plugins: async (context) => (await pluginParts()).pluginDesk(context),
    tools: async (context) => (await toolParts()).toolDesk(context),
    originals: () => import("../plugins/host/loops_import.ts"),
    charts: async () => (await chartParts()).hostCharts,
    prober: async () => (await doctorParts()).hostProber,
    layouter: async () => (await layoutParts()).hostLayouter,
    watcher: async () => (await watchParts()).hostWatcher,
    ui: async (context, options) => await (await uiParts()).openUi(context, options),
  };
}

function uiParts(): Promise<typeof import("./ui.ts")> {
  return import(isReached ? "./ui.ts" : "./ui.ts");
}

function pluginParts(): Promise<typeof import("./plugins.ts")> {
  return import(isReached ? "./plugins.ts" : "./plugins.ts");
}

function toolParts(): Promise<typeof import("./tools.ts")> {
  return import(isReached ? "./tools.ts" : "./tools.ts");
}

function chartParts(): Promise<typeof import("../plugins/host/draw/mod.ts")> {
  return import(isReached ? "../plugins/host/draw/mod.ts" : "../plugins/host/draw/mod.ts");
}

function doctorParts(): Promise<typeof import("../plugins/host/doctor/mod.ts")> {
  return import(isReached ? "../plugins/host/doctor/mod.ts" : "../plugins/host/doctor/mod.ts");
}

function layoutParts(): Promise<typeof import("../plugins/host/layout/mod.ts")> {
  return import(isReached ? "../plugins/host/layout/mod.ts" : "../plugins/host/layout/mod.ts");
}

function watchParts(): Promise<typeof import("../plugins/host/files/watcher.ts")> {
  return import(isReached ? "../plugins/host/files/watcher.ts" : "../plugins/host/files/watcher.ts");
}
