/**
 * What is asked and answered of runs that go on, or are to begin.
 *
 * @module
 */

import { z } from "@hono/zod-openapi";
import { DriverSchema, ProblemSchema } from "./common.ts";

/** States of the steps. */
export const StatusSchema = z.object({
  steps: z.array(z.object({
    name: z.string(),
    state: z.string(),
    reasons: z.array(z.string()).describe("Such as: parameter lr 0.1 → 0.01"),
    items: z.object({ fresh: z.number(), total: z.number() }).optional().describe("Of a loop"),
    points: z.object({ fresh: z.number(), total: z.number() }).optional().describe("Of a step that is swept"),
  })),
  problems: z.array(ProblemSchema).describe("Why nothing can be told of the steps; none if it can"),
}).openapi("Status");

/** Values to try, in place of those of the file. */
const SweepSchema = z.object({
  values: z.array(z.string().max(10_000)).max(100).describe("Such as lr=0.1,0.01 or seed=1..5"),
  zip: z.boolean().default(false).describe("The values go together, the first with the first"),
  random: z.number().int().min(1).optional().describe("So many points, drawn"),
  seed: z.number().int().optional(),
}).openapi("Sweep");

/** What is to be run. */
export const RunSchema = z.object({
  path: z.string().min(1).max(8192),
  mode: z.enum(["all", "steps", "from", "until", "group"]).default("all")
    .describe("steps: these only; until: these steps, or the makers of these data entries, and all that they need"),
  names: z.array(z.string()).default([]),
  include: z.array(z.string()).default([]).describe("Optional steps that are run too"),
  set: z.record(z.string(), z.union([z.string(), z.tuple([z.string()])])).default({})
    .describe("Parameters for this run only: as they are typed, or in a list the text itself"),
  data: z.record(z.string(), z.string()).default({}).describe("Paths of data entries, for this run only"),
  parallel: z.boolean().optional(),
  workers: z.number().int().min(0).optional().describe("At once, with parallel; 0: one for each processor"),
  cached: z.boolean().optional().describe("Pass over what is fresh"),
  force: z.boolean().optional().describe("Run what is fresh too, whatever the file says"),
  resume: z.boolean().optional().describe("Go on with the last run, which did not end well"),
  sweep: SweepSchema.optional(),
  wait: z.boolean().optional().describe("Wait while another run of this pipeline goes on, instead of being refused"),
}).openapi("RunWish");

/** How a run is repeated. */
export const RerunSchema = z.object({
  cached: z.boolean().optional().describe("Pass over what is fresh"),
  wait: z.boolean().optional(),
}).openapi("RerunWish");

/** A run that began. */
export const StartedSchema = z.object({ run: z.string() }).openapi("Started");

/** A run that is repeated. */
export const RerunStartedSchema = StartedSchema.extend({
  changed: z.boolean().describe("The file holds another text now; it is run as it is"),
}).openapi("RerunStarted");

/** Runs that go on. */
export const LiveSchema = z.object({
  runs: z.array(z.string()).describe("Ids of those that were started by this server"),
  live: z.array(z.object({
    run: z.string(),
    path: z.string().describe("The pipeline, from the folder that was opened"),
    started_at: z.number().describe("UTC milliseconds"),
    status: z.enum(["waiting", "running", "ending"]),
    elsewhere: DriverSchema.optional().describe("Another program drives it"),
  })).describe("These, and those of the open pipelines that other programs drive"),
}).openapi("Live");

/** Which events. */
export const EventsQuery = z.object({
  path: z.string().max(8192).optional().describe("A pipeline of the project that keeps the run"),
  after: z.coerce.number().int().min(0).default(0).describe("Events with higher numbers"),
  limit: z.coerce.number().int().min(1).max(20_000).default(5000),
});

/** Facts of a run, as `core/ports/events.ts` has them. */
export const EventsSchema = z.object({
  run: z.string(),
  events: z.array(z.record(z.string(), z.unknown())).describe("In order; output is in the logs"),
  more: z.boolean().describe("There are later ones"),
  live: z.boolean().describe("It goes on here: what comes next is told by the stream"),
  status: z.string().optional(),
}).openapi("RunEvents");

/** The newest that a run has written, while it goes on. */
export const OutputSchema = z.object({
  run: z.string(),
  outputs: z.array(z.record(z.string(), z.unknown())).describe("Events of the kind output, in order"),
  cut: z.boolean().describe("There was more: it is in the logs"),
  live: z.boolean(),
}).openapi("RunOutput");

/** Which piece of which log. */
export const LogQuery = z.object({
  path: z.string().max(8192).optional(),
  step: z.string(),
  part: z.string().default("").describe("An item of a loop, or iteration/step"),
  attempt: z.coerce.number().int().min(1).optional().describe("The newest without it"),
  offset: z.coerce.number().int().default(-65_536).describe("In bytes; below 0 it counts from the end"),
  limit: z.coerce.number().int().min(1).max(1_048_576).default(65_536),
});

/** A piece of a log. */
export const LogSchema = z.object({
  text: z.string(),
  offset: z.number().describe("Where the piece begins"),
  next: z.number().describe("Where the next one would"),
  size: z.number().describe("Of the whole log"),
  attempt: z.number(),
  status: z.string(),
  gone: z.boolean().describe("The log was removed"),
}).openapi("LogPage");
