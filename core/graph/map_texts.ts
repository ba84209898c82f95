/**
 * Changing every text of a pipeline in which something can be put in.
 *
 * @module
 */

import type { YamlPath } from "../errors.ts";
import type {
  ConditionStep,
  DataEntry,
  Pipeline,
  RepeatedStep,
  Step,
  StopCondition,
  SwitchStep,
  TaskStep,
} from "./pipeline.ts";
import { pyStr, type Value, ValueSet } from "../yaml/value.ts";

/**
 * What a text is. `place`, `value` and `decider` may be `$references`; a `place` is a path otherwise. `script`, `data` and
 * `path` are paths; `parameter` and `plain` are texts.
 */
export type TextRole = "place" | "value" | "decider" | "script" | "data" | "path" | "parameter" | "plain";

/** A text and where it stands. */
export interface TextPlace {
  readonly role: TextRole;
  /** Where it stands in the file. */
  readonly at: YamlPath;
  /** Names that stand for something else in this step: the values of its iterations. */
  readonly bound: ReadonlySet<string>;
  /** The entry is nested in another, whose folder its path starts from. */
  readonly isNested?: boolean;
}

/** Gives a text in place of another. */
export type TextChange = (text: string, place: TextPlace) => string;

/** The same, where any value may stand. */
export type ValueChange = (text: string, place: TextPlace) => Value;

/** The roles that a `$reference` can stand in. */
export const REFERENCE_ROLES: ReadonlySet<TextRole> = new Set<TextRole>(["place", "value", "decider"]);

const NONE: ReadonlySet<string> = new Set();

/** The pipeline with every text changed; names, `when` and settings that hold no texts stay. */
export function mapTexts(pipeline: Pipeline, change: TextChange): Pipeline {
  const place = (at: YamlPath) => ({ at, bound: NONE });
  return {
    ...pipeline,
    data: new Map(Array.from(pipeline.data, ([key, entry]) => [key, mapEntry(entry, change)])),
    parameters: new Map(
      Array.from(
        pipeline.parameters,
        ([name, value]) => [name, mapValue(value, change, { ...place(["parameters", name]), role: "parameter" })],
      ),
    ),
    steps: pipeline.steps.map((step) => mapStep(step, change)),
    metrics: pipeline.metrics.map((text, i) => change(text, { ...place(["metrics", i]), role: "place" })),
  };
}

function mapEntry(entry: DataEntry, change: TextChange): DataEntry {
  const isNested = entry.nestedIn !== undefined;
  return { ...entry, path: change(entry.path, { role: "data", at: [...entry.at, "path"], bound: NONE, isNested }) };
}

/** A value with the texts in it changed, those inside lists and maps too. Keys of maps stay. */
export function mapValue(value: Value, change: ValueChange, place: TextPlace): Value {
  if (typeof value === "string") return change(value, place);
  return isNest(value) ? mapNest(value, change, { place: inner(place), done: new Map() }) : value;
}

/** Lists and maps that hold texts; a set's members are its keys. */
function isNest(value: Value): value is readonly Value[] | ReadonlyMap<Value, Value> {
  return Array.isArray(value) || (value instanceof Map && !(value instanceof ValueSet));
}

/** In a list or a map there are no references: those texts are passed on as they are. */
function inner(place: TextPlace): TextPlace {
  return { ...place, role: place.role === "parameter" ? "parameter" : "plain" };
}

/** What is shared is changed once and stays shared, and what does not change stays what it is. */
function mapNest(
  value: readonly Value[] | ReadonlyMap<Value, Value>,
  change: ValueChange,
  { place, done }: { readonly place: TextPlace; readonly done: Map<Value, Value> },
): Value {
  const known = done.get(value);
  if (known !== undefined) return known;
  let isSame = true;
  const one = (item: Value, key: string | number): Value => {
    const here = { ...place, at: [...place.at, key] };
    const made = typeof item === "string"
      ? change(item, here)
      : isNest(item)
      ? mapNest(item, change, { place: here, done })
      : item;
    if (made !== item) isSame = false;
    return made;
  };
  const made: Value = value instanceof Map
    ? new Map(Array.from(value, ([key, item]) => [key, one(item, pyStr(key))]))
    : Array.from(value as readonly Value[], one);
  const result = isSame ? value : made;
  done.set(value, result);
  return result;
}

/** The step with every text changed, likewise. */
export function mapStep(step: Step, change: TextChange): Step {
  switch (step.kind) {
    case "task":
      return mapTask(step, change, NONE);
    case "condition":
      return mapCondition(step, change);
    case "switch":
      return mapSwitch(step, change);
    case "repeated":
      return mapRepeated(step, change);
  }
}

function mapTask(step: TaskStep, change: TextChange, bound: ReadonlySet<string>): TaskStep {
  const of = (role: TextRole, ...keys: YamlPath) => ({ role, at: [...step.at, ...keys], bound });
  const texts = (section: "inputs" | "outputs" | "env", role: TextRole) =>
    mapMap(step[section], change, of(role, section));
  const list = (section: "deps" | "metrics", role: TextRole) =>
    step[section].map((text, i) => change(text, of(role, section, i)));
  return {
    ...step,
    task: change(step.task, of("script", "task")),
    inputs: texts("inputs", "place"),
    outputs: texts("outputs", "place"),
    args: mapMap(step.args, change, of("value", "args")),
    loop: step.loop && {
      ...step.loop,
      over: change(step.loop.over, of("place", "loop", "over")),
      into: change(step.loop.into, of("place", "loop", "into")),
    },
    env: texts("env", "plain"),
    cwd: step.cwd && change(step.cwd, of("path", "cwd")),
    deps: list("deps", "path"),
    metrics: list("metrics", "place"),
    sandbox: step.sandbox && {
      ...step.sandbox,
      write: step.sandbox.write.map((text, i) => change(text, of("path", "sandbox", "write", i))),
    },
  };
}

function mapMap<T extends Value>(
  map: ReadonlyMap<string, T>,
  change: TextChange,
  place: TextPlace,
): ReadonlyMap<string, T> {
  if (map.size === 0) return map;
  return new Map(
    Array.from(map, ([key, value]) => [key, mapValue(value, change, { ...place, at: [...place.at, key] }) as T]),
  );
}

function mapCondition(step: ConditionStep, change: TextChange): ConditionStep {
  const { at, predicate } = step;
  return {
    ...step,
    script: step.script && change(step.script, { role: "script", at: [...at, "script"], bound: NONE }),
    ...mapQuestion(step, change, { role: predicate === "param" ? "value" : "place", at, bound: NONE }),
  };
}

function mapQuestion(
  { inputs, args }: Pick<StopCondition, "inputs" | "args">,
  change: TextChange,
  place: TextPlace,
): Pick<StopCondition, "inputs" | "args"> {
  return {
    inputs: mapMap(inputs, change, { ...place, at: [...place.at, "inputs"] }),
    args: mapMap(args, change, { ...place, role: "value", at: [...place.at, "args"] }),
  };
}

function mapSwitch(step: SwitchStep, change: TextChange): SwitchStep {
  return {
    ...step,
    condition: change(step.condition, { role: "decider", at: [...step.at, "condition"], bound: NONE }),
    data: step.data && change(step.data, { role: "place", at: [...step.at, "data"], bound: NONE }),
  };
}

function mapRepeated(step: RepeatedStep, change: TextChange): RepeatedStep {
  const bound = new Set(step.iterations.flatMap((values) => [...values.keys()]));
  const at = [...step.at, "multi_pass"];
  const stop = { role: "place", at: [...at, "condition"], bound } as const;
  return {
    ...step,
    steps: step.steps.map((inner) => mapTask(inner, change, bound)),
    iterations: step.iterations.map((values, i) =>
      mapMap(values, change, { role: "value", at: [...at, "schedule", i], bound: NONE })
    ),
    until: step.until && {
      script: change(step.until.script, { ...stop, role: "script", at: [...stop.at, "script"] }),
      ...mapQuestion(step.until, change, stop),
    },
  };
}
