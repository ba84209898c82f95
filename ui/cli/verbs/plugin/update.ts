/**
 * `loom plugin update`: plugins are fetched again. What asks for more rights than it has is asked about.
 *
 * @module
 */

import { LoomError } from "../../../../core/errors.ts";
import { isSameCommand, rightsDiff } from "../../../../core/plugins/mod.ts";
import type { InstalledPlugin } from "../../../../core/ports/plugin_store.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import type { AuthorityCommand } from "../../words/command.ts";
import { errorLines, isKnown } from "../../view/problems.ts";
import { install } from "./add.ts";
import { type PluginPlace, pluginPlace } from "./desk.ts";
import { candidateLines, changeLines, installedDocument } from "./shown.ts";

/** Updates one, or all; goes on after one that cannot be updated. */
export async function updateVerb(
  { words: [name], flags }: AuthorityCommand<"plugin update">,
  host: Host,
): Promise<number> {
  const place = await pluginPlace(host, flags);
  const { shelf } = place.desk;
  const plugins = name === undefined ? await shelf.list() : [await shelf.need(name)];
  const outcomes: Outcome[] = [];
  for (const plugin of plugins) outcomes.push(await update(plugin, place, flags.yes === true));
  place.print(() => ({ plugins: outcomes }));
  if (plugins.length === 0) place.say(["There are no plugins to update."]);
  return outcomes.some(({ outcome }) => outcome === "failed") ? EXIT.failed : EXIT.done;
}

interface Outcome {
  readonly name: string;
  readonly outcome: "updated" | "unchanged" | "failed";
  readonly plugin?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly code: string; readonly message: string };
}

async function update(plugin: InstalledPlugin, place: PluginPlace, yes: boolean): Promise<Outcome> {
  try {
    return await fetchAgain(plugin, place, yes);
  } catch (error) {
    if (!isKnown(error)) throw error;
    const { terminal } = place.host;
    terminal.writeError(
      errorLines(error, { cwd: place.context.cwd, color: terminal.errorColor }).map((it) => `${it}\n`).join(""),
    );
    return { name: plugin.name, outcome: "failed", error: { code: error.code, message: error.message } };
  }
}

async function fetchAgain(plugin: InstalledPlugin, place: PluginPlace, yes: boolean): Promise<Outcome> {
  const { desk: { prepare }, context, host, say } = place;
  const { name } = plugin;
  const candidate = await prepare(plugin.source.asked, { cwd: context.cwd });
  if (candidate.manifest.name !== name) throw anotherName(plugin, candidate.manifest.name);
  if (
    candidate.digest === plugin.digest && candidate.manifestDigest === plugin.manifestDigest && plugin.state === "ok"
  ) {
    say([`${name} ${plugin.version} is up to date.`]);
    return { name, outcome: "unchanged" };
  }
  const { more } = rightsDiff(plugin.granted, candidate.manifest.permissions);
  const asks = more.length > 0 || !isSameCommand(plugin.command, candidate.command);
  say([...candidateLines(candidate, host.terminal), ...changeLines(plugin, candidate)]);
  const updated = await install(candidate, place, { yes, asks });
  say([`Updated ${name} from ${plugin.version} to ${updated.version}.`]);
  return { name, outcome: "updated", plugin: installedDocument(updated) };
}

function anotherName({ name, source }: InstalledPlugin, found: string): LoomError {
  return new LoomError("plugin-source", `Cannot update ${name}: what is at ${source.asked} calls itself ${found}`, {
    hint: `to have both, run 'loom plugin add ${source.asked}'`,
    data: { name, found, source: source.asked },
  });
}
