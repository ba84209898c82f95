/**
 * Model builders: from sequences of events to a backbone, and from that to a model that is measured and served.
 *
 * @module
 */

import type { Later } from "./loop_store.ts";
import type {
  ArtifactRef,
  BuildBudget,
  CapabilityManifest,
  JsonObject,
  Objective,
  Pathspec,
  Scores,
  ServeMode,
} from "./values.ts";

/** How far a build is. */
export interface BuildProgress {
  readonly phase: string;
  readonly step: number;
  readonly loss: number | null;
  readonly usd: number;
  /** Percent, `null` without a GPU. */
  readonly gpu: number | null;
}

/** What a build may use up. It is ended when it would go beyond, with `stopped_at_budget: true` in its summary. */
export interface BuildLimits {
  readonly max_usd?: number;
  readonly max_minutes?: number;
  readonly max_steps?: number;
}

/** Data objects and artifacts, by reference. */
export interface ArtifactStore {
  /** @throws {LoomError} `unknown-ref` if there is none. */
  read(ref: Pathspec): Promise<JsonObject>;
  /** Keeps what was made, and gives its reference. */
  write(flow: "TrainFlow", content: JsonObject): Promise<Pathspec>;
}

/** What a call is given. */
export interface BuildContext {
  readonly signal: AbortSignal;
  readonly artifacts: ArtifactStore;
  readonly limits?: BuildLimits;
  /** Whether work may really be started elsewhere; without it, it is planned. */
  readonly launch?: boolean;
  /** Where the GPU is, such as `modal://app`. */
  readonly gpu_target?: string;
  /** Hears how far it is. */
  readonly progress?: (progress: BuildProgress) => Later<void>;
}

/**
 * One way to build models. Only `manifest` is required; what the manifest calls supported can be called, what it does
 * not is refused before anything is read or started (`unsupported`). So is a word that is none of an enumeration
 * (`bad-value`).
 *
 * Everything is handed on by reference, `<Flow>/<id>`. What cannot be made is a reference without a pathspec that tells
 * the error.
 *
 * @example A builder that can do nothing yet
 * ```ts
 * import type { ModelBuilderProvider } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * const later: ModelBuilderProvider = {
 *   name: "later",
 *   manifest: () => ({
 *     backend: "later",
 *     capabilities: [{ name: "pretrain", mode: "launch-and-track", supported: false, notes: "Not written yet" }],
 *   }),
 * };
 * equal((await later.manifest()).backend, "later");
 * ```
 */
export interface ModelBuilderProvider {
  readonly name: string;
  /** Touches nothing. */
  manifest(): Later<CapabilityManifest>;
  tokenize?(sequencesRef: Pathspec, scheme: string, context: BuildContext): Promise<ArtifactRef>;
  pretrain?(
    sequencesRef: Pathspec,
    objective: Objective,
    budget: BuildBudget,
    context: BuildContext,
  ): Promise<ArtifactRef>;
  embed?(backboneRef: Pathspec, dataRef: Pathspec, context: BuildContext): Promise<ArtifactRef>;
  finetune?(backboneRef: Pathspec, taskRef: Pathspec, recipe: JsonObject, context: BuildContext): Promise<ArtifactRef>;
  /** Compared with the same head on raw data: `detail.baseline_raw` and `detail.lift`. */
  evaluate?(modelRef: Pathspec, holdoutRef: Pathspec, metric: string, context: BuildContext): Promise<Scores>;
  serve?(modelRef: Pathspec, mode: ServeMode, context: BuildContext): Promise<ArtifactRef>;
}
