/**
 * `loom explain FILE.yml STEP`: why it would run, and exactly what.
 *
 * @module
 */

import { shownCommand } from "../view/shown_command.ts";
import { joinPath } from "../../../core/graph/mod.ts";
import type { Explanation } from "../../../core/run/session/request.ts";
import { type Palette, palette } from "../view/colors.ts";
import { EXIT } from "../base/exit_code.ts";
import { explainJson } from "../view/json.ts";
import type { Host } from "../base/host.ts";
import type { Command } from "../words/command.ts";
import { displayPath } from "../view/problems.ts";
import { toOverrides, toProject } from "./request.ts";
import { statePaint } from "./status.ts";

/** Commands shown of a step that has one for each of many items. */
const MOST_COMMANDS = 20;

/** Shows one step. */
export async function explainVerb(command: Extract<Command, { verb: "explain" }>, host: Host): Promise<number> {
  const { flags, step } = command;
  const context = await host.context();
  const { explainStep } = await host.engine();
  const look = { file: joinPath(context.cwd, command.file), overrides: toOverrides(flags), python: flags.python, step };
  const onOpened = () => host.revoke("explain", "opened");
  const explanation = await explainStep({ ...look, project: toProject(flags, context), onOpened }, context);
  if (flags.json) host.terminal.write(`${explainJson(explanation)}\n`);
  else host.terminal.write(`${explainLines(explanation, palette(host.terminal.color), context.cwd).join("\n")}\n`);
  return EXIT.done;
}

/** The answer for people; paths as seen from `cwd`. */
export function explainLines(told: Explanation, paint: Palette, cwd: string): readonly string[] {
  const { items, points } = told;
  const count = [[items, "items"] as const, [points, "points"] as const].map(([of, what]) =>
    of === undefined ? "" : ` (${of.fresh} of ${of.total} ${what} fresh)`
  ).join("");
  const shown = told.commands.slice(0, MOST_COMMANDS).map((command) => shownCommand(command));
  const hidden = told.commands.length - shown.length;
  return [
    `Step: ${paint.strong(told.name)}`,
    `State: ${statePaint(told.state, paint)(told.state)}${count}`,
    ...block("Why", told.reasons),
    ...block("Command", hidden > 0 ? [...shown, `… and ${hidden} more`] : shown),
    ...block("Script", told.script === undefined ? [] : [displayPath(told.script, cwd)]),
    ...block("Imports", told.imports.map((path) => displayPath(path, cwd))),
    ...block("Depends on", told.dependsOn),
  ];
}

function block(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${heading}:`, ...lines.map((line) => `  ${line}`)];
}
