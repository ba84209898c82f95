/** A loop that mends a small program until its tests pass. */

import { anthropicCost, judge, loop } from "@loom/loom";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { askModel } from "./model.ts";
import { failures } from "./tests.ts";

/** Three things are wrong with it. */
const broken = `export function median(numbers) {
  const sorted = numbers.sort();
  return sorted[sorted.length / 2];
}
`;

const codeFixer = loop({
  name: "code_fixer",
  // What goes from step to step. It is checked, and stored after every step.
  state: z.object({ program: z.string(), failures: z.array(z.string()) }),
  // Where: beside this file. Without this line it would be the project's own database.
  checkpoint: fileURLToPath(new URL(".loom/loom.db", import.meta.url)),
  budget: { usd: 0.1, iterations: 10 },
  // No step begins that could not be paid: each may cost this much.
  stepCost: { max: { usd: 0.02 } },

  // ONE iteration. Everything else is the loop's work.
  step: async (state, ctx) => {
    const prompt = `${state.program}\nThese tests fail:\n${state.failures.join("\n")}`;
    // The reply is kept under the name "fix": should this process die now, it is not paid for a second time.
    const reply = await ctx.once("fix", () => askModel(prompt), { cost: anthropicCost() });
    const program = reply.content[0].text;
    return { program, failures: await failures(program) };
  },

  score: (state) => -state.failures.length,
  convergeOn: judge((state: { failures: string[] }) => state.failures.length === 0),
  on: { "step.finished": ({ step, usd, score }) => console.log(`step ${step}: $${usd}, score ${score}`) },
});

const result = await codeFixer.run({ program: broken, failures: await failures(broken) });

console.log(result.state.program);
console.log(`${result.reason} after ${result.steps} steps and $${result.spent.usd}, run ${result.runId}`);
