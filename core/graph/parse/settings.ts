/**
 * How a task is run, besides its argument vector.
 *
 * @module
 */

import { LoomError } from "../../errors.ts";
import { parseRetry, parseTimeout } from "./duration.ts";
import { didYouMean, isScalar, type Section } from "./section.ts";
import { parseSandbox } from "./sandbox.ts";
import { amountMap, textMap } from "./values.ts";
import type { Loop, TaskStep } from "../pipeline.ts";
import { pyStr, type Value } from "../../yaml/value.ts";
import { parseWhen } from "../../python/when.ts";

/** Keys that are read of every step. */
const PLAIN_KEYS: ReadonlySet<Value> = new Set([
  "name",
  "task",
  "inputs",
  "outputs",
  "args",
  "optional",
  "disabled",
  "group",
  "kind",
]);
const LOOP_KEYS: ReadonlySet<string> = new Set(["over", "into", "filter", "parallel"]);
const IDENTIFIERS = /[\p{L}_][\p{L}\p{N}_]*/gu;

/** The fields of a task that are read here. */
export type Settings = Pick<
  TaskStep,
  | "loop"
  | "timeoutMs"
  | "retry"
  | "env"
  | "secrets"
  | "cwd"
  | "deps"
  | "when"
  | "resources"
  | "continueOnError"
  | "atomic"
  | "sandbox"
  | "metrics"
>;

/** Absent settings are `undefined` fields, so that all tasks have one shape. */
const NO_SETTINGS: Settings = {
  loop: undefined,
  timeoutMs: undefined,
  retry: undefined,
  env: new Map<string, never>(),
  secrets: [],
  cwd: undefined,
  deps: [],
  when: undefined,
  resources: new Map<string, never>(),
  continueOnError: false,
  atomic: false,
  sandbox: undefined,
  metrics: [],
};

/** The settings of a task, `resources` checked against the counters of the pipeline. */
export function parseSettings(step: Section, counters: ReadonlyMap<string, number>): Settings {
  if (isPlain(step)) return NO_SETTINGS;
  return {
    loop: parseLoop(step),
    timeoutMs: parseTimeout(step),
    retry: parseRetry(step),
    env: environmentOf(step),
    secrets: step.texts("secrets"),
    cwd: step.text("cwd") || undefined,
    deps: step.texts("deps"),
    when: parseWhenText(step),
    resources: resourcesOf(step, counters),
    continueOnError: step.flag("continue_on_error"),
    atomic: step.flag("atomic"),
    sandbox: parseSandbox(step),
    metrics: step.texts("metrics"),
  };
}

/** Most steps say nothing of how they are run: not to look for it saves half of the time. */
function isPlain(step: Section): boolean {
  for (const key of step.values.keys()) {
    if (!PLAIN_KEYS.has(key)) return false;
  }
  return true;
}

function parseLoop(step: Section): Loop | undefined {
  const loop = step.section("loop");
  if (loop === undefined) return undefined;
  loop.checkKeys(LOOP_KEYS);
  return {
    over: loop.requiredText("over", "name the folder whose files are iterated"),
    into: loop.requiredText("into", "name the folder that receives the results"),
    filter: loop.text("filter") || undefined,
    parallel: loop.maybeFlag("parallel"),
  };
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
