import type { Metrics, Scalar } from "../../ports/store.ts";

/** A metric; absent where a run has none of this name. */
export interface ComparedMetric {
  readonly name: string;
  readonly before?: Scalar;
  readonly after?: Scalar;
  readonly same: boolean;
  /** After less before, where both are numbers. */
  readonly difference?: number;
  /** The difference for each 1 of what it was before; absent where that was 0. */
  readonly ratio?: number;
}

/** Every metric of two runs. */
export function metricsOf(a: Metrics, b: Metrics): readonly ComparedMetric[] {
  return pairedNames(a, b).map((name) => {
    const [before, after] = [a[name], b[name]];
    if (typeof before !== "number" || typeof after !== "number") return { name, before, after, same: before === after };
    const difference = after - before;
    const ratio = before === 0 ? undefined : difference / Math.abs(before);
    return { name, before, after, same: before === after, difference, ratio };
  });
}

/** Names of both, in the order of the second, then those that only the first has. */
export function pairedNames(
  a: Readonly<Record<string, unknown>>,
  b: Readonly<Record<string, unknown>>,
): readonly string[] {
  return [...Object.keys(b), ...Object.keys(a).filter((name) => !Object.hasOwn(b, name))];
}
