import type { FunctionName } from "./call.ts";
import type { ComparisonOperator } from "./compare.ts";
import type { ArithmeticOperator } from "./number.ts";
import type { Value } from "../yaml/value.ts";

/** One part of an expression. Chains are flat, so that long ones need no deep recursion. */
export type Node =
  | { readonly kind: "constant"; readonly value: Value }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "list"; readonly items: readonly Node[] }
  | { readonly kind: "unary"; readonly operator: "+" | "-" | "not"; readonly operand: Node }
  | { readonly kind: "arithmetic"; readonly first: Node; readonly rest: readonly Link<ArithmeticOperator>[] }
  | { readonly kind: "comparison"; readonly first: Node; readonly rest: readonly Link<ComparisonOperator>[] }
  | { readonly kind: "logic"; readonly operator: "and" | "or"; readonly operands: readonly Node[] }
  | { readonly kind: "choice"; readonly test: Node; readonly yes: Node; readonly no: Node }
  | { readonly kind: "call"; readonly name: FunctionName; readonly args: readonly Node[] };

/** An operator and what stands right of it. */
export interface Link<Operator> {
  readonly operator: Operator;
  readonly operand: Node;
}

/** What an expression may refer to and use. */
export interface ExpressionOptions {
  /** Every name that has a value. */
  readonly names: Iterable<string>;
  /**
   * `arithmetic`: numbers, texts, operators and function calls. `question`: comparisons, `in`, lists, and the YAML
   * words `true`, `false` and `null`.
   *
   * @default "arithmetic"
   */
  readonly grammar?: "arithmetic" | "question";
}
