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

/** What is asked of ours: not more than so many times another's figure, or than a number. */
export type Budget =
  | { readonly kind: "ratio"; readonly to: string; readonly max: number }
  | { readonly kind: "limit"; readonly max: number };

/** One table of figures. */
export interface Finding {
  readonly row: string;
  /** Such as `1,000 fresh steps`. */
  readonly what: string;
  readonly unit: "ms" | "steps";
  readonly figures: readonly Timing[];
  /** Budget of each of ours by name. */
  readonly budgets: Readonly<Record<string, Budget>>;
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
  const other = figures.find((figure) => figure.name === budget.to);
  return other && ours.median <= budget.max * other.median;
}

/** A count as people write it. */
export function grouped(count: number): string {
  return count.toLocaleString("en-US");
}
