import type { Dependencies, OutputClash } from "../../graph/dependencies.ts";
import type { Step } from "../../graph/pipeline.ts";
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
  const { dependencies, clashes, parallel, isExplicit, hasCycle } = options;
  const position = new Map(steps.map((step, i) => [step.name, i]));
  const onlyEarlier = hasCycle || (isExplicit && !parallel);
  const clashing = parallel && clashes.length > 0 ? clashEdges(steps, options) : new Map<string, string[]>();
  return new Plan(steps.map(({ name }, i) => {
    const wanted = dependencies.get(name) ?? new Set<string>();
    const after = onlyEarlier ? [...wanted].filter((other) => position.get(other)! < i) : wanted;
    const others = clashing.get(name);
    return { id: name, after: others === undefined ? after : [...after, ...others] };
  }));
}

/**
 * Serialises steps that write one file: in file order, save where their dependencies say otherwise. Following one order
 * for all of them, the edges of two clashes cannot make a circle together.
 */
function clashEdges(steps: readonly Step[], { clashes, dependencies }: OrderOptions): Map<string, string[]> {
  const edges = new Map<string, string[]>();
  const turn = new Map<string, number>();
  const plan = new Plan(steps.map(({ name }) => ({ id: name, after: dependencies.get(name) ?? [] })));
  for (let name = plan.take(); name !== undefined; name = plan.take()) {
    turn.set(name, turn.size);
    plan.finish(name);
  }
  for (const clash of clashes) {
    const sharing = clash.steps.filter((name) => turn.has(name)).sort((a, b) => turn.get(a)! - turn.get(b)!);
    for (const [i, after] of sharing.entries()) {
      if (i > 0) edges.set(after, [...edges.get(after) ?? [], sharing[i - 1]]);
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
  const last = [...best].reduce((a, b) => b[1].ms > a[1].ms ? b : a, ["", { ms: -1 }] as const);
  for (let name: string | undefined = last[0]; name; name = best.get(name)!.before) path.push(name);
  return path.filter((name) => durations.has(name)).reverse();
}
