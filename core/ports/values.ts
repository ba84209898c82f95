/**
 * Values that cross the ports. Names of their fields are the contract: they are stored, shown and sent as they stand,
 * in snake case. Everything here is plain data that JSON can hold.
 *
 * @module
 */

import type { Json } from "./tool.ts";

/** An object that JSON can hold. */
export type JsonObject = { readonly [key: string]: Json };

/** What is to be found out, from which data. */
export interface Task {
  /** Folder that holds the data; absolute. */
  readonly data_dir: string;
  /** What is wanted, in a person's words. */
  readonly goal: string;
  /** How it is judged, in a person's words. */
  readonly eval: string;
  readonly experiment_id: string;
  /** `default` unless given. */
  readonly tenant: string;
  /** Pathspec of the data object the folder was made of. */
  readonly dataset_ref: string | null;
}

/** Where data, a run or an artifact is: `<Flow>/<id>`. Never a path, a URI or the name of a file. */
export type Pathspec = string;

/** The flows there are. A run belongs to one. */
export type FlowId =
  | "IngestDataset"
  | "EdaFlow"
  | "VizFlow"
  | "FeaturesFlow"
  | "SearchFlow"
  | "EvalCandidate"
  | "ValidateFlow"
  | "PipelineFlow"
  | "TrainFlow"
  | "DeployFlow"
  | "OpsFlow"
  | "CollabFlow"
  | "ReportFlow";

/** One frame of a trace: file, line, name of the function, text of the line. */
export type StackFrame = readonly [file: string, line: number, name: string, text: string];

/** What came of executing a piece of code. Exactly these five fields; what else is known is {@linkcode ExecExtras}. */
export interface ExecutionResult {
  /** Standard output and error as they came, in order. */
  readonly term_out: readonly string[];
  /** Seconds. */
  readonly exec_time: number;
  /** Class of the exception that ended it, such as `ValueError`, `TimeoutError` or `ProcessDied`. */
  readonly exc_type: string | null;
  /** Its arguments and attributes. */
  readonly exc_info: JsonObject | null;
  /** Outermost frame first. */
  readonly exc_stack: readonly StackFrame[] | null;
}

/** What is known of an execution beside its result. */
export interface ExecExtras {
  /** The run it was recorded as. */
  readonly pathspec: Pathspec | null;
  /** What the code itself reported, by name: lines `LOOM_METRIC name=value`. */
  readonly reported: Readonly<Record<string, number>>;
  readonly exit_code: number | null;
  readonly signal: string | null;
  /** Output beyond the cap, counted and not kept. */
  readonly dropped_bytes: number;
}

/** How a run of a flow went. */
export interface RunResult {
  readonly pathspec: Pathspec | null;
  readonly successful: boolean;
  readonly card_path: string | null;
  readonly summary: JsonObject;
  readonly error: string | null;
}

/** One line of a leaderboard. */
export interface RunRow {
  readonly pathspec: Pathspec;
  readonly flow: FlowId;
  readonly experiment_id: string;
  readonly successful: boolean;
  readonly metric: number | null;
  readonly tags: readonly string[];
  /** UTC, ISO 8601. */
  readonly ts: string;
}

/** What a node of a search is made from: nothing, a parent that failed, a parent that worked. */
export type NodeStage = "draft" | "debug" | "improve";

/** Tokens of one or more calls of models. */
export interface TokenUsage {
  /** Neither read from a cache nor written to one. */
  readonly input: number;
  /** Reasoning included. */
  readonly output: number;
  readonly cache_read: number;
  readonly cache_write: number;
}

/** One node of a search; one JSON line of the corpus. */
export interface NodeRecord {
  readonly experiment_id: string;
  readonly node_id: string;
  readonly parent_id: string | null;
  readonly stage: NodeStage;
  readonly code: string;
  readonly term_out: readonly string[];
  readonly exc_type: string | null;
  readonly metric: number | null;
  readonly judge_summary: string;
  readonly model: string | null;
  /** `null` if no model was asked. */
  readonly tokens: TokenUsage | null;
  readonly tenant: string;
  /** `general` rows may be shared among tenants; all others stay with their owner. */
  readonly owned_by: string;
  /** UTC, ISO 8601. */
  readonly ts: string;
}

/** What a model builder has made. */
export interface ArtifactRef {
  /** `null` if nothing was made. */
  readonly pathspec: Pathspec | null;
  readonly kind: ArtifactKind;
  readonly summary: JsonObject;
  readonly error: string | null;
}

/** What an artifact of a model builder is. */
export type ArtifactKind = "backbone" | "tokenizer" | "embeddings" | "model" | "endpoint";

/** How good a model is. */
export interface Scores {
  readonly metric: string;
  readonly value: number | null;
  /** With `baseline_raw` and `lift` where there is a baseline. */
  readonly detail: JsonObject;
}

/** Whether a search may try a capability many times over, or it is started once and followed. */
export type CapabilityMode = "searchable" | "launch-and-track";

/** What a model builder can be asked for. */
export type CapabilityName = "tokenize" | "pretrain" | "embed" | "finetune" | "evaluate" | "serve";

/** One thing a model builder says it can do. */
export interface Capability {
  readonly name: CapabilityName;
  readonly mode: CapabilityMode;
  readonly supported: boolean;
  /** Why not, or what stands in for the real thing. */
  readonly notes: string;
}

/** Everything a model builder says it can do. */
export interface CapabilityManifest {
  readonly backend: string;
  readonly capabilities: readonly Capability[];
}

/** What a backbone learns from. */
export type Objective = "next-event" | "masked-field" | "contrastive";

/** How much a backbone may take. */
export type BuildBudget = "probe" | "small" | "full";

/** How a model is served. */
export type ServeMode = "batch" | "online";
