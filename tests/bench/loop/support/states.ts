/**
 * The states that the loops are given: a counter and lines of 96 characters that hardly compress.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { z } from "zod";

/** A document that a loop works on. */
export interface Doc {
  readonly n: number;
  readonly items: readonly string[];
}

/** Schema of {@linkcode Doc}. */
export const DOC: z.ZodType<Doc> = z.object({ n: z.number().int(), items: z.array(z.string()) });

/** More texts than most runs have steps, made beforehand: making them is not what is measured. */
const POOL = Array.from({ length: 4_096 }, (_, index) => textOf(`new ${index}`));

/** A document whose JSON is about this large. */
export function docOf(sizeBytes: number): Doc {
  const line = textOf("").length + '"",'.length;
  return { n: 0, items: Array.from({ length: Math.floor(sizeBytes / line) }, (_, index) => textOf(`old ${index}`)) };
}

/** The document with 1 % of its lines replaced, scattered over it. `peers/changed.cjs` holds the same for the peers. */
export function changed({ n, items }: Doc): Doc {
  const next = items.slice();
  const count = Math.max(1, Math.floor(items.length / 100));
  for (let at = 0; at < count; at++) {
    next[(n * 7_919 + at * 101) % items.length] = POOL[(n * count + at) % POOL.length];
  }
  return { n: n + 1, items: next };
}

function textOf(seed: string): string {
  return createHash("sha384").update(seed).digest("hex");
}
