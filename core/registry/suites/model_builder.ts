/**
 * What every model builder keeps to.
 *
 * @module
 */

import type { ModelBuilderProvider } from "../../ports/model_builder.ts";
import { builderRefusals } from "./builder_refusals.ts";
import { builderLimits } from "./builder_limits.ts";
import { builderWork } from "./builder_work.ts";
import type { ContractCase } from "./case.ts";

/**
 * What every {@linkcode ModelBuilderProvider} keeps to, as far as one can tell without its backend.
 *
 * @example A provider of one's own
 * ```ts
 * import { memoryModelBuilder, memoryTools, modelBuilderSuite, trySuite } from "@loom/loom";
 * import { deepEqual } from "node:assert/strict";
 *
 * const outcomes = await trySuite(modelBuilderSuite, () => Promise.resolve(memoryModelBuilder()), memoryTools());
 * deepEqual(outcomes.filter(({ error }) => error !== undefined), []);
 * ```
 */
export const modelBuilderSuite: readonly ContractCase<ModelBuilderProvider>[] = [
  ...builderWork,
  ...builderRefusals,
  ...builderLimits,
];
