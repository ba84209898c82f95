/**
 * Boxes that were only moved: what their file says now is known without reading all of it again.
 *
 * @module
 */

import type { Edit } from "../../core/edit/mod.ts";
import type { Value } from "../../core/graph/text/mod.ts";
import type { Canvas } from "./canvas.ts";

/**
 * What a file says after edits that put boxes elsewhere.
 *
 * @returns `undefined` if the edits do anything else, or if a box would look otherwise.
 */
export function movedIn(value: Value | undefined, edits: readonly Edit[], { boxes }: Canvas): Value | undefined {
  const layout = value instanceof Map ? value.get("layout") : undefined;
  if (!(value instanceof Map) || !(layout instanceof Map)) return undefined;
  const places = new Map(layout);
  for (const edit of edits) {
    if (edit.kind !== "place_node") return undefined;
    const { node, x, y } = edit;
    const known = places.get(node);
    places.set(node, new Map<Value, Value>([...known instanceof Map ? known : [], ["x", x], ["y", y]]));
  }
  // A copy of a parameter knows whether the file keeps its place.
  if (boxes.some(({ id, copyOf, isPlaced }) => copyOf !== undefined && !isPlaced && places.has(id))) return undefined;
  return new Map([...value, ["layout", places]]);
}
