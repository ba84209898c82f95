/**
 * `loom FILE.yml`: run it, or look at it, or clean up after it.
 *
 * @module
 */

import type { Context } from "../../../core/context.ts";
import type { RunRequest } from "../../../core/run/session/request.ts";
import { EXIT, exitCodeOfRun } from "../base/exit_code.ts";
import type { Host } from "../base/host.ts";
import type { Command } from "../words/command.ts";
import type { RunFlags } from "../words/flags.ts";
import { toRequest } from "./request.ts";
import { listenForInterrupts } from "../base/signals.ts";
import { chooseView } from "./choose_view.ts";

type RunCommand = Extract<Command, { verb: "run" }>;

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

function watchVerbs(): Promise<typeof import("./watch.ts")> {
  return import(isReached ? "./watch.ts" : "./watch.ts");
}

function sweepRequests(): Promise<typeof import("./sweep_request.ts")> {
  return import(isReached ? "./sweep_request.ts" : "./sweep_request.ts");
}

async function sweptRequest(request: RunRequest, flags: RunFlags): Promise<RunRequest> {
  const { sweep, zip, random, seed } = flags;
  const isPlain = sweep === undefined && !zip && random === undefined && seed === undefined;
  return isPlain ? request : (await sweepRequests()).withSweep(request, flags);
}

/** Where several modes are given the first of these wins: list, investigate, clean-list, clean, run. */
export async function runVerb(command: RunCommand, host: Host): Promise<number> {
  const { flags } = command;
  const context = await host.context();
  const request = await sweptRequest(toRequest(command.file, flags, context), flags);
  if (flags.watch) return await (await watchVerbs()).watchVerb(command, host, request);
  if (flags.list || flags.investigate) return await (await import("./list.ts")).listVerb(command, host, request);
  if (flags.cleanList || flags.clean) return await (await import("./clean.ts")).cleanVerb(command, host, request);
  return await runRequest(request, { context, flags, host });
}

/** Runs what is asked for and shows it; its end is the exit code. */
export async function runRequest(
  request: RunRequest,
  { context, flags, host: { engine, terminal } }: {
    readonly context: Context;
    readonly flags: Pick<RunFlags, "json" | "quiet" | "dryRun">;
    readonly host: Pick<Host, "engine" | "terminal">;
  },
): Promise<number> {
  const { runPipeline } = await engine();
  const view = await chooseView(terminal, flags, { cwd: context.cwd });
  const interrupts = listenForInterrupts(terminal, view.note);
  try {
    const outcome = await runPipeline(request, context, { sink: view.sink, ...interrupts });
    if (!request.dryRun) context.stores.noteProject(request.project ?? context.stores.projectOf(request.file));
    return terminal.closed.aborted ? EXIT.interrupted : exitCodeOfRun(outcome.status);
  } finally {
    interrupts.release();
    view.end();
  }
}
