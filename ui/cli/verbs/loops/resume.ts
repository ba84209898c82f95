/**
 * `loom resume ID`: goes on with a run, or says how.
 *
 * @module
 */

import { LoomError, usage } from "../../../../core/errors.ts";
import { joinPath } from "../../../../core/graph/mod.ts";
import type { LoopRow } from "../../../../core/ports/loop_store.ts";
import type { RunRecord } from "../../../../core/ports/store.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { displayPath } from "../../view/problems.ts";
import type { ResumeFlags } from "../../words/loop_flags.ts";
import type { LoopCommand } from "../../words/command.ts";
import { storeAnswer } from "./answer.ts";
import { drive } from "./drive.ts";
import { type Found, readingRun } from "./find.ts";
import { keyedAnswer } from "./json_value.ts";
import { type Kept, type Place, placeOf } from "../../base/place.ts";

/** Goes on with a loop if its module is named, and with a pipeline if nothing was run of it since. */
export async function resumeVerb({ words: [id], flags }: LoopCommand<"resume">, host: Host): Promise<number> {
  const answers = (flags.answer ?? []).map(keyedAnswer);
  const place = await placeOf(flags, host);
  const found = await readingRun(id, { place, host }, resumable);
  if (found.kind === "pipeline") return await resumePipeline(found.run, { place, flags, host });
  for (const answer of answers) await storeAnswer(found.id, answer, { place, host });
  if (flags.module === undefined) return sayHow(found.run, flags, host);
  const { run } = found;
  return await drive({
    module: flags.module,
    action: "resume",
    run,
    options: optionsOf(flags),
    shown: run.id,
    from: { step: run.nextStep, nano: run.spentNano, seq: run.lastSeq },
    flags,
  }, { place, host });
}

/** @throws {LoomError} `not-newest` for a pipeline that was run again since. */
function resumable(found: Found, { pipelines }: Kept): Promise<Found> {
  if (found.kind === "loop") return Promise.resolve(found);
  const { id, name } = found.run;
  const [newest] = pipelines!.journal.listRuns({ kind: "pipeline", name, limit: 1 });
  if (newest.id === id) return Promise.resolve(found);
  throw new LoomError("not-newest", `Cannot go on with run ${id}: ${name} was run again since, as ${newest.id}`, {
    hint: `loom resume ${newest.id} goes on with that one`,
  });
}

async function resumePipeline(
  { name, id, status }: RunRecord,
  { place, flags, host }: { readonly place: Place; readonly flags: ResumeFlags; readonly host: Host },
): Promise<number> {
  const { module, addUsd, addIterations, addTokens, addTime, answer } = flags;
  if ([module, addUsd, addIterations, addTokens, addTime, answer].some((it) => it !== undefined)) {
    throw usage(`Run ${id} is one of the pipeline ${name}: it takes no module, budget or answer`);
  }
  if (status === "done") {
    host.terminal.writeError(`Run ${id} is done: there is nothing to go on with\n`);
    return EXIT.done;
  }
  const file = displayPath(joinPath(place.project!, name), place.context.cwd);
  const { runVerb } = await import("../run.ts");
  return await runVerb({ verb: "run", file, flags: { resume: true, json: flags.json, wait: flags.wait } }, host);
}

function optionsOf(flags: ResumeFlags): Readonly<Record<string, unknown>> {
  const { addUsd: usd, addIterations: iterations, addTokens: tokens, addTime: wallClock } = flags;
  const { steal, wait, acceptChange } = flags;
  const more = { usd, iterations, tokens, wallClock };
  const added = Object.values(more).some((it) => it !== undefined) ? more : undefined;
  const onSpecChange = acceptChange ? "accept" : undefined;
  return { addBudget: added, steal, wait, continue: flags.continue, onSpecChange };
}

function sayHow({ id, name, status }: LoopRow, { json }: ResumeFlags, { terminal }: Host): number {
  const command = `loom resume ${id} --module FILE`;
  const code = `await ${identifier(name)}.resume("${id}")`;
  if (json) terminal.write(`${JSON.stringify({ run: id, name, status, command, code })}\n`);
  else {
    terminal.write([
      `Run: ${id}  Status: ${status}`,
      `To go on with it, name the file that exports the loop '${name}':`,
      `  ${command}`,
      "or do it in code:",
      `  ${code}`,
      "",
    ].join("\n"));
  }
  return EXIT.done;
}

/** What a person may have called the loop. */
function identifier(name: string): string {
  const words = name.split(/[^A-Za-z0-9_$]+/).filter((word) => word !== "");
  const joined = words.map((word, at) => at === 0 ? word : word[0].toUpperCase() + word.slice(1)).join("");
  return /^[A-Za-z_$]/.test(joined) ? joined : "loop";
}
