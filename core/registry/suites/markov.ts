/**
 * Sequences with something to find in them, the same each time.
 *
 * @module
 */

import type { Json } from "../../ports/tool.ts";

const ACCOUNTS = 80;
const HOLDOUT = 16;
const EVENTS = ["A", "B", "C", "D", "E"];
const FOLLOWS = 0.85;
const [SHORTEST, LONGEST] = [8, 15];

/**
 * Rows `account, time, event, target` of 80 accounts, a fifth of them apart. Every other account is positive and goes
 * round A to E with probability 0.85, else anywhere; the others go anywhere. Events alone tell nothing.
 */
export function markovRows(): { readonly train: readonly Json[]; readonly holdout: readonly Json[] } {
  const random = dice(20_240_229);
  const accounts = Array.from({ length: ACCOUNTS }, (_, index) => rowsOf(index, random));
  return { train: accounts.slice(HOLDOUT).flat(), holdout: accounts.slice(0, HOLDOUT).flat() };
}

function rowsOf(index: number, random: () => number): readonly Json[] {
  const label = index % 2;
  const length = SHORTEST + Math.floor(random() * (LONGEST - SHORTEST + 1));
  let event = Math.floor(random() * EVENTS.length);
  return Array.from({ length }, (_, at) => {
    const isNext = label === 1 && random() < FOLLOWS;
    event = isNext ? (event + 1) % EVENTS.length : Math.floor(random() * EVENTS.length);
    return [`account-${index}`, at, EVENTS[event], label];
  });
}

/** Numbers in [0, 1), the same for the same seed. Source: mulberry32, Tommy Ettinger, public domain. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
