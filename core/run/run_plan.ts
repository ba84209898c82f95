import type { Dependencies, OutputClash } from "../graph/dependencies.ts";
import type { Step } from "../graph/pipeline.ts";
import { ancestors } from "../graph/select.ts";
import { Plan } from "./plan.ts";

/** What decides in which order steps may start. */
export interface OrderOptions {
  readonly dependencies: Dependencies;
  /** Steps that write the same file, which must not run together. */
  readonly clashes: readonly OutputClash[];
  readonly parallel: boolean;
  /** The person gave the order by naming the steps. */
  readonly isExplicit: boolean;
  /** The dependencies go in a circle, so only the order of the file is left. */
  readonly hasCycle: boolean;
}

/**
 * The plan of a run: `steps` in order of preference, each after those it depends on.
 *
 * One at a time, named steps keep the order in which they were named, and a file whose dependencies go in a circle keeps
 * its own: then only dependencies on earlier steps count.
 */
export function planOf(steps: readonly Step[], options: OrderOptions): Plan {
  const { dependencies, parallel, isExplicit, hasCycle } = options;
  const position = new Map(steps.map((step, i) => [step.name, i]));
  const onlyEarlier = hasCycle || (isExplicit && !parallel);
  const clashing = parallel ? clashEdges(position, options) : new Map<string, string[]>();
  return new Plan(steps.map(({ name }, i) => {
    const wanted = dependencies.get(name) ?? new Set<string>();
    const after = onlyEarlier ? [...wanted].filter((other) => position.get(other)! < i) : wanted;
    const others = clashing.get(name);
    return { id: name, after: others === undefined ? after : [...after, ...others] };
  }));
}

/** Serialises steps that write one file, in file order, unless their dependencies say otherwise. */
function clashEdges(
  position: ReadonlyMap<string, number>,
  { clashes, dependencies }: OrderOptions,
): Map<string, string[]> {
  const edges = new Map<string, string[]>();
  for (const { steps } of clashes) {
    const selected = steps.filter((name) => position.has(name));
    for (let i = 1; i < selected.length; i++) {
      const [before, after] = [selected[i - 1], selected[i]];
      if (ancestors(dependencies, [before]).has(after)) continue;
      edges.set(after, [...edges.get(after) ?? [], before]);
    }
  }
  return edges;
}

/** The chain of dependent steps that took longest together; names in order. O(V + E). */
export function criticalPath(
  steps: readonly Step[],
  dependencies: Dependencies,
  durations: ReadonlyMap<string, number>,
): readonly string[] {
  if (durations.size === 0) return [];
  const best = new Map<string, { ms: number; before?: string }>();
  const plan = planOf(steps, { dependencies, clashes: [], parallel: false, isExplicit: false, hasCycle: true });
  for (let name = plan.take(); name !== undefined; name = plan.take()) {
    let before: string | undefined;
    for (const other of dependencies.get(name) ?? []) {
      if (best.has(other) && (before === undefined || best.get(other)!.ms > best.get(before)!.ms)) before = other;
    }
    best.set(name, { ms: (durations.get(name) ?? 0) + (before === undefined ? 0 : best.get(before)!.ms), before });
    plan.finish(name);
  }
  const path: string[] = [];
  const [last] = [...best].sort((a, b) => b[1].ms - a[1].ms)[0] ?? [];
  for (let name: string | undefined = last; name !== undefined; name = best.get(name)!.before) path.unshift(name);
  return path.filter((name) => durations.has(name));
}
