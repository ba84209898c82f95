/**
 * What a model builder is tried on: planted sequences, and a store that counts.
 *
 * @module
 */

import type { BuildContext, ModelBuilderProvider } from "../../ports/model_builder.ts";
import type { Json } from "../../ports/tool.ts";
import type { ArtifactKind, ArtifactRef, CapabilityName, JsonObject, Pathspec, Scores } from "../../ports/values.ts";
import { type Capabilities, capabilitiesOf } from "../base/capability.ts";
import { fingerprintOf, type MemoryArtifacts, memoryArtifacts } from "../fakes/artifacts.ts";
import { artifactRef, capabilityManifest, scores } from "../schemas/values.ts";
import { faultText } from "../base/fault.ts";
import type { ContractCase, ContractTools } from "./case.ts";
import { answered, broken, holds, keepsSecrets, same } from "./expect.ts";
import { markovRows } from "./markov.ts";

/** What a case works with. */
export interface BuilderBench {
  readonly builder: ModelBuilderProvider;
  readonly can: Capabilities;
  readonly artifacts: MemoryArtifacts;
  readonly tools: ContractTools;
  /** Data objects: sequences to learn from, and sequences of other accounts. */
  readonly train: Pathspec;
  readonly holdout: Pathspec;
  /** Calls a capability with the context last. */
  call(name: CapabilityName, args: readonly unknown[], more?: Partial<BuildContext>): Promise<unknown>;
  /** Likewise, and checks the reference that comes back. */
  make(name: CapabilityName, args: readonly unknown[], more?: Partial<BuildContext>): Promise<ArtifactRef>;
}

/** A case with a builder and a store of its own. */
export function builderCase(
  name: string,
  work: (bench: BuilderBench, another: () => Promise<BuilderBench>) => Promise<void> | void,
): ContractCase<ModelBuilderProvider> {
  return {
    name,
    async run(subject, tools) {
      const bench = async () => await benchOf(await subject(), tools);
      await work(await bench(), bench);
    },
  };
}

async function benchOf(builder: ModelBuilderProvider, tools: ContractTools): Promise<BuilderBench> {
  const manifest = capabilityManifest.safeParse(await builder.manifest());
  if (!manifest.success) broken(`manifest() gave what is none: ${faultText(manifest.error)}`);
  const artifacts = memoryArtifacts();
  const { train, holdout } = markovRows();
  const call: BuilderBench["call"] = async (name, args, more = {}) => {
    const method = builder[name] as ((...args: unknown[]) => Promise<unknown>) | undefined;
    if (method === undefined) broken(`${name}() is not there, though the manifest calls it supported`);
    const context = { signal: new AbortController().signal, artifacts, ...more };
    return await answered(method.call(builder, ...args, context), tools, `${name}()`);
  };
  return {
    builder,
    can: capabilitiesOf(manifest.data),
    artifacts,
    tools,
    train: await artifacts.write("TrainFlow", dataObject("train", train)),
    holdout: await artifacts.write("TrainFlow", dataObject("holdout", holdout)),
    call,
    make: async (name, args, more) => checkRef(KINDS[name], await call(name, args, more), { artifacts, tools }),
  };
}

const KINDS: Readonly<Record<CapabilityName, ArtifactKind>> = {
  tokenize: "tokenizer",
  pretrain: "backbone",
  embed: "embeddings",
  finetune: "model",
  evaluate: "model",
  serve: "endpoint",
};

/** What no reference may hold: an address, a file, the name of a checkpoint. */
const LITERAL = /:\/\/|\.(ckpt|pth?|safetensors|bin|nemo|onnx|npz|pkl)\b|"(\/|[A-Za-z]:\\\\)/;

function checkRef(
  kind: ArtifactKind,
  given: unknown,
  { artifacts, tools }: Pick<BuilderBench, "artifacts" | "tools">,
): ArtifactRef {
  const checked = artifactRef.safeParse(given);
  if (!checked.success) broken(`What was given is no reference: ${faultText(checked.error)}`);
  const ref = checked.data;
  same(ref.kind, kind, "Kind of a reference");
  const literal = LITERAL.exec(JSON.stringify([ref.pathspec, ref.summary]))?.[0];
  if (literal !== undefined) broken(`A reference holds '${literal}', which belongs to a backend`);
  keepsSecrets(ref, tools, "A reference");
  if (ref.pathspec === null) holds(ref.error !== null && ref.error !== "", "What could not be made does not say why");
  else {
    same(ref.error, null, "Error of what was made");
    holds(artifacts.writes.includes(ref.pathspec), `Nothing is kept as ${ref.pathspec}`);
  }
  return ref;
}

/** Scores, checked. */
export function checkScores(given: unknown, metric: string): Scores {
  const checked = scores.safeParse(given);
  if (!checked.success) broken(`evaluate() gave what are no scores: ${faultText(checked.error)}`);
  same(checked.data.metric, metric, "The metric");
  return checked.data;
}

function dataObject(dataset_name: string, rows: readonly Json[]): JsonObject {
  const columns = ["account", "time", "event", "target"];
  const train = { columns, rows };
  const dtypes = { account: "string", time: "int", event: "string", target: "int" };
  const schema = { columns, dtypes, nrows: rows.length, target: "target" };
  return { train, test: null, schema, dataset_name, fingerprint: fingerprintOf({ train }) };
}
