/**
 * The values of each iteration of a repeated group.
 *
 * @module
 */

import { LoomError } from "../../errors.ts";
import { evaluate, type Expression, parseExpression } from "../../python/expression.ts";
import { isScalar, type Section, show } from "./section.ts";
import type { RepeatedStep } from "../pipeline.ts";
import { pyStr, type Value } from "../../yaml/value.ts";

/** More cannot be meant: an iteration starts at least one program. Keeps a mistyped count from filling the memory. */
const MAX_ITERATIONS = 100_000;

/** Values of one iteration, by name. */
export type IterationValues = ReadonlyMap<string, Value>;

/** What a group is repeated with. */
export type Iterations = Pick<RepeatedStep, "iterations" | "broken">;

const NONE: IterationValues = new Map();

/** A formula, or a value that is the same in every iteration. */
type Formula = { readonly name: string } & ({ readonly expression: Expression } | { readonly value: Value });

/**
 * The iterations that `schedule`, `count` and `expressions` ask for; one without values after an error. When a formula
 * fails in an iteration, that one and all after it have no values, and `broken` says why.
 */
export function parseIterations(settings: Section): Iterations {
  const schedule = settings.get("schedule");
  const hasExpressions = settings.get("expressions") !== undefined;
  const count = parseCount(settings);
  if (schedule !== undefined && hasExpressions) {
    const message = "multi_pass.schedule and multi_pass.expressions exclude each other";
    settings.error({
      code: "schedule-and-expressions",
      message,
      hint: "keep one of them",
      under: ["expressions"],
      atKey: true,
    });
    return { iterations: [NONE] };
  }
  if (schedule !== undefined) return { iterations: parseSchedule(settings, count) };
  if (hasExpressions) return parseExpressions(settings, count);
  return { iterations: emptyIterations(count ?? 1) };
}

/** `undefined` when absent; 1 after an error. */
function parseCount(settings: Section): number | undefined {
  const count = settings.get("count");
  if (count === undefined) return undefined;
  if (typeof count === "number" && count >= 1 && count <= MAX_ITERATIONS) return count;
  settings.mismatch("count", `a whole number from 1 to ${MAX_ITERATIONS}`, { code: "invalid-count" });
  return 1;
}

function emptyIterations(count: number): readonly IterationValues[] {
  return Array.from({ length: count }, () => NONE);
}

function parseSchedule(settings: Section, count: number | undefined): readonly IterationValues[] {
  const schedule = settings.get("schedule");
  if (!Array.isArray(schedule) || schedule.length === 0) {
    settings.mismatch("schedule", "a list with one map of values for each iteration", { code: "invalid-schedule" });
    return [NONE];
  }
  if (count !== undefined && count !== schedule.length) {
    const message = `multi_pass.count is ${count}, but multi_pass.schedule has ${schedule.length} iterations and wins`;
    settings.warn({ code: "no-effect", message, under: ["count"] });
  }
  return schedule.map((entry, index) => scheduled(settings, entry, index));
}

function scheduled(settings: Section, entry: Value, index: number): IterationValues {
  if (entry instanceof Map) return new Map([...entry].map(([name, value]) => [pyStr(name), value]));
  const message = `iteration ${index} of multi_pass.schedule must be a map of values, not ${show(entry)}`;
  settings.error({ code: "invalid-schedule", message, under: ["schedule", index] });
  return NONE;
}

function parseExpressions(settings: Section, count: number | undefined): Iterations {
  if (count === undefined) {
    const message = "multi_pass.count is missing, which multi_pass.expressions need";
    settings.error({ code: "missing-key", message, hint: "say how many iterations to make", under: ["expressions"] });
  }
  const section = settings.section("expressions");
  if (section === undefined) return { iterations: [NONE] };
  if (section.values.size === 0) {
    section.error({
      code: "empty-value",
      message: "multi_pass.expressions is empty",
      hint: "add one, or remove the key",
    });
  }
  const formulas = parseFormulas(section);
  if (formulas === undefined) return { iterations: emptyIterations(count ?? 1) };
  return evaluateAll(section, formulas, count ?? 1);
}

/** `undefined` when one of them cannot be read. A formula knows `iter` and the names above it, as in the original. */
function parseFormulas(section: Section): readonly Formula[] | undefined {
  const names = new Set(["iter"]);
  const formulas: Formula[] = [];
  for (const [name, value] of section.entries()) {
    const formula = parseFormula(section, { name, value }, names);
    if (formula !== undefined) formulas.push(formula);
    names.add(name);
  }
  return formulas.length === section.values.size ? formulas : undefined;
}

function parseFormula(
  section: Section,
  { name, value }: { readonly name: string; readonly value: Value },
  names: ReadonlySet<string>,
): Formula | undefined {
  if (typeof value !== "string" && value !== null && isScalar(value)) return { name, value };
  if (typeof value !== "string") {
    const message = `${section.named(name)} must be an expression, not ${show(value)}`;
    section.error({ code: "not-a-text", message, under: [name] });
    return undefined;
  }
  try {
    return { name, expression: parseExpression(value, { names }) };
  } catch (error) {
    const { code, message, hint } = known(error);
    section.error({ code, message: `${section.named(name)}: ${message}`, hint, under: [name] });
    return undefined;
  }
}

function evaluateAll(section: Section, formulas: readonly Formula[], count: number): Iterations {
  const iterations: IterationValues[] = [];
  for (let iteration = 0; iteration < count; iteration++) {
    const values = new Map<string, Value>();
    const failed = evaluateInto(values, formulas, iteration);
    if (failed === undefined) {
      iterations.push(values);
      continue;
    }
    const reason = `${failed.name}: ${failed.message}`;
    const message = `iteration ${iteration} will fail: ${reason}`;
    section.warn({ code: "expression-failed", message, under: [failed.name] });
    iterations.push(...emptyIterations(count - iteration));
    return { iterations, broken: { iteration, reason } };
  }
  return { iterations };
}

/** The first failure, if there is one. */
function evaluateInto(values: Map<string, Value>, formulas: readonly Formula[], iteration: number) {
  const names = new Map<string, Value>([["iter", iteration]]);
  for (const formula of formulas) {
    try {
      const value = "value" in formula ? formula.value : evaluate(formula.expression, names);
      values.set(formula.name, value);
      names.set(formula.name, value);
    } catch (error) {
      return { name: formula.name, message: known(error).message };
    }
  }
  return undefined;
}

/** Problems of a person's formula go on as findings; anything else is a fault of ours and passes. */
function known(error: unknown): LoomError {
  if (error instanceof LoomError) return error;
  throw error;
}
