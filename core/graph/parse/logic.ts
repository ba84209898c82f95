/**
 * Conditions and switches.
 *
 * @module
 */

import type { ConditionStep, Predicate, SwitchStep } from "../pipeline.ts";
import { asNumber, didYouMean, Section, show } from "./section.ts";
import { stepBase, type StepIdentity } from "./task.ts";
import { textMap, valueMap } from "./values.ts";
import { Float, type Value } from "../../yaml/value.ts";

/** The built-in questions, with the args that each one reads. */
const PREDICATES: Readonly<Record<Predicate, ReadonlySet<string>>> = {
  exists: new Set(),
  is_file: new Set(),
  is_dir: new Set(),
  non_empty: new Set(),
  count: new Set(["pattern", "op", "n"]),
  param: new Set(),
};
const OPERATORS = ["==", "=", "!=", ">", "<", ">=", "<="];

/** A condition: exactly one of a known `predicate` and a `script`. An input without a value is kept as `""`. */
export function parseCondition(step: Section, identity: StepIdentity): ConditionStep {
  const asked = step.text("predicate") || undefined;
  const script = step.text("script") || undefined;
  checkOneQuestion(step, { asked, script });
  const predicate = asked === undefined ? undefined : knownPredicate(step, asked);
  const args = valueMap(step, "args");
  return {
    kind: "condition",
    ...stepBase(step, identity),
    predicate,
    script,
    inputs: textMap(step, "inputs", { empty: "" }),
    args: predicate === undefined ? args : checkedArgs(step, predicate, args),
    negate: step.flag("negate"),
  };
}

function checkOneQuestion(
  step: Section,
  { asked, script }: { readonly asked?: string; readonly script?: string },
): void {
  if (asked !== undefined && script !== undefined) {
    const message = "predicate and script exclude each other";
    step.error({ code: "predicate-and-script", message, hint: "keep one of them", under: ["script"], atKey: true });
  } else if (asked === undefined && script === undefined) {
    const hint = `add one predicate of ${Object.keys(PREDICATES).join(", ")}, or a script`;
    step.error({ code: "missing-key", message: "a condition needs a predicate or a script", hint });
  }
}

function knownPredicate(step: Section, word: string): Predicate | undefined {
  if (Object.hasOwn(PREDICATES, word)) return word as Predicate;
  const known = Object.keys(PREDICATES);
  const hint = didYouMean(word, known) ?? `known are ${known.join(", ")}`;
  step.error({ code: "unknown-predicate", message: `unknown predicate '${word}'`, hint, under: ["predicate"] });
  return undefined;
}

function checkedArgs(
  step: Section,
  predicate: Predicate,
  args: ReadonlyMap<string, Value>,
): ReadonlyMap<string, Value> {
  for (const name of args.keys()) {
    if (PREDICATES[predicate].has(name)) continue;
    const hint = didYouMean(name, PREDICATES[predicate]);
    const message = `args.${name} has no effect on predicate '${predicate}'`;
    step.warn({ code: "no-effect", message, hint, under: ["args", name], atKey: true });
  }
  return predicate === "count" ? countArgs(step, args) : args;
}

/** The args of `count`, nulls left out so that the defaults apply, and `n` as a number. */
function countArgs(step: Section, args: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  const place = { ...step.place, at: [...step.place.at, "args"], prefix: "args." };
  const section = new Section(args, place, step.problems);
  const checked = new Map([...args].filter(([, value]) => value !== null));
  const n = numberOf(section);
  if (n !== undefined) checked.set("n", n);
  checkOperator(section);
  if (!isReference(section.get("pattern") ?? "$")) section.text("pattern");
  return checked;
}

function checkOperator(args: Section): void {
  const op = args.get("op");
  if (op === undefined || isReference(op) || OPERATORS.includes(show(op).replaceAll("'", ""))) return;
  const hint = "write it in quotes";
  args.mismatch("op", `one of ${OPERATORS.join(" ")}`, { code: "unknown-operator", hint });
}

/** `n` as a number; the original also took one written in quotes. */
function numberOf(args: Section): Value | undefined {
  const n = args.get("n");
  if (n === undefined || isReference(n) || asNumber(n) !== undefined) return n;
  if (typeof n === "string" && /^\s*[+-]?\d+(\.\d*)?\s*$/.test(n)) {
    return n.includes(".") ? new Float(Number(n)) : Number(n);
  }
  args.mismatch("n", "a number", { code: "not-a-number" });
  return undefined;
}

function isReference(value: Value): boolean {
  return typeof value === "string" && value.startsWith("$");
}

/** A switch. The `$` of its condition may be left out, as the original allowed for names of conditions. */
export function parseSwitch(step: Section, identity: StepIdentity): SwitchStep {
  const condition = step.requiredText("condition", "name a condition or a parameter: 'condition: $enough'");
  return {
    kind: "switch",
    ...stepBase(step, identity),
    condition: condition === "" || condition.startsWith("$") ? condition : `$${condition}`,
    data: step.text("data") || undefined,
  };
}
