/**
 * Providers by port and name, what follows from what they say, and everything to write one with: fakes, suites, schemas.
 *
 * @module
 */

export { capabilitiesOf, requireSearchable, requireSupported } from "./base/capability.ts";
export type { Capabilities } from "./base/capability.ts";
export { corpusOf } from "./base/corpus.ts";
export type { Corpus } from "./base/corpus.ts";
export { asBuildBudget, asObjective, asServeMode } from "./base/enums.ts";
export { BUILD_BUDGETS, CAPABILITY_MODES, CAPABILITY_NAMES, OBJECTIVES, SERVE_MODES } from "./base/enums.ts";
export { memoryArtifacts } from "./fakes/artifacts.ts";
export type { MemoryArtifacts } from "./fakes/artifacts.ts";
export { memoryMlops } from "./fakes/mlops.ts";
export type { MemoryMlopsOptions } from "./fakes/mlops.ts";
export { memoryModel } from "./fakes/model.ts";
export type { MemoryModelOptions } from "./fakes/model.ts";
export { memoryModelBuilder } from "./fakes/model_builder.ts";
export { memoryPlugin } from "./fakes/plugin.ts";
export { memorySearch } from "./fakes/search.ts";
export type { MemorySearchOptions } from "./fakes/search.ts";
export { memoryTool } from "./fakes/tool.ts";
export { memoryTools } from "./fakes/tools.ts";
export type { MemoryToolsOptions } from "./fakes/tools.ts";
export { memoryWorkspace } from "./fakes/workspace.ts";
export { reportedMetrics } from "./base/metric_line.ts";
export { pluginProviders } from "./plugin_providers.ts";
export type { KnownPlugin } from "./plugin_providers.ts";
export { providerOver } from "./proxy.ts";
export { API_VERSION, makeRegistry, PORT_NAMES } from "./registry.ts";
export type { Provided, RegisterOptions, Registry } from "./registry.ts";
export { PORT_SCHEMAS, SERVICE_SCHEMAS } from "./schemas.ts";
export type { MethodSchema, MethodSchemas } from "./schemas.ts";
export { TRAIN_CSV, trySuite } from "./suites/case.ts";
export type { CaseOutcome, ContractCase, ContractTools } from "./suites/case.ts";
export { BrokenContract } from "./suites/expect.ts";
export { mlopsSuite } from "./suites/mlops.ts";
export { modelSuite } from "./suites/model.ts";
export { modelBuilderSuite } from "./suites/model_builder.ts";
export { searchSuite } from "./suites/search.ts";
export { packArguments, unpackArguments } from "./base/wire.ts";
export type { CallbackMark, Packed, Services, SignalMark, Unpacking } from "./base/wire.ts";
