/**
 * The tree of steps along the axis of the other charts: where the run went back, what hangs on its steps.
 *
 * @module
 */

import type { LoopSummary } from "../../../ports/loop_store.ts";
import { usdText } from "../../base/money.ts";
import { placeKey } from "../main_line.ts";
import type { RunLook } from "../run_look.ts";
import { pointText, stepRange } from "./charts.ts";
import { chart, type Scales } from "./frame.ts";
import { lanesOf } from "./lanes.ts";
import { element, round, tooltip } from "./markup.ts";
import type { Point, Points } from "./points.ts";

const LANE_HEIGHT = 26;

/** Room for what hangs above the main line: runs inside of steps and forks. */
const ABOVE = 34;

/** The newest steps that are drawn; of more than these nobody sees the branches. */
export const MOST_TREE_STEPS = 1_000;

/** Steps closer than this are drawn with thin lines. */
const DENSE = 9;

/** Draws it. */
export function treeChart({ all: every }: Points, look: RunLook, forks: readonly LoopSummary[]): string {
  const all = every.slice(-MOST_TREE_STEPS);
  const lanes = lanesOf(all);
  const count = Math.max(...lanes.values()) + 1;
  const height = ABOVE + count * LANE_HEIGHT + 34;
  const yOf = (lane: number) => ABOVE + (lane + 0.5) * LANE_HEIGHT;
  return chart({ steps: stepRange(all), height, about: "Tree of steps" }, (scales) => {
    const places = new Map(
      all.map(({ row }) => [placeKey(row), [scales.x(row.step), yOf(lanes.get(placeKey(row))!)] as const]),
    );
    const edges = all.map((point) => edge(point, places)).join("");
    const nodes = all.map((point) => node(point, places, scales)).join("");
    const drawn = edges + hangers(look, forks, { places, scales }) + nodes;
    return element("g", { class: scales.stepWidth < DENSE ? "dense" : undefined }, drawn);
  });
}

type Places = ReadonlyMap<string, readonly [x: number, y: number]>;

function edge({ row, isMain }: Point, places: Places): string {
  const from = row.input === undefined ? undefined : places.get(placeKey(row.input));
  if (from === undefined) return "";
  const [[x1, y1], [x2, y2]] = [from, places.get(placeKey(row))!];
  const middle = y1 === y2 ? "" : `C${round(x1 + (x2 - x1) * 0.5)} ${y1} ${round(x1 + (x2 - x1) * 0.4)} ${y2} `;
  const d = `M${round(x1)} ${y1}${middle === "" ? "L" : middle}${round(x2)} ${y2}`;
  return element("path", { d, class: isMain ? "edge main" : "edge" });
}

function node(point: Point, places: Places, { stepWidth }: Scales): string {
  const { row, isMain, isBest } = point;
  const [cx, cy] = places.get(placeKey(row))!;
  const r = Math.max(1.5, Math.min(7, stepWidth / 3));
  const ring = isBest ? element("circle", { cx, cy, r: r + 4, class: "ring" }) : "";
  const kind = row.status === "error" ? "error" : isMain ? "main" : "side";
  return ring + element("circle", { cx, cy, r, class: `node ${kind}` }, tooltip(pointText(point)));
}

/** Runs that a step called stand above it as squares, forks as diamonds. */
function hangers(
  look: RunLook,
  forks: readonly LoopSummary[],
  { places, scales }: { readonly places: Places; readonly scales: Scales },
): string {
  const size = Math.max(2.5, Math.min(6, scales.stepWidth / 3));
  const children = look.children.map(({ run }) => ({ run, at: places.get(placeKey(run.parent!)), what: "inside" }));
  const forked = forks.map((run) => {
    const row = look.steps.find(({ step }) => step === run.forkedFrom!.step);
    return { run, at: row && places.get(placeKey(row)), what: "fork" };
  });
  const hung = new Map<number, number>();
  return [...children, ...forked].map(({ run, at, what }) => {
    if (at === undefined) return "";
    const before = hung.get(at[0]) ?? 0;
    hung.set(at[0], before + 1);
    return hanger(run, { at: [at[0] + before * size * 2.6, at[1]], from: at[0], what, size });
  }).join("");
}

function hanger(
  run: LoopSummary,
  { at: [x, y], from, what, size }: {
    readonly at: readonly [number, number];
    readonly from: number;
    readonly what: string;
    readonly size: number;
  },
): string {
  const [middle, half] = [ABOVE / 2, size];
  const transform = what === "fork" ? `rotate(45 ${round(x)} ${middle})` : undefined;
  const place = { x: x - half, y: middle - half, width: half * 2, height: half * 2, rx: 1.5, transform };
  const named = `${run.name} ${run.id}, ${run.status}, ${usdText(run.spentNano)}`;
  const stem = element("line", { x1: x, x2: from, y1: middle + half, y2: y, class: "stem" });
  return stem + element("rect", { ...place, class: `hanger ${what}` }, tooltip(`${what}: ${named}`));
}
