/**
 * Groups as the canvas has them: where their coloured boxes lie, and how they are made and changed.
 *
 * @module
 */

import type { Edit } from "../../core/edit/mod.ts";
import type { Value } from "../../core/graph/text/mod.ts";
import { blocksOf } from "./blocks.ts";
import type { Box, Canvas, Group, Line } from "./canvas.ts";
import type { Gesture, Refused } from "./gesture.ts";
import { freeName } from "./names.ts";
import { around, overlaps, type Point, type Rect, rectOf } from "./sizes.ts";

/** How many colours there are; groups get them in order of appearance. */
export const GROUP_COLORS = 8;

/** A group where it lies. */
export interface PlacedGroup {
  readonly group: Group;
  readonly rect: Rect;
  /** From 0. */
  readonly color: number;
  /** The boxes in it: its members, and what only they have to do with, as far as that stands beside them. */
  readonly inside: readonly string[];
}

const MARGIN = 22;
const LABEL = 14;
/** What stands no further away belongs to the others; above and below there is room for looks into files. */
const BESIDE = { x: 72, y: 130 };

/** The boxes behind the members. */
export function placedGroups(
  canvas: Canvas,
  boxes: ReadonlyMap<string, Box>,
  places: { get(id: string): Point | undefined },
): readonly PlacedGroup[] {
  if (canvas.groups.length === 0) return [];
  const company = companyOf(canvas);
  const rectAt = (id: string): readonly (readonly [string, Rect])[] => {
    const [box, place] = [boxes.get(id), places.get(id)];
    return box === undefined || place === undefined ? [] : [[id, rectOf(box, place)]];
  };
  return canvas.groups.flatMap((group, index): readonly PlacedGroup[] => {
    const inside = new Map(group.members.flatMap(rectAt));
    const members = around(inside.values());
    if (members === undefined) return [];
    const inner = withCompany(members, new Map((company.get(group.name) ?? []).flatMap(rectAt)), inside);
    return [{ group, rect: framed(inner), color: index % GROUP_COLORS, inside: [...inside.keys()] }];
  });
}

/** The rectangle with everything that stands beside what is in it; `inside` hears what that is. */
function withCompany(rect: Rect, company: ReadonlyMap<string, Rect>, inside: Map<string, Rect>): Rect {
  const next = [...company].filter(([id, other]) => !inside.has(id) && overlaps(other, grown(rect, BESIDE)));
  if (next.length === 0) return rect;
  for (const [id, other] of next) inside.set(id, other);
  return withCompany(around([rect, ...next.map(([, other]) => other)])!, company, inside);
}

function grown({ x, y, width, height }: Rect, by: Point): Rect {
  return { x: x - by.x, y: y - by.y, width: width + 2 * by.x, height: height + 2 * by.y };
}

function framed({ x, y, width, height }: Rect): Rect {
  return {
    x: x - MARGIN,
    y: y - MARGIN - LABEL,
    width: width + 2 * MARGIN,
    height: height + 2 * MARGIN + LABEL,
  };
}

/** How deep below the boxes feedback of repeated groups goes, by the ids of lines; each has a depth of its own. */
export function feedbackDepths(
  lines: readonly Line[],
  groups: readonly PlacedGroup[],
): ReadonlyMap<string, number> {
  const [depths, counts] = [new Map<string, number>(), new Map<PlacedGroup, number>()];
  const feedback = lines.filter((line) => line.feedback);
  if (feedback.length === 0) return depths;
  const ofMember = new Map(groups.flatMap((placed) => placed.group.members.map((id) => [id, placed] as const)));
  for (const { id, source } of feedback) {
    const placed = ofMember.get(source);
    if (placed === undefined) continue;
    const count = counts.get(placed) ?? 0;
    counts.set(placed, count + 1);
    depths.set(id, placed.rect.y + placed.rect.height - FEEDBACK * (1 + count % 3));
  }
  return depths;
}

/** Between two that go below the boxes of a group. */
const FEEDBACK = 6;

const companies = new WeakMap<Canvas, ReadonlyMap<string, readonly string[]>>();

/** What only one group has to do with, by its name: data as in a layout, and parameters that nobody else takes. */
function companyOf(canvas: Canvas): ReadonlyMap<string, readonly string[]> {
  const known = companies.get(canvas);
  if (known !== undefined) return known;
  const blocks = blocksOf(canvas.boxes, canvas.lines, new Set(["data", "parameter"]));
  const others = canvas.boxes.filter(({ id, kind }) => kind !== "step" && blocks.has(id));
  const found = Map.groupBy(others.map(({ id }) => id), (id) => blocks.get(id)!);
  companies.set(canvas, found);
  return found;
}

/** A group of these steps. Those that are in another leave it. */
export function makeGroup(canvas: Canvas, ids: ReadonlySet<string>, wanted = "group"): Gesture | Refused {
  const steps = stepsOf(canvas, ids);
  if (steps.length === 0) return { refused: "A group is made of steps: select some first" };
  const name = freeName(
    wanted,
    new Set([...canvas.groups.map(({ name }) => name), ...canvas.boxes.map(({ id }) => id)]),
  );
  return { label: `group ${steps.length} steps`, edits: steps.flatMap((step) => regroup(step, name)) };
}

/** Steps put into a group that is there. */
export function moveIntoGroup(canvas: Canvas, ids: ReadonlySet<string>, group: string): Gesture | Refused {
  const steps = stepsOf(canvas, ids).filter((step) => step.group !== group);
  if (steps.length === 0) return { refused: `All of these are in ${group} already` };
  return { label: `put into ${group}`, edits: steps.flatMap((step) => regroup(step, group)) };
}

/** Steps taken out of their groups. */
export function leaveGroup(canvas: Canvas, ids: ReadonlySet<string>): Gesture | Refused {
  const steps = stepsOf(canvas, ids).filter(({ group }) => group !== undefined);
  if (steps.length === 0) return { refused: "None of these is in a group" };
  return { label: `take out of the group`, edits: steps.flatMap((step) => regroup(step)) };
}

/** All members free again, and the group gone. */
export function dissolve(canvas: Canvas, name: string): Gesture | Refused {
  const group = canvas.groups.find((group) => group.name === name);
  if (group === undefined) return { refused: `There is no group ${name}` };
  const { edits } = onceOnly(group);
  // The last one first: each comes to stand behind the block, and so they keep their order.
  const free = group.members.toReversed().map((member): Edit => ({ kind: "regroup", name: member }));
  return { label: `dissolve ${name}`, edits: [...edits, ...free] };
}

/** Another name, which members and positions follow. */
export function renameGroup(name: string, wanted: string): Gesture | Refused {
  const next = wanted.trim();
  if (next === "") return { refused: "A name cannot be empty" };
  return { label: `rename ${name}`, edits: [{ kind: "rename", path: ["groups", name], name: next }] };
}

/**
 * The group run several times. One whose steps only name it gets a block of its own, into which they move as they are,
 * with their comments; `value`, the whole file, says whether it has one.
 */
export function repeatGroup(group: Group, value: Value | undefined, count: number): Gesture | Refused {
  if (!Number.isInteger(count) || count < 1) {
    return { refused: "A group is repeated a whole number of times, at least once" };
  }
  const label = `repeat ${group.name} ${count} times`;
  const times = new Map<Value, Value>([["count", count]]);
  if (group.isRepeated || hasOneBlock(value, group)) {
    return { label, edits: [{ kind: "set", path: ["groups", group.name, "multi_pass"], value: times }] };
  }
  return { label, edits: intoBlock(group, times) };
}

/** The group run once again. */
export function onceOnly({ name, isRepeated }: Group): Gesture {
  const edits: readonly Edit[] = isRepeated ? [{ kind: "remove", path: ["groups", name, "multi_pass"] }] : [];
  return { label: `run ${name} once`, edits };
}

/** A block is written around a step that is there for a moment only; the others move in, and it goes. */
function intoBlock({ name, members }: Group, times: Value): readonly Edit[] {
  const mark = freeName(`${name} (made)`, new Set(members));
  const first = new Map<Value, Value>([["name", mark], ["task", "none"]]);
  const block = new Map<Value, Value>([["group", name], ["multi_pass", times], ["steps", [first]]]);
  return [
    ...members.map((member): Edit => ({ kind: "regroup", name: member })),
    { kind: "add_step", name: mark, fields: new Map([["task", "none"]]), after: members[0] },
    { kind: "set", path: ["steps", mark], value: block },
    ...members.map((member): Edit => ({ kind: "regroup", name: member, group: name })),
    { kind: "remove", path: ["steps", mark], force: true },
  ];
}

function hasOneBlock(value: Value | undefined, { name, members }: Group): boolean {
  const list = value instanceof Map ? value.get("pipeline") : undefined;
  const blocks = Array.isArray(list)
    ? list.filter((item) => item instanceof Map && item.get("group") === name && item.has("steps"))
    : [];
  const steps = blocks[0]?.get("steps");
  return blocks.length === 1 && Array.isArray(steps) && steps.length === members.length;
}

function stepsOf({ boxes }: Canvas, ids: ReadonlySet<string>): readonly Box[] {
  return boxes.filter(({ id, kind }) => kind === "step" && ids.has(id));
}

/** Between groups a way leads through none: a block takes only what is in no other. */
function regroup(step: Box, group?: string): readonly Edit[] {
  const out: readonly Edit[] = step.group === undefined ? [] : [{ kind: "regroup", name: step.id }];
  return group === undefined ? out : [...out, { kind: "regroup", name: step.id, group }];
}

/** The one whole group that is selected, if exactly one is. */
export function wholeGroup({ groups, boxes }: Canvas, ids: ReadonlySet<string>): string | undefined {
  const steps = boxes.filter(({ id, kind }) => kind === "step" && ids.has(id)).map(({ id }) => id);
  const group = groups.find(({ members }) => members.length === steps.length && members.every((id) => ids.has(id)));
  return group?.name;
}
