/**
 * `loom plugin verify`: whether the files of plugins are those that were added.
 *
 * @module
 */

import { LoomError } from "../../../../core/errors.ts";
import { notAsAdded } from "../../../../core/plugins/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { errorLines } from "../../view/problems.ts";
import type { AuthorityCommand } from "../../words/command.ts";
import { pluginPlace } from "./desk.ts";
import { lackOf, wantedHere } from "./wanted.ts";

/** Looks at one, or all, those that the project wants among them; 1 if one is not what it was. */
export async function verifyVerb(
  { words: [name], flags }: AuthorityCommand<"plugin verify">,
  host: Host,
): Promise<number> {
  const place = await pluginPlace(host, flags);
  const { shelf } = place.desk;
  const plugins = name === undefined ? await shelf.list() : [await shelf.need(name)];
  const wanted = name === undefined ? await wantedHere(place, plugins) : [];
  place.print(() => ({
    plugins: plugins.map(({ name, version, state, changed }) => ({ name, version, state, changed })),
    project: wanted,
  }));
  const errors = [
    ...plugins.filter(({ state }) => state !== "ok").map(notAsAdded),
    ...wanted.flatMap((it) => lackOf(it) ?? []).map((message) => new LoomError("plugin-wanted", message)),
  ];
  tellErrors(errors, host);
  if (errors.length > 0) return EXIT.failed;
  const [only] = plugins;
  place.say([
    plugins.length === 1 ? `${only.name} is as it was added.` : `${plugins.length} plugins are as they were added.`,
  ]);
  return EXIT.done;
}

function tellErrors(errors: readonly LoomError[], { terminal }: Host): void {
  const lines = errors.flatMap((error) => errorLines(error, { color: terminal.errorColor }));
  terminal.writeError(lines.map((line) => `${line}\n`).join(""));
}
