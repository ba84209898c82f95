/**
 * What the verbs about settings have in common.
 *
 * @module
 */

import { type Environment, isInUse, originText, type ReadConfig, type Setting } from "../../../../core/config/mod.ts";
import type { Context } from "../../../../core/context.ts";
import { LoomError, type Problem } from "../../../../core/errors.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import type { Terminal } from "../../base/terminal.ts";
import { errorJson, tellProblems } from "../../view/problems.ts";
import { RedactedTerminal } from "../../view/redacted.ts";

/** The terminal without the secrets of the environment and of `.env`. */
export function withoutSecrets({ terminal }: Host, environment: Environment): Terminal {
  const value = (name: string) => environment.get(name)?.value ?? "";
  return new RedactedTerminal(terminal, () => {
    return Object.fromEntries(environment.names().map((name) => [name, value(name)]));
  });
}

/** Problems that make settings unusable. */
export function errorsOf({ problems }: ReadConfig): readonly Problem[] {
  return problems.filter(({ level }) => level === "error");
}

/** Tells everything that is wrong; for programs too. */
export function refuse(
  problems: readonly Problem[],
  terminal: Terminal,
  told: { cwd: string; json?: boolean },
): number {
  const error = new LoomError("config-invalid", "The settings cannot be used", { problems });
  if (told.json) terminal.write(`${errorJson(error)}\n`);
  tellProblems(problems, terminal, told.cwd);
  return EXIT.usage;
}

/** A problem as a document has it. */
export function problemDocument({ path: _path, atKey: _atKey, ...problem }: Problem): object {
  return problem;
}

/** An origin as a document has it: its parts, and the words that people read. */
export function originDocument(origin: ReadConfig["settings"][number]["origin"], context: Context): object {
  return { ...origin, text: originText(origin, context.cwd) };
}

/** Says of a setting of a file that no verb reads it yet. */
export function unusedHint({ key, origin }: Setting): readonly Problem[] {
  if (origin.kind !== "file" || isInUse(key)) return [];
  const { file, line, column } = origin;
  return [{
    level: "hint",
    code: "config-unused",
    message: `No verb of this release reads ${key}`,
    file,
    line,
    column,
  }];
}
