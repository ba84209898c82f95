/**
 * What a large state costs of which little changes.
 *
 * @module
 */

import { type Finding, grouped, type Row } from "../support/row.ts";
import { SMALL } from "./full.ts";
import { contest, timingsOf } from "./support/contest.ts";
import { FLOORS, sqliteFloor } from "./support/floors.ts";
import { Ground } from "./support/ground.ts";
import { OURS, ours } from "./support/ours.ts";
import { langGraph } from "./support/peers.ts";
import { changed } from "./support/states.ts";

const LARGE = 100 * 1_024;
const STEPS = 500;

/** 100 KB of state, 1 % of it replaced by each step. */
export const loopLarge: Row = {
  name: "loop-large",
  about: "a state of 100 KB of which each step changes 1 %: time, and bytes in the store",
  measure: async (settings) => {
    const steps = settings.sizes?.[0] ?? STEPS;
    using ground = new Ground(LARGE);
    using small = new Ground(SMALL);
    const contested = await contest([
      ...await langGraph(settings, ground, { steps, change: true, durabilities: ["sync"] }),
      sqliteFloor(small, steps, "full"),
      ours(ground, { steps, step: changed }),
    ], settings.rounds);
    const common = { row: "loop-large", note: `${FLOORS.full} is one insert of 1 KB` };
    const what = `${grouped(steps)} steps, 100 KB of state, 1 % changed`;
    const time: Finding = {
      ...common,
      what: `${what}: time of a step`,
      unit: "µs",
      figures: timingsOf(contested, "micros"),
      budgets: { [OURS]: { kind: "ratio", to: FLOORS.full, max: 6 } },
    };
    const bytes: Finding = {
      ...common,
      what: `${what}: stored for a step`,
      unit: "bytes",
      figures: timingsOf(contested, "bytes"),
      budgets: { [OURS]: { kind: "limit", max: 8 * 1_024 } },
      note: "size of the database, divided by the steps",
    };
    return [time, bytes];
  },
};
