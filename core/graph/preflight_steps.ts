/**
 * What is wrong inside one step, as far as can be told without a disk.
 *
 * @module
 */

import { isLoomError, nearest, type YamlPath } from "../errors.ts";
import type { Env } from "./env.ts";
import { isInterpolated } from "./expand.ts";
import { isInside } from "../paths.ts";
import type { ConditionStep, Pipeline, RepeatedStep, Step, SwitchStep, TaskStep } from "./pipeline.ts";
import {
  asPath,
  type Bindings,
  expand,
  expandValue,
  isFound,
  referenceName,
  type Resolved,
  resolveScript,
  resolveText,
  type Unresolved,
} from "./resolve.ts";
import { addressComplaint, type Complaint } from "./unresolved.ts";
import type { Value } from "../yaml/value.ts";
import { parseWhen } from "../python/when.ts";
import { whenValues } from "./when_values.ts";

/** One thing found: something that stands for nothing, or a complaint of its own. */
export interface Finding {
  readonly step: string;
  /** Where in the step, as `input 'table'`. */
  readonly place: string;
  readonly at: YamlPath;
  readonly what: Unresolved | Complaint;
  /** Never more than a warning. */
  readonly mild?: boolean;
}

/** Where to look things up. */
export interface FindingOptions {
  readonly env: Env;
  /** Names of all conditions of the pipeline. */
  readonly conditions: ReadonlySet<string>;
}

/** Everything wrong inside a step. The same thing may come twice, from two iterations of a group. */
export function findings(pipeline: Pipeline, step: Step, options: FindingOptions): readonly Finding[] {
  const found = new StepFindings(pipeline, step.name, options);
  switch (step.kind) {
    case "task":
      found.task(step, step.loop === undefined ? undefined : { loop: { item: "/", output: "/" } });
      break;
    case "condition":
      found.condition(step);
      break;
    case "switch":
      found.switch(step);
      break;
    case "repeated":
      found.repeated(step);
  }
  return found.list;
}

// Words a switch understands without a dollar; any other one is a reference that lacks it.
const PLAIN_DECISIONS = new Set("true false yes no on off 1 0 none null".split(" "));

class StepFindings {
  readonly list: Finding[] = [];
  readonly #pipeline: Pipeline;
  /** The step that is known by name outside of its group. */
  readonly #name: string;
  readonly #options: FindingOptions;

  constructor(pipeline: Pipeline, name: string, options: FindingOptions) {
    this.#pipeline = pipeline;
    this.#name = name;
    this.#options = options;
  }

  task(step: TaskStep, bindings?: Bindings): void {
    this.#script(step.task, { owner: step, section: "task" });
    for (const [key, text] of step.inputs) this.#input(text, { owner: step, section: "inputs", key, bindings });
    for (const [key, text] of step.outputs) this.#output(text, { owner: step, section: "outputs", key, bindings });
    for (const [key, value] of step.args) this.#value(value, { owner: step, section: "args", key, bindings });
    if (step.loop !== undefined) this.#loop(step, step.loop);
    if (step.when !== undefined) this.#when(step, step.when, bindings);
    step.metrics.forEach((text, i) => this.#metrics(text, { owner: step, section: "metrics", keys: [i], bindings }));
    if (isInterpolated(this.#pipeline)) this.#settings(step, bindings);
  }

  condition(step: ConditionStep): void {
    if (step.script !== undefined) this.#script(step.script, { owner: step, section: "script" });
    else if (!step.inputs.has("data")) this.#add({ owner: step, section: "inputs" }, unconnected("data"));
    this.#question(step, step);
  }

  switch(step: SwitchStep): void {
    this.#decider(step);
    if (step.data !== undefined && step.data !== "") this.#look(step.data, { owner: step, section: "data" });
  }

  repeated(step: RepeatedStep): void {
    const usesValues = step.iterations.some((values) => values.size > 0);
    // An iteration whose values could not be computed never comes; the run says so when it gets there.
    const known = step.iterations.slice(0, step.broken?.iteration);
    for (const values of usesValues || step.broken !== undefined ? known : known.slice(0, 1)) {
      const bindings = { iteration: { values, paths: new Map(), feedback: new Map() } };
      for (const inner of step.steps) this.task(inner, bindings);
      if (step.until === undefined) continue;
      const owner = { name: step.name, at: [...step.at, "multi_pass", "condition"] };
      this.#script(step.until.script, { owner, section: "script" });
      this.#question(owner, step.until, bindings);
    }
  }

  // Conditions come before data and parameters; they are checked as steps of their own.
  #decider(step: SwitchStep): void {
    const name = referenceName(step.condition);
    if (this.#options.conditions.has(name ?? step.condition)) return;
    const text = step.condition.trim().toLowerCase();
    const found = resolveText(this.#pipeline, step.condition, { env: this.#options.env, role: "arg" });
    const isPlainName = name === undefined && !text.startsWith("${") && !PLAIN_DECISIONS.has(text);
    const where = { owner: step, section: "condition" };
    if (isPlainName || found.kind === "unknown") this.#add(where, this.#unknownDecider(step.condition));
    else if (!isFound(found)) this.#add(where, found);
  }

  #unknownDecider(condition: string): Complaint {
    const known = [...this.#options.conditions, ...this.#pipeline.parameters.keys()];
    const near = nearest(condition.replace(/^\$/, ""), known);
    return {
      code: "unknown-reference",
      message: `Unknown reference '${condition}'`,
      hint: near === undefined ? "name a condition or a parameter, with a '$'" : `did you mean '$${near}'?`,
    };
  }

  #question(
    owner: Owner,
    asked: { readonly inputs: ReadonlyMap<string, string>; readonly args: ReadonlyMap<string, Value> },
    bindings?: Bindings,
  ): void {
    for (const [key, text] of asked.inputs) {
      const where = { owner, section: "inputs", key, bindings };
      if (text.trim() === "") this.#add(where, unconnected(key));
      else this.#look(text, where);
    }
    for (const [key, value] of asked.args) this.#value(value, { owner, section: "args", key, bindings });
  }

  #loop(step: TaskStep, loop: NonNullable<TaskStep["loop"]>): void {
    const where = { owner: step, section: "loop", key: "over" };
    const over = asPath(this.#pipeline, this.#look(loop.over, where));
    if (over.kind === "url") this.#add(where, addressComplaint(over.url));
    this.#output(loop.into, { owner: step, section: "loop", key: "into" });
  }

  #input(text: string, where: Where): void {
    if (isEmpty(this.#look(text, where))) this.#add(where, EMPTY_TEXT, true);
  }

  #output(text: string, where: Where): void {
    const resolved = this.#look(text, where);
    if (isEmpty(resolved)) return this.#add(where, EMPTY_TEXT, true);
    const found = asPath(this.#pipeline, resolved);
    if (found.kind === "url") return this.#add(where, addressComplaint(found.url));
    if (found.kind !== "path" || where.bindings?.loop?.output === found.path) return;
    if (!isInside(found.path, this.#pipeline.baseDir) && !this.#mayBeOutside(found.key)) {
      this.#add(where, outside(found.path), true);
    }
  }

  #mayBeOutside(key: string | undefined): boolean {
    for (let at = key, depth = 0; at !== undefined && depth <= this.#pipeline.data.size; depth++) {
      const entry = this.#pipeline.data.get(at);
      if (entry?.allowOutside) return true;
      at = entry?.nestedIn;
    }
    return false;
  }

  #value(value: Value, where: Where): void {
    if (typeof value === "string") {
      this.#look(value, where);
      return;
    }
    const found = expandValue(this.#pipeline, value, { env: this.#options.env, bindings: where.bindings });
    if ("kind" in found) this.#add(where, found);
  }

  /** Under version 2 names stand in settings too. */
  #settings(step: TaskStep, bindings?: Bindings): void {
    const look = (text: string, section: string, role: "arg" | "input", ...keys: readonly (string | number)[]) => {
      const found = expand(this.#pipeline, text, { env: this.#options.env, bindings, role });
      if (!("ok" in found)) this.#add({ owner: step, section, keys }, found);
    };
    for (const [name, text] of step.env) look(text, "env", "arg", name);
    step.deps.forEach((text, i) => look(text, "deps", "input", i));
    if (step.cwd !== undefined) look(step.cwd, "cwd", "input");
    step.sandbox?.write.forEach((text, i) => look(text, "sandbox", "input", "write", i));
  }

  #look(text: string, where: Where): Resolved {
    const role = where.section === "args" ? "arg" : "input";
    const found = resolveText(this.#pipeline, text, { env: this.#options.env, bindings: where.bindings, role });
    if (!isFound(found)) this.#add(where, found);
    return found;
  }

  #metrics(text: string, where: Where): void {
    const found = asPath(this.#pipeline, this.#look(text, where));
    if (found.kind === "url") this.#add(where, addressComplaint(found.url));
  }

  #script(task: string, where: Where): void {
    const script = resolveScript(this.#pipeline, task, this.#options.env);
    if ("missing" in script) this.#add(where, script.unresolved);
  }

  #when(step: TaskStep, when: string, bindings?: Bindings): void {
    const values = bindings?.iteration?.values.keys() ?? [];
    const known = whenValues(this.#pipeline, this.#name, this.#options.env);
    try {
      parseWhen(when, { names: [...known.keys(), ...values] });
    } catch (error) {
      if (!isLoomError(error)) throw error;
      const { code, message, hint } = error;
      this.#add({ owner: step, section: "when" }, { code, message, hint });
    }
  }

  #add({ owner, section, key, keys = [] }: Where, what: Finding["what"], mild = false): void {
    const at = key === undefined ? [...owner.at, section, ...keys] : [...owner.at, section, key];
    this.list.push({ step: owner.name, place: placeName(section, key), at, what, mild });
  }
}

/** Who has the text: a step, or the condition of a group. */
interface Owner {
  readonly name: string;
  readonly at: YamlPath;
}

/** Where a text stands; its words and key path are made only when something is wrong there. */
interface Where {
  readonly owner: Owner;
  readonly section: string;
  readonly key?: string;
  /** Where more than one key leads to it. */
  readonly keys?: YamlPath;
  readonly bindings?: Bindings;
}

const SINGULAR: Readonly<Record<string, string>> = { inputs: "input", outputs: "output", args: "arg" };

function placeName(section: string, key: string | undefined): string {
  if (key === undefined) return section;
  return section === "loop" ? `loop.${key}` : `${SINGULAR[section]} '${key}'`;
}

function isEmpty(resolved: Resolved): boolean {
  return resolved.kind === "value" && resolved.value === "";
}

const EMPTY_TEXT: Complaint = {
  code: "empty-path",
  message: "An empty text stands for the folder of the pipeline",
  hint: "write '.' if that is meant",
};

function unconnected(label: string): Complaint {
  return {
    code: "unconnected-input",
    message: `Input '${label}' of a condition is not connected`,
    hint: "give it a '$reference' or a path",
  };
}

function outside(path: string): Complaint {
  return {
    code: "outside-pipeline",
    message: `'${path}' lies outside the pipeline's folder`,
    hint: "move it inside, or put 'allow_outside_pipeline: true' on its data entry",
  };
}
