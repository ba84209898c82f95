/**
 * What it costs to keep every step so that it survives a power cut.
 *
 * @module
 */

import { type Finding, grouped, type Row, type Settings } from "../support/row.ts";
import { contest, timingsOf } from "./support/contest.ts";
import { appendFloor, FLOORS, sqliteFloor } from "./support/floors.ts";
import { Ground } from "./support/ground.ts";
import { OURS, ours } from "./support/ours.ts";
import { langGraph, langGraphName, originalLoop } from "./support/peers.ts";
import { changed } from "./support/states.ts";

/** Bytes of the state. */
export const SMALL = 1_024;

const STEPS = 2_000;

/** Every commit on the disk. */
export const loopFull: Row = {
  name: "loop-full",
  about: "a loop of 2,000 steps with a state of 1 KB, every step on the disk",
  measure: async (settings) => {
    const steps = settings.sizes?.[0] ?? STEPS;
    return [await measure(settings, steps, false), await measure(settings, steps, true)];
  },
};

async function measure(settings: Settings, steps: number, change: boolean): Promise<Finding> {
  using ground = new Ground(SMALL);
  const contested = await contest([
    ...await langGraph(settings, ground, { steps, change, durabilities: ["sync", "async", "exit"] }),
    ...change ? [] : originalLoop(settings, ground, { kind: "plain", steps }),
    appendFloor(ground, steps),
    sqliteFloor(ground, steps, "full"),
    ours(ground, { steps, step: change ? changed : undefined }),
  ], settings.rounds);
  return {
    row: "loop-full",
    what: `${grouped(steps)} steps, 1 KB of state${change ? " that changes" : ""}, durability full`,
    unit: "µs",
    figures: timingsOf(contested, "micros"),
    budgets: {
      [OURS]: [
        { kind: "ratio", to: FLOORS.full, max: 1.6 },
        { kind: "ratio", to: langGraphName("sync"), max: 0.2 },
      ],
    },
    note: "LangGraph's saver does not wait for the disk; the original waits for it with a rollback journal",
  };
}
