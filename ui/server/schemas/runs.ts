/**
 * What is asked and answered of runs.
 *
 * @module
 */

import { z } from "@hono/zod-openapi";

/** States of the steps. */
export const StatusSchema = z.object({
  steps: z.array(z.object({ name: z.string(), state: z.string(), reasons: z.array(z.string()) })),
}).openapi("Status");

/** What is to be run. */
export const RunSchema = z.object({
  path: z.string().min(1).max(8192),
  mode: z.enum(["all", "steps", "from", "until", "group"]).default("all"),
  names: z.array(z.string()).default([]),
  include: z.array(z.string()).default([]),
  set: z.record(z.string(), z.string()).default({}).describe("Parameters, as they are typed"),
  parallel: z.boolean().optional(),
  cached: z.boolean().optional(),
  force: z.boolean().optional(),
}).openapi("RunWish");

/** A run that began. */
export const StartedSchema = z.object({ run: z.string() }).openapi("Started");
