/**
 * Makes boxes and lines of a pipeline, step by step.
 *
 * @module
 */

import type { DataEntry, Pipeline, RepeatedStep, Step, TaskStep } from "../../core/graph/pipeline.ts";
import { pyStr, type Value } from "../../core/graph/text/mod.ts";
import type { Box, Canvas, CanvasFacts, Group, Handle, Line, TaskFacts } from "./canvas.ts";
import { foldArgs } from "./more_args.ts";
import { withArgs, withInputs, withOutputs } from "./offers.ts";
import { copiesIn, type ParameterCopy } from "./parameter_copies.ts";
import { shownValue } from "./typed_text.ts";
import { kindOf, within } from "./values.ts";

type End = readonly [string, string];
type ConditionStep = Extract<Step, { kind: "condition" }>;
type SwitchStep = Extract<Step, { kind: "switch" }>;
type Places = readonly (readonly [string, string])[];

/** Takes steps, data and parameters; {@linkcode canvas} gives what became of them. */
export class Builder {
  readonly #boxes: Box[] = [];
  readonly #lines = new Map<string, Line>();
  readonly #groups = new Map<string, Group & { readonly members: string[] }>();
  readonly #pipeline: Pipeline;
  readonly #facts: CanvasFacts;
  readonly #conditions: ReadonlySet<string>;
  readonly #switches: ReadonlySet<string>;
  readonly #copies: readonly ParameterCopy[];
  /** `STEP:FLAG` to the copy its line begins at. */
  readonly #copyOf: ReadonlyMap<string, ParameterCopy>;
  /** Names that an iteration gives a value to, while a repeated group is made. */
  #given: ReadonlySet<string> = new Set();

  constructor(pipeline: Pipeline, facts: CanvasFacts) {
    this.#pipeline = pipeline;
    this.#facts = facts;
    const called = (kind: Step["kind"]) =>
      new Set(pipeline.steps.filter((step) => step.kind === kind).map(({ name }) => name));
    [this.#conditions, this.#switches] = [called("condition"), called("switch")];
    this.#copies = copiesIn(facts.value).filter(({ parameter }) => pipeline.parameters.has(parameter));
    this.#copyOf = new Map(this.#copies.flatMap((copy) => copy.edges.map((edge) => [edge, copy])));
  }

  canvas(): Canvas {
    return { boxes: this.#boxes.map(foldArgs), lines: [...this.#lines.values()], groups: [...this.#groups.values()] };
  }

  step(step: Step): void {
    switch (step.kind) {
      case "task":
        return this.#task(step);
      case "condition":
        return this.#condition(step);
      case "switch":
        return this.#switch(step);
      case "repeated":
        return this.#repeated(step);
    }
  }

  data({ key, label, type, path, nestedIn }: DataEntry): void {
    const handles: readonly Handle[] = [
      { id: "in", name: "", side: "left", type },
      { id: "value", name: "", side: "right", type },
    ];
    const id = `data_${key}`;
    if (nestedIn !== undefined && this.#pipeline.data.has(nestedIn)) {
      this.#line([`data_${nestedIn}`, "value"], [id, "in"], { nested: true });
    }
    this.#boxes.push({ id, kind: "data", label: label ?? key, type: type ?? "", detail: path, handles, nestedIn });
  }

  parameter(name: string, value: Value): void {
    this.#parameter(`param_${name}`, name, value);
  }

  copies(): void {
    const layout = within(this.#facts.value, "layout");
    for (const { id, parameter } of this.#copies) {
      const isPlaced = within(layout, id) !== undefined;
      this.#parameter(id, parameter, this.#pipeline.parameters.get(parameter)!, { copyOf: parameter, isPlaced });
    }
  }

  #parameter(id: string, label: string, value: Value, more: Pick<Box, "copyOf" | "isPlaced"> = {}): void {
    const handles: readonly Handle[] = [{ id: "value", name: "", side: "right" }];
    const detail = shownValue(value);
    this.#boxes.push({ id, kind: "parameter", label, type: kindOf(value), detail, handles, ...more });
  }

  #task(step: TaskStep, group = step.group): void {
    const task = this.#facts.taskOf?.(step.task);
    const handles = [
      ...this.#loop(step),
      ...this.#inputs(step, task?.inputs),
      ...this.#args(step.name, step.args, task),
      ...this.#outputs(step, task?.outputs),
    ];
    this.#box(step, step.task, handles, {
      group,
      summary: summaryOf(step),
      type: step.loop === undefined ? "task" : "loop",
    });
  }

  #condition(step: ConditionStep): void {
    this.#box(step, step.predicate ?? step.script ?? "", [
      ...this.#inputs(step),
      ...this.#args(step.name, step.args),
      { id: "value", name: step.negate ? "not" : "", side: "right" },
    ]);
  }

  #switch(step: SwitchStep): void {
    const isLinked = this.#link(step.condition, step.name, "condition");
    const isPassed = step.data !== undefined && this.#link(step.data, step.name, "payload");
    this.#box(step, step.condition, [
      { id: "condition", name: "if", side: "left", ...(isLinked ? { reference: step.condition } : { text: "" }) },
      { id: "payload", name: "data", side: "left", ...(isPassed ? { reference: step.data } : { text: step.data }) },
      { id: "then", name: "then", side: "right" },
      { id: "else", name: "else", side: "right" },
    ]);
  }

  #repeated(step: RepeatedStep): void {
    this.#given = new Set(step.iterations.flatMap((values) => [...values.keys()]));
    for (const inner of step.steps) this.#task(inner, step.name);
    this.#given = new Set();
    for (const { source, target } of step.feedback) this.#feedback(step, source, target);
    const times = `×${step.iterations.length}`;
    const summary = step.until === undefined ? times : `${times}, until ${step.until.script}`;
    const members = this.#groups.get(step.name)?.members ?? [];
    this.#groups.set(step.name, { name: step.name, members, isRepeated: true, summary });
  }

  #feedback(
    { steps }: RepeatedStep,
    source: { readonly step: string; readonly flag: string },
    target: { readonly step: string; readonly name: string },
  ): void {
    const place = steps.find(({ name }) => name === target.step)?.inputs.has(target.name) ? "in" : "arg";
    const id = `${place}:${target.name}`;
    this.#offer(target.step, { id, name: target.name, side: "left", reference: "last time's" });
    this.#line([source.step, `out:${source.flag}`], [target.step, id], { feedback: true });
  }

  /** A line leads there, though the file says nothing there. */
  #offer(step: string, handle: Handle): void {
    const at = this.#boxes.findIndex(({ id }) => id === step);
    const box = this.#boxes[at];
    if (box === undefined || box.handles.some(({ id, isOffered }) => id === handle.id && !isOffered)) return;
    const others = box.handles.filter(({ id }) => id !== handle.id);
    const outputs = others.findIndex(({ side }) => side === "right");
    const index = outputs < 0 ? others.length : outputs;
    this.#boxes[at] = { ...box, handles: others.toSpliced(index, 0, handle) };
  }

  #loop({ name, loop }: TaskStep): readonly Handle[] {
    if (loop === undefined) return [];
    const [isLinked, isFed] = [this.#link(loop.over, name, "over"), this.#feed(loop.into, name, "into")];
    return [
      { id: "over", name: "each of", side: "left", ...(isLinked ? { reference: loop.over } : { text: loop.over }) },
      { id: "into", name: "into", side: "right", ...(isFed ? { reference: loop.into } : { text: loop.into }) },
    ];
  }

  #box(
    step: Step | TaskStep,
    detail: string,
    handles: readonly Handle[],
    more: { readonly group?: string; readonly summary?: string; readonly type?: string } = {},
  ): void {
    const { name, kind, optional, disabled } = step;
    const group = more.group ?? step.group;
    if (group !== undefined) this.#join(group, name);
    const { summary, type = kind } = more;
    this.#boxes.push({
      id: name,
      kind: "step",
      label: name,
      type,
      detail,
      handles,
      group,
      optional,
      disabled,
      summary,
    });
  }

  #join(name: string, member: string): void {
    const group = this.#groups.get(name);
    if (group === undefined) this.#groups.set(name, { name, members: [member], isRepeated: false });
    else group.members.push(member);
  }

  #inputs(step: TaskStep | ConditionStep, declared?: TaskFacts["inputs"]): readonly Handle[] {
    const written = this.#places(step, "inputs", step.inputs).map(([label, text]): Handle => {
      const id = `in:${label}`;
      const isLinked = text !== "" && this.#link(text, step.name, id);
      return { id, name: label, side: "left", ...shown(isLinked, text) };
    });
    return withInputs(written, declared);
  }

  /** What is written there, in the order of the file; `""` where nothing is yet. */
  #places({ at }: Pick<Step, "at">, key: string, known: ReadonlyMap<string, string>): Places {
    const map = [...at, key].reduce<Value | undefined>(within, this.#facts.value);
    if (!(map instanceof Map)) return [...known];
    return [...map.keys()].map((name) => [pyStr(name), known.get(pyStr(name)) ?? ""]);
  }

  #args(step: string, args: ReadonlyMap<string, Value>, task?: TaskFacts): readonly Handle[] {
    const written = Array.from(args, ([flag, value]): Handle => {
      const id = `arg:${flag}`;
      const text = shownValue(value);
      const isLinked = typeof value === "string" && this.#link(value, step, id);
      return { id, name: flag, side: "left", ...shown(isLinked, text) };
    });
    return withArgs(written, task);
  }

  #outputs(step: TaskStep, declared?: TaskFacts["outputs"]): readonly Handle[] {
    const written = this.#places(step, "outputs", step.outputs).map(([flag, text]): Handle => {
      const isFed = text !== "" && this.#feed(text, step.name, `out:${flag}`);
      return { id: `out:${flag}`, name: flag, side: "right", ...shown(isFed, text) };
    });
    return withOutputs(written, declared);
  }

  /** A line from what `text` refers to; whether there is one. */
  #link(text: string, step: string, handle: string): boolean {
    const from = this.#sourceOf(text, step, handle);
    if (from !== undefined) this.#line(from, [step, handle]);
    return from !== undefined;
  }

  #sourceOf(text: string, step: string, handle: string): End | undefined {
    if (!text.startsWith("$") || text.startsWith("${")) return undefined;
    const name = text.slice(1);
    const { data, parameters } = this.#pipeline;
    if (this.#given.has(name)) return undefined;
    if (data.has(name)) return [`data_${name}`, "value"];
    if (parameters.has(name)) {
      const copy = this.#copyOf.get(`${step}:${handle.slice(handle.indexOf(":") + 1)}`);
      return [copy?.parameter === name ? copy.id : `param_${name}`, "value"];
    }
    const dot = name.lastIndexOf(".");
    const branch = name.slice(dot + 1);
    if (dot > 0 && /^(then|else)$/.test(branch) && this.#switches.has(name.slice(0, dot))) {
      return [name.slice(0, dot), branch];
    }
    return this.#conditions.has(name) ? [name, "value"] : undefined;
  }

  #feed(text: string, step: string, handle: string): boolean {
    const name = text.startsWith("$") ? text.slice(1) : undefined;
    if (name === undefined || !this.#pipeline.data.has(name)) return false;
    this.#line([step, handle], [`data_${name}`, "in"]);
    return true;
  }

  #line([source, sourceHandle]: End, [target, targetHandle]: End, more: Pick<Line, "feedback" | "nested"> = {}): void {
    const id = `${source}|${sourceHandle}|${target}|${targetHandle}`;
    this.#lines.set(id, { id, source, sourceHandle, target, targetHandle, ...more });
  }
}

function shown(isLinked: boolean, text: string): Pick<Handle, "text" | "reference"> {
  return isLinked ? { reference: text } : { text };
}

function summaryOf({ loop }: TaskStep): string | undefined {
  return loop && `each ${loop.filter ?? "file"} of ${loop.over} → ${loop.into}${loop.parallel ? ", side by side" : ""}`;
}
