/**
 * `loom show ID`: one run, or one point of a sweep.
 *
 * @module
 */

import { usage } from "../../../../core/errors.ts";
import type { PointRecord, RunRecord } from "../../../../core/ports/store.ts";
import {
  adviceLines,
  budgetLines,
  forksOf,
  linesOf,
  lookAt,
  lookDocument,
  originLines,
  type RunLook,
} from "../../../../core/loop/look/mod.ts";
import { EXIT, exitCodeOfLoop } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { type Palette, palette } from "../../view/colors.ts";
import { pipelineDocument, pipelineLines } from "../../view/pipeline_run.ts";
import { displayPath } from "../../view/problems.ts";
import { statusPaint } from "../../view/run_status.ts";
import { tableHeading, tableLine } from "../../view/step_table.ts";
import type { ShowFlags } from "../../words/loop_flags.ts";
import type { LoopCommand } from "../../words/command.ts";
import { readingAddress, readingRun } from "./find.ts";
import { follow } from "./follow.ts";
import { followPipeline } from "./follow_pipeline.ts";
import { withLiveHolder } from "./live.ts";
import { type Kept, type Place, placeOf } from "../../base/place.ts";

/** Shows the run, or one side of it. */
export async function showVerb({ words: [id], flags }: LoopCommand<"show">, host: Host): Promise<number> {
  checkTogether(flags);
  const place = await placeOf(flags, host);
  const paint = palette(host.terminal.color && !flags.noColor);
  if (flags.follow) return await followRun(id, { place, host, flags, paint });
  const text = await readingAddress(id, { place, host }, async (found, kept) => {
    if (found.kind === "pipeline") return await pipelineText(found, kept, { flags, paint });
    return await loopText(found.id, kept, { place, host, flags, paint });
  });
  host.terminal.write(text);
  return EXIT.done;
}

async function loopText(id: string, { loops: store }: Kept, showing: Showing): Promise<string> {
  const { place, host, flags, paint } = showing;
  const { step, diff, json } = flags;
  if (step !== undefined || diff !== undefined) {
    const { diffText, stepText } = await import("./show_step.ts");
    const view = { id, store, tools: await host.stateTools(), paint, json };
    return diff === undefined ? await stepText(step!, view) : await diffText(diff, view);
  }
  const look = withLiveHolder(await lookAt(store, id), place.context);
  if (flags.html !== undefined) {
    return await (await import("./show_page.ts")).pageText(look, flags.html, { place, store });
  }
  if (flags.tree) return (await import("./show_tree.ts")).treeText(look, await forksOf(id, store), { paint, json });
  return json ? `${JSON.stringify(lookDocument(look), null, 2)}\n` : lookText(look, paint);
}

interface Showing {
  readonly place: Place;
  readonly host: Host;
  readonly flags: ShowFlags;
  readonly paint: Palette;
}

/** Shows what happens until the run ends; its end is the exit code. */
async function followRun(id: string, { place, host, flags, paint }: Showing): Promise<number> {
  const found = await readingAddress(id, { place, host }, (it) => Promise.resolve(it));
  if (found.point !== undefined) {
    throw usage(`Option --follow is for whole runs, not for one point`, `name ${found.id}`);
  }
  if (found.kind === "pipeline") return await followPipeline(found.run, { place, host, flags });
  const { run } = found;
  if (!flags.json) {
    const before = await readingRun(found.id, { place, host }, (_, { loops }) => lookAt(loops, run.id));
    const lines = [...headingLines(withLiveHolder(before, place.context), paint), "", tableHeading(paint)];
    host.terminal.write(lines.map((line) => `${line}\n`).join(""));
  }
  const look = await follow({ id: run.id, place, host, paint, json: flags.json });
  if (look === undefined) return EXIT.failed;
  if (!flags.json) {
    const lines = ["", `Run: ${run.id}  Status: ${statusPaint(paint)(look.run.status)}`, ...footerLines(look)];
    host.terminal.write(lines.map((line) => `${line}\n`).join(""));
  }
  return exitCodeOfLoop(look.run.status);
}

async function pipelineText(
  { run, point }: { readonly run: RunRecord; readonly point?: PointRecord },
  { pipelines, place }: Kept,
  { flags, paint }: Pick<Showing, "flags" | "paint">,
): Promise<string> {
  const other = (["tree", "step", "diff", "html"] as const).find((name) => flags[name] !== undefined);
  if (other !== undefined) throw usage(`Option --${other} is for loops, and run ${run.id} is of a pipeline`);
  const parts = point && await pointParts();
  if (flags.json) {
    const document = parts?.pointDocument(run, point!, pipelines!) ?? pipelineDocument(run, pipelines!);
    return `${JSON.stringify(document, null, 2)}\n`;
  }
  const style = { paint, logs: displayPath(`${place.project}/.loom/`, place.context.cwd) };
  const lines = parts?.pointLines(run, point!, pipelines!, style) ?? pipelineLines(run, pipelines!, style);
  return lines.map((line) => `${line}\n`).join("");
}

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

function pointParts(): Promise<typeof import("../../view/point_run.ts")> {
  return import(isReached ? "../../view/point_run.ts" : "../../view/point_run.ts");
}

const SIDES = ["tree", "follow", "step", "diff", "html"] as const;

function checkTogether(flags: ShowFlags): void {
  const given = SIDES.filter((name) => flags[name] !== undefined);
  if (given.length > 1) throw usage(`${given.map((name) => `--${name}`).join(" and ")} exclude each other`);
}

/** Heading, steps, what was used. */
export function lookText(look: RunLook, paint: Palette): string {
  const lines = linesOf(look).map((line) => tableLine(line, paint));
  const table = lines.length === 0 ? ["No steps yet."] : [tableHeading(paint), ...lines];
  return [...headingLines(look, paint), "", ...table, "", ...footerLines(look)].map((line) => `${line}\n`).join("");
}

/** `Run: ID  Status: S`, and where the run comes from. */
export function headingLines(look: RunLook, paint: Palette): readonly string[] {
  const { id, status } = look.run;
  return [`Run: ${paint.strong(id)}  Status: ${statusPaint(paint)(status)}`, ...originLines(look)];
}

/** What was used, what remains, what to do next. */
export function footerLines(look: RunLook): readonly string[] {
  return [...budgetLines(look.run), ...adviceLines(look)];
}
