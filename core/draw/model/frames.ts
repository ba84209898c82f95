import type { Graph } from "./graph.ts";

/** Id of each node to that of the group it is drawn in: steps in theirs, and there too what only steps of one group write. */
export function framesOf({ nodes, edges }: Graph): ReadonlyMap<string, string | undefined> {
  const frames = new Map(nodes.map(({ id, group }) => [id, group]));
  const writers = new Map<string, Set<string | undefined>>();
  for (const { source, target, kind } of edges) {
    if (kind !== "output") continue;
    const groups = writers.get(target) ?? new Set();
    writers.set(target, groups.add(frames.get(source)));
  }
  for (const [id, groups] of writers) if (groups.size === 1) frames.set(id, [...groups][0]);
  return frames;
}
