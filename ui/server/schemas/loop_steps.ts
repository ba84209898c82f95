/**
 * What is answered of one step of a loop.
 *
 * @module
 */

import { z } from "@hono/zod-openapi";

const Place = z.object({ step: z.number(), branch: z.string() });

/** One step, from close by. */
export const LoopStepSchema = z.object({
  run: z.string(),
  steps: z.array(z.object({
    step_n: z.number(),
    branch: z.string(),
    state: z.unknown().optional().describe("Absent if it failed, or was pruned"),
    status: z.string(),
    decision: z.string(),
    input: Place.nullable().describe("Whose state it got; null: what the loop began with"),
    score: z.number().nullable(),
    score_error: z.string().optional(),
    cost_usd: z.number(),
    child_cost_usd: z.number().describe("Of it, in runs inside"),
    cost_error: z.string().optional(),
    tokens: z.number(),
    error: z.string().nullable(),
    error_stack: z.string().optional(),
    started_at: z.string(),
    duration_ms: z.number(),
  })).describe("One for each branch; none if every try was lost"),
  attempts: z.array(z.object({
    branch: z.string(),
    attempt: z.number(),
    status: z.string(),
    reserved_usd: z.number(),
    actual_usd: z.number().optional(),
    error: z.string().optional(),
  })),
  memos: z.array(z.object({ branch: z.string(), key: z.string(), value: z.unknown(), cost_usd: z.number() }))
    .describe("Results that are kept: they are not made again when the step is repeated"),
  before: z.unknown().optional().describe("The state that it went on from"),
}).openapi("LoopStep");
