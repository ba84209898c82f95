/**
 * Steps made to run once for each file of a folder, and back.
 *
 * @module
 */

import type { Edit } from "../../core/edit/mod.ts";
import type { Value } from "../../core/graph/text/mod.ts";
import type { Box, Handle } from "./canvas.ts";
import type { Gesture, Refused } from "./gesture.ts";

const ITEM = "$loop_item";
const RESULT = "$loop_output";

/**
 * Once for each file: its first input gives the folder that is gone over, its first output the one that results go into,
 * and both become the item's.
 */
export function makeLoop(box: Box): Gesture | Refused {
  if (box.type === "loop") return { refused: `${box.label} is a loop already` };
  if (box.type !== "task") return { refused: `${box.label} is no task: only those can be loops` };
  const input = box.handles.find(({ id }) => id.startsWith("in:"));
  const output = box.handles.find(({ id }) => id.startsWith("out:"));
  const [over, into] = [written(input) ?? "input", written(output) ?? `output/${fileName(box.label)}`];
  const loop = new Map<Value, Value>([["over", over], ["into", into]]);
  const edits: Edit[] = [{ kind: "set", path: ["steps", box.id, "loop"], value: loop }];
  if (input !== undefined) edits.push(place(box, "inputs", input, ITEM));
  if (output !== undefined) edits.push(place(box, "outputs", output, RESULT));
  return { label: `loop ${box.label}`, edits, select: box.id };
}

/** Once only: what stood for the item is the folder again. */
export function endLoop(box: Box): Gesture | Refused {
  if (box.type !== "loop") return { refused: `${box.label} is no loop` };
  const [over, into] = ["over", "into"].map((id) => written(box.handles.find((handle) => handle.id === id)) ?? null);
  const edits: Edit[] = [{ kind: "remove", path: ["steps", box.id, "loop"] }];
  for (const handle of box.handles) {
    const isItem = handle.text?.includes(ITEM), isResult = handle.text?.includes(RESULT);
    if (!isItem && !isResult) continue;
    const key = handle.id.startsWith("in:") ? "inputs" : handle.id.startsWith("out:") ? "outputs" : "args";
    edits.push({ kind: "set", path: ["steps", box.id, key, handle.name], value: isItem ? over : into });
  }
  return { label: `end the loop of ${box.label}`, edits, select: box.id };
}

function written(handle: Handle | undefined): string | undefined {
  return handle?.reference ?? (handle?.text || undefined);
}

function place(box: Box, key: string, { name }: Handle, value: string): Edit {
  return { kind: "set", path: ["steps", box.id, key, name], value };
}

function fileName(label: string): string {
  return label.replace(/[^\p{L}\p{N}_-]+/gu, "_").slice(0, 40) || "loop";
}
