/**
 * Loops killed at every place at which something becomes durable or is paid: the history goes on as if nothing had happened,
 * and no more is paid again than was under way.
 *
 * @module
 */

import { killEverywhere } from "./support/matrix.ts";
import { shapes } from "./support/shapes.ts";

/** Steps of each run; long enough that each kind of step comes at least once. */
const LENGTHS: Readonly<Record<string, number>> = {
  plain: 4,
  nested: 2,
  parallel: 2,
  paused: 3,
  backtracked: 5,
  candidates: 2,
  apart: 1,
  synchronous: 4,
};

for (const shape of Object.keys(shapes)) {
  Deno.test(`a loop (${shape}) killed at every point goes on as if it had not been`, async () => {
    await killEverywhere({ shape, length: LENGTHS[shape] });
  });
}
