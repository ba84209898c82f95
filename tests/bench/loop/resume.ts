/**
 * How soon a long run goes on.
 *
 * @module
 */

import { grouped, type Row } from "../support/row.ts";
import { SMALL } from "./full.ts";
import { CHILD_ARGV } from "./support/child.ts";
import { contest, timingsOf } from "./support/contest.ts";
import { Ground } from "./support/ground.ts";
import { figuresOf } from "./support/node_peers.ts";
import { OURS } from "./support/ours.ts";
import { originalLoop } from "./support/peers.ts";

const STEPS = 10_000;
const MAX_MS = 15;

/** From the call to the first step, in a new process. */
export const loopResume: Row = {
  name: "loop-resume",
  about: "a run of 10,000 steps is resumed: until its next step is called",
  measure: async (settings) => {
    const steps = settings.sizes?.[0] ?? STEPS;
    using ground = new Ground(SMALL);
    const [file, originals] = [ground.newPath("loops.db"), ground.newPath("original.db")];
    await figuresOf(CHILD_ARGV, ground, { kind: "fill", file, steps });
    for (const original of originalLoop(settings, ground, { kind: "fill", file: originals, steps })) {
      await original.measure();
    }
    const resumed = () => figuresOf(CHILD_ARGV, ground, { kind: "resume", file });
    const contested = await contest([
      ...originalLoop(settings, ground, { kind: "resume", file: originals }),
      { name: OURS, role: "ours", measure: resumed },
    ], settings.rounds);
    return [{
      row: "loop-resume",
      what: `resume of ${grouped(steps)} steps, to the next step's call`,
      unit: "ms",
      figures: timingsOf(contested, "ms"),
      budgets: { [OURS]: { kind: "limit", max: MAX_MS } },
      note: "the last process died in a step; a new one that has read its code opens the database in that time",
    }];
  },
};
