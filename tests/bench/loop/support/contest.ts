/**
 * Contenders measured in turns, A B C A B C, so that a busy machine burdens all alike. Those that share this process
 * are measured as fairly as those that start their own.
 *
 * @module
 */

import type { Later } from "../../../../core/ports/loop_store.ts";
import { median, type Role, type Timing } from "../../support/race.ts";

/** What one round gave, by name of the figure. */
export type Figures = Readonly<Record<string, number>>;

/** Something that measures itself. */
export interface Contender {
  readonly name: string;
  readonly role: Role;
  readonly measure: () => Later<Figures>;
}

/** A contender with the figures of its rounds. */
export interface Contested extends Contender {
  readonly rounds: readonly Figures[];
}

/** Who needs longer than this for a round takes part in one: its ratio will not hang on noise. */
const SLOW_MS = 20_000;

/** Measures all `rounds` times in turns, after one round that counts only for those that are slow. */
export async function contest(contenders: readonly Contender[], rounds: number): Promise<readonly Contested[]> {
  const taken = new Map<Contender, Figures[]>();
  const quick: Contender[] = [];
  for (const contender of contenders) {
    const start = performance.now();
    const first = await contender.measure();
    const isSlow = performance.now() - start > SLOW_MS;
    taken.set(contender, isSlow ? [first] : []);
    if (!isSlow) quick.push(contender);
  }
  for (let round = 0; round < rounds; round++) {
    for (const contender of quick) taken.get(contender)!.push(await contender.measure());
  }
  return contenders.map((contender) => ({ ...contender, rounds: taken.get(contender)! }));
}

/** One figure of those who have it, as a row's table takes it. */
export function timingsOf(contested: readonly Contested[], figure: string): readonly Timing[] {
  return contested.filter(({ rounds }) => figure in rounds[0]).map(({ name, role, rounds }) =>
    timing({
      name,
      role,
      samples: rounds.map((figures) => figures[figure]),
    })
  );
}

/** Samples with their median, to a tenth. */
export function timing({ name, role, samples }: Omit<Timing, "median">): Timing {
  return { name, role, median: median(samples), samples: samples.map((sample) => Math.round(sample * 10) / 10) };
}
