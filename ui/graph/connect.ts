/**
 * Drawing and removing lines: what each means for the file, and which cannot be.
 *
 * @module
 */

import type { Edit } from "../../core/edit/mod.ts";
import type { Box, Canvas, Handle, Line } from "./canvas.ts";
import type { Gesture, Refused } from "./gesture.ts";
import { freeName } from "./names.ts";

/** Both ends of a line: ids of boxes and of their handles. */
export type Ends = Pick<Line, "source" | "sourceHandle" | "target" | "targetHandle">;

interface End {
  readonly box: Box;
  readonly handle: Handle;
}

/** The line as a change of the file. */
export function connect(canvas: Canvas, ends: Ends): Gesture | Refused {
  const [from, to] = [endOf(canvas, ends.source, ends.sourceHandle), endOf(canvas, ends.target, ends.targetHandle)];
  if (from === undefined || to === undefined) return { refused: "One end of the line is not there any more" };
  const reason = refusal(canvas, from, to);
  if (reason !== undefined) return { refused: reason };
  if (from.box.kind === "step" && from.handle.id.startsWith("out:")) return fromOutput(canvas, from, to);
  if (from.box.kind === "step" && from.handle.id === "into") return feeds(from, to, ["loop", "into"]);
  return { label: `connect ${from.box.label} to ${to.box.label}`, edits: [take(to, referenceOf(from))] };
}

function endOf({ boxes }: Canvas, id: string, handleId: string): End | undefined {
  const box = boxes.find((box) => box.id === id);
  const handle = box?.handles.find(({ id }) => id === handleId);
  return box && handle && { box, handle };
}

/** Why the line cannot be. */
function refusal(canvas: Canvas, from: End, to: End): string | undefined {
  if (from.handle.side === "left" || to.handle.side === "right") {
    return "A line goes from the right of one to the left of another";
  }
  if (to.box.kind === "parameter") return "A parameter takes nothing";
  if (from.box.kind !== "step" && to.box.kind === "data") {
    return `${from.box.kind === "data" ? "Data" : "A parameter"} cannot be led into data: a step makes data`;
  }
  if (from.box.kind === "parameter" && !/^(arg:|condition$|in:)/.test(to.handle.id)) {
    return "A parameter goes into an argument";
  }
  if (from.box.kind === "parameter" && to.handle.id.startsWith("in:") && to.box.type !== "condition") {
    return "A parameter goes into an argument, not into an input";
  }
  if (from.box.type === "condition" && to.handle.id !== "condition") return "What a condition says goes into a switch";
  if (to.handle.id === "condition" && from.box.kind === "data") return "A switch asks a condition or a parameter";
  if (!sameType(from.handle.type, to.handle.type)) {
    return `${to.handle.name || to.box.label} takes ${to.handle.type}, not ${from.handle.type}`;
  }
  if (leadsTo(canvas, to.box.id, from.box.id)) return "That would close a circle: no step can wait for itself";
  return undefined;
}

function sameType(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === "" || b === "" || a === b;
}

/** Whether a way leads from one box to another; feedback of a repeated group is none. */
export function leadsTo({ lines }: Canvas, from: string, to: string): boolean {
  const next = new Map<string, string[]>();
  for (const { source, target, feedback } of lines) {
    if (!feedback) next.set(source, [...next.get(source) ?? [], target]);
  }
  const [seen, open] = [new Set<string>(), [from]];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === to) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...next.get(at) ?? []);
  }
  return false;
}

/** A step makes something: into data that is there, or into data that is made for it on the way to another step. */
function fromOutput(canvas: Canvas, from: End, to: End): Gesture {
  const flag = from.handle.id.slice("out:".length);
  if (to.box.kind === "data") return feeds(from, to, ["outputs", flag]);
  const there = canvas.lines.find((line) => line.source === from.box.id && line.sourceHandle === from.handle.id);
  const known = there?.target.replace(/^data_/, "");
  const key = known ?? freeName(`${from.box.label}_${flag.replace(/^-+/, "")}`.replace(/\W+/g, "_"), keysOf(canvas));
  const type = from.handle.type ?? to.handle.type;
  const value = new Map([["path", ""], ...(type ? [["type", type] as const] : [])]);
  const made: readonly Edit[] = known !== undefined ? [] : [
    { kind: "add_data", name: key, value },
    { kind: "set", path: ["steps", from.box.id, "outputs", flag], value: `$${key}` },
  ];
  return {
    label: `connect ${from.box.label} to ${to.box.label}`,
    edits: [...made, take(to, `$${key}`)],
    select: known === undefined ? `data_${key}` : undefined,
  };
}

function feeds(from: End, to: End, place: readonly string[]): Gesture {
  const key = to.box.id.slice("data_".length);
  return {
    label: `connect ${from.box.label} to ${to.box.label}`,
    edits: [{ kind: "set", path: ["steps", from.box.id, ...place], value: `$${key}` }],
  };
}

function keysOf({ boxes }: Canvas): ReadonlySet<string> {
  return new Set(boxes.flatMap(({ id, kind }) => kind === "data" ? [id.slice("data_".length)] : []));
}

/** What a step writes to say that it takes something. */
function referenceOf({ box, handle }: End): string {
  if (box.kind === "data") return `$${box.id.slice("data_".length)}`;
  if (box.kind === "parameter") return `$${box.copyOf ?? box.id.slice("param_".length)}`;
  return handle.id === "value" ? `$${box.id}` : `$${box.id}.${handle.id}`;
}

function take({ box, handle }: End, reference: string): Edit {
  return { kind: "set", path: ["steps", box.id, ...placeOf(handle.id)], value: reference };
}

/** Where in a step a handle is written. */
export function placeOf(handle: string): readonly string[] {
  if (handle.startsWith("in:")) return ["inputs", handle.slice("in:".length)];
  if (handle.startsWith("arg:")) return ["args", handle.slice("arg:".length)];
  if (handle.startsWith("out:")) return ["outputs", handle.slice("out:".length)];
  if (handle === "over" || handle === "into") return ["loop", handle];
  return [handle === "payload" ? "data" : handle];
}

/** The line taken away. An input or output keeps its place and stands empty; an argument goes. */
export function disconnect(canvas: Canvas, { source, sourceHandle, target, targetHandle }: Line): Gesture {
  const isMade = target.startsWith("data_") && canvas.boxes.find(({ id }) => id === source)?.kind === "step";
  const [step, handle] = isMade ? [source, sourceHandle] : [target, targetHandle];
  const path = ["steps", step, ...placeOf(handle)];
  const keeps = /^(in:|out:)/.test(handle);
  const edit: Edit = keeps ? { kind: "set", path, value: null } : { kind: "remove", path };
  return { label: `disconnect ${step}`, edits: [edit] };
}

/** A line led to another handle. */
export function reconnect(canvas: Canvas, line: Line, ends: Ends): Gesture | Refused {
  const without: Canvas = { ...canvas, lines: canvas.lines.filter(({ id }) => id !== line.id) };
  const made = connect(without, ends);
  if ("refused" in made) return made;
  const isSamePlace = line.target === ends.target && line.targetHandle === ends.targetHandle &&
    canvas.boxes.find(({ id }) => id === ends.target)?.kind === "step";
  const edits = isSamePlace ? made.edits : [...disconnect(canvas, line).edits, ...made.edits];
  return { ...made, edits };
}
