/** A loop that is killed in its fourth step, step 3, and goes on as if nothing had happened. */

import { loop } from "@loom/loom";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const here = (name: string) => fileURLToPath(new URL(`.loom/${name}`, import.meta.url));

/** Every payment, written down outside of the loop: what was truly paid. */
const bank = here("bank.txt");

const research = loop({
  name: "research",
  state: z.object({ notes: z.array(z.string()) }),
  checkpoint: here("loom.db"),
  budget: { iterations: 6, usd: 1 },
  stepCost: { max: { usd: 0.1 } },

  step: async (state, ctx) => {
    const note = await ctx.once("search", () => {
      Deno.writeTextFileSync(bank, `step ${ctx.step}: $0.10\n`, { append: true });
      return `note ${ctx.step}`;
    }, { cost: () => ({ usd: 0.1 }) });

    // The worst moment: paid for, and the step not over. Nothing runs after this, no `finally`, no handler.
    if (ctx.step === 3 && Deno.args.includes("--crash")) Deno.kill(Deno.pid, "SIGKILL");
    console.log(`step ${ctx.step}, attempt ${ctx.attempt}`);
    return { notes: [...state.notes, note] };
  },
});

// The same line begins the run and goes on with it: its id is fixed, its input is the same.
const { state, spent, unknownSpend } = await research.run({ notes: [] }, { runId: "research", idempotent: true });

const payments = Deno.readTextFileSync(bank).trimEnd().split("\n");
console.log(state.notes.join(", "));
console.log(`spent $${spent.usd}, unknown $${unknownSpend.usd}; the bank has ${payments.length} payments`);
