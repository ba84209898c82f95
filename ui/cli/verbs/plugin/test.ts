/**
 * `loom plugin test`: what every plugin of a port keeps to, tried on one.
 *
 * @module
 */

import { memoryTools } from "../../../../core/registry/mod.ts";
import { notAsAdded } from "../../../../core/plugins/mod.ts";
import { type ProviderOutcome, tryPlugin } from "../../../../core/plugins/suites/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { palette } from "../../view/colors.ts";
import type { AuthorityCommand } from "../../words/command.ts";
import { type PluginPlace, pluginPlace } from "./desk.ts";
import { whileWritten } from "./dev.ts";

/** Tries it, and prints each promise; 1 if one is not kept. */
export async function testVerb({ words: [what], flags }: AuthorityCommand<"plugin test">, host: Host): Promise<number> {
  const place = await pluginPlace(host, flags);
  return flags.dev ? await whileWritten(what, host, () => tryOnce(what, place)) : await tryOnce(what, place);
}

async function tryOnce(what: string, place: PluginPlace): Promise<number> {
  const subject = isPlace(what) ? await fromPlace(what, place) : await fromName(what, place);
  const { clock } = place.context;
  const tools = memoryTools({ sleep: (ms, signal) => clock.sleep(ms, signal) });
  const outcomes = await tryPlugin({ ...subject, tools });
  const kept = outcomes.every(({ cases }) => cases.every(({ error }) => error === undefined));
  place.print(() => documentOf(subject, outcomes, kept));
  const { color } = place.host.terminal;
  place.say([`${subject.name} ${subject.version}`, ...outcomes.flatMap((it) => lines(it, color))]);
  return kept ? EXIT.done : EXIT.failed;
}

/** What stands for a plugin: its name, or a place that plugins come from. */
function isPlace(what: string): boolean {
  return /[/\\:.]/.test(what);
}

async function fromPlace(source: string, { desk, context }: PluginPlace) {
  const candidate = await desk.prepare(source, { cwd: context.cwd });
  const { manifest: { name, version }, provides } = candidate;
  return { name, version, provides, load: () => Promise.resolve(desk.tryOut(candidate)) };
}

async function fromName(wanted: string, { desk: { shelf } }: PluginPlace) {
  const plugin = await shelf.need(wanted);
  if (plugin.state !== "ok") throw notAsAdded(plugin);
  const { name, version, provides } = plugin;
  return { name, version, provides, load: () => shelf.load(name) };
}

function lines({ port, name, cases }: ProviderOutcome, color: boolean): readonly string[] {
  const { good, bad } = palette(color);
  const broken = cases.filter(({ error }) => error !== undefined).length;
  return [
    "",
    `${port} ${name}`,
    ...cases.map(({ name, error }) =>
      error === undefined ? `  ${good("ok")}    ${name}` : `  ${bad("FAIL")}  ${name}: ${error.message}`
    ),
    `${cases.length - broken} of ${cases.length} promises kept`,
  ];
}

function documentOf(
  { name, version }: { readonly name: string; readonly version: string },
  outcomes: readonly ProviderOutcome[],
  kept: boolean,
) {
  const providers = outcomes.map(({ port, name, cases }) => ({
    port,
    name,
    cases: cases.map(({ name, error }) => ({
      name,
      kept: error === undefined,
      ...(error && { error: error.message }),
    })),
  }));
  return { name, version, kept, providers };
}
