/**
 * Names that only this machine knows, for completion: of runs, plugins, tools, settings.
 *
 * @module
 */

import { CONFIG_KEYS } from "../../../core/config/mod.ts";
import { isLoomError } from "../../../core/errors.ts";
import type { Host } from "../base/host.ts";
import { LAST, placeOf, reading } from "../base/place.ts";

/** As many as a person looks through. */
const MOST = 50;

/** Names, each with a few words about it. */
type Names = readonly (readonly [name: string, brief: string])[];

/** The newest runs of the project, each with its name and status. */
export async function runProposals(host: Host): Promise<Names> {
  return await orNothing(async () => {
    const place = await placeOf({}, host);
    return await reading(place, host, async ({ loops, pipelines }) => {
      const rows = [
        ...await loops.listSummaries({ limit: MOST }),
        ...pipelines?.journal.listRuns({ kind: "pipeline", limit: MOST }) ?? [],
      ];
      const newest = rows.sort((a, b) => b.createdAt - a.createdAt).slice(0, MOST);
      const names = newest.map(({ id, name, status }) => [id, `${name}, ${status}`] as const);
      return newest.some((run) => "kind" in run && run.kind === "pipeline")
        ? [[LAST, "the newest run of a pipeline"], ...names]
        : names;
    }) ?? [];
  });
}

/** The plugins of this person. */
export async function pluginProposals(host: Host): Promise<Names> {
  return await orNothing(async () => {
    const { shelf } = await host.plugins(await host.context());
    return (await shelf.list()).map(({ name, version }) => [name, version] as const);
  });
}

/** All tools, each with the beginning of what it does. */
export async function toolProposals(host: Host): Promise<Names> {
  return await orNothing(async () => {
    await using desk = await host.tools(await host.context());
    const { registry } = await desk.all();
    return registry.tools.map(({ info }) => [info.name, info.description.split(/[.\n]/, 1)[0]] as const);
  });
}

/** Keys of settings. */
export function keyProposals(): Names {
  return CONFIG_KEYS.map((key) => [key, ""] as const);
}

/** What cannot be read offers nothing; the verb itself will say why. */
async function orNothing(work: () => Promise<Names>): Promise<Names> {
  try {
    return await work();
  } catch (error) {
    if (isLoomError(error)) return [];
    throw error;
  }
}
