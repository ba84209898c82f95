import type { Random } from "../../../core/ports/random.ts";

/** The system's randomness: `next` is quick, `hex` is unpredictable. */
export const hostRandom: Random = { next: Math.random, hex };

function hex(length: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(Math.ceil(length / 2)));
  return bytes.toHex().slice(0, length);
}
