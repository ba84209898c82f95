/**
 * What `loom diff --json` prints, as a schema.
 *
 * @module
 */

import { z } from "zod";

const ScalarSchema = z.union([z.string(), z.number(), z.boolean(), z.null()])
  .describe('A float that JSON has no word for is "NaN", "Infinity" or "-Infinity"');

const digest = z.string().optional().describe("SHA-256 of the content; absent where a run had nothing to do with it");

const values = { name: z.string(), before: ScalarSchema.optional(), after: ScalarSchema.optional(), same: z.boolean() };

const SideSchema = z.object({
  run: z.string(),
  point: z.string().optional().describe("Of a sweep"),
  name: z.string().describe("The pipeline file, from the project's folder"),
  status: z.string(),
  created_at: z.iso.datetime(),
  duration_ms: z.number().optional(),
  git: z.object({ commit: z.string(), dirty: z.boolean().describe("Tracked files differed from it") }).optional(),
  python: z.string().optional(),
});

const FileSchema = z.object({
  path: z.string().describe("From the pipeline's folder; {point} stands for the folder of a point"),
  before: digest,
  after: digest,
  same: z.boolean(),
  steps: z.array(z.string()),
  made_by: z.string().optional().describe("Step that makes what is read"),
});

const CodeSchema = z.object({
  path: z.string(),
  kind: z.enum(["pipeline", "script"]),
  before: digest,
  after: digest,
  same: z.boolean(),
  steps: z.array(z.string()),
  added: z.int().optional(),
  removed: z.int().optional(),
  hunks: z.array(z.object({
    old_start: z.int().describe("From 1"),
    new_start: z.int(),
    lines: z.array(z.string()).describe("Each begins with a blank, - or +"),
  })).optional(),
  untold: z.enum(["not kept", "rewritten"]).optional().describe("Why there are no lines"),
});

const SettingSchema = z.object({
  step: z.string(),
  what: z.enum(["argument", "environment", "python", "program", "script", "extra words", "working folder", "sandbox"]),
  name: z.string().optional().describe("Of the argument or variable"),
  before: z.string().optional(),
  after: z.string().optional(),
  parameter: z.string().optional().describe("The parameter whose change says the same"),
  parts: z.int().describe("In how many items or iterations of the step"),
});

const StepSchema = z.object({
  status: z.enum(["done", "failed", "cancelled", "fresh", "skipped", "running"]),
  duration_ms: z.number().optional(),
  peak_bytes: z.number().optional().describe("Most memory that one of its programs held"),
  known: z.boolean().describe("Whether what went in and came out was kept"),
});

/** What `loom diff ID ID --json` prints; what is the same is left out unless --all asks for it. */
export const DiffSchema = z.object({
  before: SideSchema,
  after: SideSchema,
  parameters: z.array(z.object(values)),
  metrics: z.array(z.object({
    ...values,
    difference: z.number().optional(),
    ratio: z.number().optional().describe("The difference for each 1 of what it was before"),
  })),
  inputs: z.array(FileSchema),
  code: z.array(CodeSchema),
  settings: z.array(SettingSchema),
  outputs: z.array(FileSchema),
  steps: z.array(z.object({ name: z.string(), before: StepSchema.optional(), after: StepSchema.optional() })),
});

/** The document. */
export type DiffDocument = z.infer<typeof DiffSchema>;
