/**
 * Driving a run with the module that its loop is in, shown as it goes on.
 *
 * @module
 */

import { LoomError } from "../../../../core/errors.ts";
import { joinPath } from "../../../../core/graph/mod.ts";
import { lookAt, runDocument, type RunLook } from "../../../../core/loop/look/mod.ts";
import { EXIT, exitCodeOfLoop } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { type ModuleJob, startModule } from "../../base/module_child.ts";
import { listenForInterrupts } from "../../base/signals.ts";
import { palette } from "../../view/colors.ts";
import { tableHeading } from "../../view/step_table.ts";
import type { CommonFlags } from "../../words/loop_flags.ts";
import { follow, type Following } from "./follow.ts";
import { withLiveHolder } from "./live.ts";
import { type Place, reading } from "../../base/place.ts";
import { footerLines, headingLines } from "./show.ts";

/** What is driven. */
export interface Drive extends Pick<ModuleJob, "action" | "run" | "options"> {
  /** As it was typed. */
  readonly module: string;
  /** The run whose steps are shown: that which is resumed, or the new one. */
  readonly shown: string;
  readonly from?: Following["from"];
  readonly flags: CommonFlags;
}

/** Lets the module drive the run, and shows it; gives the exit code. */
export async function drive(
  job: Drive,
  { place, host }: { readonly place: Place; readonly host: Host },
): Promise<number> {
  const { terminal } = host;
  const { shown: id, from, flags } = job;
  const paint = palette(terminal.color && !flags.noColor);
  const over = new AbortController();
  const child = startModule(jobFor(job, place), (text) => terminal.writeError(text));
  const interrupts = listenForInterrupts(terminal, (text) => terminal.writeError(text));
  // From a terminal the child hears of Ctrl-C itself.
  const forward = () => Deno.stdin.isTerminal() ? undefined : child.kill("SIGINT");
  interrupts.signal.addEventListener("abort", forward);
  interrupts.killSignal.addEventListener("abort", () => child.kill("SIGKILL"));
  if (!flags.json) terminal.write(`${tableHeading(paint)}\n`);
  const following = flags.json ? undefined : follow({ id, place, host, paint, from }, over.signal);
  try {
    await child.ended;
  } catch (error) {
    // What was killed on request has nothing to say about it.
    if (!interrupts.killSignal.aborted) throw error;
  } finally {
    interrupts.release();
    over.abort();
    await following;
  }
  const code = await tell(id, { place, host, flags });
  return interrupts.signal.aborted ? EXIT.interrupted : code;
}

function jobFor({ module, action, run, options }: Drive, { context, project, isGiven }: Place): ModuleJob {
  const path = joinPath(context.cwd, module);
  if (context.files.stat(path)?.kind !== "file") {
    throw new LoomError("not-found", `Cannot load ${path}: there is no such file`, { data: { file: path } });
  }
  // A loop that is kept in its project finds that from where it stands.
  return { module: path, action, run, options, cwd: isGiven && project !== undefined ? project : context.cwd };
}

async function tell(
  id: string,
  { place, host, flags }: { readonly place: Place; readonly host: Host; readonly flags: CommonFlags },
): Promise<number> {
  const look = await reading(place, host, async ({ loops }) => withLiveHolder(await lookAt(loops, id), place.context));
  if (look === undefined) return EXIT.failed;
  host.terminal.write(flags.json ? `${JSON.stringify(runDocument(look.run), null, 2)}\n` : ending(look, host, flags));
  return exitCodeOfLoop(look.run.status);
}

function ending(look: RunLook, { terminal }: Host, flags: CommonFlags): string {
  const lines = ["", ...headingLines(look, palette(terminal.color && !flags.noColor)), "", ...footerLines(look)];
  return lines.map((line) => `${line}\n`).join("");
}
