import type { Problem, YamlPath } from "../errors.ts";
import { type PlacedEntry, type PlacedNode, positionTree } from "./position_tree.ts";
import { parse, places } from "./events.ts";
import { YamlFault } from "./fault.ts";

/**
 * Turns the paths of problems into lines and columns, and sorts the problems by them.
 *
 * A problem gets the place of the value its path leads to; of the key, if it asks for that or the value is empty; of
 * the nearest thing above, if the path leads to nothing. What a map has from an alias or a merge is where it was written.
 * Problems with a line keep it; those with neither line nor path come first, with the file alone. Never throws: of a text
 * that is not YAML, only the file is told.
 *
 * @param text The file's text.
 * @param file Its name.
 */
export function locateProblems(text: string, file: string, problems: readonly Problem[]): Promise<Problem[]> {
  const isPending = (problem: Problem): boolean => problem.line === undefined && problem.path !== undefined;
  const locate = problems.some(isPending) ? locator(text) : () => ({});
  const located = problems.map((problem): Problem => ({
    ...problem,
    file: problem.file ?? file,
    ...(isPending(problem) ? locate(problem) : {}),
  }));
  return Promise.resolve(located.sort(byPlace));
}

function byPlace(a: Problem, b: Problem): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

type Locate = (problem: Problem) => { readonly line?: number; readonly column?: number };

function locator(text: string): Locate {
  try {
    const parsed = parse(text);
    const root = positionTree(parsed.text, parsed.events);
    const placeOf = places(parsed);
    if (root === undefined) return () => ({});
    return ({ path, atKey }) => placeOf(Math.max(0, offsetOf(root, path ?? [], atKey ?? false)));
  } catch (fault) {
    if (fault instanceof YamlFault) return () => ({});
    throw fault;
  }
}

function offsetOf(root: PlacedNode, path: YamlPath, atKey: boolean): number {
  let best = root.start;
  let node: PlacedNode | undefined = root;
  for (const [index, part] of path.entries()) {
    const entry: PlacedEntry | undefined = child(node, part);
    if (entry === undefined) break;
    const isLast = index === path.length - 1;
    best = entry.node.start < 0 || (isLast && atKey) ? entry.keyStart : entry.node.start;
    node = entry.node;
  }
  return best;
}

function child(node: PlacedNode, part: string | number): PlacedEntry | undefined {
  const item = typeof part === "number" ? node.items?.[part] : undefined;
  if (item !== undefined) return { keyStart: item.start, node: item };
  return node.entries?.get(String(part)) ?? mergedChild(node, String(part));
}

/** Of several `<<` the last wins, of a list of maps the first. */
function mergedChild(node: PlacedNode, key: string): PlacedEntry | undefined {
  const seen = new Set<unknown>();
  const waiting = sourcesOf(node);
  for (let source = waiting.pop(); source !== undefined; source = waiting.pop()) {
    // Merges of merges may lead to one map in a great many ways.
    if (source.entries === undefined || seen.has(source.entries)) continue;
    seen.add(source.entries);
    const entry = source.entries.get(key);
    if (entry !== undefined) return entry;
    waiting.push(...sourcesOf(source));
  }
  return undefined;
}

/** What a map merges, the strongest last. */
function sourcesOf(node: PlacedNode): PlacedNode[] {
  return (node.merges ?? []).flatMap((merge) => merge.items?.toReversed() ?? [merge]);
}
