/**
 * The `when` of a step: a question about parameters, asked before the step is run.
 *
 * @module
 */

import { evaluate, type Expression, parseExpression } from "./expression.ts";
import { truthy } from "./compare.ts";
import type { Value } from "../yaml/value.ts";

/**
 * Parse a `when`: names of parameters, literals, `== != < <= > >=`, `and or not`, `in`, `not in`, lists, brackets.
 * Besides `True`, `False` and `None`, also `true`, `false` and `null` are known.
 *
 * @throws {LoomError} `expression-invalid`, with the column; unknown names come with the nearest known one.
 */
export function parseWhen(text: string, options: { readonly names: Iterable<string> }): Expression {
  return parseExpression(text, { names: options.names, grammar: "question" });
}

/**
 * Whether a parsed `when` holds for these parameters, by Python's truth of values.
 *
 * @throws {LoomError} `expression-failed` when values cannot be compared, such as a text and a number by `<`.
 */
export function evaluateWhen(expression: Expression, parameters: ReadonlyMap<string, Value>): boolean {
  return truthy(evaluate(expression, parameters));
}
