import type { ZodType } from "zod";

/** A body in JSON, for a description of a route. */
export function json<S extends ZodType>(schema: S, description: string) {
  return { description, required: true, content: { "application/json": { schema } } };
}
