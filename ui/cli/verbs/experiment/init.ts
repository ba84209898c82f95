/**
 * `loom init [DIR]`: drafts a pipeline from the scripts of a folder.
 *
 * @module
 */

import { LoomError, usage } from "../../../../core/errors.ts";
import { dirname, joinPath } from "../../../../core/graph/mod.ts";
import type { Draft } from "../../../../core/init/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { displayPath } from "../../view/problems.ts";
import { tableLines } from "../../view/table.ts";
import type { ExperimentCommand } from "../../words/command.ts";

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

function initParts(): Promise<typeof import("../../../../core/init/mod.ts")> {
  return import(isReached ? "../../../../core/init/mod.ts" : "../../../../core/init/mod.ts");
}

/** Writes `pipeline.yml` into the folder, or shows what it would. */
export async function initVerb({ words: [dir = "."], flags }: ExperimentCommand<"init">, host: Host): Promise<number> {
  const [context, { draftPipeline }] = [await host.context(), await initParts()];
  const { files, cwd } = context;
  const folder = joinPath(cwd, dir);
  if (files.stat(folder)?.kind !== "directory") {
    throw usage(`There is no folder ${dir}`, "name the one with the scripts");
  }
  const target = flags.out === undefined ? joinPath(folder, "pipeline.yml") : joinPath(cwd, flags.out);
  if (dirname(target) !== folder) {
    throw usage(`Paths in the draft are from ${dir}, so it has to lie there`, "give --out a name in that folder");
  }
  const shown = displayPath(target, cwd);
  if (!flags.dryRun && !flags.force && files.stat(target) !== undefined) throw alreadyThere(shown, target);
  const draft = draftPipeline(folder, files);
  if (draft.steps.length === 0) throw noScripts(dir, draft);
  if (!flags.dryRun) files.writeAtomic(target, draft.text);
  const { terminal } = host;
  if (flags.json) terminal.write(`${JSON.stringify(documentOf(draft, target, !flags.dryRun), null, 2)}\n`);
  else if (flags.dryRun) terminal.write(draft.text);
  else terminal.write(summaryLines(draft, shown).map((line) => `${line}\n`).join(""));
  return EXIT.done;
}

function alreadyThere(shown: string, file: string): LoomError {
  return new LoomError("file-exists", `${shown} is there already`, {
    hint: "look at a draft with --dry-run, write another file with --out, or write over it with --force",
    data: { file },
  });
}

function noScripts(dir: string, { leftOut }: Draft): LoomError {
  const reasons = leftOut.slice(0, 5).map(({ file, reason }) => `${file}: ${reason}`);
  const hint = reasons.length === 0 ? "name the folder with the scripts" : reasons.join("; ");
  return new LoomError("no-scripts", `There is no script in ${dir} that could be a step`, { hint });
}

function documentOf(
  { text, steps, parameters, leftOut, choices, isCut }: Draft,
  file: string,
  written: boolean,
): object {
  return { file, written, steps, parameters, left_out: leftOut, choices, is_cut: isCut, text };
}

function summaryLines(draft: Draft, shown: string): readonly string[] {
  const { steps, leftOut, choices, parameters, isCut } = draft;
  const rows = steps.map((
    { name, task, after },
  ) => [name, task, after.length === 0 ? "" : `after ${after.join(", ")}`]);
  return [
    `Wrote ${shown}: ${counted(steps.length, "step")}${
      parameters.length === 0 ? "" : `, ${counted(parameters.length, "parameter")}`
    }.`,
    ...tableLines(rows).map((line) => `  ${line}`),
    ...(leftOut.length === 0 ? [] : ["", "Left out:", ...leftOut.map(({ file, reason }) => `  ${file}: ${reason}`)]),
    ...(choices.length === 0
      ? []
      : ["", "To choose (search for 'choose' in the file):", ...choices.map((line) => `  ${line}`)]),
    ...(isCut ? ["", "Only the first 1000 files of the folder were looked at."] : []),
    "",
    `Next: loom check ${shown}, then loom graph ${shown} --out pipeline.svg, then loom ${shown}`,
  ];
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}
