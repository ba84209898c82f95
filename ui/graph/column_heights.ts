/**
 * In which order boxes stand in their columns, and how high.
 *
 * @see Sugiyama, Tagawa, Toda: Methods for visual understanding of hierarchical system structures (1981), for the order
 * by barycentres; Ayer and others: An empirical distribution function for sampling with incomplete information (1955),
 * for the heights: the pool of adjacent violators.
 * @module
 */

import type { LayoutSize } from "./group_layout.ts";

/** A box on its way to its place. */
export interface Member {
  readonly box: LayoutSize;
  readonly before: Neighbour[];
  readonly after: Neighbour[];
  column: number;
  /** Of its middle, in pixels. */
  y: number;
}

/** What a line joins it to. */
export interface Neighbour {
  readonly member: Member;
  /** How much lower than the neighbour's middle the own one is when the line is straight. */
  readonly shift: number;
}

const GAP = 28;

/** So often all columns are gone through, to and fro; more changes little. */
const SWEEPS = 8;

/** Gives heights: each column by the ones on one side first, so that an order is found, and at the end by both at once. */
export function arrange(columns: readonly Member[][]): void {
  // One without a member is none.
  const there = Object.values(columns);
  for (const column of there) place(column, column.map((_, index) => index));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const side = sweep % 2 === 0 ? "before" : "after";
    for (const column of side === "before" ? there : there.toReversed()) {
      const wishes = new Map(column.map((member) => [member, wishOf(member, member[side])]));
      column.sort((a, b) => wishes.get(a)! - wishes.get(b)!);
      place(column, column.map((member) => wishes.get(member)!));
    }
  }
  for (const column of [...there, ...there.toReversed()]) {
    place(column, column.map((member) => wishOf(member, [...member.before, ...member.after])));
  }
}

/** The mean of the heights at which its lines are straight. */
function wishOf({ y }: Member, neighbours: readonly Neighbour[]): number {
  if (neighbours.length === 0) return y;
  return neighbours.reduce((sum, { member, shift }) => sum + member.y + shift, 0) / neighbours.length;
}

/** Puts the members of a column as near as can be to where they wish to be, in their order and with room in between. */
function place(column: readonly Member[], wishes: readonly number[]): void {
  /** Members that stand close, each with the same wish for the first of all. */
  const blocks: { sum: number; count: number }[] = [];
  const offsets: number[] = [];
  for (const [index, { box }] of column.entries()) {
    offsets.push(index === 0 ? 0 : offsets[index - 1] + (column[index - 1].box.height + box.height) / 2 + GAP);
    let block = { sum: wishes[index] - offsets[index], count: 1 };
    for (let above = blocks.at(-1); above && meanOf(above) >= meanOf(block); above = blocks.at(-1)) {
      block = { sum: above.sum + block.sum, count: above.count + block.count };
      blocks.pop();
    }
    blocks.push(block);
  }
  const firsts = blocks.flatMap((block) => Array<number>(block.count).fill(meanOf(block)));
  for (const [index, member] of column.entries()) member.y = firsts[index] + offsets[index];
}

function meanOf({ sum, count }: { readonly sum: number; readonly count: number }): number {
  return sum / count;
}
