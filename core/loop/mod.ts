/**
 * One iteration made durable, budgeted and resumable.
 *
 * @module
 */

export * from "./base/errors.ts";
export { type Loops, makeLoops } from "./loop.ts";
export type { LoopHost } from "../ports/loop_host.ts";
export type * from "./types/mod.ts";
export { allOf, anyOf, atLeast, judge, llmJudge, predicate, scorePlateau, semanticDelta } from "./converge/mod.ts";
export type {
  Embed,
  Judge,
  JudgeMemory,
  JudgeOptions,
  LlmJudgeOptions,
  LlmReply,
  PartMemories,
  Scored,
  ScorePlateauOptions,
  ScoreWindow,
  SemanticDeltaMemory,
  SemanticDeltaOptions,
} from "./converge/mod.ts";
export { bestScore, firstOf, lastGood } from "./backtrack/mod.ts";
export type { BestScoreMemory, BestScoreOptions, LastGoodOptions } from "./backtrack/mod.ts";
export { escalate, type EscalateOptions } from "./stall/mod.ts";
export {
  anthropicCost,
  type CostOptions,
  definePrices,
  isMissingCost,
  openaiCost,
  type PriceRow,
  PRICES_AS_OF,
  type Rates,
} from "./prices/mod.ts";
export type {
  BreakerChange,
  BreakerRefusal,
  BreakerState,
  BreakerTransition,
  BreakerView,
  CallOutcome,
  CircuitBreaker,
  CircuitBreakerFunction,
  CircuitBreakerOptions,
} from "./breaker/mod.ts";
export type { ReplayBest, Replayed, ReplayOptions, ReplaySum } from "./look/replay.ts";
export type { Head, ReplayStrategies } from "./look/replay_course.ts";
export { type Forecast, forecast, forecastOf, type ForecastRange, type ForecastStep } from "./look/forecast.ts";
export type { OtlpAttribute, OtlpEvent, OtlpSpan, OtlpTraces } from "./look/otlp.ts";
