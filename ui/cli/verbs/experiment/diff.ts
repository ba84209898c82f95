/**
 * `loom diff ID ID`: what changed between two runs, and what it did.
 *
 * @module
 */

import { unknownName } from "../../../../core/errors.ts";
import { compare, onlyChanged, onlySteps, type RunDiff } from "../../../../core/history/diff/mod.ts";
import type { Objects } from "../../../../core/ports/store.ts";
import { addressOf, findPoint, type Side, sideOf } from "../../../../core/history/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { palette } from "../../view/colors.ts";
import { diffDocument } from "../../view/diff_document.ts";
import { diffLines } from "../../view/diff_lines.ts";
import type { ExperimentCommand } from "../../words/command.ts";
import type { DiffFlags } from "../../words/experiment_flags.ts";
import { lookingAtRun } from "./results.ts";

/** Prints the comparison, or the document. */
export async function diffVerb({ words, flags }: ExperimentCommand<"diff">, host: Host): Promise<number> {
  const [first, second] = words;
  const before = await lookingAtSide(first, { flags, host }, ({ side }) => side);
  const diff = await lookingAtSide(second, { flags, host }, ({ side, objects }) => compare(before, side, objects));
  const asked = chosen(diff, flags);
  const { terminal } = host;
  if (flags.json) terminal.write(`${JSON.stringify(diffDocument(asked), null, 2)}\n`);
  else {
    const style = { paint: palette(terminal.color), all: flags.all ?? false };
    terminal.write(diffLines(asked, style).map((line) => `${line}\n`).join(""));
  }
  return EXIT.done;
}

/** Gives what is kept of the run or point to `work`. */
async function lookingAtSide<T>(
  word: string,
  { flags, host }: { readonly flags: DiffFlags; readonly host: Host },
  work: (found: { readonly side: Side; readonly objects: Objects }) => T,
): Promise<T> {
  const { id, point } = addressOf(word);
  return await lookingAtRun(id, { flags, host }, ({ record }, { store: { journal, objects } }) => {
    const run = journal.getRun(record.id)!;
    const found = point === undefined ? undefined : findPoint(point, run, journal);
    return work({ side: sideOf(run, found, journal), objects });
  });
}

/** @throws {LoomError} `unknown-step` if `--step` names one that neither has. */
function chosen(diff: RunDiff, { step, all }: DiffFlags): RunDiff {
  const known = diff.steps.map(({ name }) => name);
  for (const name of step ?? []) if (!known.includes(name)) throw unknownName("step", name, known);
  const some = step === undefined ? diff : onlySteps(diff, new Set(step));
  return all ? some : onlyChanged(some);
}
