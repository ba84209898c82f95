/**
 * `loom plugin list`: the plugins there are.
 *
 * @module
 */

import { rightsInWords } from "../../../../core/plugins/mod.ts";
import type { InstalledPlugin } from "../../../../core/ports/plugin_store.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { palette } from "../../view/colors.ts";
import { tableLines } from "../../view/table.ts";
import type { AuthorityCommand } from "../../words/command.ts";
import { pluginPlace } from "./desk.ts";
import { installedDocument, providedText } from "./shown.ts";
import { lackOf, wantedHere } from "./wanted.ts";

/** Prints the table, or the document. */
export async function listVerb({ flags }: AuthorityCommand<"plugin list">, host: Host): Promise<number> {
  const place = await pluginPlace(host, flags);
  const plugins = await place.desk.shelf.list();
  const wanted = await wantedHere(place, plugins);
  place.print(() => ({ plugins: plugins.map(installedDocument), project: wanted }));
  if (flags.json) return EXIT.done;
  const lacks = wanted.flatMap((it) => lackOf(it) ?? []);
  place.say([...lines(plugins, host.terminal.color), ...(lacks.length === 0 ? [] : ["", ...lacks])]);
  return EXIT.done;
}

function lines(plugins: readonly InstalledPlugin[], color: boolean): readonly string[] {
  if (plugins.length === 0) return ["There are no plugins yet; 'loom plugin add SOURCE' adds one."];
  const { good, bad, strong } = palette(color);
  const rows = plugins.map((plugin) => [
    plugin.name,
    plugin.version,
    plugin.state === "ok" ? good("ok") : bad(plugin.state),
    providedText(plugin.provides),
    rightsInWords(plugin.granted, plugin.command).may.join(", ") || "compute",
    plugin.source.resolved,
  ]);
  return tableLines([["Name", "Version", "State", "Provides", "May", "From"].map(strong), ...rows]);
}
