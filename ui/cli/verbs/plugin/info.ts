/**
 * `loom plugin info`: all about one plugin.
 *
 * @module
 */

import { notAsAdded } from "../../../../core/plugins/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { timeText } from "../../view/time.ts";
import type { AuthorityCommand } from "../../words/command.ts";
import { pluginPlace } from "./desk.ts";
import { factLines, installedDocument } from "./shown.ts";

/** Prints it. One that was changed is told of, which is no failure of this verb. */
export async function infoVerb({ words: [name], flags }: AuthorityCommand<"plugin info">, host: Host): Promise<number> {
  const { desk: { shelf }, print } = await pluginPlace(host, flags);
  const plugin = await shelf.need(name);
  print(() => installedDocument(plugin));
  if (flags.json) return EXIT.done;
  const bad = plugin.state === "ok" ? undefined : notAsAdded(plugin);
  const lines = [
    ...factLines({ ...plugin, permissions: plugin.granted }, host.terminal),
    "",
    `Added ${timeText(plugin.addedMs)}, kept in ${plugin.folder}`,
    ...(bad === undefined ? [] : [`${bad.message}; ${bad.hint}`]),
  ];
  host.terminal.write(lines.map((line) => `${line}\n`).join(""));
  return EXIT.done;
}
