/**
 * A layout of boxes that keeps groups together, whoever puts boxes into layers.
 *
 * @module
 */

import { blocksOf } from "./blocks.ts";
import { folded, type Laid, scaleOf } from "./fold.ts";
import { withGridBelow } from "./grid.ts";
import { around } from "./sizes.ts";

/** Where on a box a line begins or ends. */
export interface Port {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

/** A box to be placed. */
export interface LayoutSize {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly ports?: readonly Port[];
}

/** The same with what it is. */
export interface LayoutBox extends LayoutSize {
  readonly kind: string;
  readonly group?: string;
}

/** A line between two of them. */
export interface LayoutLine {
  readonly source: string;
  readonly sourceHandle: string;
  readonly target: string;
  readonly targetHandle: string;
}

/** Boxes in layers, from left to right; lines to other boxes than these are left out. */
export type Layered = (
  boxes: readonly LayoutSize[],
  lines: readonly LayoutLine[],
) => readonly Laid[] | Promise<readonly Laid[]>;

/** Around the boxes of a group, for its frame and its name. */
const FRAME = { top: 44, side: 30 };

const GRID_GAP = { x: 40, y: 32 };

/** Groups are tried in one row, and in some more. */
const GROUP_ROWS = [1, 2, 3];

/** Rows in a group must be worth the lines that go back. */
const MUCH = 1.2;

/** All boxes, groups first laid out alone and then as one box each. */
export async function layOutGroups(
  boxes: readonly LayoutBox[],
  lines: readonly LayoutLine[],
  { layered }: { readonly layered: Layered },
): Promise<readonly Laid[]> {
  const blocks = blocksOf(boxes, lines);
  const joined = new Set(lines.flatMap(({ source, target }) => [source, target]));
  const alone = boxes.filter(({ id }) => !blocks.has(id) && !joined.has(id));
  if (alone.length > 1) {
    const rest = boxes.filter((box) => !alone.includes(box));
    const laid = rest.length === 0 ? [] : await layOutGroups(rest, lines, { layered });
    return withGridBelow(laid, alone, GRID_GAP);
  }
  const free = boxes.filter(({ id }) => !blocks.has(id));
  if (blocks.size === 0) return folded(await layered(free, lines));
  const names = [...new Set(blocks.values())];
  const insides = await Promise.all(names.map(async (name) => {
    const own = boxes.filter(({ id }) => blocks.get(id) === name);
    return await layered(own, lines);
  }));
  // A group may be called like a box.
  const inBlock = (id: string) => blocks.has(id) ? blockId(blocks.get(id)!) : id;
  const between = unique(lines.map((line) => ({
    source: inBlock(line.source),
    sourceHandle: blocks.has(line.source) ? portId(line.source, line.sourceHandle) : line.sourceHandle,
    target: inBlock(line.target),
    targetHandle: blocks.has(line.target) ? portId(line.target, line.targetHandle) : line.targetHandle,
  })));
  const ports = new Map(boxes.map(({ id, ports = [] }) => [id, ports]));
  let best: readonly Laid[] | undefined;
  for (const rows of GROUP_ROWS) {
    const inner = insides.map((laid) => folded(laid, rows));
    const outer = folded(
      await layered([...free, ...names.map((name, at) => framed(name, inner[at], ports))], between),
    );
    const laid = together(outer, new Map(names.map((name, at) => [blockId(name), inner[at]])));
    if (best === undefined || scaleOf(laid) > MUCH * scaleOf(best)) best = laid;
  }
  return best!;
}

function blockId(group: string): string {
  return `group\0${group}`;
}

/** What a handle is called among those of all boxes. */
export function portId(box: string, handle: string): string {
  return `${box}\0${handle}`;
}

/** A group as one box; lines leave and enter it at the height of the boxes in it. */
function framed(name: string, laid: readonly Laid[], ports: ReadonlyMap<string, readonly Port[]>): LayoutSize {
  const { y, width, height } = around(laid)!;
  const whole = { width: width + 2 * FRAME.side, height: height + FRAME.top + FRAME.side };
  const own = laid.flatMap((box) =>
    (ports.get(box.id) ?? []).map((port) => ({
      id: portId(box.id, port.id),
      x: port.x === 0 ? 0 : whole.width,
      y: box.y - y + FRAME.top + port.y,
    }))
  );
  return { id: blockId(name), ...whole, ports: own };
}

/** The boxes of each block where the block lies. */
function together(outer: readonly Laid[], insides: ReadonlyMap<string, readonly Laid[]>): readonly Laid[] {
  return outer.flatMap((place) => {
    const inner = insides.get(place.id);
    if (inner === undefined) return [place];
    const { x, y } = around(inner)!;
    const [left, top] = [place.x + FRAME.side - x, place.y + FRAME.top - y];
    return inner.map((box) => ({ ...box, x: box.x + left, y: box.y + top }));
  });
}

function unique(lines: readonly LayoutLine[]): readonly LayoutLine[] {
  const found = new Map(lines.map((line) => [JSON.stringify(line), line]));
  return [...found.values()].filter(({ source, target }) => source !== target);
}
