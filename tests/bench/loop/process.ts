/**
 * What it costs to keep every step so that it survives the death of its process.
 *
 * @module
 */

import { grouped, type Row } from "../support/row.ts";
import { SMALL } from "./full.ts";
import { contest, timingsOf } from "./support/contest.ts";
import { FLOORS, sqliteFloor } from "./support/floors.ts";
import { Ground } from "./support/ground.ts";
import { OURS, ours } from "./support/ours.ts";
import { langGraph, langGraphName } from "./support/peers.ts";

const STEPS = 2_000;

/** Every commit with the operating system. */
export const loopProcess: Row = {
  name: "loop-process",
  about: "the same, every step safe from the death of its process",
  measure: async (settings) => {
    const steps = settings.sizes?.[0] ?? STEPS;
    using ground = new Ground(SMALL);
    const contested = await contest([
      ...await langGraph(settings, ground, { steps, change: false, durabilities: ["sync"] }),
      sqliteFloor(ground, steps, "process"),
      ours(ground, { steps, durability: "process" }),
    ], settings.rounds);
    return [{
      row: "loop-process",
      what: `${grouped(steps)} steps, 1 KB of state, durability process`,
      unit: "µs",
      figures: timingsOf(contested, "micros"),
      budgets: {
        [OURS]: [
          { kind: "ratio", to: FLOORS.process, max: 3.5 },
          { kind: "ratio", to: langGraphName("sync"), max: 0.2 },
        ],
      },
      note: "LangGraph promises the same here: it does not wait for the disk either",
    }];
  },
};
