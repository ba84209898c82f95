import type { EarlyStop } from "../../graph/pipeline.ts";
import type { Scalar } from "../../ports/store.ts";

/**
 * Tells points that are worse than others were at the same place: in the same step, at the same row of its metrics.
 *
 * The rule `median` is Vizier's median stopping rule on values as they stand, without averaging over the rows before.
 * Source: Golovin et al., "Google Vizier", KDD 2017, section 3.1.
 */
export class EarlyStopping {
  readonly #rule: EarlyStop;
  /** Place to point to the values it had there, row by row. */
  readonly #places = new Map<string, Map<string, readonly Scalar[]>>();

  constructor(rule: EarlyStop) {
    this.#rule = rule;
  }

  /** The name of what is looked at. */
  get metric(): string {
    return this.#rule.metric;
  }

  /** Notes how far a point has come, and tells why it is to be ended, if it is. */
  judge(point: string, place: string, values: readonly Scalar[]): string | undefined {
    let points = this.#places.get(place);
    if (points === undefined) this.#places.set(place, points = new Map());
    points.set(point, values);
    const row = values.length - 1;
    const own = asNumber(values[row]);
    if (own === undefined) return undefined;
    const others = [...points].filter(([name]) => name !== point).map(([, list]) => asNumber(list[row]));
    const known = others.filter((value) => value !== undefined && !Number.isNaN(value)) as number[];
    const { warmup } = this.#rule;
    if (known.length < warmup || (this.#rule.rule === "median" && known.length === 0)) return undefined;
    return this.#verdict(own, known, values.length > 1 ? ` at row ${values.length}` : "");
  }

  #verdict(own: number, others: readonly number[], where: string): string | undefined {
    const { metric, mode, rule, threshold } = this.#rule;
    const limit = rule === "median" ? medianOf(others) : threshold!;
    const isWorse = Number.isNaN(own) || (mode === "max" ? own < limit : own > limit);
    if (!isWorse) return undefined;
    const what = rule === "median" ? `the median ${short(limit)} of ${others.length} other point(s)` : short(limit);
    return `${metric} ${short(own)}${where} is worse than ${what}`;
  }
}

function asNumber(value: Scalar | undefined): number | undefined {
  if (typeof value === "number") return value;
  if (value === "NaN") return NaN;
  if (value === "Infinity") return Infinity;
  return value === "-Infinity" ? -Infinity : undefined;
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function short(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(6))) : String(value);
}
