/**
 * Whether a step of a long run costs more than one at its beginning.
 *
 * @module
 */

import type { Role, Timing } from "../support/race.ts";
import { type Finding, grouped, type Row } from "../support/row.ts";
import { SMALL } from "./full.ts";
import { CHILD_ARGV } from "./support/child.ts";
import { type Contender, contest, type Contested, timing } from "./support/contest.ts";
import { Ground } from "./support/ground.ts";
import { figuresOf } from "./support/node_peers.ts";
import { OURS } from "./support/ours.ts";
import { originalLoop } from "./support/peers.ts";

const LATE = 20_000;
/** The original goes through all its past at every step: 20,000 steps would take it minutes. */
const LATE_OF_ORIGINAL = 3_000;
/** The early step is the 200th of 20,000. */
const SHARE = 100;
const MAX_RATIO = 1.15;

/** Time and memory of a late step, all features on. */
export const loopGrowth: Row = {
  name: "loop-growth",
  about: "step 20,000 beside step 200 of one run: time and memory, all features on",
  measure: async (settings) => {
    const steps = settings.sizes?.[0] ?? LATE;
    const early = Math.max(1, Math.floor(steps / SHARE));
    const task = { kind: "growth", steps, early, window: early * 2 };
    const original = { ...task, steps: Math.min(steps, LATE_OF_ORIGINAL) };
    using ground = new Ground(SMALL);
    const child = () => figuresOf(CHILD_ARGV, ground, { ...task, file: ground.newPath("loops.db") });
    const ours: Contender = { name: OURS, role: "ours", measure: child };
    const contested = await contest([...originalLoop(settings, ground, original), ours], settings.rounds);
    const [first, last] = [`step ${grouped(early)}`, `step ${grouped(steps)}`];
    const named = (role: Role) => role === "ours" ? [first, last] : [first, `step ${grouped(original.steps)}`];
    return [
      finding(contested, named, { figures: ["early", "late"], unit: "µs", about: "time of a step" }),
      finding(contested, named, { figures: ["earlyMiB", "lateMiB"], unit: "MiB", about: "resident memory" }),
      finding(contested, named, { figures: ["earlyHeapMiB", "lateHeapMiB"], unit: "MiB", about: "objects held" }),
    ];
  },
};

interface Compared {
  readonly figures: readonly [string, string];
  readonly unit: Finding["unit"];
  readonly about: string;
}

function finding(
  contested: readonly Contested[],
  named: (role: Role) => readonly string[],
  { figures: [first, last], unit, about }: Compared,
): Finding {
  const measured = contested.filter(({ rounds }) => first in rounds[0]);
  const figures: readonly Timing[] = measured.flatMap(({ name, role, rounds }) => {
    const [early, late] = named(role);
    const samplesOf = (figure: string) => rounds.map((round) => round[figure]);
    return [
      timing({ name: `${name}, ${early}`, role: role === "ours" ? "floor" : role, samples: samplesOf(first) }),
      timing({ name: `${name}, ${late}`, role, samples: samplesOf(last) }),
    ];
  });
  const [early, late] = named("ours");
  return {
    row: "loop-growth",
    what: `${late} beside ${early}: ${about}`,
    unit,
    figures,
    budgets: { [`${OURS}, ${late}`]: { kind: "ratio", to: `${OURS}, ${early}`, max: MAX_RATIO } },
    note: "durability process; a time is the median of the steps that follow; memory after a collection",
  };
}
