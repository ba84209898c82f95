/**
 * How many reservations branches get out of one cap.
 *
 * @module
 */

import { grouped, type Row } from "../support/row.ts";
import { SMALL } from "./full.ts";
import { contest, timingsOf } from "./support/contest.ts";
import { contend } from "./support/contended.ts";
import { FLOORS, sqliteFloor } from "./support/floors.ts";
import { Ground } from "./support/ground.ts";
import { OURS } from "./support/ours.ts";

const BRANCHES = 64;
const CALLS = 100;
const MIN_PER_SECOND = 3_000;

/** 64 branches, one cap that does not pay for all of them. */
export const loopParallel: Row = {
  name: "loop-parallel",
  about: "64 parallel branches reserve out of one cap: reservations per second, the cap never passed",
  measure: async (settings) => {
    const calls = settings.sizes?.[0] ?? CALLS;
    using ground = new Ground(SMALL);
    const measure = async () => {
      const path = ground.newPath("loops.db");
      const { granted, seconds } = await contend(path, ground.state, { branches: BRANCHES, calls });
      return { perSecond: granted / seconds };
    };
    const inserts = sqliteFloor(ground, BRANCHES * calls, "full");
    const floor = async () => ({ perSecond: 1e6 / (await inserts.measure()).micros });
    const contested = await contest([
      { name: `${FLOORS.full}, one by one`, role: "floor", measure: floor },
      { name: OURS, role: "ours", measure },
    ], settings.rounds);
    return [{
      row: "loop-parallel",
      what: `${BRANCHES} branches, ${grouped(calls)} calls each, three quarters paid for`,
      unit: "per second",
      figures: timingsOf(contested, "perSecond"),
      budgets: { [OURS]: { kind: "least", min: MIN_PER_SECOND } },
      note: "a reservation is held, settled for half and counted by the branches too: more than the cap is an error",
    }];
  },
};
