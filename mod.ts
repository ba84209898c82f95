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
export { hostContext } from "./plugins/host/context.ts";
export { circuitBreaker, loop, loopSync, otlpListeners, otlpTraces, replay } from "./loops.ts";
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
export type { Clock } from "./core/ports/clock.ts";
export type { Random } from "./core/ports/random.ts";
