/**
 * Arguments that fit a JSON Schema, to try a tool of which nothing else is known.
 *
 * @module
 */

import type { Json } from "../../ports/tool.ts";
import type { JsonObject } from "../../ports/values.ts";

/** Schemas that refer to themselves end here. */
const MAX_DEPTH = 6;

/** The required members of an object of this schema: defaults and examples where there are some. */
export function sampleArguments(schema: JsonObject): JsonObject {
  return sampleObject(schema, 0);
}

function sampleObject(schema: JsonObject, depth: number): JsonObject {
  const properties = recordOf(schema.properties);
  const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
  const members = required.map((name) => [name, sample(recordOf(own(properties, name)), depth + 1)]);
  return Object.fromEntries(members);
}

function sample(schema: JsonObject, depth: number): Json {
  const given = givenBy(schema);
  if (given !== undefined || depth > MAX_DEPTH) return given ?? null;
  const [choice] = [schema.anyOf, schema.oneOf, schema.allOf].filter((it) => Array.isArray(it));
  if (Array.isArray(choice)) return sample(recordOf(choice[0]), depth + 1);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  return sampleOfType(String(type ?? "string"), schema, depth);
}

function givenBy(schema: JsonObject): Json | undefined {
  const first = (list: Json | undefined) => Array.isArray(list) && list.length > 0 ? list[0] as Json : undefined;
  return schema.const ?? schema.default ?? first(schema.examples) ?? first(schema.enum);
}

function sampleOfType(type: string, schema: JsonObject, depth: number): Json {
  switch (type) {
    case "integer":
    case "number":
      return typeof schema.minimum === "number" ? schema.minimum : Math.min(1, numberOf(schema.maximum, 1));
    case "boolean":
      return false;
    case "null":
      return null;
    case "array":
      return Array.from({ length: numberOf(schema.minItems, 0) }, () => sample(recordOf(schema.items), depth + 1));
    case "object":
      return sampleObject(schema, depth);
    default:
      return "x".repeat(Math.max(1, numberOf(schema.minLength, 1)));
  }
}

function numberOf(value: Json | undefined, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}

function own(record: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function recordOf(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value as JsonObject : {};
}
