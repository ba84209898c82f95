/**
 * Drawing and removing lines: what each means for the file, and which cannot be.
 *
 * @module
 */

import type { Edit } from "../../core/edit/mod.ts";
import type { Value } from "../../core/graph/text/mod.ts";
import type { Canvas, Handle, Line } from "./canvas.ts";
import { leadFrom } from "./copies.ts";
import type { Gesture, Refused } from "./gesture.ts";
import { argsFor, MORE } from "./more_args.ts";
import { freeName } from "./names.ts";
import { type End, isFeedback, reachable, refusal } from "./refusals.ts";

/** Both ends of a line: ids of boxes and of their handles. */
export type Ends = Pick<Line, "source" | "sourceHandle" | "target" | "targetHandle">;

/** The line as a change of the file. */
export function connect(canvas: Canvas, ends: Ends): Gesture | Refused {
  const [from, to] = [endOf(canvas, ends.source, ends.sourceHandle), endOf(canvas, ends.target, ends.targetHandle)];
  if (from === undefined || to === undefined) return { refused: "One end of the line is not there any more" };
  const reason = refusal(canvas, from, to);
  if (reason !== undefined) return { refused: reason };
  const label = `connect ${from.box.label} to ${to.box.label}`;
  if (to.handle.id === MORE) {
    const [arg, ...others] = argsFor(to.box, from.box);
    if (others.length > 0) return { refused: `Which argument of ${to.box.label} should take it?` };
    return connect(canvas, { ...ends, targetHandle: arg.id });
  }
  if (from.box.kind === "data" && to.box.kind === "data") return { label, edits: nest(from, to) };
  if (from.box.kind === "step" && isFeedback(canvas, from, to)) return { label, edits: feedBack(from, to) };
  if (from.box.kind === "step" && from.handle.id.startsWith("out:")) return fromOutput(canvas, from, to);
  if (from.box.kind === "step" && from.handle.id === "into") return fromInto(canvas, from, to);
  const copy = from.box.copyOf === undefined ? undefined : from.box.id;
  const copies = to.box.kind === "step" ? leadFrom(canvas, to.box.id, to.handle.id, copy) : [];
  return { label, edits: [...take(to, referenceOf(from)), ...copies] };
}

/** Why a line cannot be; `undefined` if it can. */
export function whyNot(canvas: Canvas, ends: Ends): string | undefined {
  const [from, to] = [endOf(canvas, ends.source, ends.sourceHandle), endOf(canvas, ends.target, ends.targetHandle)];
  return from === undefined || to === undefined
    ? "One end of the line is not there any more"
    : refusal(canvas, from, to);
}

/** All ends that a line from, or to, this one could have, as `BOX|HANDLE`. */
export function fitting(canvas: Canvas, id: string, handleId: string): ReadonlySet<string> {
  const end = endOf(canvas, id, handleId);
  if (end === undefined) return new Set();
  const isSource = end.handle.side === "right";
  const around = reachable(canvas, id, isSource ? "up" : "down");
  const leads = (from: string, to: string) => around.has(from === id ? to : from);
  const fits = (other: End) =>
    (isSource ? refusal(canvas, end, other, leads) : refusal(canvas, other, end, leads)) === undefined;
  return new Set(
    canvas.boxes.flatMap((box) =>
      [...box.handles, ...box.more ?? []].filter((handle) => handle.side !== end.handle.side && fits({ box, handle }))
        .map((handle) => `${box.id}|${handle.id}`)
    ),
  );
}

function endOf({ boxes }: Canvas, id: string, handleId: string): End | undefined {
  const box = boxes.find((box) => box.id === id);
  const handle = [...box?.handles ?? [], ...box?.more ?? []].find(({ id }) => id === handleId);
  return box && handle && { box, handle };
}

/** What lies in a folder. */
function nest(from: End, to: End): readonly Edit[] {
  return [{ kind: "set", path: ["data", keyOf(to.box.id), "nested_in"], value: `$${keyOf(from.box.id)}` }];
}

function feedBack(from: End, to: End): readonly Edit[] {
  const [flag, name] = [nameOf(from.handle.id), nameOf(to.handle.id)];
  const path = ["groups", from.box.group!, "multi_pass", "feedback", `${from.box.id}.${flag}`];
  return [{ kind: "set", path, value: `${to.box.id}.${name}` }];
}

/** A step makes something: into data that is there, or into data that is made for it on the way to another step. */
function fromOutput(canvas: Canvas, from: End, to: End): Gesture {
  return madeBetween(canvas, from, to, ["outputs", nameOf(from.handle.id)]);
}

function fromInto(canvas: Canvas, from: End, to: End): Gesture {
  return madeBetween(canvas, from, to, ["loop", "into"]);
}

function madeBetween(canvas: Canvas, from: End, to: End, place: readonly string[]): Gesture {
  const label = `connect ${from.box.label} to ${to.box.label}`;
  const path = ["steps", from.box.id, ...place];
  if (to.box.kind === "data") return { label, edits: [{ kind: "set", path, value: `$${keyOf(to.box.id)}` }] };
  const there = canvas.lines.find((line) => line.source === from.box.id && line.sourceHandle === from.handle.id);
  if (there !== undefined) return { label, edits: take(to, `$${keyOf(there.target)}`) };
  const wanted = `${from.box.label}_${place.at(-1)!.replace(/^-+/, "")}`.replace(/[^\p{L}\p{N}_]+/gu, "_").slice(0, 60);
  const key = freeName(wanted, keysOf(canvas));
  const edits: readonly Edit[] = [
    { kind: "add_data", name: key, value: madeEntry(from, to) },
    { kind: "set", path, value: `$${key}` },
    ...take(to, `$${key}`),
  ];
  return { label, edits, select: `data_${key}` };
}

/** The path that stood at the output is the entry's; without one it stands empty. */
function madeEntry(from: End, to: End): ReadonlyMap<string, string> {
  const type = from.handle.type ?? to.handle.type;
  return new Map([["path", from.handle.text ?? ""], ...(type ? [["type", type] as const] : [])]);
}

function keysOf({ boxes }: Canvas): ReadonlySet<string> {
  return new Set(boxes.flatMap(({ id, kind }) => kind === "step" ? [] : [id.slice(id.indexOf("_") + 1)]));
}

/** What a step writes to say that it takes something. */
function referenceOf({ box, handle }: End): string {
  if (box.kind === "data") return `$${keyOf(box.id)}`;
  if (box.kind === "parameter") return `$${box.copyOf ?? box.id.slice("param_".length)}`;
  return handle.id === "value" ? `$${box.id}` : `$${box.id}.${handle.id}`;
}

/** Inputs go by their order: those that are declared before this one, and not written yet, get their place first. */
function take({ box, handle }: End, reference: string): readonly Edit[] {
  const set = (id: string, value: Value): Edit => ({ kind: "set", path: ["steps", box.id, ...placeOf(id)], value });
  const isNewInput = handle.isOffered === true && handle.id.startsWith("in:");
  const before = isNewInput ? box.handles.slice(0, box.handles.indexOf(handle)).filter(isOfferedInput) : [];
  return [...before.map(({ id }) => set(id, null)), set(handle.id, reference)];
}

function isOfferedInput({ id, isOffered }: Handle): boolean {
  return isOffered === true && id.startsWith("in:");
}

/** Where in a step a handle is written. */
export function placeOf(handle: string): readonly string[] {
  if (handle.startsWith("in:")) return ["inputs", nameOf(handle)];
  if (handle.startsWith("arg:")) return ["args", nameOf(handle)];
  if (handle.startsWith("out:")) return ["outputs", nameOf(handle)];
  if (handle === "over" || handle === "into") return ["loop", handle];
  return [handle === "payload" ? "data" : handle];
}

function nameOf(handle: string): string {
  return handle.slice(handle.indexOf(":") + 1);
}

function keyOf(id: string): string {
  return id.slice("data_".length);
}

/**
 * The line taken away. An input or output keeps its place and stands empty; an argument goes. What a loop or a switch
 * cannot be without keeps the words of what it was led from, or can only be led elsewhere.
 *
 * @param keepsPlace Whether an input or output does; it goes as well where nothing is left to lead there.
 */
export function disconnect(canvas: Canvas, line: Line, keepsPlace = true): Gesture | Refused {
  const { source, sourceHandle, target, targetHandle } = line;
  if (line.nested) {
    const path = ["data", keyOf(target), "nested_in"];
    return { label: `take ${keyOf(target)} out of its folder`, edits: [{ kind: "remove", path }] };
  }
  if (line.feedback) return { label: `disconnect ${target}`, edits: [withoutFeedback(canvas, line)] };
  const isMade = target.startsWith("data_") && canvas.boxes.find(({ id }) => id === source)?.kind === "step";
  const [step, handle] = isMade ? [source, sourceHandle] : [target, targetHandle];
  if (handle === "condition") return { refused: `${step} has to ask something: lead the line to another condition` };
  const path = ["steps", step, ...placeOf(handle)];
  const edits = handle === "over" || handle === "into"
    ? [{ kind: "set" as const, path, value: pathOfData(canvas, isMade ? target : source) || handle }]
    : [cleared(handle, path, keepsPlace)];
  return { label: `disconnect ${step}`, edits: [...edits, ...leadFrom(canvas, step, handle, undefined)] };
}

function cleared(handle: string, path: readonly string[], keepsPlace: boolean): Edit {
  return keepsPlace && /^(in:|out:)/.test(handle) ? { kind: "set", path, value: null } : { kind: "remove", path };
}

function pathOfData({ boxes }: Canvas, id: string): string | undefined {
  return boxes.find((box) => box.id === id && box.kind === "data")?.detail;
}

function withoutFeedback({ boxes, lines }: Canvas, { source, sourceHandle }: Line): Edit {
  const group = boxes.find(({ id }) => id === source)?.group ?? "";
  const members = new Set(boxes.filter((box) => box.group === group).map(({ id }) => id));
  const isLast = lines.filter((line) => line.feedback && members.has(line.source)).length === 1;
  const path = ["groups", group, "multi_pass", "feedback"];
  return { kind: "remove", path: isLast ? path : [...path, `${source}.${nameOf(sourceHandle)}`] };
}

/** A line led to another handle. */
export function reconnect(canvas: Canvas, line: Line, ends: Ends): Gesture | Refused {
  const without: Canvas = { ...canvas, lines: canvas.lines.filter(({ id }) => id !== line.id) };
  const made = connect(without, ends);
  if ("refused" in made) return made;
  const isSamePlace = line.target === ends.target && line.targetHandle === ends.targetHandle &&
    canvas.boxes.find(({ id }) => id === ends.target)?.kind === "step";
  if (isSamePlace) return made;
  const gone = disconnect(canvas, line);
  return "refused" in gone ? gone : { ...made, edits: [...gone.edits, ...made.edits] };
}
