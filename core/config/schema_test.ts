import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { z } from "zod";
import { CONFIG_KEYS } from "./keys.ts";
import { configJsonSchema, configSchema } from "./schema.ts";

Deno.test("configSchema() takes a file of settings, and no other keys", () => {
  const schema = configSchema(z);
  equal(schema.safeParse({ budget: { steps: 3, max_usd: null }, sandbox: { wall: "10m" }, plugins: [] }).success, true);
  equal(schema.safeParse({}).success, true);
  equal(schema.safeParse({ budget: null }).success, true);
  for (const wrong of [{ stepz: 1 }, { budget: { stepz: 1 } }, { budget: { steps: "3" } }, { budget: { steps: 0 } }]) {
    equal(schema.safeParse(wrong).success, false, JSON.stringify(wrong));
  }
});

Deno.test("configJsonSchema() describes every key, and asks for none", () => {
  const schema = configJsonSchema(z) as {
    properties: Record<string, { anyOf?: { properties?: object }[] }>;
    required?: unknown;
    additionalProperties: boolean;
  };
  const keys = Object.entries(schema.properties).flatMap(([key, { anyOf = [] }]) => {
    const inner = anyOf.flatMap((it) => Object.keys(it.properties ?? {}));
    return inner.length === 0 ? [key] : inner.map((name) => `${key}.${name}`);
  });
  deepEqual(keys.toSorted(), CONFIG_KEYS.toSorted());
  deepEqual([schema.required, schema.additionalProperties], [undefined, false]);
});
