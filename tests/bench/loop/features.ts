/**
 * What scores, strategies, detectors, money and listeners add to a step.
 *
 * @module
 */

import { grouped, type Row } from "../support/row.ts";
import { SMALL } from "./full.ts";
import { contest, timingsOf } from "./support/contest.ts";
import { FLOORS, sqliteFloor } from "./support/floors.ts";
import { Ground } from "./support/ground.ts";
import { ours } from "./support/ours.ts";
import { originalLoop } from "./support/peers.ts";

const STEPS = 2_000;
const PLAIN = "loom, plain";
const FEATURES = "loom, all features";

/** Everything on, beside everything off. */
export const loopFeatures: Row = {
  name: "loop-features",
  about: "the same with a scorer, bestScore, a plateau, money and a listener",
  measure: async (settings) => {
    const steps = settings.sizes?.[0] ?? STEPS;
    using ground = new Ground(SMALL);
    const contested = await contest([
      ...originalLoop(settings, ground, { kind: "features", steps }),
      sqliteFloor(ground, steps, "full"),
      { ...ours(ground, { steps, name: PLAIN }), role: "floor" },
      ours(ground, { steps, name: FEATURES, features: true }),
    ], settings.rounds);
    return [{
      row: "loop-features",
      what: `${grouped(steps)} steps, 1 KB of state, durability full`,
      unit: "µs",
      figures: timingsOf(contested, "micros"),
      budgets: { [FEATURES]: { kind: "ratio", to: PLAIN, max: 1.2 } },
      note: `${FLOORS.full} is one insert of the state`,
    }];
  },
};
