/**
 * `loom FILE.yml --list` and `--investigate`: what a pipeline and its steps are.
 *
 * @module
 */

import type { Context } from "../../core/context.ts";
import { LoomError } from "../../core/errors.ts";
import type { GroupFacts, StepFacts, StepRow } from "../../core/run/describe.ts";
import type { Loaded, RunRequest } from "../../core/run/request.ts";
import type { Engine } from "./engine.ts";
import { EXIT } from "./exit_code.ts";
import { factsLines, groupLines, rowLine } from "./facts.ts";
import type { RunFlags } from "./flags.ts";
import type { Host } from "./main.ts";
import type { Command } from "./parse.ts";
import { pad } from "./text_width.ts";

/** Lists, or looks into one step or group; the list wins. */
export async function listVerb(
  { flags }: Extract<Command, { verb: "run" }>,
  host: Host,
  request: RunRequest,
): Promise<number> {
  const [engine, context] = [await host.engine(), await host.context()];
  const loaded = await engine.loadPipeline(request.file, context, request.overrides);
  const lines = flags.list
    ? listLines(engine.listSteps(loaded.pipeline))
    : investigateLines(flags, { engine, context, loaded });
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

interface Subject {
  readonly engine: Engine;
  readonly context: Context;
  readonly loaded: Loaded;
}

function investigateLines(flags: RunFlags, { engine, context, loaded }: Subject): readonly string[] {
  if (flags.group !== undefined) return groupLines(groupOf(flags.group, { engine, context, loaded }));
  return factsLines(stepOf(flags.step ?? [], { engine, context, loaded }));
}

function groupOf(name: string, { engine, context, loaded }: Subject): GroupFacts {
  return engine.investigateGroup(loaded.pipeline, name, context);
}

function stepOf(names: readonly string[], { engine, context, loaded }: Subject): StepFacts {
  if (names.length === 1) return engine.investigateStep(loaded.pipeline, names[0], context);
  const message = names.length === 0
    ? "Option --investigate needs a step or a group to look into"
    : `Option --investigate looks into one step, but ${names.length} were given`;
  throw new LoomError("nothing-to-investigate", message, { hint: "add --step NAME or --group NAME" });
}
