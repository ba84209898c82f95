/**
 * What `loom table --json` and `loom best --json` print.
 *
 * @module
 */

import { z } from "zod";

const Scalars = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

const ResultSchema = z.object({
  id: z.string().optional().describe("Of a run"),
  name: z.string().optional().describe("Of a run: its pipeline, from the project's folder"),
  number: z.int().optional().describe("Of a point of a sweep: its place, from 1"),
  point: z.string().optional().describe("Of a point: its name, the same in every sweep that has it"),
  status: z.enum(["pending", "running", "done", "failed", "stopped", "cancelled", "interrupted"]),
  created_at: z.iso.datetime().optional(),
  duration_ms: z.number().nonnegative().optional(),
  points: z.int().optional().describe("Of a run that is a sweep"),
  commit: z.string().optional(),
  dirty: z.boolean().optional().describe("Whether tracked files differed from the commit"),
  parameters: Scalars,
  metrics: Scalars.describe('Floats that JSON has no number for are "NaN", "Infinity", "-Infinity"'),
  reason: z.string().optional().describe("Why a point was stopped or failed"),
});

/** What `loom table --json` prints. */
export const TableSchema = z.object({
  run: z.string().optional().describe("The run whose rows these are; absent for a list of runs"),
  total: z.int().optional().describe("Rows there are without --limit; absent where only the newest were looked at"),
  rows: z.array(ResultSchema),
});

/** What `loom best --json` prints. */
export const BestSchema = z.object({
  run: z.string(),
  metric: z.string(),
  mode: z.enum(["min", "max"]),
  assumed: z.boolean().describe("Whether the metric's name told the mode"),
  best: ResultSchema,
  ties: z.array(z.int()).describe("Numbers of other points that are as good"),
  next: ResultSchema.optional().describe("The next best that is not as good"),
  compared: z.int(),
  unfinished: z.int().describe("Points that did not end well, which cannot win"),
  unmeasured: z.int().describe("Points without a number there, which cannot win"),
  outputs: z.array(z.string()),
  commands: z.object({ diff: z.string().optional(), repeat: z.string() }),
});
