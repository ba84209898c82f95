import { fromJSONSchema, toJSONSchema, type ZodType } from "zod";
import { pathText } from "./not_serialisable.ts";

/** A schema as JSON Schema text: what it takes. What JSON Schema cannot say is left open. */
export function schemaText(schema: ZodType): string {
  return JSON.stringify(toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
}

/** What is wrong with a value, by a stored JSON Schema. */
export function checkAgainst(schema: string, value: unknown): readonly string[] {
  const { error } = fromJSONSchema(JSON.parse(schema)).safeParse(value);
  return (error?.issues ?? []).map(({ path, message }) => `${pathText("answer", path)}: ${message}`);
}
