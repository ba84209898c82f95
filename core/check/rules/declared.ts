/**
 * Arguments against the front matter of the script.
 *
 * @module
 */

import { nearest, type Problem, type YamlPath } from "../../errors.ts";
import type { ResolvedArg } from "../../graph/resolve_task.ts";
import { converted } from "../../python/argparse_convert.ts";
import type { TaskArg, TaskSchema } from "../../python/front_matter.ts";
import { pyStr } from "../../yaml/value.ts";
import type { Facts, TaskFacts } from "../base/facts.ts";
import type { Script } from "../base/scripts.ts";
import { valuePlace } from "../base/value_place.ts";
import type { Variant } from "../base/variants.ts";
import { choiceHint, listed, shown, typeHint } from "./refused.ts";

/** What is declared and not given, and given and not declared. */
export function* declaredProblems(task: TaskFacts, script: Script): Generator<Problem> {
  yield* unknownFlags(task, script);
  yield* missingFlags(task, script);
  yield* inputCount(task, script);
  yield* inputOrder(task, script);
}

/** Flags that the script takes by its own `argparse`, also when there may be more. */
function knownFlags({ arguments: { arguments: all } }: Script): readonly string[] {
  return all.flatMap(({ flags }) => flags);
}

/** Front matter need not be complete, so this is never more than a warning; `argparse` knows better. */
function* unknownFlags({ step }: TaskFacts, script: Script): Generator<Problem> {
  const { args, outputs } = script.schema;
  if (script.arguments.complete) return;
  const known = new Set([...args.keys(), ...outputs.keys(), ...knownFlags(script)]);
  const sections = [["args", args.size > 0], ["outputs", outputs.size > 0]] as const;
  for (const [section, isDeclared] of sections) {
    for (const flag of isDeclared ? step[section].keys() : []) {
      if (known.has(flag) || known.has(flag.replace(/^-+/, "")) || known.has(`--${flag}`)) continue;
      const near = nearest(flag, known);
      yield {
        level: "warning",
        code: "unknown-argument",
        message: `The front matter of ${script.name} does not name '${flag}' that step '${step.name}' passes`,
        hint: near === undefined ? `it names ${listed([...known])}` : `did you mean '${near}'?`,
        step: step.name,
        path: [...step.at, section, flag],
        atKey: true,
      };
    }
  }
}

function* missingFlags({ step }: TaskFacts, { schema, name, arguments: { complete } }: Script): Generator<Problem> {
  const given = new Set([...step.args.keys(), ...step.outputs.keys(), ...step.inputs.keys()]);
  const isGiven = (flag: string) => given.has(flag) || given.has(`--${flag}`) || given.has(flag.replace(/^-+/, ""));
  for (const [flag, { required }] of schema.args) {
    if (!required || isGiven(flag)) continue;
    yield lacking(step.name, [...step.at, step.args.size > 0 ? "args" : "name"], {
      level: complete ? "warning" : "error",
      code: "missing-argument",
      message: `Step '${step.name}' does not give '${flag}', which the front matter of ${name} requires`,
      hint: `add '${flag}: …' to 'args'`,
    });
  }
  for (const flag of complete ? [] : schema.outputs.keys()) {
    if (isGiven(flag)) continue;
    yield lacking(step.name, [...step.at, step.outputs.size > 0 ? "outputs" : "name"], {
      level: "warning",
      code: "missing-output",
      message: `Step '${step.name}' does not give the output '${flag}' that the front matter of ${name} names`,
      hint: `add '${flag}: …' to 'outputs'`,
    });
  }
}

function lacking(
  step: string,
  path: YamlPath,
  words: Pick<Problem, "level" | "code" | "message" | "hint">,
): Problem {
  return { ...words, step, path };
}

/** Inputs are positional: how many there are matters, and `argparse` knows better. */
function* inputCount({ step }: TaskFacts, { schema, name, arguments: { complete } }: Script): Generator<Problem> {
  const declared = [...schema.inputs.keys()];
  if (complete || declared.length === 0 || step.inputs.size === declared.length) return;
  const path = step.inputs.size === 0 ? [...step.at, "name"] : [...step.at, "inputs"];
  const labels = [...step.inputs.keys()];
  const isMore = labels.length > declared.length;
  const lacks = declared.filter((input) => !step.inputs.has(input)).slice(0, declared.length - labels.length);
  yield {
    level: "warning",
    code: isMore ? "too-many-inputs" : "missing-input",
    message: isMore
      ? `Step '${step.name}' gives ${labels.length} inputs, but the front matter of ${name} names ${declared.length}`
      : `Step '${step.name}' does not give the input '${lacks[0]}' that the front matter of ${name} names`,
    hint: `it names ${listed(declared)}; inputs are passed in the order of the file`,
    step: step.name,
    path,
  };
}

/** Labels are not passed on, so two of them that stand the other way round are handed to each other's place. */
function* inputOrder({ step }: TaskFacts, { schema, name, arguments: own }: Script): Generator<Problem> {
  const positional = own.arguments.filter(({ flags }) => flags.length === 0).map(({ dest }) => dest);
  const expected = own.complete ? positional : [...schema.inputs.keys()];
  const labels = [...step.inputs.keys()];
  const isReordered = labels.length > 1 && labels.length === expected.length &&
    labels.every((label) => expected.includes(label)) && labels.some((label, i) => label !== expected[i]);
  if (!isReordered) return;
  const first = labels.find((label, i) => label !== expected[i])!;
  yield {
    level: "warning",
    code: "input-order",
    message: `Input '${first}' of step '${step.name}' stands where ${name} takes '${expected[labels.indexOf(first)]}'`,
    hint: `inputs are passed in the order of the file, and it takes ${expected.join(", ")}`,
    step: step.name,
    path: [...step.at, "inputs", first],
    atKey: true,
  };
}

/** Values of args against their declared types and choices. */
export function* valueProblems(facts: Facts, variant: Variant): Generator<Problem> {
  const { step, script, resolved } = variant.task;
  if (script === undefined || resolved === undefined || script.schema.args.size === 0) return;
  const level = script.arguments.complete ? "warning" : "error";
  for (const arg of resolved.args) {
    const declared = declarationOf(script.schema, arg.flag);
    const fault = declared === undefined ? undefined : faultOf(declared, arg);
    if (declared === undefined || fault === undefined) continue;
    const { parameter } = arg;
    const path = valuePlace(facts, variant, { section: "args", key: arg.flag, isFlag: false, parameter });
    yield { level, ...faultWords({ fault, declared, arg, step: step.name, script }), step: step.name, path };
  }
}

function declarationOf({ args }: TaskSchema, flag: string): TaskArg | undefined {
  return args.get(flag) ?? args.get(flag.replace(/^-+/, "")) ?? args.get(`--${flag}`);
}

const BOOLEANS = /^(true|false|yes|no|on|off|y|n|t|f|0|1)$/i;

function faultOf({ type, choices }: TaskArg, { value, words }: ResolvedArg): "type" | "choice" | undefined {
  // False passes nothing, which is no value.
  if (value === false) return undefined;
  const text = words.at(-1) ?? "";
  if (type === "bool") return value === true || BOOLEANS.test(text) ? undefined : "type";
  if (type === "int" || type === "float") {
    if (value === true || converted(type, text) === undefined) return "type";
  }
  if (choices === undefined || value === true) return undefined;
  return choices.some((choice) => pyStr(choice) === text || isSameNumber(type, pyStr(choice), text))
    ? undefined
    : "choice";
}

function isSameNumber(type: string, a: string, b: string): boolean {
  if (type !== "int" && type !== "float") return false;
  const [x, y] = [converted("float", a), converted("float", b)];
  return x !== undefined && y !== undefined && pyStr(x) === pyStr(y);
}

interface Faulty {
  readonly fault: "type" | "choice";
  readonly declared: TaskArg;
  readonly arg: ResolvedArg;
  readonly step: string;
  readonly script: Script;
}

function faultWords({ fault, declared, arg, step, script }: Faulty): Pick<Problem, "code" | "message" | "hint"> {
  const text = arg.value === true ? "true" : arg.words.at(-1) ?? "";
  const passed = `Step '${step}' passes ${shown(text)} as '${arg.flag}', which`;
  if (fault === "type") {
    const hint = arg.value === true ? "true passes the flag alone; write the value" : typeHint(declared.type, text);
    const message = `${passed} is ${declared.type} by the front matter of ${script.name}`;
    return { code: "wrong-type", message, hint };
  }
  const message = `${passed} is no choice in the front matter of ${script.name}`;
  return { code: "not-a-choice", message, hint: choiceHint(text, declared.choices ?? []) };
}
