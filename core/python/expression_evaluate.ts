import type { Node } from "./expression_tree.ts";
import { affirm, callFunction, negate } from "./call.ts";
import { compare, truthy } from "./compare.ts";
import { arithmetic, expressionFailed } from "./number.ts";
import type { Value } from "../yaml/value.ts";

type Names = ReadonlyMap<string, Value>;
type Kind<K extends Node["kind"]> = Extract<Node, { kind: K }>;

/** The value of one part of an expression. */
export function evaluateNode(node: Node, names: Names): Value {
  switch (node.kind) {
    case "constant":
      return node.value;
    case "name":
      return lookUp(node.name, names);
    case "list":
      return node.items.map((item) => evaluateNode(item, names));
    case "unary":
      return unary(node, names);
    case "arithmetic":
      return chain(node, names);
    case "comparison":
      return comparison(node, names);
    case "logic":
      return logic(node, names);
    case "choice":
      return evaluateNode(truthy(evaluateNode(node.test, names)) ? node.yes : node.no, names);
    case "call":
      return callFunction(node.name, node.args.map((argument) => evaluateNode(argument, names)));
  }
}

function lookUp(name: string, names: Names): Value {
  const value = names.get(name);
  if (value === undefined) throw expressionFailed(`name '${name}' has no value`);
  return value;
}

function unary(node: Kind<"unary">, names: Names): Value {
  const value = evaluateNode(node.operand, names);
  if (node.operator === "not") return !truthy(value);
  return node.operator === "-" ? negate(value) : affirm(value);
}

function chain(node: Kind<"arithmetic">, names: Names): Value {
  let value = evaluateNode(node.first, names);
  for (const { operator, operand } of node.rest) value = arithmetic(operator, [value, evaluateNode(operand, names)]);
  return value;
}

/** `a < b < c`: each operand once, and none behind the first comparison that is false. */
function comparison(node: Kind<"comparison">, names: Names): Value {
  let left = evaluateNode(node.first, names);
  for (const { operator, operand } of node.rest) {
    const right = evaluateNode(operand, names);
    if (!compare(operator, [left, right])) return false;
    left = right;
  }
  return true;
}

/** The operand that decides, itself: `0 or 5` is 5. */
function logic(node: Kind<"logic">, names: Names): Value {
  const stopAt = node.operator === "or";
  let value: Value = null;
  for (const operand of node.operands) {
    value = evaluateNode(operand, names);
    if (truthy(value) === stopAt) return value;
  }
  return value;
}
