/** A book, chapter by chapter: a loop in the step of a loop, and one cap for all of it. */

import { judge, loop } from "@loom/loom";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const checkpoint = fileURLToPath(new URL(".loom/loom.db", import.meta.url));

/** A chapter is polished in three rounds, ten cents each. It has no limit of money of its own. */
const chapter = loop({
  name: "chapter",
  state: z.object({ title: z.string(), rounds: z.number() }),
  checkpoint,
  convergeOn: judge((state: { rounds: number }) => state.rounds === 3),
  stepCost: { max: { usd: 0.1 } },
  step: (state, ctx) => {
    ctx.spend({ usd: 0.1 });
    console.log(`  ${state.title}, round ${state.rounds + 1}`);
    return { ...state, rounds: state.rounds + 1 };
  },
});

/** The book has one: a round of any chapter that would break it is not begun. */
const book = loop({
  name: "book",
  state: z.object({ planned: z.array(z.string()), written: z.array(z.string()) }),
  checkpoint,
  budget: { usd: 0.75 },
  convergeOn: judge((state: { planned: string[] }) => state.planned.length === 0),
  step: async ({ planned, written }) => {
    const [title, ...rest] = planned;
    console.log(title);
    // Called inside a step it is a child of this run: found again if the step is repeated, and paid out of its budget.
    await chapter({ title, rounds: 0 });
    return { planned: rest, written: [...written, title] };
  },
});

const first = await book.run({ planned: ["Dawn", "Noon", "Dusk"], written: [] });
console.log(`${first.reason}: $${first.spent.usd} spent, written: ${first.state.written.join(", ")}\n`);

// Going on takes more money. The rounds of "Dusk" that are paid are not made again.
const second = await book.resume(first.runId, { addBudget: { usd: 0.15 } });
console.log(`${second.reason}: $${second.spent.usd} spent, written: ${second.state.written.join(", ")}`);
