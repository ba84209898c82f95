/**
 * What is answered about the difference of two runs.
 *
 * @module
 */

import { z } from "@hono/zod-openapi";
import { OfProject, ScalarSchema } from "./history.ts";

/** Which two. */
export const DiffQuery = OfProject.extend({
  a: z.string().min(1).max(4200).describe("ID, or ID:POINT"),
  b: z.string().min(1).max(4200),
  all: z.enum(["true", "false"]).default("false").describe("What is the same, too"),
});

const side = z.object({
  run: z.string(),
  point: z.string().optional(),
  name: z.string(),
  status: z.string(),
  created_at: z.number(),
  duration_ms: z.number().optional(),
  git: z.object({ commit: z.string(), dirty: z.boolean() }).optional(),
  python: z.string().optional(),
});

const values = { name: z.string(), before: ScalarSchema.optional(), after: ScalarSchema.optional(), same: z.boolean() };

const file = z.object({
  path: z.string(),
  before: z.string().optional().describe("SHA-256; absent where a run had nothing to do with it"),
  after: z.string().optional(),
  same: z.boolean(),
  steps: z.array(z.string()),
  made_by: z.string().optional(),
});

const step = z.object({
  status: z.string(),
  duration_ms: z.number().optional(),
  peak_bytes: z.number().optional(),
  known: z.boolean().describe("Whether what went in and came out was kept"),
});

/** What changed between two runs, and what it did. */
export const DiffSchema = z.object({
  before: side,
  after: side,
  parameters: z.array(z.object(values)),
  metrics: z.array(z.object({ ...values, difference: z.number().optional(), ratio: z.number().optional() })),
  inputs: z.array(file),
  code: z.array(z.object({
    path: z.string(),
    kind: z.enum(["pipeline", "script"]),
    same: z.boolean(),
    steps: z.array(z.string()),
    added: z.number().optional(),
    removed: z.number().optional(),
    hunks: z.array(z.object({ old_start: z.number(), new_start: z.number(), lines: z.array(z.string()) })).optional(),
    untold: z.string().optional().describe("Why there are no lines"),
  })),
  settings: z.array(z.object({
    step: z.string(),
    what: z.string(),
    name: z.string().optional(),
    before: z.string().optional(),
    after: z.string().optional(),
    parameter: z.string().optional(),
    parts: z.number(),
  })),
  outputs: z.array(file),
  steps: z.array(z.object({ name: z.string(), before: step.optional(), after: step.optional() })),
}).openapi("RunDiff");
