/**
 * What a model builder refuses, before it reads or writes anything.
 *
 * @module
 */

import type { ModelBuilderProvider } from "../../ports/model_builder.ts";
import type { CapabilityName } from "../../ports/values.ts";
import { CAPABILITY_NAMES } from "../base/enums.ts";
import { type BuilderBench, builderCase } from "./builder_bench.ts";
import { METRIC, PROBE } from "./builder_words.ts";
import type { ContractCase } from "./case.ts";
import { answered, keepsSecrets, refuses, same } from "./expect.ts";

type Cases = readonly ContractCase<ModelBuilderProvider>[];

/** Words that are none, in the place of those that are. */
const FOREIGN = [
  ["pretrain", "objective", ["causal_lm", "probe"]],
  ["pretrain", "budget", ["next-event", "8xH100"]],
  ["serve", "mode", ["triton"]],
] as const;

const words: Cases = FOREIGN.map(([name, what, given]) =>
  builderCase(`${name}() refuses a word that is no ${what}, before anything is read`, async (bench) => {
    if (!bench.can.supports(name)) return await refusesUnsupported(bench, name);
    await refusesUntouched(bench, ["bad-value"], () => bench.call(name, [bench.train, ...given], { launch: true }));
  })
);

const signals: Cases = CAPABILITY_NAMES.map((name) =>
  builderCase(`${name}() does nothing when the signal has aborted before`, async (bench) => {
    if (!bench.can.supports(name)) return await refusesUnsupported(bench, name);
    const signal = AbortSignal.abort();
    await refusesUntouched(bench, ["interrupted"], () => bench.call(name, argsOf(name, bench), { signal }));
  })
);

const rest: Cases = [
  builderCase("embed() refuses a backbone that is not there, and makes no other", async (bench) => {
    if (!bench.can.supports("embed")) return await refusesUnsupported(bench, "embed");
    const before = bench.artifacts.writes.length;
    await refuses(() => bench.call("embed", ["TrainFlow/999999", bench.train]), ["unknown-ref"], "embed()");
    same(bench.artifacts.writes.length, before, "What was written");
  }),
  builderCase("it gives away no secret", async (bench) => {
    const { can, tools, train } = bench;
    keepsSecrets(await bench.builder.manifest(), tools, "The manifest");
    for (const name of CAPABILITY_NAMES.filter((it) => can.supports(it))) {
      for (const args of [argsOf(name, bench), [train, ...argsOf(name, bench).slice(1).map(() => "no such word")]]) {
        const told = await answered(bench.call(name, args).catch((error) => error), tools, `${name}()`);
        keepsSecrets(told, tools, told instanceof Error ? `An error of ${name}()` : `What ${name}() gave`);
      }
    }
  }),
];

/** Arguments of the right form, before the context. */
function argsOf(name: CapabilityName, { train, holdout }: BuilderBench): readonly unknown[] {
  const args: Readonly<Record<CapabilityName, readonly unknown[]>> = {
    tokenize: [train, "event"],
    pretrain: [train, ...PROBE],
    embed: [train, holdout],
    finetune: [train, holdout, {}],
    evaluate: [train, holdout, METRIC],
    serve: [train, "batch"],
  };
  return args[name];
}

/** A capability that the manifest does not call supported is not there, or refuses. */
export async function refusesUnsupported(bench: BuilderBench, name: CapabilityName): Promise<void> {
  if (bench.builder[name] === undefined) return;
  await refusesUntouched(bench, ["unsupported"], () => bench.call(name, argsOf(name, bench), { launch: true }));
}

/** It is refused, and nothing was read or written. */
async function refusesUntouched(
  { artifacts }: BuilderBench,
  codes: readonly string[],
  call: () => Promise<unknown>,
): Promise<void> {
  const before = [artifacts.reads.length, artifacts.writes.length];
  await refuses(call, codes, "The call");
  same([artifacts.reads.length, artifacts.writes.length], before, "What was read and written");
}

/** What a builder refuses. */
export const builderRefusals: Cases = [...words, ...signals, ...rest];
