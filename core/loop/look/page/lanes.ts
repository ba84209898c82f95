/**
 * Where each step of the tree is drawn: the main line in lane 0, what was gone back from in lanes below.
 *
 * @module
 */

import { placeKey } from "../main_line.ts";
import type { Point } from "./points.ts";

/** Lanes that are drawn at most; the rest shares the last one. */
const MOST_LANES = 8;

/** Lane of each step, by its place. */
export function lanesOf(points: readonly Point[]): ReadonlyMap<string, number> {
  const lanes = new Map<string, number>();
  /** The step up to which each lane is taken. */
  const takenTo: number[] = [Infinity];
  for (const chain of chainsOf(points)) {
    const from = chain[0].row.input?.step ?? -1;
    const free = takenTo.findIndex((to) => to < from);
    const lane = Math.min(free < 0 ? takenTo.length : free, MOST_LANES - 1);
    takenTo[lane] = chain.at(-1)!.row.step;
    for (const { row } of chain) lanes.set(placeKey(row), lane);
  }
  for (const { row, isMain } of points) if (isMain) lanes.set(placeKey(row), 0);
  return lanes;
}

/** Steps off the main line, each with those that go on from it in its own lane. */
function chainsOf(points: readonly Point[]): readonly (readonly Point[])[] {
  const chainAt = new Map<string, Point[]>();
  const chains: Point[][] = [];
  for (const point of points) {
    if (point.isMain) continue;
    const from = point.row.input === undefined ? undefined : chainAt.get(placeKey(point.row.input));
    const goesOn = from !== undefined && placeKey(from.at(-1)!.row) === placeKey(point.row.input!);
    const chain = goesOn ? from : [];
    if (!goesOn) chains.push(chain);
    chain.push(point);
    chainAt.set(placeKey(point.row), chain);
  }
  return chains;
}
