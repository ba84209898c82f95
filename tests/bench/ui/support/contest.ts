/**
 * Who takes part, in turns; who is late is asked no more.
 *
 * @module
 */

import type { Role, Timing } from "../../support/race.ts";
import { Late } from "./deadline.ts";
import { figure } from "./samples.ts";

/** Who is slower than this is measured once. */
const SLOW_MS = 15_000;

/** One that takes part; a sample has several figures. */
export interface Contestant<Sample> {
  readonly name: string;
  readonly role: Role;
  readonly once: () => Promise<Sample>;
}

/** How one fared. */
export interface Fared<Sample> {
  readonly name: string;
  readonly role: Role;
  readonly samples: readonly Sample[];
  /** In words, if it was not in time. */
  readonly late?: string;
}

/** All of them in turns, so that a busy machine burdens all alike. */
export async function contest<Sample>(
  contestants: readonly Contestant<Sample>[],
  rounds: number,
): Promise<readonly Fared<Sample>[]> {
  const fared = contestants.map(({ name, role }) => ({
    name,
    role,
    samples: [] as Sample[],
    late: undefined as string | undefined,
  }));
  const slow = new Set<number>();
  for (let round = 0; round < rounds; round++) {
    for (const [at, { once }] of contestants.entries()) {
      if (slow.has(at)) continue;
      const start = performance.now();
      try {
        fared[at].samples.push(await once());
      } catch (error) {
        if (!(error instanceof Late)) throw error;
        fared[at].late = error.message;
      }
      if (fared[at].late !== undefined || performance.now() - start > SLOW_MS) slow.add(at);
    }
  }
  return fared;
}

/** One figure of each that has it. */
export function figures<Sample>(
  fared: readonly Fared<Sample>[],
  of: (sample: Sample) => number | undefined,
): readonly Timing[] {
  return fared.flatMap(({ name, role, samples }) => {
    const own = samples.flatMap((sample) => of(sample) ?? []);
    return own.length === 0 ? [] : [figure({ name, role, samples: own })];
  });
}

/** Who was late, and what else is to be said. */
export function noteOf(
  fared: readonly Fared<unknown>[],
  ...notes: readonly (string | undefined)[]
): string | undefined {
  const late = fared.flatMap(({ name, late }) => late === undefined ? [] : [`${name}: ${late}`]);
  return [...late, ...notes.filter((note) => note !== undefined)].join("; ") || undefined;
}
