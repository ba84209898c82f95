/**
 * What a row of the benchmark is: something measured beside its peers, with a budget.
 *
 * @module
 */

import type { Timing } from "./race.ts";
import type { Tool } from "./tools.ts";

/** How much is measured, and beside whom. */
export interface Settings {
  /** Rounds that count. */
  readonly rounds: number;
  /** Sizes that replace a row's own: steps, bytes or trials. */
  readonly sizes?: readonly number[];
  /** Names of the peers that take part. */
  readonly peers: readonly string[];
  readonly ours: readonly Tool[];
  /** Interpreter of the steps; absolute, no shim. */
  readonly python: string;
}

/**
 * What is asked of ours: not more than so many times another's figure, than another's figure and so much more, or than
 * a number; or not less than a number.
 */
export type Budget =
  | { readonly kind: "ratio"; readonly to: string; readonly max: number }
  | { readonly kind: "beyond"; readonly to: string; readonly max: number }
  | { readonly kind: "limit"; readonly max: number }
  | { readonly kind: "least"; readonly min: number };

/** One table of figures. */
export interface Finding {
  readonly row: string;
  /** Such as `1,000 fresh steps`. */
  readonly what: string;
  readonly unit: "ms" | "µs" | "steps" | "bytes" | "MiB" | "per second";
  readonly figures: readonly Timing[];
  /** Budgets of each of ours by name. */
  readonly budgets: Readonly<Record<string, Budget | readonly Budget[]>>;
  /** How it was measured, where that is not plain. */
  readonly note?: string;
}

/** A program of the benchmark. */
export interface Row {
  readonly name: string;
  /** One line for `--list`. */
  readonly about: string;
  readonly measure: (settings: Settings) => Promise<readonly Finding[]>;
}

/** Ours by name, all with one budget. */
export function budgetForAll(ours: readonly Tool[], budget: Budget): Readonly<Record<string, Budget>> {
  return Object.fromEntries(ours.map((tool) => [tool.name, budget]));
}

/** Whether a figure keeps its budget; `undefined` when what it is compared with did not take part. */
export function isMet({ figures }: Finding, ours: Timing, budget: Budget): boolean | undefined {
  if (budget.kind === "limit") return ours.median <= budget.max;
  if (budget.kind === "least") return ours.median >= budget.min;
  const other = figures.find((figure) => figure.name === budget.to);
  if (other === undefined) return undefined;
  return ours.median <= (budget.kind === "ratio" ? budget.max * other.median : budget.max + other.median);
}

/** A count as people write it. */
export function grouped(count: number): string {
  return count.toLocaleString("en-US");
}
