/**
 * Strategies: from which step's state a loop goes on.
 *
 * @module
 */

export { bestScore, type BestScoreMemory, type BestScoreOptions } from "./best_score.ts";
export { toBacktrack } from "./custom.ts";
export { firstOf } from "./first_of.ts";
export { lastGood, type LastGoodOptions } from "./last_good.ts";
