/**
 * Which lines cannot be, and why, in words for the person who draws them.
 *
 * @module
 */

import type { Box, Canvas, Handle } from "./canvas.ts";

/** A box and one of its handles. */
export interface End {
  readonly box: Box;
  readonly handle: Handle;
}

const FOLDERS: ReadonlySet<string> = new Set(["image_directory", "data_folder"]);

/** Whether a way leads from one box, by its id, to another. */
export type Leads = (from: string, to: string) => boolean;

/** Why the line cannot be; `undefined` if it can. */
export function refusal(
  canvas: Canvas,
  from: End,
  to: End,
  leads: Leads = (a, b) => leadsTo(canvas, a, b),
): string | undefined {
  if (from.handle.side === "left" || to.handle.side === "right") {
    return "A line goes from the right of one to the left of another";
  }
  if (to.box.kind === "parameter") return "A parameter takes nothing";
  return ofKinds(canvas, from, to) ?? ofTypes(from, to) ?? ofCircles(canvas, { from, to, leads });
}

function ofKinds(canvas: Canvas, from: End, to: End): string | undefined {
  const { kind, type } = from.box;
  if (kind === "data" && to.box.kind === "data" && isFolder(from.box)) return alreadyMade(canvas, to.box);
  if (kind !== "step" && to.box.kind === "data") {
    return `${kind === "data" ? "Data" : "A parameter"} cannot be led into data: a step makes data`;
  }
  if (kind === "parameter" && to.handle.id.startsWith("in:") && to.box.type !== "condition") {
    return "A parameter goes into an argument, not into an input";
  }
  if (kind === "parameter" && !/^(arg:|condition$|in:)/.test(to.handle.id)) return "A parameter goes into an argument";
  if (type === "condition" && to.handle.id !== "condition") return "What a condition says goes into a switch";
  if (to.handle.id === "condition" && kind === "data") return "A switch asks a condition or a parameter";
  if (to.handle.id === "condition" && kind === "step" && type !== "condition") {
    return "A switch asks a condition or a parameter";
  }
  if (type === "switch" && to.box.kind === "data") return "A switch passes data on to steps; it makes none";
  return undefined;
}

function isFolder({ type }: Box): boolean {
  return FOLDERS.has(type);
}

function alreadyMade({ lines }: Canvas, to: Box): string | undefined {
  const made = lines.find(({ target, nested }) => target === to.id && !nested);
  return made && `${to.label} is made by ${made.source}: what lies in a folder is made with it`;
}

function ofTypes(from: End, to: End): string | undefined {
  if (from.box.kind === "data" && to.box.kind === "data") return undefined;
  const [given, wanted] = [from.handle.type, to.handle.type];
  // Types of arguments are those of values, not of files.
  if (to.handle.id.startsWith("arg:")) return undefined;
  if (!given || !wanted || given === wanted) return undefined;
  return `${to.handle.name || to.box.label} takes ${wanted}, not ${given}`;
}

function ofCircles(
  canvas: Canvas,
  { from, to, leads }: { readonly from: End; readonly to: End; readonly leads: Leads },
): string | undefined {
  if (!leads(to.box.id, from.box.id) || isFeedback(canvas, from, to, leads)) return undefined;
  return "That would close a circle: no step can wait for itself";
}

/** A way back inside a repeated group: what it makes is taken the next time. */
export function isFeedback(
  canvas: Canvas,
  from: End,
  to: End,
  leads: Leads = (a, b) => leadsTo(canvas, a, b),
): boolean {
  const group = canvas.groups.find(({ name, isRepeated }) => isRepeated && name === from.box.group);
  return group !== undefined && to.box.group === group.name && from.handle.id.startsWith("out:") &&
    /^(in|arg):/.test(to.handle.id) && leads(to.box.id, from.box.id);
}

/** Whether a way leads from one box to another; feedback of a repeated group is none. */
export function leadsTo(canvas: Canvas, from: string, to: string): boolean {
  return reachable(canvas, from, "down").has(to);
}

/** All boxes that a way leads to from this one, or from which one leads here; itself too. */
export function reachable({ lines }: Canvas, start: string, way: "down" | "up"): ReadonlySet<string> {
  const next = new Map<string, string[]>();
  for (const { source, target, feedback } of lines) {
    if (feedback) continue;
    const [from, to] = way === "down" ? [source, target] : [target, source];
    const known = next.get(from);
    if (known === undefined) next.set(from, [to]);
    else known.push(to);
  }
  const [seen, open] = [new Set([start]), [start]];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const other of next.get(at) ?? []) {
      if (seen.has(other)) continue;
      seen.add(other);
      open.push(other);
    }
  }
  return seen;
}
