/** A letter that is not sent before a person has said yes. The program ends while it waits. */

import { loop, predicate } from "@loom/loom";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const answers = z.object({ send: z.boolean(), to: z.string() });

const letter = loop({
  name: "letter",
  state: z.object({ text: z.string(), sentTo: z.string().nullable() }),
  checkpoint: fileURLToPath(new URL(".loom/loom.db", import.meta.url)),
  budget: { usd: 1 },
  // One step is all there is to do.
  convergeOn: predicate(() => true),

  step: async (state, ctx) => {
    // The step begins anew when it goes on; what `once` has kept is not done again.
    const text = await ctx.once("write", () => {
      console.log("writing (this is paid once)");
      return `${state.text}, I hope this finds you well.`;
    }, { cost: () => ({ usd: 0.05 }) });
    // Without an answer the run is stored here and this process is free to end.
    const answer = await ctx.pause("approve", { question: "May this be sent?", text }, { schema: answers });
    return { text, sentTo: answer.send ? answer.to : null };
  },
});

// `main.ts ada` answers from here; `loom answer` does the same from anywhere.
const [to] = Deno.args;
if (to !== undefined) await letter.answer("letter", "approve", { send: true, to });

// A fixed id: the first call begins the run, any later one goes on with it.
const { status, state, pending, spent } = await letter.run({ text: "Dear Ada", sentTo: null }, {
  runId: "letter",
  idempotent: true,
});

if (pending === undefined) console.log(`sent to ${state.sentTo}: ${state.text} ($${spent.usd})`);
else console.log(`${status}: ${pending.key}? ${JSON.stringify(pending.request)}`);
