/**
 * Taking boxes away, with the lines that end at them.
 *
 * @module
 */

import type { Edit } from "../../core/edit/mod.ts";
import type { Box, Canvas, Line } from "./canvas.ts";
import { disconnect } from "./connect.ts";
import { removeCopy } from "./copies.ts";
import { type Gesture, isRefused, type Refused } from "./gesture.ts";

/**
 * Boxes taken away. Lines to boxes that stay go first, so that nothing refers to what is gone; what refers to it in
 * another way stops the deed, and is named by the edit that fails.
 */
export function removeBoxes(canvas: Canvas, chosen: ReadonlySet<string>): Gesture | Refused {
  const copies = canvas.boxes.filter(({ copyOf }) => copyOf !== undefined && chosen.has(`param_${copyOf}`));
  const ids = new Set([...chosen, ...copies.map(({ id }) => id)]);
  const boxes = canvas.boxes.filter(({ id }) => ids.has(id));
  const whole = canvas.groups.filter(({ members }) => members.every((id) => ids.has(id)));
  const inWhole = new Set(whole.flatMap(({ members }) => members));
  const known = new Map(canvas.boxes.map((box) => [box.id, box]));
  const edits: Edit[] = [];
  const held = canvas.lines.filter((line) => isHeldUp(line, { ids, inWhole, known }));
  for (const line of held) {
    const cut = disconnect(canvas, line, isBeforeInputs(known.get(line.target), line, held));
    if (isRefused(cut)) return cut;
    edits.push(...cut.edits);
  }
  edits.push(...copyEdits(canvas, boxes));
  edits.push(...whole.map(({ name }): Edit => ({ kind: "remove", path: ["groups", name] })));
  const single = boxes.filter(({ id, copyOf }) => !inWhole.has(id) && copyOf === undefined);
  edits.push(...inOrder(single).map((box): Edit => ({ kind: "remove", path: pathOf(box) })));
  return {
    label: chosen.size === 1 && boxes.length > 0 ? `remove ${boxes[0].label}` : `remove ${boxes.length} boxes`,
    edits,
  };
}

/** Whether inputs stay that stand behind this one: they go by their order, so that its place has to stay too. */
function isBeforeInputs(box: Box | undefined, { targetHandle }: Line, cut: readonly Line[]): boolean {
  const inputs = box?.handles.filter(({ id, isOffered }) => id.startsWith("in:") && !isOffered) ?? [];
  const at = inputs.findIndex(({ id }) => id === targetHandle);
  const isCut = (id: string) => cut.some((line) => line.target === box?.id && line.targetHandle === id);
  return at >= 0 && inputs.slice(at + 1).some(({ id }) => !isCut(id));
}

/** Copies go with their parameter; one that goes alone leaves its lines to the parameter's own box. */
function copyEdits(canvas: Canvas, boxes: readonly Box[]): readonly Edit[] {
  const gone = new Set(boxes.filter(({ kind, copyOf }) => kind === "parameter" && !copyOf).map(({ label }) => label));
  const copies = boxes.filter(({ copyOf }) => copyOf !== undefined && !gone.has(copyOf));
  return removeCopy(canvas, copies);
}

/** What takes from something goes before it, and what lies in a folder before the folder. */
function inOrder(boxes: readonly Box[]): readonly Box[] {
  const byKey = new Map(boxes.filter(({ kind }) => kind === "data").map((box) => [box.id, box]));
  const depth = (box: Box | undefined): number =>
    box?.nestedIn === undefined ? 0 : 1 + depth(byKey.get(`data_${box.nestedIn}`));
  const rank = (box: Box) => {
    if (box.kind === "step") return box.type === "condition" ? 2 : box.type === "switch" ? 1 : 0;
    return 1000 - depth(box);
  };
  return boxes.toSorted((a, b) => rank(a) - rank(b));
}

/** Whether one of the ends goes, and the file says so at the end that stays. */
function isHeldUp(
  { source, target, nested, feedback }: Line,
  { ids, inWhole, known }: {
    readonly ids: ReadonlySet<string>;
    readonly inWhole: ReadonlySet<string>;
    readonly known: ReadonlyMap<string, Box>;
  },
): boolean {
  if (feedback) return (ids.has(source) || ids.has(target)) && !inWhole.has(source);
  if (ids.has(source) && ids.has(target)) return false;
  if (nested) return ids.has(source);
  // A step writes down both what it takes and what it makes: only data, parameters and conditions leave words behind.
  const { kind, copyOf } = known.get(source) ?? {};
  if (target.startsWith("data_") && kind === "step") return ids.has(target);
  const isCopy = copyOf !== undefined && !ids.has(`param_${copyOf}`);
  return ids.has(source) && !isCopy;
}

function pathOf({ id, kind }: Box): readonly string[] {
  if (kind === "step") return ["steps", id];
  return kind === "data" ? ["data", id.slice("data_".length)] : ["parameters", id.slice("param_".length)];
}
