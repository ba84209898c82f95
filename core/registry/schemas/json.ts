/**
 * Which values JSON can hold, asked without recursion and without a copy.
 *
 * @module
 */

import { z } from "zod";
import type { Json } from "../../ports/tool.ts";
import type { JsonObject } from "../../ports/values.ts";

/** Objects in objects; more is an attack or a mistake. */
const MAX_DEPTH = 200;

/** Values in one message. A few objects that hold each other twice would be more than there are atoms, written out. */
const MAX_VALUES = 5_000_000;

/** Any value that JSON can hold. */
export const json: z.ZodType<Json> = z.custom<Json>(isJson, "no value that JSON can hold");

/** An object that JSON can hold. */
export const jsonObject: z.ZodType<JsonObject> = z.custom<JsonObject>(
  (value) => isRecord(value) && isJson(value),
  "no object that JSON can hold",
);

/** Whether JSON holds the value: finite numbers, plain objects, nothing that is `undefined`, and no key `__proto__`. */
export function isJson(value: unknown): value is Json {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  let seen = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (++seen > MAX_VALUES) return false;
    if (isScalar(value)) continue;
    if (depth >= MAX_DEPTH || !(Array.isArray(value) || isRecord(value))) return false;
    for (const member of Object.values(value)) open.push({ value: member, depth: depth + 1 });
  }
  return true;
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === "string" || typeof value === "boolean" ||
    typeof value === "number" && Number.isFinite(value);
}

/** Objects of other contexts have other prototypes, but theirs too has none above it. */
function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const above = Object.getPrototypeOf(value);
  return (above === null || Object.getPrototypeOf(above) === null) && !Object.hasOwn(value, "__proto__");
}
