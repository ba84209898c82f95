import type { Box, Canvas } from "./canvas.ts";

/** Says at a data box that more than one step makes it. */
export function withHints(canvas: Canvas): Canvas {
  const makers = new Map<string, Set<string>>();
  for (const { source, target, nested } of canvas.lines) {
    if (nested || !target.startsWith("data_")) continue;
    const known = makers.get(target);
    if (known === undefined) makers.set(target, new Set([source]));
    else known.add(source);
  }
  const hint = (box: Box): Box => {
    const steps = makers.get(box.id);
    if (box.kind !== "data" || steps === undefined || steps.size < 2) return box;
    return { ...box, hint: `${steps.size} steps make this: ${[...steps].join(", ")}` };
  };
  return { ...canvas, boxes: canvas.boxes.map(hint) };
}
