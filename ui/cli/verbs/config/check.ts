/**
 * `loom config check`: everything that is wrong with settings, at once.
 *
 * @module
 */

import { readConfig, readConfigFile } from "../../../../core/config/mod.ts";
import { type Problem, usage } from "../../../../core/errors.ts";
import { joinPath } from "../../../../core/graph/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { displayPath, tellProblems } from "../../view/problems.ts";
import type { AuthorityCommand } from "../../words/command.ts";
import { problemDocument, unusedHint, withoutSecrets } from "./shared.ts";

/**
 * Checks one file, or all that holds here. Warnings are told and change nothing.
 *
 * @returns 1 if a file is missing or wrong: here it is what was asked about. 2 if only options or variables are wrong.
 */
export async function checkVerb(command: AuthorityCommand<"config check">, host: Host): Promise<number> {
  const { flags, words } = command;
  if (words[0] !== undefined && flags.config !== undefined) throw usage("Cannot check FILE and --config at once");
  const context = await host.context();
  const read = await readConfig(context, { file: flags.config });
  const file = words[0] === undefined ? undefined : joinPath(context.cwd, words[0]);
  const problems = file === undefined
    ? [...read.problems, ...read.settings.flatMap(unusedHint)]
    : await fileProblems(file, context.files);
  const terminal = withoutSecrets(host, read.environment);
  const checked = file === undefined ? read.places.filter((it) => it.present).map((it) => it.file) : [file];
  const isGood = !problems.some(({ level }) => level === "error");
  if (flags.json) {
    const found = problems.map(problemDocument);
    terminal.write(`${JSON.stringify({ type: "config-check", ok: isGood, files: checked, problems: found })}\n`);
  } else if (isGood) terminal.write(`${goodLine(checked, context.cwd)}\n`);
  tellProblems(problems, terminal, context.cwd);
  return exitCode(problems);
}

async function fileProblems(file: string, files: Parameters<typeof readConfigFile>[1]): Promise<readonly Problem[]> {
  if (files.stat(file) !== undefined) return (await readConfigFile(file, files)).problems;
  return [{ level: "error", code: "config-file-not-found", message: "There is no such file of settings", file }];
}

function goodLine(files: readonly string[], cwd: string): string {
  if (files.length === 0) return "Settings are valid; there is no file of settings.";
  return `Settings are valid: ${files.map((file) => displayPath(file, cwd)).join(", ")}.`;
}

function exitCode(problems: readonly Problem[]): number {
  const errors = problems.filter(({ level }) => level === "error");
  if (errors.length === 0) return EXIT.done;
  return errors.some(({ file }) => file !== undefined) ? EXIT.failed : EXIT.usage;
}
