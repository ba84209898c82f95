/**
 * What is asked and answered of runs that were: lists, records, outputs.
 *
 * @module
 */

import { z } from "@hono/zod-openapi";
import { DriverSchema } from "./common.ts";

/** A pipeline of the project that keeps a run. */
export const OfProject = z.object({ path: z.string().max(8192).optional().describe("A pipeline of the project") });

/** A value of a parameter or metric. */
export const ScalarSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Values by name. */
export const ValuesSchema = z.record(z.string(), ScalarSchema);

/** Which runs. */
export const RunsQuery = OfProject.extend({
  of: z.enum(["pipeline", "project"]).default("pipeline").describe("Runs of that pipeline, or of all in its project"),
  kind: z.enum(["pipeline", "loop"]).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
});

/** A value that differs from the run before. */
const ChangeSchema = z.object({ name: z.string(), before: ScalarSchema.optional(), after: ScalarSchema.optional() });

/** One line of the history. */
export const ListedRunSchema = z.object({
  id: z.string(),
  kind: z.enum(["pipeline", "loop"]),
  name: z.string(),
  status: z.string(),
  created_at: z.number().describe("UTC milliseconds"),
  duration_ms: z.number().optional(),
  steps: z.number().optional(),
  points: z.number().optional().describe("Of a sweep"),
  selection: z.string().optional().describe("What of it was run, in words"),
  changed: z.array(ChangeSchema).describe("Parameters that differ from the run of this pipeline before"),
  metrics: ValuesSchema.optional(),
  commit: z.string().optional(),
  cost_usd: z.number().optional().describe("Of a loop"),
  best: z.number().optional().describe("Of a loop: the best score"),
  used_percent: z.number().optional().describe("Of a loop: of the limit that is nearest"),
  live: z.boolean().describe("It goes on here"),
  elsewhere: DriverSchema.optional().describe("Another program drives it"),
}).openapi("ListedRun");

/** The history. */
export const RunsSchema = z.object({ runs: z.array(ListedRunSchema) }).openapi("Runs");

const AttemptSchema = z.object({
  step: z.string(),
  part: z.string(),
  attempt: z.number(),
  status: z.string(),
  command: z.array(z.string()),
  started_at: z.number(),
  duration_ms: z.number().optional(),
  exit_code: z.number().optional(),
  signal: z.string().optional(),
  error: z.string().optional(),
  peak_bytes: z.number().optional().describe("Most memory that its programs held at one time"),
  log_bytes: z.number().optional().describe("Absent where there is no log"),
});

const PointSchema = z.object({
  number: z.number(),
  point: z.string(),
  status: z.string(),
  values: ValuesSchema,
  metrics: ValuesSchema,
  duration_ms: z.number().optional(),
  reason: z.string().optional(),
});

/** One run, of any kind. */
export const RunRecordSchema = z.object({
  id: z.string(),
  kind: z.enum(["pipeline", "loop"]),
  name: z.string(),
  status: z.string(),
  created_at: z.number(),
  ended_at: z.number().optional(),
  duration_ms: z.number().optional(),
  live: z.boolean(),
  elsewhere: DriverSchema.optional().describe("Another program drives it"),
  selection: z.string().optional(),
  include: z.array(z.string()).optional(),
  overrides: z.record(z.string(), z.string()).optional().describe("Parameters that were given for this run"),
  parameters: ValuesSchema.optional(),
  metrics: ValuesSchema.optional(),
  git: z.object({ commit: z.string(), dirty: z.boolean() }).optional(),
  python: z.string().optional(),
  attempts: z.array(AttemptSchema),
  attempts_cut: z.boolean().describe("There are more of them"),
  points: z.array(PointSchema),
  repeat: z.string().optional().describe("The command that does it once more"),
  loop: z.record(z.string(), z.unknown()).optional().describe("Of a loop: steps, scores, budget, as loom show --json"),
  budget: z.array(z.string()).optional().describe("Of a loop: what was used and what is left, in words"),
  used_percent: z.number().optional().describe("Of a loop: of the limit that is nearest"),
}).openapi("RunRecord");

/** A file that a run or one point of it made, as it stands on the disk now. */
export const RunOutputsSchema = z.object({
  outputs: z.array(z.object({
    step: z.string(),
    path: z.string().describe("From the folder of the pipeline"),
    kind: z.enum(["file", "directory", "other", "absent"]),
    size: z.number(),
    digest: z.string().describe("Of what the run made"),
    same: z.boolean().describe("It still is what the run made"),
  })),
}).openapi("RunOutputs");

/** Which run or point of it. */
export const PointQuery = OfProject.extend({ point: z.string().max(4096).optional().describe("Number or name") });

/** Which of its files. */
export const OutputFileQuery = PointQuery.extend({ file: z.string().min(1).max(8192) });
