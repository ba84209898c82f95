/**
 * The words at the seam of model builders. Any other word, above all one of a backend's own, is refused before anything
 * is read or started.
 *
 * @module
 */

import type { BuildBudget, CapabilityMode, CapabilityName, Objective, ServeMode } from "../../ports/values.ts";
import { badValue } from "./errors.ts";

/** What a backbone can learn from. */
export const OBJECTIVES = ["next-event", "masked-field", "contrastive"] as const satisfies readonly Objective[];

/** How much a backbone can take. */
export const BUILD_BUDGETS = ["probe", "small", "full"] as const satisfies readonly BuildBudget[];

/** How a model can be served. */
export const SERVE_MODES = ["batch", "online"] as const satisfies readonly ServeMode[];

/** What a model builder can be asked for, in the order in which it is. */
export const CAPABILITY_NAMES = [
  "tokenize",
  "pretrain",
  "embed",
  "finetune",
  "evaluate",
  "serve",
] as const satisfies readonly CapabilityName[];

/** How capabilities are used. */
export const CAPABILITY_MODES = ["searchable", "launch-and-track"] as const satisfies readonly CapabilityMode[];

/**
 * The value as an objective.
 *
 * @example Words of a backend do not pass
 * ```ts
 * import { asObjective } from "@loom/loom";
 * import { equal, throws } from "node:assert/strict";
 *
 * equal(asObjective("contrastive"), "contrastive");
 * throws(() => asObjective("causal_lm"), { code: "bad-value" });
 * ```
 *
 * @throws {LoomError} `bad-value` if it is none.
 */
export function asObjective(value: unknown): Objective {
  return oneOf("objective", value, OBJECTIVES);
}

/**
 * The value as the budget of a build.
 *
 * @throws {LoomError} `bad-value` if it is none.
 */
export function asBuildBudget(value: unknown): BuildBudget {
  return oneOf("budget", value, BUILD_BUDGETS);
}

/**
 * The value as a way to serve.
 *
 * @throws {LoomError} `bad-value` if it is none.
 */
export function asServeMode(value: unknown): ServeMode {
  return oneOf("mode", value, SERVE_MODES);
}

function oneOf<Word extends string>(what: string, value: unknown, words: readonly Word[]): Word {
  const word = words.find((it) => it === value);
  if (word === undefined) throw badValue(what, value, words);
  return word;
}
