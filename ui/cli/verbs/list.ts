/**
 * `loom FILE.yml --list` and `--investigate`: what a pipeline and its steps are.
 *
 * @module
 */

import type { Context } from "../../../core/context.ts";
import { LoomError } from "../../../core/errors.ts";
import type { Pipeline } from "../../../core/graph/pipeline.ts";
import type { StepRow } from "../../../core/run/describe.ts";
import type { RunRequest } from "../../../core/run/session/request.ts";
import type { Investigator } from "../base/engine.ts";
import { EXIT } from "../base/exit_code.ts";
import { factsLines, groupLines, rowLine } from "../view/facts.ts";
import type { RunFlags } from "../words/flags.ts";
import type { Host } from "../base/host.ts";
import type { Command } from "../words/command.ts";
import { tellProblems } from "../view/problems.ts";
import { pad } from "../view/text_width.ts";

/** Lists, or looks into one step or group; the list wins. */
export async function listVerb(
  { flags }: Extract<Command, { verb: "run" }>,
  host: Host,
  request: RunRequest,
): Promise<number> {
  const [{ loadPipeline }, context] = [await host.engine(), await host.context()];
  const { pipeline, warnings } = await loadPipeline(request.file, context, request.overrides);
  tellProblems(warnings, host.terminal, context.cwd);
  const lines = flags.list
    ? [...listLines((await host.describer()).listSteps(pipeline)), ...await sweepLines(pipeline, request, context)]
    : investigateLines(flags, { investigator: await host.investigator(), context, pipeline });
  host.terminal.write(`${lines.join("\n")}\n`);
  return EXIT.done;
}

/** Numbered steps, under the headings of their groups. */
export function listLines(rows: readonly StepRow[]): readonly string[] {
  const lines = [`Pipeline steps (${rows.length}):`, ""];
  rows.forEach((row, at) => {
    const [before, after] = [rows[at - 1]?.group, rows[at + 1]?.group];
    if (row.group !== undefined && row.group !== before) lines.push(`  Group: ${row.group}`);
    const indent = row.group === undefined ? "  " : "    ";
    lines.push(`${indent}${rowLine(row)}`);
    for (const inner of row.inner ?? []) lines.push(`${indent}     ${pad(inner.name, 20)} ${inner.what}`);
    if (row.group !== undefined && row.group !== after) lines.push("");
  });
  return lines.at(-1) === "" && rows.length > 0 ? lines.slice(0, -1) : lines;
}

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

function sweeps(): Promise<typeof import("../../../core/sweep/mod.ts")> {
  return import(isReached ? "../../../core/sweep/mod.ts" : "../../../core/sweep/mod.ts");
}

/** How many points the steps are run at, and what changes from one to the next. */
async function sweepLines(
  pipeline: Pipeline,
  { matrix, overrides }: RunRequest,
  { files }: Context,
): Promise<readonly string[]> {
  if (matrix === undefined && pipeline.matrix === undefined) return [];
  const { pointsOf } = await sweeps();
  const found = pointsOf(pipeline, { matrix, pinned: overrides.parameters, digest: (text) => files.digestText(text) });
  if (found === undefined) return [];
  if ("problems" in found) return ["", `Sweep: ${found.problems.map(({ message }) => message).join("; ")}`];
  const keys = [...found.points[0].values.keys()];
  const counts = keys.map((key) => `${key} (${new Set(found.points.map((point) => point.values.get(key))).size})`);
  return ["", `Sweep: ${found.points.length} point(s) of ${counts.join(", ")}`];
}

interface Subject {
  readonly investigator: Investigator;
  readonly context: Context;
  readonly pipeline: Pipeline;
}

function investigateLines(flags: RunFlags, { investigator, context, pipeline }: Subject): readonly string[] {
  if (flags.group !== undefined) return groupLines(investigator.investigateGroup(pipeline, flags.group, context));
  const name = onlyStep(flags.step ?? []);
  return factsLines(investigator.investigateStep(pipeline, name, context));
}

function onlyStep(names: readonly string[]): string {
  if (names.length === 1) return names[0];
  const message = names.length === 0
    ? "Option --investigate needs a step or a group to look into"
    : `Option --investigate looks into one step, but ${names.length} were given`;
  throw new LoomError("nothing-to-investigate", message, { hint: "add --step NAME or --group NAME" });
}
