/**
 * What is asked and answered of taking files away, and of opening them elsewhere.
 *
 * @module
 */

import { z } from "@hono/zod-openapi";

const path = z.string().min(1).max(8192).describe("The pipeline, from the folder that was opened");

const seen = z.string().optional().describe("What the person has seen; another list is refused");

/** One path that a clean concerns. */
const entry = z.object({
  key: z.string(),
  path: z.string().describe("From the folder that was opened, absolute where it is outside"),
  kind: z.enum(["file", "folder", "link", "absent"]),
  files: z.number().describe("How many files it holds"),
  sample: z.array(z.string()).describe("Names of up to ten of them"),
  inside: z.boolean().describe("Whether it lies in the pipeline's folder"),
  refused: z.string().optional().describe("Why it must stay"),
});

/** What a clean would do. */
export const CleanPlanSchema = z.object({
  plan: z.string().describe("Names what is listed here, to be given back"),
  entries: z.array(entry),
  refused: z.array(entry).describe("With any of these nothing is removed"),
  protected: z.array(z.object({ key: z.string(), path: z.string() })).describe("Data that no step makes"),
  source: z.boolean().describe("Of one entry: no step makes it, so that it could not be made again"),
}).openapi("CleanPlan");

/** Of all that steps made, or of one entry. */
export const CleanQuery = z.object({ path, key: z.string().max(1000).optional().describe("This data entry only") });

/** Doing it. */
export const CleanSchema = z.object({
  path,
  mode: z.enum(["trash", "permanent"]).default("trash"),
  plan: seen,
}).openapi("Clean");

/** What became of it. */
export const CleanedSchema = z.object({
  cleaned: z.number(),
  skipped: z.number(),
  failed: z.number(),
  paths: z.array(z.object({
    key: z.string(),
    path: z.string(),
    action: z.enum(["trashed", "deleted", "skipped", "failed"]),
    error: z.string().optional(),
  })),
  emptied: z.array(z.string()).describe("Folders that were left empty and removed"),
}).openapi("Cleaned");

/** One entry. */
export const TrashSchema = z.object({
  path,
  key: z.string(),
  force: z.boolean().default(false).describe("Also if no step can make it again"),
  plan: seen,
}).openapi("Trash");

/** Something to open in the system's program. */
export const OpenSchema = z.object({
  path,
  key: z.string().optional(),
  text: z.string().max(65536).optional().describe("In the place of key: a path or reference of a step"),
  file: z.string().optional().describe("A file in that folder"),
}).openapi("Open");

/** What was opened. */
export const OpenedSchema = z.object({ opened: z.string() }).openapi("Opened");
