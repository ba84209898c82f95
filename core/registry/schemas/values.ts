/**
 * Schemas of the values that cross the ports. Strict: a field too many is refused as one too few is.
 *
 * @module
 */

import { z } from "zod";
import type {
  ArtifactRef,
  Capability,
  CapabilityManifest,
  ExecExtras,
  ExecutionResult,
  FlowId,
  NodeRecord,
  NodeStage,
  RunResult,
  RunRow,
  Scores,
  StackFrame,
  Task,
  TokenUsage,
} from "../../ports/values.ts";
import { BUILD_BUDGETS, CAPABILITY_MODES, CAPABILITY_NAMES, OBJECTIVES, SERVE_MODES } from "../base/enums.ts";
import { jsonObject } from "./json.ts";

/** Whole numbers from 0. */
export const count = z.int().nonnegative();

/** A name of something: not empty. */
export const word = z.string().min(1);

/** `<Flow>/<id>`. */
export const pathspec = z.string().regex(/^[A-Za-z][A-Za-z0-9_]*\/[A-Za-z0-9_-]+$/, "no <Flow>/<id>");

/** UTC, ISO 8601. */
export const instant = z.iso.datetime();

export const FLOWS = [
  "IngestDataset",
  "EdaFlow",
  "VizFlow",
  "FeaturesFlow",
  "SearchFlow",
  "EvalCandidate",
  "ValidateFlow",
  "PipelineFlow",
  "TrainFlow",
  "DeployFlow",
  "OpsFlow",
  "CollabFlow",
  "ReportFlow",
] as const satisfies readonly FlowId[];

export const flowId: z.ZodType<FlowId> = z.enum(FLOWS);
export const objective = z.enum(OBJECTIVES);
export const buildBudget = z.enum(BUILD_BUDGETS);
export const serveMode = z.enum(SERVE_MODES);
export const nodeStage: z.ZodType<NodeStage> = z.enum(["draft", "debug", "improve"]);

/** An absolute path, of Unix or of Windows. */
const absolute = z.string().regex(/^(\/|[A-Za-z]:[\\/])/, "no absolute path");

export const task = z.strictObject({
  data_dir: absolute,
  goal: z.string(),
  eval: z.string(),
  experiment_id: word,
  tenant: word.default("default"),
  dataset_ref: pathspec.nullable(),
}).readonly() satisfies z.ZodType<Task>;

export const stackFrame: z.ZodType<StackFrame> = z.tuple([z.string(), z.int(), z.string(), z.string()]).readonly();

export const executionResult: z.ZodType<ExecutionResult> = z.strictObject({
  term_out: z.array(z.string()).readonly(),
  exec_time: z.number().nonnegative(),
  exc_type: word.nullable(),
  exc_info: jsonObject.nullable(),
  exc_stack: z.array(stackFrame).readonly().nullable(),
}).readonly();

export const execExtras: z.ZodType<ExecExtras> = z.strictObject({
  pathspec: pathspec.nullable(),
  reported: z.record(z.string(), z.number()),
  exit_code: z.int().nullable(),
  signal: z.string().nullable(),
  dropped_bytes: count,
}).readonly();

export const runResult: z.ZodType<RunResult> = z.strictObject({
  pathspec: pathspec.nullable(),
  successful: z.boolean(),
  card_path: z.string().nullable(),
  summary: jsonObject,
  error: z.string().nullable(),
}).readonly();

export const runRow: z.ZodType<RunRow> = z.strictObject({
  pathspec,
  flow: flowId,
  experiment_id: word,
  successful: z.boolean(),
  metric: z.number().nullable(),
  tags: z.array(z.string()).readonly(),
  ts: instant,
}).readonly();

/** Members of {@linkcode TokenUsage}, for objects that hold more. */
export const TOKEN_FIELDS = { input: count, output: count, cache_read: count, cache_write: count };

export const tokenUsage: z.ZodType<TokenUsage> = z.strictObject(TOKEN_FIELDS).readonly();

export const nodeRecord: z.ZodType<NodeRecord> = z.strictObject({
  experiment_id: word,
  node_id: word,
  parent_id: word.nullable(),
  stage: nodeStage,
  code: z.string(),
  term_out: z.array(z.string()).readonly(),
  exc_type: word.nullable(),
  metric: z.number().nullable(),
  judge_summary: z.string(),
  model: word.nullable(),
  tokens: tokenUsage.nullable(),
  tenant: word,
  owned_by: word,
  ts: instant,
}).readonly();

export const artifactRef: z.ZodType<ArtifactRef> = z.strictObject({
  pathspec: pathspec.nullable(),
  kind: z.enum(["backbone", "tokenizer", "embeddings", "model", "endpoint"]),
  summary: jsonObject,
  error: z.string().nullable(),
}).readonly();

export const scores: z.ZodType<Scores> = z.strictObject({
  metric: word,
  value: z.number().nullable(),
  detail: jsonObject,
}).readonly();

export const capability: z.ZodType<Capability> = z.strictObject({
  name: z.enum(CAPABILITY_NAMES),
  mode: z.enum(CAPABILITY_MODES),
  supported: z.boolean(),
  notes: z.string(),
}).readonly();

export const capabilityManifest: z.ZodType<CapabilityManifest> = z.strictObject({
  backend: word,
  capabilities: z.array(capability).readonly(),
}).readonly();
