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
import { toRequest } from "./request.ts";
import { listenForInterrupts } from "../base/signals.ts";
import { chooseView } from "./choose_view.ts";

type RunCommand = Extract<Command, { verb: "run" }>;

/** Where several modes are given the first of these wins: list, investigate, clean-list, clean, run. */
export async function runVerb(command: RunCommand, host: Host): Promise<number> {
  const { flags } = command;
  const context = await host.context();
  const request = toRequest(command.file, flags, context);
  if (flags.list || flags.investigate) return await (await import("./list.ts")).listVerb(command, host, request);
  if (flags.cleanList || flags.clean) return await (await import("./clean.ts")).cleanVerb(command, host, request);
  return await run(command, host, { request, context });
}

async function run(
  { flags }: RunCommand,
  { engine, terminal }: Host,
  { request, context }: { request: RunRequest; context: Context },
): Promise<number> {
  const { runPipeline } = await engine();
  const view = await chooseView(terminal, flags, { cwd: context.cwd });
  const interrupts = listenForInterrupts(terminal, view.note);
  try {
    const outcome = await runPipeline(request, context, { sink: view.sink, ...interrupts });
    return terminal.closed.aborted ? EXIT.interrupted : exitCodeOfRun(outcome.status);
  } finally {
    interrupts.release();
    view.end();
  }
}
