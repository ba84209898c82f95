/**
 * Python's arithmetic as pipelines use it: the values of repeated groups and the `when` of steps.
 *
 * @module
 */

import { evaluateNode } from "./expression_evaluate.ts";
import { parseNode } from "./expression_parse.ts";
import type { ExpressionOptions, Node } from "./expression_tree.ts";
import type { Value } from "../yaml/value.ts";

export type { ExpressionOptions, Node };

/** A parsed expression with its source. */
export interface Expression {
  readonly text: string;
  readonly root: Node;
}

/**
 * Parse an expression.
 *
 * @example Usage
 * ```ts
 * import { evaluate, parseExpression } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * const expression = parseExpression("2 ** iter if iter < 3 else 8", { names: ["iter"] });
 * equal(evaluate(expression, new Map([["iter", 2]])), 4);
 * ```
 *
 * @throws {LoomError} `expression-invalid` for anything but the part of Python that is known here, and for names
 * without a value; `data.column` counts from 1.
 */
export function parseExpression(text: string, options: ExpressionOptions): Expression {
  return { text, root: parseNode(text, options) };
}

/**
 * The value of an expression, exactly as Python computes it: ints are unbounded (`number` in the safe range, else
 * `bigint`), floats are {@linkcode Float}.
 *
 * @throws {LoomError} `expression-failed`: a division by zero, types that do not fit, a result that is too large.
 */
export function evaluate(expression: Expression, names: ReadonlyMap<string, Value>): Value {
  return evaluateNode(expression.root, names);
}
