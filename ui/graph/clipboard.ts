/**
 * Copying a selection as the text of a pipeline file, and putting such a text into another one.
 *
 * @module
 */

import { type Edit, editPipeline } from "../../core/edit/mod.ts";
import type { DataEntry, RepeatedStep, Step } from "../../core/graph/pipeline.ts";
import { type PipelineText, readPipelineText, type Value } from "../../core/graph/text/mod.ts";
import type { Canvas } from "./canvas.ts";
import type { Gesture, Refused } from "./gesture.ts";
import { freeName } from "./names.ts";
import { shiftOfCopies } from "./pasted_places.ts";
import type { Point } from "./sizes.ts";
import { within } from "./values.ts";

/** These boxes as a pipeline of their own, which can be put into any file; with their places. */
export async function copyText(
  { pipeline, value }: Pick<PipelineText, "pipeline" | "value">,
  { ids, places }: { readonly ids: ReadonlySet<string>; readonly places: ReadonlyMap<string, Point> },
): Promise<string> {
  const edits: Edit[] = [];
  for (const entry of pipeline.data.values()) if (ids.has(`data_${entry.key}`)) edits.push(dataEdit(entry, value));
  for (const [name, parameter] of pipeline.parameters) {
    if (ids.has(`param_${name}`)) edits.push({ kind: "add_parameter", name, value: parameter });
  }
  for (const step of pipeline.steps) {
    if (isWhole(step, ids)) {
      edits.push(...blockEdits(step.name, step.at.reduce<Value | undefined>(within, value) ?? null));
      continue;
    }
    for (const one of flat([step])) {
      if (!ids.has(one.name)) continue;
      edits.push({ kind: "add_step", name: one.name, fields: fieldsOf(one, value), group: one.group });
    }
  }
  for (const [node, { x, y }] of places) if (ids.has(node)) edits.push({ kind: "place_node", node, x, y });
  return (await editPipeline("", edits)).text;
}

/** A repeated group with all its steps: it is copied as one, with how often it is run. */
function isWhole(step: Step, ids: ReadonlySet<string>): step is RepeatedStep {
  return step.kind === "repeated" && step.steps.every(({ name }) => ids.has(name));
}

/** A block of steps, written in the place of a step that is there for a moment only. */
function blockEdits(name: string, block: Value): readonly Edit[] {
  const mark = `${name} (made)`;
  return [
    { kind: "add_step", name: mark, fields: new Map([["task", "none"]]) },
    { kind: "set", path: ["steps", mark], value: block },
  ];
}

function flat(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step): readonly Step[] =>
    step.kind === "repeated" ? step.steps.map((inner) => ({ ...inner, group: step.name })) : [step]
  );
}

function dataEdit({ key, at }: DataEntry, value: Value): Edit {
  return { kind: "add_data", name: key, value: at.reduce<Value | undefined>(within, value) ?? "" };
}

/** All its keys as the file has them, without those that say who and where it is. */
function fieldsOf({ at }: Step, value: Value): ReadonlyMap<string, Value> {
  const map = at.reduce<Value | undefined>(within, value);
  const own = map instanceof Map ? [...map].filter(([key]) => typeof key === "string" && !OWN.has(key)) : [];
  return new Map(own as [string, Value][]);
}

const OWN: ReadonlySet<string> = new Set(["name", "group"]);

/**
 * A text put into a pipeline. Names that are taken get a number, and what refers to them inside the text follows; what
 * refers to things outside it keeps its words, and so its lines to neighbours that were not copied.
 */
export async function paste(
  text: string,
  canvas: Canvas,
  at: { readonly corner?: Point; readonly places?: ReadonlyMap<string, Point> } = {},
): Promise<Gesture | Refused> {
  const read = await readPipelineText(text, "/clipboard/pipeline.yml").catch(() => undefined);
  const { pipeline, value } = read ?? {};
  if (pipeline === undefined || value === undefined) return NOTHING;
  const names = new Renames(canvas);
  for (const key of pipeline.data.keys()) names.data(key);
  for (const name of pipeline.parameters.keys()) names.parameter(name);
  const steps = flat(pipeline.steps);
  for (const { name } of steps) names.step(name);
  const groups = new Map(pipeline.groups.map((group) => [group, names.group(group)]));
  const edits: Edit[] = [];
  for (const entry of pipeline.data.values()) {
    edits.push({ kind: "add_data", name: names.of("data", entry.key), value: names.inEntry(dataValue(entry, value)) });
  }
  for (const [name, parameter] of pipeline.parameters) {
    edits.push({ kind: "add_parameter", name: names.of("param", name), value: parameter });
  }
  for (const step of pipeline.steps) {
    if (step.kind !== "repeated") edits.push(stepEdit(step, value, names, groups));
    else {
      const group = groups.get(step.name) ?? names.group(step.name);
      edits.push(...blockEdits(group, names.inBlock(step.at.reduce<Value | undefined>(within, value), group)));
    }
  }
  edits.push(...placesOf(value, names, (copied) => wayOf(copied, canvas, at)));
  const select = [...names.ids()];
  return edits.length === 0 ? NOTHING : { label: `paste ${select.length} boxes`, edits, select };
}

const NOTHING: Refused = { refused: "The clipboard holds no steps, data or parameters" };

function dataValue({ at }: DataEntry, value: Value): Value {
  return at.reduce<Value | undefined>(within, value) ?? "";
}

function stepEdit(step: Step, value: Value, names: Renames, groups: ReadonlyMap<string, string>): Edit {
  const fields = new Map(
    Array.from(fieldsOf(step, value), ([key, field]) => [key, names.inside(field)] as const),
  );
  const group = step.group === undefined ? undefined : groups.get(step.group) ?? step.group;
  return { kind: "add_step", name: names.of("step", step.name), fields, group };
}

/** With the left upper corner of all where the pointer is; or else beside what was copied. */
function wayOf(
  copied: ReadonlyMap<string, Point>,
  canvas: Canvas,
  { corner, places = new Map() }: { readonly corner?: Point; readonly places?: ReadonlyMap<string, Point> },
): Point {
  if (corner === undefined) return shiftOfCopies(copied, canvas, places);
  const points = [...copied.values()];
  const [left, top] = [Math.min(...points.map(({ x }) => x)), Math.min(...points.map(({ y }) => y))];
  return { x: corner.x - left, y: corner.y - top };
}

function placesOf(
  value: Value,
  names: Renames,
  wayOf: (copied: ReadonlyMap<string, Point>) => Point,
): readonly Edit[] {
  const layout = within(value, "layout");
  const known = layout instanceof Map ? [...layout] : [];
  const copied = known.flatMap(([id, at]) => {
    const [x, y] = [within(at, "x"), within(at, "y")];
    const node = typeof id === "string" ? names.node(id) : undefined;
    return node !== undefined && typeof x === "number" && typeof y === "number" ? [{ id: `${id}`, node, x, y }] : [];
  });
  const way = wayOf(new Map(copied.map(({ id, x, y }) => [id, { x, y }])));
  return copied.map(({ node, x, y }): Edit => ({
    kind: "place_node",
    node,
    x: Math.round(x + way.x),
    y: Math.round(y + way.y),
  }));
}

type Kind = "data" | "param" | "step";

/** New names for what is put in, and for what refers to it. */
class Renames {
  readonly #taken: ReadonlyMap<Kind | "group", Set<string>>;
  readonly #new: ReadonlyMap<Kind, Map<string, string>> = new Map([
    ["data", new Map()],
    ["param", new Map()],
    ["step", new Map()],
  ]);

  constructor({ boxes, groups }: Canvas) {
    const named = (kind: string) => boxes.filter((box) => box.kind === kind && box.copyOf === undefined);
    const keys = [...named("data"), ...named("parameter")].map(({ id }) => id.slice(id.indexOf("_") + 1));
    const shared = new Set(keys);
    const steps = [...named("step").map(({ id }) => id), ...groups.map(({ name }) => name)];
    this.#taken = new Map([["data", shared], ["param", shared], ["step", new Set(steps)], ["group", new Set(steps)]]);
  }

  data(key: string): void {
    this.#add("data", key);
  }

  parameter(name: string): void {
    this.#add("param", name);
  }

  step(name: string): void {
    this.#add("step", name);
  }

  group(name: string): string {
    const free = freeName(name, this.#taken.get("group")!);
    this.#taken.get("group")!.add(free);
    return free;
  }

  of(kind: Kind, name: string): string {
    return this.#new.get(kind)!.get(name) ?? name;
  }

  node(id: string): string | undefined {
    for (const kind of ["data", "param"] as const) {
      const name = this.#new.get(kind)!.get(id.slice(kind.length + 1));
      if (id.startsWith(`${kind}_`) && name !== undefined) return `${kind}_${name}`;
    }
    return this.#new.get("step")!.get(id);
  }

  *ids(): Iterable<string> {
    yield* this.#new.get("step")!.values();
    for (const kind of ["data", "param"] as const) {
      for (const name of this.#new.get(kind)!.values()) yield `${kind}_${name}`;
    }
  }

  /** A data entry: its path is literal, and only the folder it lies in is referred to. */
  inEntry(value: Value): Value {
    if (!(value instanceof Map)) return value;
    return new Map(Array.from(value, ([key, item]) => [key, key === "nested_in" ? this.inside(item) : item] as const));
  }

  /** A repeated group: names of its steps, and feedback between them, follow too. */
  inBlock(value: Value | undefined, group: string): Value {
    if (!(value instanceof Map)) return null;
    return new Map(Array.from(value, ([key, item]): readonly [Value, Value] => {
      if (key === "group") return [key, group];
      if (key === "steps" && Array.isArray(item)) return [key, item.map((step) => this.#inStep(step))];
      return [key, key === "multi_pass" ? this.#inRepeating(item) : this.inside(item)];
    }));
  }

  #inStep(value: Value): Value {
    if (!(value instanceof Map)) return value;
    const name = value.get("name");
    const inside = new Map(Array.from(value, ([key, item]) => [key, this.inside(item)] as const));
    return typeof name === "string" ? inside.set("name", this.of("step", name)) : inside;
  }

  #inRepeating(value: Value): Value {
    if (!(value instanceof Map)) return value;
    const end = (text: Value) => typeof text === "string" ? this.#end(text) : text;
    return new Map(Array.from(value, ([key, item]): readonly [Value, Value] => {
      if (key !== "feedback" || !(item instanceof Map)) return [key, this.inside(item)];
      return [key, new Map(Array.from(item, ([from, to]) => [end(from), end(to)] as const))];
    }));
  }

  /** `STEP.FLAG`, where names may have dots too. */
  #end(text: string): string {
    const step = [...this.#new.get("step")!.keys()].filter((name) => text.startsWith(`${name}.`))
      .sort((a, b) => b.length - a.length)[0];
    return step === undefined ? text : this.of("step", step) + text.slice(step.length);
  }

  /** A value in which all references follow. */
  inside(value: Value): Value {
    if (typeof value === "string") return this.#reference(value);
    if (Array.isArray(value)) return value.map((item) => this.inside(item));
    if (!(value instanceof Map)) return value;
    return new Map(Array.from(value, ([key, item]) => [key, this.inside(item)] as const));
  }

  #reference(text: string): string {
    if (!text.startsWith("$")) return text;
    const name = text.slice(1);
    for (const kind of ["data", "param", "step"] as const) {
      const renamed = this.#new.get(kind)!.get(name);
      if (renamed !== undefined) return `$${renamed}`;
    }
    const dot = name.lastIndexOf(".");
    const owner = dot < 0 ? undefined : this.#new.get("step")!.get(name.slice(0, dot));
    return owner === undefined ? text : `$${owner}${name.slice(dot)}`;
  }

  #add(kind: Kind, name: string): void {
    const taken = this.#taken.get(kind)!;
    const free = freeName(name, taken);
    taken.add(free);
    this.#new.get(kind)!.set(name, free);
  }
}
