import { Float, type Value } from "../../core/graph/text/mod.ts";

/** What kind of value a parameter has, in the words of its badge. */
export function kindOf(value: Value): "bool" | "num" | "str" {
  if (typeof value === "boolean") return "bool";
  return typeof value === "number" || typeof value === "bigint" || value instanceof Float ? "num" : "str";
}

/** What stands there, if anything does. */
export function within(owner: Value | undefined, key: string | number): Value | undefined {
  if (Array.isArray(owner)) return typeof key === "number" ? owner[key] : undefined;
  return owner instanceof Map ? owner.get(key) : undefined;
}
