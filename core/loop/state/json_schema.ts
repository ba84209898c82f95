import { toJSONSchema, type ZodType } from "zod";

/** A schema as JSON Schema text: what it takes. What JSON Schema cannot say is left open. */
export function schemaText(schema: ZodType): string {
  return JSON.stringify(toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
}
