/** A loop that rewrites a report while that makes it better, and gives the best one back. */

import { bestScore, loop, scorePlateau } from "@loom/loom";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { rewrite } from "./model.ts";

/** What a reader wants to find. */
const wanted = ["who", "when", "where", "how many", "why", "what next"];

const refiner = loop({
  name: "report_refiner",
  state: z.object({ report: z.string() }),
  checkpoint: fileURLToPath(new URL(".loom/loom.db", import.meta.url)),
  budget: { usd: 1, iterations: 20 },

  step: async (state, ctx) => {
    const reply = await rewrite(state.report, ctx.step);
    // Prices are known by model; a plain { usd, tokens } would do as well.
    ctx.spend(reply);
    return { report: reply.text };
  },

  // How good a report is: the share of what is wanted, less a little for each word.
  score: ({ report }) => {
    const found = wanted.filter((it) => report.includes(it)).length;
    return found / wanted.length - 0.002 * report.split(" ").length;
  },
  // Worse than the best so far: the next step starts from the best one again.
  backtrack: bestScore(),
  // Done when three rewrites in a row have not gained 0.01 on the best before them.
  convergeOn: scorePlateau({ patience: 3, minDelta: 0.01 }),
});

const started = refiner.stream({ report: "A storm came." });
for await (const { type, step, score, decision } of started) {
  if (type === "step.finished") console.log(`step ${step}: ${(score as number).toFixed(3)} ${decision}`);
}
const { best, spent, reason, state } = await started.result;

console.log(`\n${state.report}\n`);
console.log(`${reason}; step ${best?.step} was the best; $${spent.usd} for ${spent.tokens} tokens`);
