/**
 * Boxes that are laid out together before the rest: the steps of a group, with the data that only they have to do with.
 *
 * @module
 */

interface Member {
  readonly id: string;
  readonly kind: string;
  readonly group?: string;
}

interface Ends {
  readonly source: string;
  readonly target: string;
}

const DATA: ReadonlySet<string> = new Set(["data"]);

/** The block of each box that is in one: data goes with the group that makes it, or else alone takes it. */
export function blocksOf(
  boxes: readonly Member[],
  lines: readonly Ends[],
  kinds: ReadonlySet<string> = DATA,
): ReadonlyMap<string, string> {
  const groups = new Map(boxes.flatMap(({ id, group }) => group === undefined ? [] : [[id, group] as const]));
  if (groups.size === 0) return groups;
  const [makers, takers] = [new Map<string, Set<string | undefined>>(), new Map<string, Set<string | undefined>>()];
  const note = (of: typeof makers, id: string, other: string) => {
    const known = of.get(id);
    if (known === undefined) of.set(id, new Set([groups.get(other)]));
    else known.add(groups.get(other));
  };
  for (const { source, target } of lines) {
    note(makers, target, source);
    note(takers, source, target);
  }
  const found = new Map(groups);
  for (const { id, kind } of boxes) {
    if (!kinds.has(kind) || groups.has(id)) continue;
    const [group, ...others] = makers.get(id) ?? takers.get(id) ?? [];
    if (group !== undefined && others.length === 0) found.set(id, group);
  }
  return found;
}
