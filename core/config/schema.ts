/**
 * The settings as a zod schema and as JSON Schema for editors, made from the table.
 *
 * @module
 */

import type { z } from "zod";
import { CONFIG_KEYS, type ConfigKey, GROUPS, keyInfo } from "./keys.ts";
import type { Zod } from "./kinds.ts";

/** A file of settings. Every key may be missing; no other key may be there. */
export function configSchema(zod: Zod): z.ZodObject {
  const shape: Record<string, z.ZodType> = {};
  for (const key of CONFIG_KEYS.filter((key) => !key.includes("."))) shape[key] = leaf(zod, key);
  for (const group of GROUPS) shape[group] = zod.nullish(zod.strictObject(groupShape(zod, group)));
  return zod.strictObject(shape).describe("Settings of loom");
}

/** The JSON Schema (draft 2020-12) of a file of settings. */
export function configJsonSchema(zod: Zod): object {
  // What a person writes, not what it becomes.
  return zod.toJSONSchema(configSchema(zod), { io: "input" });
}

function groupShape(zod: Zod, group: string): Record<string, z.ZodType> {
  const keys = CONFIG_KEYS.filter((key) => key.startsWith(`${group}.`));
  return Object.fromEntries(keys.map((key) => [key.slice(group.length + 1), leaf(zod, key)]));
}

function leaf(zod: Zod, key: ConfigKey): z.ZodType {
  const { kind, fallback, brief, env, flag } = keyInfo(key);
  const also = [flag, env].filter((name) => name !== undefined);
  const text = also.length === 0 ? brief : `${brief}. Also: ${also.join(", ")}`;
  const schema = kind.schema(zod);
  const known = fallback === null ? schema.nullable().default(null) : schema.default(fallback as never);
  return known.optional().describe(text);
}
