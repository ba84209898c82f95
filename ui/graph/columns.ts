/**
 * A layout in columns that takes next to no time, of any size: boxes stand behind what they come from, in an order in
 * which few lines cross, at the height of what lines join them to.
 *
 * @module
 */

import { arrange, type Member } from "./column_heights.ts";
import type { Laid } from "./fold.ts";
import type { LayoutLine, LayoutSize } from "./group_layout.ts";

const GAP_X = 64;
const PART_GAP = 48;

/** All boxes; parts that no line joins stand beside each other as far as the widest one reaches, and then below. */
export function inColumns(boxes: readonly LayoutSize[], lines: readonly LayoutLine[]): readonly Laid[] {
  const members = membersOf(boxes, lines);
  setColumns(members);
  const parts = partsOf(members);
  const widest = Math.max(0, ...parts.map(widthOf));
  let [left, top, bottom] = [0, 0, 0];
  for (const part of parts) {
    arrange(columnsOf(part));
    const width = widthOf(part);
    if (left + width > widest) [left, top] = [0, bottom + PART_GAP];
    const highest = Math.min(...part.map(({ y, box }) => y - box.height / 2));
    for (const member of part) {
      member.column += left;
      member.y += top - highest;
      bottom = Math.max(bottom, member.y + member.box.height / 2);
    }
    left += width;
  }
  const starts = startsOf(columnsOf(members));
  return members.map(({ box: { id, width, height }, column, y }) => {
    return { id, width, height, x: starts[column], y: y - height / 2 };
  });
}

function membersOf(boxes: readonly LayoutSize[], lines: readonly LayoutLine[]): readonly Member[] {
  const members = boxes.map((box): Member => ({ box, before: [], after: [], column: 0, y: 0 }));
  const byId = new Map(members.map((member) => [member.box.id, member]));
  for (const { source, sourceHandle, target, targetHandle } of lines) {
    const [from, to] = [byId.get(source), byId.get(target)];
    if (from === undefined || to === undefined || from === to) continue;
    const shift = fromMiddle(from.box, sourceHandle) - fromMiddle(to.box, targetHandle);
    from.after.push({ member: to, shift: -shift });
    to.before.push({ member: from, shift });
  }
  return members;
}

/** How far below the middle of its box a handle is. */
function fromMiddle({ ports = [], height }: LayoutSize, handle: string): number {
  return (ports.find(({ id }) => id === handle)?.y ?? height / 2) - height / 2;
}

/**
 * How many boxes stand before each, on the longest way. Those on a circle stand where the walk meets them. What hangs on
 * nothing else stands as near as can be to what takes it.
 */
function setColumns(members: readonly Member[]): void {
  const order = ordered(members);
  const loose = new Set<Member>();
  for (const member of order) {
    if (member.before.every(({ member }) => loose.has(member) && member.after.length === 1)) loose.add(member);
  }
  for (const member of order.toReversed()) {
    // What hangs on it alone follows it.
    const takers = member.after.filter(({ member }) => member.after.length > 0 || member.before.length > 1);
    if (loose.has(member) && takers.length > 0) {
      member.column = Math.max(0, Math.min(...takers.map(({ member }) => member.column)) - 1);
    }
  }
  for (const member of members) {
    if (member.after.length > 0 || member.before.length === 0) continue;
    member.column = Math.max(...member.before.map(({ member }) => member.column)) + 1;
  }
}

/** Sets columns by the longest way; those that are on no circle, each behind what it comes from. */
function ordered(members: readonly Member[]): readonly Member[] {
  const waiting = new Map(members.map((member) => [member, member.before.length]));
  const order = members.filter(({ before }) => before.length === 0);
  for (let at = 0; at < order.length; at++) {
    for (const { member: next } of order[at].after) {
      next.column = Math.max(next.column, order[at].column + 1);
      waiting.set(next, waiting.get(next)! - 1);
      if (waiting.get(next) === 0) order.push(next);
    }
  }
  return order;
}

/** Members that lines join, in the order of the boxes. */
function partsOf(members: readonly Member[]): readonly (readonly Member[])[] {
  const parts = new Map<Member, number>();
  let count = 0;
  for (const first of members) {
    if (parts.has(first)) continue;
    const waiting = [first];
    parts.set(first, count);
    for (const { before, after } of waiting) {
      for (const { member } of [...before, ...after]) {
        if (parts.has(member)) continue;
        parts.set(member, count);
        waiting.push(member);
      }
    }
    count++;
  }
  return [...Map.groupBy(members, (member) => parts.get(member)!).values()];
}

/** In columns. */
function widthOf(part: readonly Member[]): number {
  return Math.max(...part.map(({ column }) => column)) + 1;
}

/** With holes where a part has none. */
function columnsOf(members: readonly Member[]): readonly Member[][] {
  const columns: Member[][] = [];
  for (const member of members) (columns[member.column] ??= []).push(member);
  return columns;
}

/** Where each column begins. */
function startsOf(columns: readonly Member[][]): readonly number[] {
  let start = 0;
  return Array.from(columns, (column = []) => {
    const at = start;
    start += Math.max(0, ...column.map(({ box }) => box.width)) + GAP_X;
    return at;
  });
}
