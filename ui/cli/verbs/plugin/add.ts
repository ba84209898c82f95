/**
 * `loom plugin add`: a plugin is fetched and shown, and added if a person agrees.
 *
 * @module
 */

import type { PluginCandidate } from "../../../../core/plugins/mod.ts";
import type { InstalledPlugin } from "../../../../core/ports/plugin_store.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import type { AuthorityCommand } from "../../words/command.ts";
import { type PluginDeed, withLeave } from "./ask.ts";
import { type PluginPlace, pluginPlace } from "./desk.ts";
import { candidateDocument, candidateLines, changeLines, installedDocument, nextSteps } from "./shown.ts";

/** Adds it, or only shows it. */
export async function addVerb({ words: [source], flags }: AuthorityCommand<"plugin add">, host: Host): Promise<number> {
  const place = await pluginPlace(host, flags);
  const { desk: { shelf, prepare }, context, say, print } = place;
  const candidate = await prepare(source, { cwd: context.cwd });
  const before = await shelf.find(candidate.manifest.name);
  say([...candidateLines(candidate, host.terminal), ...(before === undefined ? [] : changeLines(before, candidate))]);
  if (flags.dryRun) print(() => candidateDocument(candidate));
  else await add(candidate, place, flags.yes === true);
  return EXIT.done;
}

async function add(candidate: PluginCandidate, place: PluginPlace, yes: boolean): Promise<void> {
  const { name, version } = candidate.manifest;
  const added = await install(candidate, place, { yes, asks: true });
  place.print(() => installedDocument(added));
  place.say(["", `Added ${name} ${version}.`, ...nextSteps(added)]);
}

/** Asks, and puts it where plugins are. */
export async function install(
  candidate: PluginCandidate,
  place: PluginPlace,
  asking: Pick<PluginDeed, "yes" | "asks">,
): Promise<InstalledPlugin> {
  const { manifest, provides, command, source, digest } = candidate;
  const deed = {
    action: `add the plugin ${manifest.name} ${manifest.version} from ${source.resolved}`,
    shown: { manifest, provides, ...(command !== undefined && { command }), source, digest },
    ...asking,
  };
  return await withLeave(deed, place, () => place.desk.shelf.put(candidate));
}
