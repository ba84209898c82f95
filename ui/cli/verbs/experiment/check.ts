/**
 * `loom check FILE.yml`: everything that is wrong with a pipeline, and nothing run.
 *
 * @module
 */

import type { Checked } from "../../../../core/check/mod.ts";
import type { Problem } from "../../../../core/errors.ts";
import { joinPath } from "../../../../core/graph/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { palette } from "../../view/colors.ts";
import { problemJson, problemLine } from "../../view/problems.ts";
import type { ExperimentCommand } from "../../words/command.ts";
import { toOverrides } from "../request.ts";

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

function checkParts(): Promise<typeof import("../../../../core/check/mod.ts")> {
  return import(isReached ? "../../../../core/check/mod.ts" : "../../../../core/check/mod.ts");
}

/** Tells what was found on standard output. Errors make the exit code 1, with `--strict` warnings too. */
export async function checkVerb({ words: [file], flags }: ExperimentCommand<"check">, host: Host): Promise<number> {
  const context = await host.context();
  const path = joinPath(context.cwd, file);
  const { checkPipeline, readConfig } = await checkParts();
  const text = readConfig(path, context.files);
  const checked = await checkPipeline(text, path, context, { overrides: toOverrides(flags) });
  const problems = checked.problems.filter(({ level }) => flags.strict || level !== "hint");
  if (flags.json) host.terminal.write(`${JSON.stringify({ problems: problems.map(problemJson) }, null, 2)}\n`);
  else host.terminal.write(checkLines(problems, checked, { file, cwd: context.cwd, color: host.terminal.color }));
  const fails = problems.some(({ level }) => level === "error" || (flags.strict && level === "warning"));
  return fails ? EXIT.failed : EXIT.done;
}

/** A line for each problem, and one that says what was looked at. */
export function checkLines(
  problems: readonly Problem[],
  { steps, scripts }: Pick<Checked, "steps" | "scripts">,
  style: { readonly file: string; readonly cwd: string; readonly color: boolean },
): string {
  const { strong, good } = palette(style.color);
  const looked = `${counted(steps, "step")}, ${counted(scripts, "script")} read`;
  const count = (level: Problem["level"]) => {
    const number = problems.filter((problem) => problem.level === level).length;
    return number === 0 ? [] : [counted(number, level)];
  };
  const counts = [...count("error"), ...count("warning"), ...count("hint")].join(", ");
  const end = counts === "" ? good("no problems") : strong(counts);
  const lines = problems.map((problem) => problemLine(problem, style));
  return [...lines, `${style.file}: ${end} (${looked})`].map((line) => `${line}\n`).join("");
}

function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
