/**
 * What is asked and answered of what stands in files.
 *
 * @module
 */

import { z } from "@hono/zod-openapi";

/** Which file, and which part of it. */
export const PreviewQuery = z.object({
  path: z.string().min(1).max(8192).describe("The pipeline, from the folder that was opened"),
  key: z.string().optional().describe("A data entry"),
  text: z.string().max(65536).optional().describe("In the place of key: a path or reference of a step"),
  file: z.string().max(8192).optional().describe("A file in that folder"),
  offset: z.coerce.number().int().min(0).default(0).describe("Lines or rows that are passed over"),
  limit: z.coerce.number().int().min(1).max(5000).default(6).describe("Lines or rows"),
  columns: z.coerce.number().int().min(1).max(20_000).default(30).describe("Letters of a line or cell"),
});

/** Which file. */
export const RawQuery = PreviewQuery.pick({ path: true, key: true, text: true, file: true });

const part = {
  size: z.number().describe("Bytes of the file"),
  offset: z.number(),
  total: z.number().optional().describe("How many there are, where that was cheap to find out"),
  truncated: z.boolean().describe("There is more than is shown; what was cut ends in …"),
};

/** How a file is shown. */
export const PreviewSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), pretty: z.boolean(), lines: z.array(z.string()), ...part }),
  z.object({
    kind: z.literal("json"),
    pretty: z.boolean().describe("Each value on a line of its own; else as in the file"),
    lines: z.array(z.string()),
    ...part,
  }),
  z.object({ kind: z.literal("table"), columns: z.array(z.string()), rows: z.array(z.array(z.string())), ...part }),
  z.object({ kind: z.enum(["image", "video"]), media: z.string(), size: z.number(), url: z.string() }),
  z.object({
    kind: z.literal("folder"),
    files: z.array(z.object({ path: z.string(), size: z.number().optional() })),
    offset: z.number(),
    total: z.number(),
    truncated: z.boolean(),
  }),
]).openapi("Preview");
