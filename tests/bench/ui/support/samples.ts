/**
 * Samples as figures of a table.
 *
 * @module
 */

import type { Role, Timing } from "../../support/race.ts";

/** The figure of one that takes part, from its samples: their middle, or another share of them. */
export function figure(
  { name, role, samples, share = 0.5 }: {
    readonly name: string;
    readonly role: Role;
    readonly samples: readonly number[];
    readonly share?: number;
  },
): Timing {
  const rounded = samples.map((value) => Math.round(value * 10) / 10);
  return { name, role, median: quantile(rounded, share), samples: rounded };
}

/** The value below which that share of the values lies. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
