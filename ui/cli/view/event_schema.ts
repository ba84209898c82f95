/**
 * What `--json` prints, as schemas that programs can check against.
 *
 * @module
 */

import { z } from "zod";
import { DiffSchema } from "./diff_schema.ts";
import { GraphSchema } from "./graph_schema.ts";
import { BestSchema, TableSchema } from "./result_schema.ts";

const Milliseconds = z.number().nonnegative();
const Words = z.array(z.string());

const head = {
  seq: z.int().positive().describe("Place in the run, from 1 without gaps"),
  at: z.number().describe("UTC milliseconds since 1970"),
  run: z.string().describe("Id of the run"),
};

const part = {
  item: z.object({ index: z.int(), total: z.int(), name: z.string() }).optional()
    .describe("Item of a loop; index counts from 1"),
  iteration: z.int().optional().describe("Iteration of a repeated group, from 0"),
  inner: z.string().optional().describe("Step inside the iteration"),
};

const Scalars = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

const point = {
  point: z.string().describe("Its name, such as lr=0.1,seed=1"),
  number: z.int().positive().describe("From 1, in the order of the sweep"),
  total: z.int(),
  values: Scalars.describe("Of the swept parameters; NaN and infinities are texts"),
};

const ending = {
  exit_code: z.int().optional(),
  signal: z.string().optional().describe("Such as SIGKILL; instead of exit_code"),
  error: z.string().optional().describe("Why it failed, when an exit code does not say it"),
};

const skip = {
  reason: z.string().describe("As people read it"),
  cause: z.enum(["fresh", "failed", "skipped", "condition", "when", "stopped", "cancelled"]),
  why: z.string().optional().describe("Why its point was ended early"),
  dependencies: Words.optional(),
  dependency: z.string().optional(),
};

const Detail = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("task") }),
  z.object({ kind: z.literal("loop"), items: z.int(), parallel: z.boolean() }),
  z.object({ kind: z.literal("condition"), label: z.string() }),
  z.object({ kind: z.literal("switch") }),
  z.object({ kind: z.literal("repeated"), iterations: z.int() }),
]);

const StepStatus = z.enum(["done", "failed", "cancelled"]);
const command = Words.optional().describe("Argument vector, secrets masked");

/** One line of `loom FILE.yml --json`. */
export const EventSchema = z.discriminatedUnion("type", [
  z.object({
    ...head,
    type: z.literal("run_started"),
    name: z.string(),
    total: z.int(),
    parallel: z.boolean(),
    max_workers: z.int().optional(),
    dry_run: z.boolean(),
    points: z.int().optional().describe("Of a sweep; their steps are called step@VALUES, such as train@lr=0.1"),
  }),
  z.object({ ...head, type: z.literal("point_started"), ...point }),
  z.object({
    ...head,
    type: z.literal("point_finished"),
    ...point,
    status: z.enum(["pending", "running", "done", "failed", "stopped", "cancelled"]),
    metrics: Scalars.describe("What its files of metrics hold"),
    duration_ms: Milliseconds.optional(),
    reason: z.string().optional().describe("Why it was stopped or failed"),
    fresh: z.boolean().optional().describe("Nothing of it had to be done: its duration is that of an earlier run"),
  }),
  z.object({
    ...head,
    type: z.literal("step_started"),
    step: z.string(),
    detail: Detail,
    command,
    attempt: z.int().positive(),
  }),
  z.object({ ...head, type: z.literal("part_started"), step: z.string(), command, ...part }),
  z.object({
    ...head,
    type: z.literal("part_finished"),
    step: z.string(),
    status: z.enum(["done", "failed", "cancelled", "fresh"]),
    ...ending,
    duration_ms: Milliseconds,
    tolerated: z.boolean().optional().describe("The failure counts as a warning"),
    ...part,
  }),
  z.object({ ...head, type: z.literal("part_skipped"), step: z.string(), ...skip, ...part }),
  z.object({ ...head, type: z.literal("iteration_started"), step: z.string(), iteration: z.int() }),
  z.object({ ...head, type: z.literal("iterations_ended"), step: z.string(), iteration: z.int() }),
  z.object({
    ...head,
    type: z.literal("output"),
    step: z.string(),
    stream: z.enum(["stdout", "stderr"]),
    text: z.string(),
    ...part,
  }),
  z.object({
    ...head,
    type: z.literal("step_finished"),
    step: z.string(),
    status: StepStatus,
    ...ending,
    result: z.string().optional().describe("true, false, then, else, or the number of iterations made"),
    duration_ms: Milliseconds,
    tolerated: z.boolean().optional().describe("The failure counts as a warning"),
  }),
  z.object({
    ...head,
    type: z.literal("step_retried"),
    step: z.string(),
    attempt: z.int(),
    delay_ms: Milliseconds,
    ...ending,
    ...part,
  }),
  z.object({
    ...head,
    type: z.literal("step_skipped"),
    step: z.string(),
    ...skip,
  }),
  z.object({
    ...head,
    type: z.literal("notice"),
    level: z.enum(["warning", "hint"]),
    code: z.string(),
    message: z.string(),
    step: z.string().optional(),
    hint: z.string().optional(),
    file: z.string().optional().describe("Absolute path of the pipeline, where it is about a place in it"),
    line: z.int().optional().describe("From 1"),
    column: z.int().optional().describe("From 1"),
  }),
  z.object({
    ...head,
    type: z.literal("progress"),
    step: z.string().optional(),
    what: z.string(),
    done: z.number(),
    total: z.number(),
  }),
  z.object({
    ...head,
    type: z.literal("run_finished"),
    status: z.enum(["running", "done", "failed", "cancelled", "interrupted"]),
    succeeded: z.int(),
    skipped: z.int(),
    total: z.int(),
    duration_ms: Milliseconds,
    critical_path: Words,
  }),
]);

const stepState = {
  name: z.string(),
  state: z.enum(["fresh", "stale", "missing", "modified", "never run", "no outputs"]),
  reasons: Words,
  items: z.object({ fresh: z.int(), total: z.int() }).optional().describe("Of a loop"),
  points: z.object({ fresh: z.int(), total: z.int() }).optional().describe("Of a step that is swept"),
};

/** What `loom status FILE.yml --json` prints. */
export const StatusSchema = z.object({ steps: z.array(z.object(stepState)) });

/** What `loom explain FILE.yml STEP --json` prints. */
export const ExplainSchema = z.object({
  ...stepState,
  commands: z.array(Words).describe("Argument vectors: one, or one for each item or inner step"),
  script: z.string().optional(),
  imports: Words.describe("Absolute paths of the project's modules that the script imports"),
  depends_on: Words,
});

/** One thing wrong with a file. */
const ProblemSchema = z.object({
  level: z.enum(["error", "warning", "hint"]),
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  step: z.string().optional(),
  file: z.string().optional(),
  line: z.int().optional().describe("From 1"),
  column: z.int().optional().describe("From 1"),
});

/** What `loom check FILE.yml --json` prints. */
export const CheckSchema = z.object({ problems: z.array(ProblemSchema).describe("By file, line and column") });

/** What any verb prints with `--json` when it cannot do what it was asked for. */
export const ErrorSchema = z.object({
  type: z.literal("error"),
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  problems: z.array(ProblemSchema),
});

/** The schemas by the name that `loom schema` knows them by. */
export const SCHEMAS = {
  events: EventSchema,
  status: StatusSchema,
  explain: ExplainSchema,
  table: TableSchema,
  best: BestSchema,
  error: ErrorSchema,
  diff: DiffSchema,
  check: CheckSchema,
  graph: GraphSchema,
} as const;
