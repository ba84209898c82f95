/**
 * Steps that run a script.
 *
 * @module
 */

import { LoomError } from "../errors.ts";
import { parseRetry, parseTimeout } from "./parse_duration.ts";
import { didYouMean, isScalar, type Section } from "./parse_section.ts";
import { amountMap, textMap, valueMap } from "./parse_values.ts";
import type { Loop, TaskStep } from "./pipeline.ts";
import { pyStr } from "./value.ts";
import { parseWhen } from "./when.ts";

const LOOP_KEYS: ReadonlySet<string> = new Set(["over", "into", "filter", "parallel"]);
const IDENTIFIERS = /[\p{L}_][\p{L}\p{N}_]*/gu;

/** What a step is called and where it belongs, found out before the rest of it is read. */
export interface StepIdentity {
  readonly name: string;
  readonly group?: string;
}

/** What every kind of step says of itself. */
export function stepBase(step: Section, { name, group }: StepIdentity) {
  return { name, group, optional: step.flag("optional"), disabled: step.flag("disabled"), at: step.place.at };
}

/**
 * A task step. Absent settings are `undefined` fields, so that all tasks have one shape: that keeps reading 10,000 of
 * them fast.
 */
export function parseTask(
  step: Section,
  options: StepIdentity & { readonly resources: ReadonlyMap<string, number> },
): TaskStep {
  refuseSandbox(step);
  return {
    kind: "task",
    ...stepBase(step, options),
    task: scriptOf(step),
    inputs: textMap(step, "inputs"),
    outputs: textMap(step, "outputs"),
    args: valueMap(step, "args"),
    loop: parseLoop(step),
    timeoutMs: parseTimeout(step),
    retry: parseRetry(step),
    env: environmentOf(step),
    secrets: step.texts("secrets"),
    cwd: step.text("cwd") || undefined,
    deps: step.texts("deps"),
    when: parseWhenText(step),
    resources: resourcesOf(step, options.resources),
    continueOnError: step.flag("continue_on_error"),
    atomic: step.flag("atomic"),
  };
}

function scriptOf(step: Section): string {
  const script = step.text("task") || step.text("script");
  if (script) return script;
  if (isAbsentText(step, "task") && isAbsentText(step, "script")) {
    step.error({ code: "missing-key", message: "task is missing", hint: "name the script to run: 'task: tasks/x.py'" });
  }
  return "";
}

/** Whether nothing was said of the key yet: a value of the wrong kind has its own message. */
function isAbsentText(step: Section, key: string): boolean {
  return isScalar(step.get(key) ?? null);
}

function parseLoop(step: Section): Loop | undefined {
  const loop = step.section("loop");
  if (loop === undefined) return undefined;
  loop.checkKeys(LOOP_KEYS);
  return {
    over: requiredText(loop, "over", "name the folder whose files are iterated"),
    into: requiredText(loop, "into", "name the folder that receives the results"),
    filter: loop.text("filter") || undefined,
    parallel: loop.maybeFlag("parallel"),
  };
}

/** The text of a key that must be there and not be empty; `""` after an error. */
export function requiredText(section: Section, key: string, hint: string): string {
  const text = section.text(key);
  if (text) return text;
  if (!isAbsentText(section, key)) return "";
  section.error({ code: "missing-key", message: `${section.named(key)} is missing`, hint });
  return "";
}

function environmentOf(step: Section): ReadonlyMap<string, string> {
  const env = textMap(step, "env");
  for (const name of env.keys()) {
    if (name !== "" && !/[=\0]/.test(name)) continue;
    const message = `env: '${name}' cannot be the name of a variable`;
    step.error({ code: "invalid-variable", message, under: ["env", name], atKey: true });
  }
  return env;
}

/** The condition as text, its grammar checked; its names are looked up when the parameters of the run are known. */
function parseWhenText(step: Section): string | undefined {
  const value = step.get("when");
  const text = value !== undefined && isScalar(value) ? pyStr(value) : step.text("when");
  if (text === undefined) return undefined;
  try {
    parseWhen(text, { names: text.match(IDENTIFIERS) ?? [] });
  } catch (error) {
    if (!(error instanceof LoomError)) throw error;
    step.error({ code: "when-invalid", message: `when: ${error.message}`, hint: error.hint, under: ["when"] });
  }
  return text;
}

/** Amounts drawn from the counters of `execution.resources`; one that can never be had would wait for ever. */
function resourcesOf(step: Section, counters: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const wanted = amountMap(step, "resources");
  for (const [name, amount] of wanted) {
    const limit = counters.get(name);
    if (limit === undefined) {
      const hint = didYouMean(name, counters.keys()) ?? `add '${name}' to execution.resources`;
      const message = `resources.${name} is not declared in execution.resources`;
      step.error({ code: "unknown-resource", message, hint, under: ["resources", name], atKey: true });
    } else if (amount > limit) {
      const message = `resources.${name} asks for ${amount}, but execution.resources has ${limit}`;
      step.error({
        code: "resource-exceeded",
        message,
        hint: "ask for less, or raise it there",
        under: ["resources", name],
      });
    }
  }
  return wanted;
}

/** A script whose author asked for a sandbox must not run without one. */
function refuseSandbox(step: Section): void {
  if (!step.flag("sandbox")) return;
  const hint = "remove it to run the script with your own rights";
  const message = "sandbox: true is not available in this version";
  step.error({ code: "sandbox-unavailable", message, hint, under: ["sandbox"] });
}
