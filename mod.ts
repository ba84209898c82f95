/**
 * loom as a library: read a pipeline, ask what state its steps are in, run it and follow what happens.
 *
 * @example Names a person may have meant
 * ```ts
 * import { nearest } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * equal(nearest("trian", ["train", "report"]), "train");
 * ```
 *
 * @example The state of each step of a pipeline
 * ```ts
 * import { hostContext, pipelineStatus } from "@loom/loom";
 * import { deepEqual } from "node:assert/strict";
 *
 * const file = await Deno.makeTempFile({ suffix: ".yml" });
 * await Deno.writeTextFile(file, "pipeline: [{name: greet, task: greet.py}]");
 * const nothing = { parameters: new Map(), data: new Map() };
 *
 * const states = await pipelineStatus({ file, overrides: nothing }, hostContext());
 * deepEqual(states.map((it) => [it.name, it.state]), [["greet", "no outputs"]]);
 * ```
 *
 * @module
 */

export { isLoomError, LoomError, nearest } from "./core/errors.ts";
export type { LoomErrorOptions, Problem, ProblemLevel, YamlPath } from "./core/errors.ts";
export type { Context } from "./core/context.ts";
export type { EventSink, RunEvent, RunFact, RunStatus, SkipCause } from "./core/ports/events.ts";
export type { Pipeline, Step } from "./core/graph/pipeline.ts";
export type { Selection } from "./core/graph/selection.ts";
export { evaluate, type Expression, parseExpression } from "./core/python/expression.ts";
export { parseOverride, pyRepr, pyStr, type Value } from "./core/graph/mod.ts";
export { explainStep, loadPipeline, pipelineStatus, runPipeline, type StatusRequest } from "./core/run/mod.ts";
export type {
  Explanation,
  Freshness,
  Loaded,
  Overrides,
  RunControl,
  RunOutcome,
  RunRequest,
  StepState,
} from "./core/run/mod.ts";
export { hostContext } from "./compose/context.ts";
export { circuitBreaker, loop, loopSync, otlpListeners, otlpTraces, replay } from "./compose/loops.ts";
export * from "./core/loop/mod.ts";
export {
  type Durability,
  memoryStore,
  type PostgresOptions,
  postgresStore,
  sqliteStore,
} from "./plugins/host/loops/mod.ts";
export type {
  Blob as LoopBlob,
  BreakerRow,
  Guarantee,
  Later,
  Limits as LoopLimits,
  LoopAttempt,
  LoopBatch,
  LoopEventRow,
  LoopHolder,
  LoopLease,
  LoopMemo,
  LoopOwner,
  LoopQuery,
  LoopRow,
  LoopStatus,
  LoopStore as Store,
  LoopSummary,
  PauseRow,
  PoolChange,
  PoolRow,
  PruneReport,
  Retention as StoredRetention,
  StateTools,
  StepPlace,
  StepRow,
  Totals as LoopTotals,
} from "./core/ports/loop_store.ts";
export type { OpenedStore, Scope, StoreWish } from "./core/ports/loop_host.ts";
export type { LeaseHolder } from "./core/ports/store.ts";
export { definePlugin } from "./core/plugins/mod.ts";
export { toolSuite } from "./core/plugins/suites/tool.ts";
export * from "./core/registry/mod.ts";
export {
  auditLine,
  authorize,
  decide,
  denoPermissions,
  normalizePolicy,
  promptText,
  verifyChain,
} from "./core/gate/mod.ts";
export type { Authorized, ChainState, Decision, DenoPermissions, Gate, Rule, Touched, Wish } from "./core/gate/mod.ts";
export type { Approval, Approvals, AuditEntry, AuditLog, AuditRecord } from "./core/ports/audit.ts";
export type { ExecCallback, ExecCapabilities, ExecContext, MlopsContext, MlopsProvider } from "./core/ports/mlops.ts";
export type {
  Hint,
  ImagePart,
  ModelDelta,
  ModelMessage,
  ModelPart,
  ModelProvider,
  ModelRequest,
  ModelResponse,
  ModelRole,
  ModelRoute,
  ModelTool,
  RouteKind,
  StopReason,
  TextPart,
  ToolChoice,
  ToolResultPart,
  ToolUsePart,
} from "./core/ports/model.ts";
export type {
  ArtifactStore,
  BuildContext,
  BuildLimits,
  BuildProgress,
  ModelBuilderProvider,
} from "./core/ports/model_builder.ts";
export type {
  DefinePlugin,
  LoadedPlugin,
  Plugin,
  PluginCall,
  PluginCallOptions,
  PluginManifest,
  PluginPermissions,
  PortName,
  PortTypes,
} from "./core/ports/plugin.ts";
export type { Origin, Policy, PolicyBudget, Tier } from "./core/ports/policy.ts";
export type {
  SearchBudget,
  SearchContext,
  SearchEvent,
  SearchEvents,
  SearchProvider,
  SearchResult,
  SearchUsage,
  StoppedBy,
} from "./core/ports/search.ts";
export type {
  CommandOutcome,
  CommandWish,
  ContentBlock,
  Json,
  Surface,
  Tool,
  ToolContext,
  ToolInfo,
  ToolResult,
} from "./core/ports/tool.ts";
export type * from "./core/ports/values.ts";
export type { Workspace, WorkspaceEntry, WriteOptions } from "./core/ports/workspace.ts";
export type { Clock } from "./core/ports/clock.ts";
export type { Random } from "./core/ports/random.ts";
