/**
 * Chance that comes out the same every time.
 *
 * @module
 */

/** 32 random bits after each other, from a seed. Source: Steele, Lea and Flood's SplitMix, in 32 bits. */
class Chance {
  #state: number;

  constructor(seed: number) {
    // Seeds beyond 32 bits count whole.
    this.#state = (seed ^ Math.imul(Math.floor(seed / 2 ** 32), 0x85ebca6b)) | 0;
  }

  bits(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }

  /** From 0 to below `limit`; 64 bits more than it has, so that none is likelier than another. */
  below(limit: bigint): bigint {
    let number = 0n;
    for (let bits = limit.toString(2).length + 64; bits > 0; bits -= 32) number = (number << 32n) | BigInt(this.bits());
    return number % limit;
  }
}

/**
 * Numbers from 0 to below `total` in a random order, each once, as many as are taken. The first ones are the same
 * however many are taken. Nothing is built that has the size of `total`.
 */
export function* draw(total: bigint, seed: number): Generator<bigint> {
  const chance = new Chance(seed);
  // Fisher and Yates's shuffle of a list that is written down only where it differs from 0, 1, 2, ….
  const moved = new Map<bigint, bigint>();
  for (let at = 0n; at < total; at++) {
    const other = at + chance.below(total - at);
    yield moved.get(other) ?? other;
    moved.set(other, moved.get(at) ?? at);
    moved.delete(at);
  }
}
