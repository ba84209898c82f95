import type { Random } from "../../core/ports/random.ts";

/** The same numbers for the same `seed`. Source: Mulberry32. */
export function fakeRandom(seed: number = 1): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { next, hex: (length) => Array.from({ length }, () => Math.floor(next() * 16).toString(16)).join("") };
}
