/**
 * A model builder in memory: it learns which event goes with which, and tells accounts apart by it.
 *
 * @module
 */

import { interrupted } from "../../errors.ts";
import type { BuildContext, ModelBuilderProvider } from "../../ports/model_builder.ts";
import type { ArtifactKind, ArtifactRef, Capability, JsonObject, Pathspec, Scores } from "../../ports/values.ts";
import { asBuildBudget, asObjective, asServeMode, CAPABILITY_NAMES } from "../base/enums.ts";
import { badValue } from "../base/errors.ts";
import { fingerprintOf } from "./artifacts.ts";
import { accuracyOf, type Centroids, fitCentroids, type Labelled } from "./centroids.ts";
import { type Affinity, affinityOf, embeddingOf, type Sequence, sequencesOf, sharesOf } from "./sequences.ts";

/** What it stores of a model. */
interface Model {
  readonly affinity: Affinity;
  readonly vocabulary: readonly string[];
  readonly embedded: Centroids;
  readonly raw: Centroids;
}

/** Passes over the sequences, by budget; each is a step. */
const STEPS = { probe: 2, small: 4, full: 8 };

/**
 * A builder that needs neither a disk nor a GPU. It keeps what a builder has to keep, and learns little.
 *
 * @example What it can do
 * ```ts
 * import { capabilitiesOf, memoryModelBuilder } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * const can = capabilitiesOf(await memoryModelBuilder().manifest());
 * equal(can.supports("embed"), true);
 * equal(can.mode_of("pretrain"), "launch-and-track");
 * ```
 */
export function memoryModelBuilder({ name = "memory" }: { readonly name?: string } = {}): ModelBuilderProvider {
  return {
    name,
    manifest: () => ({ backend: name, capabilities: CAPABILITY_NAMES.map(capability) }),
    tokenize,
    pretrain,
    embed,
    finetune,
    evaluate,
    serve,
  };
}

function capability(name: typeof CAPABILITY_NAMES[number]): Capability {
  const mode = name === "pretrain" || name === "serve" ? "launch-and-track" : "searchable";
  return { name, mode, supported: true, notes: "In memory; a stand-in for the real thing" };
}

async function tokenize(ref: Pathspec, scheme: string, context: BuildContext): Promise<ArtifactRef> {
  if (scheme !== "event") throw badValue("scheme", scheme, ["event"]);
  const vocabulary = vocabularyOf(await sequencesAt(ref, context));
  return await kept("tokenizer", { vocabulary }, { size: vocabulary.length }, context);
}

async function pretrain(ref: Pathspec, objective: string, budget: string, context: BuildContext): Promise<ArtifactRef> {
  const [goal, steps] = [asObjective(objective), STEPS[asBuildBudget(budget)]];
  const sequences = await sequencesAt(ref, context);
  const allowed = Math.min(steps, context.limits?.max_steps ?? steps);
  for (let step = 1; step <= allowed; step++) {
    alive(context);
    await context.progress?.({ phase: "pretrain", step, loss: 1 / step, usd: 0, gpu: null });
  }
  alive(context);
  const affinity = affinityOf(sequences, goal);
  const summary = { objective, budget, steps: allowed, stopped_at_budget: allowed < steps };
  return await kept("backbone", { affinity, vocabulary: vocabularyOf(sequences) }, summary, context);
}

async function embed(backboneRef: Pathspec, dataRef: Pathspec, context: BuildContext): Promise<ArtifactRef> {
  const { affinity } = await backboneAt(backboneRef, context);
  const sequences = await sequencesAt(dataRef, context);
  const columns = ["account", "emb_0", "emb_1", "emb_2", "target"];
  const rows = sequences.map((it) => [it.account, ...embeddingOf(it, affinity), it.label]);
  const train = { columns, rows };
  const fingerprint = fingerprintOf({ train });
  const dtypes = { account: "string", emb_0: "float", emb_1: "float", emb_2: "float", target: "int" };
  const schema = { columns, dtypes, nrows: rows.length, target: "target" };
  const content = { train, test: null, schema, dataset_name: "embeddings", fingerprint };
  return await kept("embeddings", content, { fingerprint, nrows: rows.length }, context);
}

async function finetune(
  backboneRef: Pathspec,
  taskRef: Pathspec,
  recipe: JsonObject,
  context: BuildContext,
): Promise<ArtifactRef> {
  const { affinity, vocabulary } = await backboneAt(backboneRef, context);
  const sequences = await sequencesAt(taskRef, context);
  const embedded = fitCentroids(embeddedRows(sequences, affinity));
  const raw = fitCentroids(rawRows(sequences, vocabulary));
  const content = { affinity, vocabulary, embedded, raw } as unknown as JsonObject;
  return await kept("model", content, { recipe, n_train: sequences.length }, context);
}

async function evaluate(
  modelRef: Pathspec,
  holdoutRef: Pathspec,
  metric: string,
  context: BuildContext,
): Promise<Scores> {
  if (metric !== "accuracy") throw badValue("metric", metric, ["accuracy"]);
  alive(context);
  const model = await context.artifacts.read(modelRef) as unknown as Model;
  const holdout = await sequencesAt(holdoutRef, context);
  const value = accuracyOf(model.embedded, embeddedRows(holdout, model.affinity));
  const baseline_raw = accuracyOf(model.raw, rawRows(holdout, model.vocabulary));
  const detail = { baseline_raw, lift: value - baseline_raw, n_holdout: holdout.length, task_type: "binary" };
  return { metric, value, detail };
}

async function serve(modelRef: Pathspec, mode: string, context: BuildContext): Promise<ArtifactRef> {
  if (asServeMode(mode) === "online") {
    const error = "Cannot serve online from memory: take mode batch, or a builder with a GPU";
    return { pathspec: null, kind: "endpoint", summary: {}, error };
  }
  alive(context);
  await context.artifacts.read(modelRef);
  return await kept("endpoint", { model: modelRef, mode }, { mode }, context);
}

function vocabularyOf(sequences: readonly Sequence[]): readonly string[] {
  return [...new Set(sequences.flatMap(({ events }) => events))].sort();
}

function embeddedRows(sequences: readonly Sequence[], affinity: Affinity): readonly Labelled[] {
  return sequences.map((it) => ({ features: embeddingOf(it, affinity), label: it.label }));
}

function rawRows(sequences: readonly Sequence[], vocabulary: readonly string[]): readonly Labelled[] {
  return sequences.map((it) => ({ features: sharesOf(it, vocabulary), label: it.label }));
}

async function sequencesAt(ref: Pathspec, context: BuildContext): Promise<readonly Sequence[]> {
  alive(context);
  return sequencesOf(await context.artifacts.read(ref));
}

async function backboneAt(ref: Pathspec, context: BuildContext): Promise<Pick<Model, "affinity" | "vocabulary">> {
  alive(context);
  const content = await context.artifacts.read(ref);
  if (content.affinity === undefined) throw badValue("backbone", ref, ["what pretrain() has given"]);
  return content as unknown as Pick<Model, "affinity" | "vocabulary">;
}

async function kept(
  kind: ArtifactKind,
  content: JsonObject,
  summary: JsonObject,
  context: BuildContext,
): Promise<ArtifactRef> {
  alive(context);
  return { pathspec: await context.artifacts.write("TrainFlow", content), kind, summary, error: null };
}

function alive({ signal }: BuildContext): void {
  if (signal.aborted) throw interrupted("The build was called off");
}
