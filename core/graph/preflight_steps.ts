/**
 * What is wrong inside one step, as far as can be told without a disk.
 *
 * @module
 */

import { isLoomError, nearest, type YamlPath } from "../errors.ts";
import type { Env } from "./env.ts";
import { isInside } from "./paths.ts";
import type { ConditionStep, Pipeline, RepeatedStep, Step, SwitchStep, TaskStep } from "./pipeline.ts";
import {
  asPath,
  type Bindings,
  isFound,
  referenceName,
  type Resolved,
  resolveScript,
  resolveText,
  type Unresolved,
} from "./resolve.ts";
import { addressComplaint, type Complaint } from "./unresolved.ts";
import type { Value } from "./value.ts";
import { parseWhen } from "./when.ts";

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
  const found = new StepFindings(pipeline, options);
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
  readonly #options: FindingOptions;

  constructor(pipeline: Pipeline, options: FindingOptions) {
    this.#pipeline = pipeline;
    this.#options = options;
  }

  task(step: TaskStep, bindings?: Bindings): void {
    this.#script(step.name, step.task, { place: "task", at: [...step.at, "task"] });
    for (const [label, text] of step.inputs) {
      this.#input(step.name, text, { place: `input '${label}'`, at: [...step.at, "inputs", label], bindings });
    }
    for (const [flag, text] of step.outputs) {
      this.#output(step.name, text, { place: `output '${flag}'`, at: [...step.at, "outputs", flag], bindings });
    }
    for (const [flag, value] of step.args) {
      this.#value(step.name, value, { place: `arg '${flag}'`, at: [...step.at, "args", flag], bindings });
    }
    if (step.loop !== undefined) this.#loop(step, step.loop);
    if (step.when !== undefined) this.#when(step, step.when);
  }

  condition(step: ConditionStep): void {
    if (step.script !== undefined) {
      this.#script(step.name, step.script, { place: "script", at: [...step.at, "script"] });
    } else if (!step.inputs.has("data")) {
      this.#add(step.name, { place: "inputs", at: [...step.at, "inputs"] }, unconnected("data"));
    }
    this.#question(step.name, step);
  }

  switch(step: SwitchStep): void {
    this.#decider(step);
    if (step.data !== undefined && step.data !== "") {
      this.#place(step.name, step.data, { place: "data", at: [...step.at, "data"] });
    }
  }

  // Conditions come before data and parameters; they are checked as steps of their own.
  #decider(step: SwitchStep): void {
    const name = referenceName(step.condition);
    if (this.#options.conditions.has(name ?? step.condition)) return;
    const where = { place: "condition", at: [...step.at, "condition"] };
    const text = step.condition.trim().toLowerCase();
    const found = resolveText(this.#pipeline, step.condition, { env: this.#options.env, role: "arg" });
    const isPlainName = name === undefined && !text.startsWith("${") && !PLAIN_DECISIONS.has(text);
    if (isPlainName || found.kind === "unknown") this.#add(step.name, where, this.#unknownDecider(step.condition));
    else if (!isFound(found)) this.#add(step.name, where, found);
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

  repeated(step: RepeatedStep): void {
    const usesValues = step.iterations.some((values) => values.size > 0);
    for (const values of usesValues ? step.iterations : step.iterations.slice(0, 1)) {
      const bindings = { iteration: { values, paths: new Map(), feedback: new Map() } };
      for (const inner of step.steps) this.task(inner, bindings);
      if (step.until !== undefined) {
        const at = [...step.at, "multi_pass", "condition"];
        this.#script(step.name, step.until.script, { place: "script of the condition", at: [...at, "script"] });
        this.#question(step.name, { ...step.until, at }, bindings);
      }
    }
  }

  #question(
    step: string,
    asked: { inputs: ReadonlyMap<string, string>; args: ReadonlyMap<string, Value>; at: YamlPath },
    bindings?: Bindings,
  ): void {
    for (const [label, text] of asked.inputs) {
      const where = { place: `input '${label}'`, at: [...asked.at, "inputs", label], bindings };
      if (text.trim() === "") this.#add(step, where, unconnected(label));
      else this.#place(step, text, where);
    }
    for (const [name, value] of asked.args) {
      this.#value(step, value, { place: `arg '${name}'`, at: [...asked.at, "args", name], bindings });
    }
  }

  #loop(step: TaskStep, loop: NonNullable<TaskStep["loop"]>): void {
    const at = (key: string): Where => ({ place: `loop.${key}`, at: [...step.at, "loop", key] });
    const over = this.#place(step.name, loop.over, at("over"));
    if (over.kind === "url") this.#add(step.name, at("over"), addressComplaint(over.url));
    this.#output(step.name, loop.into, at("into"));
  }

  #input(step: string, text: string, where: Where): void {
    if (text === "") this.#add(step, where, EMPTY_TEXT, true);
    else this.#place(step, text, where);
  }

  #output(step: string, text: string, where: Where): void {
    if (text === "") return this.#add(step, where, EMPTY_TEXT, true);
    const found = this.#place(step, text, where);
    if (found.kind === "url") return this.#add(step, where, addressComplaint(found.url));
    if (found.kind !== "path" || where.bindings?.loop?.output === found.path) return;
    if (!isInside(found.path, this.#pipeline.baseDir) && !this.#mayBeOutside(found.key)) {
      this.#add(step, where, outside(found.path), true);
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

  #place(step: string, text: string, where: Where): Resolved {
    const { env } = this.#options;
    const found = asPath(
      this.#pipeline,
      resolveText(this.#pipeline, text, { env, bindings: where.bindings, role: "input" }),
    );
    if (!isFound(found)) this.#add(step, where, found);
    return found;
  }

  #value(step: string, value: Value, where: Where): void {
    if (typeof value !== "string" || !value.includes("$")) return;
    const { env } = this.#options;
    const found = resolveText(this.#pipeline, value, { env, bindings: where.bindings, role: "arg" });
    if (!isFound(found)) this.#add(step, where, found);
  }

  #script(step: string, task: string, where: Where): void {
    const script = resolveScript(this.#pipeline, task, this.#options.env);
    if ("missing" in script) this.#add(step, where, { kind: "unset", variable: script.missing });
  }

  #when(step: TaskStep, when: string): void {
    try {
      parseWhen(when, { names: this.#pipeline.parameters.keys() });
    } catch (error) {
      if (!isLoomError(error)) throw error;
      const { code, message, hint } = error;
      this.#add(step.name, { place: "when", at: [...step.at, "when"] }, { code, message, hint });
    }
  }

  #add(step: string, where: Where, what: Finding["what"], mild = false): void {
    this.list.push({ step, place: where.place, at: where.at, what, mild });
  }
}

interface Where {
  readonly place: string;
  readonly at: YamlPath;
  readonly bindings?: Bindings;
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
