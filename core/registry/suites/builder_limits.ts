/**
 * How a build that takes its time is followed, called off and limited.
 *
 * @module
 */

import type { BuildContext, BuildProgress, ModelBuilderProvider } from "../../ports/model_builder.ts";
import { PROBE } from "./builder_words.ts";
import { type BuilderBench, builderCase } from "./builder_bench.ts";
import { refusesUnsupported } from "./builder_refusals.ts";
import type { ContractCase } from "./case.ts";
import { refuses, same } from "./expect.ts";

/** As long as somebody who hears takes: more turns than a step that waits for nobody. */
const TURNS = 50;

/** A case about `pretrain()`: for a builder that does its work here, step by step, where it can be seen. */
function pretrainCase(
  name: string,
  work: (bench: BuilderBench, pretrain: (more: Partial<BuildContext>) => Promise<unknown>) => Promise<void>,
): ContractCase<ModelBuilderProvider> {
  return builderCase(name, async (bench) => {
    if (!bench.can.supports("pretrain")) return await refusesUnsupported(bench, "pretrain");
    const steps: number[] = [];
    const progress = ({ step }: BuildProgress) => void steps.push(step);
    const { pathspec } = await bench.make("pretrain", [bench.train, ...PROBE], { launch: true, progress });
    const inOrder = steps.toSorted((a, b) => a - b);
    same(steps, inOrder, "Steps in order");
    if (pathspec === null || new Set(steps).size < 2) return;
    await work(bench, (more) => bench.make("pretrain", [bench.train, ...PROBE], { launch: true, ...more }));
  });
}

/** What a builder does when it is called off, or at its limit. */
export const builderLimits: readonly ContractCase<ModelBuilderProvider>[] = [
  pretrainCase("pretrain() stops when the signal aborts, and keeps nothing", async ({ artifacts }, pretrain) => {
    const controller = new AbortController();
    let heard = 0;
    const progress = () => {
      heard++;
      controller.abort();
    };
    const before = artifacts.writes.length;
    await refuses(() => pretrain({ signal: controller.signal, progress }), ["interrupted"], "pretrain()");
    same([heard, artifacts.writes.length], [1, before], "Steps that were told of, and artifacts that were kept");
  }),
  pretrainCase("pretrain() waits for whoever hears how far it is", async (_, pretrain) => {
    let [open, most] = [0, 0];
    const progress = async () => {
      most = Math.max(most, ++open);
      for (let turn = 0; turn < TURNS; turn++) await Promise.resolve();
      open--;
    };
    await pretrain({ progress });
    same([most, open], [1, 0], "Calls at once, and calls that had not returned");
  }),
  pretrainCase("pretrain() ends at its limit, and says so", async ({ artifacts }, pretrain) => {
    let last = 0;
    const progress = ({ step }: BuildProgress) => void (last = Math.max(last, step));
    const before = artifacts.writes.length;
    const given = await pretrain({ limits: { max_steps: 1 }, progress }) as { readonly summary: object };
    same("stopped_at_budget" in given.summary && given.summary.stopped_at_budget, true, "stopped_at_budget");
    same([last, artifacts.writes.length - before <= 1], [1, true], "The last step, and whether one was kept at most");
  }),
];
