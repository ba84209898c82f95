/**
 * What all routes speak of: paths, problems, refusals.
 *
 * @module
 */

import { z } from "@hono/zod-openapi";

/** A pipeline file, from the folder that was opened. */
export const PathQuery = z.object({ path: z.string().min(1).max(8192).describe("From the folder that was opened") });

/** One thing wrong with a file. */
export const ProblemSchema = z.object({
  level: z.enum(["error", "warning", "hint"]),
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  step: z.string().optional(),
  file: z.string().optional(),
  line: z.number().optional(),
  column: z.number().optional(),
}).openapi("Problem");

/** Every answer that is none. */
export const ErrorSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    hint: z.string().optional(),
    problems: z.array(ProblemSchema).optional(),
    data: z.record(z.string(), z.unknown()).optional(),
  }),
}).openapi("Error");

/** The program that drives a run, if this server does not. */
export const DriverSchema = z.object({
  pid: z.number(),
  host: z.string(),
  here: z.boolean().describe("It runs on this machine"),
}).openapi("Driver");
