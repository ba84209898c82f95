/**
 * Ids of runs, for completion.
 *
 * @module
 */

import { isLoomError } from "../../../core/errors.ts";
import type { Host } from "../base/host.ts";
import { placeOf, reading } from "../base/place.ts";

/** As many as a person looks through. */
const MOST = 50;

/** The newest runs of the project, each with its name and status. */
export async function runProposals(host: Host): Promise<readonly (readonly [id: string, brief: string])[]> {
  try {
    const place = await placeOf({}, host);
    return await reading(place, host, async ({ loops, pipelines }) => {
      const rows = [
        ...await loops.listSummaries({ limit: MOST }),
        ...pipelines?.journal.listRuns({ kind: "pipeline", limit: MOST }) ?? [],
      ];
      const newest = rows.sort((a, b) => b.createdAt - a.createdAt).slice(0, MOST);
      return newest.map(({ id, name, status }) => [id, `${name}, ${status}`] as const);
    }) ?? [];
  } catch (error) {
    // A database that cannot be read offers nothing; showing a run will say why.
    if (isLoomError(error)) return [];
    throw error;
  }
}
