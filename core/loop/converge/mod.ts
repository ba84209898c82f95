/**
 * Detectors: when a loop has got where it wanted.
 *
 * @module
 */

export { allOf, anyOf, atLeast, type PartMemories } from "./combine.ts";
export { type Judge, judge, type JudgeMemory, type JudgeOptions } from "./judge.ts";
export { llmJudge, type LlmJudgeOptions, type LlmReply } from "./llm_judge.ts";
export { predicate } from "./predicate.ts";
export { scorePlateau, type ScorePlateauOptions } from "./score_plateau.ts";
export type { Scored, ScoreWindow } from "./score_window.ts";
export { type Embed, semanticDelta, type SemanticDeltaMemory, type SemanticDeltaOptions } from "./semantic_delta.ts";
