/**
 * What a model builder says of itself, and makes.
 *
 * @module
 */

import type { ModelBuilderProvider } from "../../ports/model_builder.ts";
import type { ArtifactRef, Pathspec } from "../../ports/values.ts";
import { CAPABILITY_NAMES } from "../base/enums.ts";
import { type BuilderBench, builderCase, checkScores } from "./builder_bench.ts";
import { refusesUnsupported } from "./builder_refusals.ts";
import { METRIC, PROBE } from "./builder_words.ts";
import type { ContractCase } from "./case.ts";
import { broken, holds, same } from "./expect.ts";

type Cases = readonly ContractCase<ModelBuilderProvider>[];

/** The variable that a builder without a place for its work names. */
const TARGET = "LOOM_GPU_TARGET";

const MODES = {
  tokenize: "searchable",
  pretrain: "launch-and-track",
  embed: "searchable",
  finetune: "searchable",
  evaluate: "searchable",
} as const;

const honesty: Cases = [
  builderCase("manifest() names its backend and each capability once, and says why not", ({ can }) => {
    holds(can.backend.trim() !== "", "The backend has no name");
    const names = can.capabilities.map(({ name }) => name);
    same(new Set(names).size, names.length, "Distinct capabilities");
    for (const { name, supported, notes } of can.capabilities) {
      holds(supported || notes.trim() !== "", `The manifest does not say why ${name} is not supported`);
    }
  }),
  builderCase("manifest() is the same each time", async ({ builder, can: { backend, capabilities } }) => {
    same(await builder.manifest(), { backend, capabilities }, "Another manifest");
  }),
  builderCase("manifest() has pretrain launched and tracked, and the rest searchable", ({ can }) => {
    for (const [name, mode] of Object.entries(MODES)) {
      if (can.supports(name)) same(can.mode_of(name), mode, `Mode of ${name}`);
    }
  }),
  builderCase("manifest() supports what can be called, and the rest refuses before anything is read", async (bench) => {
    for (const name of CAPABILITY_NAMES) {
      if (bench.can.supports(name)) holds(typeof bench.builder[name] === "function", `${name}() is not there`);
      else await refusesUnsupported(bench, name);
    }
  }),
];

const making: Cases = [
  builderCase("tokenize() keeps a tokenizer", async (bench) => {
    if (!bench.can.supports("tokenize")) return await refusesUnsupported(bench, "tokenize");
    made(await bench.make("tokenize", [bench.train, "event"]));
  }),
  builderCase("pretrain() keeps a backbone, or says which variable it lacks", async (bench) => {
    if (!bench.can.supports("pretrain")) return await refusesUnsupported(bench, "pretrain");
    for (const launch of [false, true]) {
      const { error } = await bench.make("pretrain", [bench.train, ...PROBE], { launch });
      holds(error === null || error.includes(TARGET), `pretrain() without a target does not name ${TARGET}: ${error}`);
    }
  }),
  builderCase("embed() keeps a data object", async (bench) => {
    const backbone = await backboneOf(bench);
    if (backbone === undefined) return;
    const content = await bench.artifacts.read(made(await bench.make("embed", [backbone, bench.train])));
    for (const key of ["train", "test", "schema", "dataset_name", "fingerprint"]) {
      holds(key in content, `The embeddings are no data object: '${key}' is missing`);
    }
  }),
  builderCase("evaluate() compares with raw data, and finds what was planted", async (bench) => {
    const model = await modelOf(bench);
    if (model === undefined) return;
    const { value, detail } = checkScores(await bench.call("evaluate", [model, bench.holdout, METRIC]), METRIC);
    const { baseline_raw, lift } = detail;
    if (value === null || typeof baseline_raw !== "number" || typeof lift !== "number") {
      broken("evaluate() does not tell its value, baseline_raw and lift");
    }
    holds(Math.abs(value - baseline_raw - lift) < 1e-9, `The lift from ${baseline_raw} to ${value} is not ${lift}`);
    holds(lift > 0, `evaluate() found nothing: the lift is ${lift}`);
  }),
  builderCase("embed() and evaluate() give the same again", async (first, another) => {
    same(await traceOf(await another()), await traceOf(first), "Fingerprint and scores of a second builder");
  }),
  builderCase("serve() serves in batches, and online or says what else to do", async (bench) => {
    if (!bench.can.supports("serve")) return await refusesUnsupported(bench, "serve");
    const model = await modelOf(bench);
    if (model === undefined) return;
    made(await bench.make("serve", [model, "batch"]));
    const { error } = await bench.make("serve", [model, "online"]);
    holds(error === null || error.includes("batch"), `serve() online does not name batch: ${error}`);
  }),
];

/** Its backbone; `undefined` if the builder cannot make one here, which `pretrain()` has its own case for. */
async function backboneOf(bench: BuilderBench): Promise<Pathspec | undefined> {
  const needed = ["pretrain", "embed", "finetune", "evaluate"];
  if (!needed.every((name) => bench.can.supports(name))) return undefined;
  return (await bench.make("pretrain", [bench.train, ...PROBE])).pathspec ?? undefined;
}

async function modelOf(bench: BuilderBench): Promise<Pathspec | undefined> {
  const backbone = await backboneOf(bench);
  return backbone === undefined ? undefined : made(await bench.make("finetune", [backbone, bench.train, {}]));
}

async function traceOf(bench: BuilderBench): Promise<unknown> {
  const [backbone, model] = [await backboneOf(bench), await modelOf(bench)];
  if (backbone === undefined || model === undefined) return undefined;
  const embeddings = await bench.artifacts.read(made(await bench.make("embed", [backbone, bench.train])));
  const { value, detail } = checkScores(await bench.call("evaluate", [model, bench.holdout, METRIC]), METRIC);
  return { fingerprint: embeddings.fingerprint, value, lift: detail.lift };
}

function made({ pathspec, error }: ArtifactRef): Pathspec {
  return pathspec ?? broken(`Nothing was made: ${error}`);
}

/** What a builder says of itself, and makes. */
export const builderWork: Cases = [...honesty, ...making];
