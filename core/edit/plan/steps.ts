/**
 * New steps, other orders, other groups.
 *
 * @module
 */

import { LoomError, unknownName, usage, type YamlPath } from "../../errors.ts";
import type { Value } from "../../yaml/value.ts";
import type { AddStepEdit, MoveStepEdit, RegroupEdit } from "../wish/edits.ts";
import { valueAt } from "../source/value_ops.ts";
import type { Op } from "../source/value_ops.ts";
import { stepNamed } from "./locate.ts";
import { type BlockPlace, itemsOf, placesOf, type StepPlace } from "../parts/places.ts";
import { refuseTaken, stepNames } from "./names.ts";

/** A place in a list of steps, and whether the step has to name its group there. */
interface Seat {
  readonly list: YamlPath;
  readonly index: number;
  readonly block?: BlockPlace;
}

/** A step at the end, behind another one, or in a group. */
export function planAddStep(root: Value, { name, fields, after, group }: AddStepEdit): readonly Op[] {
  const seat = seatFor(root, after, group);
  refuseTaken("step", name, stepNames(root, seat.block));
  const names = group !== undefined && seat.block === undefined ? [["group", group] as const] : [];
  const step = new Map<Value, Value>([["name", name], ...fields, ...names]);
  return [insertion(root, seat, step)];
}

function insertion(root: Value, { list, index }: Seat, step: Value): Op {
  const there = valueAt(root, list);
  if ((there ?? null) === null) return { kind: "set", at: list, value: [step] };
  return { kind: "insert", at: list, index, value: step };
}

function seatFor(root: Value, after: string | undefined, group: string | undefined): Seat {
  const block = group === undefined ? undefined : blockNamed(root, group);
  if (after !== undefined) return seatBehind(root, stepNamed(root, after), { group, block });
  const list = block === undefined ? ["pipeline"] : [...block.at, "steps"];
  const there = valueAt(root, list) ?? null;
  if (there !== null && !Array.isArray(there)) throw usage("Cannot add a step: 'pipeline' is not a list");
  return { list, index: itemsOf(there).length, block };
}

function seatBehind(
  root: Value,
  step: StepPlace,
  { group, block }: { readonly group?: string; readonly block?: BlockPlace },
): Seat {
  const around = step.block === undefined ? undefined : placesOf(root).blocks.find(({ at }) => at === step.block!.at);
  if (block !== undefined && around?.at !== block.at) {
    throw new LoomError("not-in-group", `Step '${step.name}' is not in the group '${group}'`, {
      hint: "leave out --after, or name a step of the group",
      data: { step: step.name, group },
    });
  }
  return { list: step.at.slice(0, -1), index: Number(step.at.at(-1)) + 1, block: around };
}

/** The last block of a group; `undefined` if its steps only name it, or nobody does. */
function blockNamed(root: Value, name: string): BlockPlace | undefined {
  return placesOf(root).blocks.findLast((block) => block.name === name);
}

/** A step behind another one of the same list, or first in its list. */
export function planMoveStep(root: Value, { name, after }: MoveStepEdit): readonly Op[] {
  const step = stepNamed(root, name);
  if (after === undefined) return move(step.at, step.at.slice(0, -1), 0);
  const target = stepNamed(root, after);
  return name === after ? [] : move(step.at, target.at.slice(0, -1), Number(target.at.at(-1)) + 1);
}

/** `index` is counted before the step is taken out. */
function move(at: YamlPath, to: YamlPath, index: number): readonly Op[] {
  const from = Number(at.at(-1));
  const isSameList = at.slice(0, -1).join("\0") === to.join("\0");
  if (!isSameList) return [{ kind: "move", at, to, index }];
  const landed = index > from ? index - 1 : index;
  return landed === from ? [] : [{ kind: "move", at, to, index: landed }];
}

/** Into the block of a group, else by naming the group; out of a block behind it. */
export function planRegroup(root: Value, { name, group }: RegroupEdit): readonly Op[] {
  const step = stepNamed(root, name);
  const own = step.map.get("group") === undefined ? [] : [{ kind: "remove", at: [...step.at, "group"] } as const];
  const current = step.block?.name ?? step.map.get("group");
  if (current === group) return [];
  const block = group === undefined ? undefined : blockNamed(root, group);
  if (group !== undefined && block === undefined) return intoNew(root, step, group);
  if (block !== undefined) return [...own, ...intoBlock(step, block)];
  return step.block === undefined ? own : outOf(step, step.block);
}

function intoNew(root: Value, step: StepPlace, group: string): readonly Op[] {
  if (step.block !== undefined) throw unknownName("group", group, placesOf(root).blocks.map(({ name }) => name));
  return [{ kind: "set", at: [...step.at, "group"], value: group }];
}

function intoBlock({ at }: StepPlace, block: BlockPlace): readonly Op[] {
  const index = itemsOf(block.map.get("steps")).length;
  const isBelow = at.length === 2 && Number(at[1]) < Number(block.at[1]);
  // The block moves up when a step before it is taken out.
  const to = isBelow ? ["pipeline", Number(block.at[1]) - 1, "steps"] : [...block.at, "steps"];
  return [{ kind: "move", at, to, index }];
}

function outOf({ at }: StepPlace, block: Pick<BlockPlace, "at" | "map">): readonly Op[] {
  const behind = Number(block.at[1]) + 1;
  const isLast = itemsOf(block.map.get("steps")).length === 1;
  const moved: Op = { kind: "move", at, to: ["pipeline"], index: behind };
  return isLast && block.map.size === 2 ? [moved, { kind: "remove", at: block.at }] : [moved];
}
