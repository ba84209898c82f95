/**
 * Branches that reserve and settle out of one cap, and a ledger of their own that says whether the cap was kept.
 *
 * @module
 */

import { loop } from "../../../../mod.ts";
import type { LoopResult, LoopSpec, StepContext } from "../../../../mod.ts";
import type { Doc } from "./states.ts";
import { DOC } from "./states.ts";

/** Held for a call, in thousandths of a dollar: whole numbers add up exactly. */
const HELD_MILLI = 10;
/** What the call then cost. */
const PAID_MILLI = 5;

/** How many reserve, and how often each. */
export interface Contention {
  readonly branches: number;
  readonly calls: number;
}

/** What the branches were given. */
export interface Granted {
  readonly granted: number;
  readonly refused: number;
  readonly seconds: number;
}

/**
 * Lets the branches contend for a cap that pays for three quarters of their calls.
 *
 * @throws {Error} If more than the cap was ever out, by the branches' own count or the run's.
 */
export async function contend(file: string, doc: Doc, { branches, calls }: Contention): Promise<Granted> {
  const capMilli = Math.floor(branches * calls * 0.75) * PAID_MILLI + HELD_MILLI;
  const ledger = new Ledger(capMilli);
  let seconds = 0;
  const step = async (given: Doc, ctx: StepContext<Doc>) => {
    const names = Array.from({ length: branches }, (_, index) => `branch ${index}`);
    const start = performance.now();
    await ctx.parallel(
      Object.fromEntries(names.map((name) => [name, (branch: StepContext<Doc>) => reserveAll(branch, calls, ledger)])),
    );
    seconds = (performance.now() - start) / 1_000;
    return given;
  };
  const spec: LoopSpec<Doc> = {
    name: "contended",
    state: DOC,
    step,
    budget: { usd: capMilli / 1_000, iterations: 1 },
    checkpoint: file,
  };
  ledger.agreesWith(await loop(spec).run(doc));
  return { granted: ledger.granted, refused: ledger.refused, seconds };
}

/** Goes on after a refusal: others settle for less than they held, and what they give back may do for this one. */
async function reserveAll(branch: StepContext<Doc>, calls: number, ledger: Ledger): Promise<void> {
  for (let left = calls; left > 0; left--) {
    const held = await reserve(branch);
    if (held === undefined) {
      ledger.refuse();
      continue;
    }
    ledger.hold();
    await held.stored;
    held.settle({ usd: PAID_MILLI / 1_000 });
    ledger.settle();
  }
}

/** The reservation, or nothing where the cap would be passed. */
async function reserve(branch: StepContext<Doc>) {
  // Every call lets the others have a turn, as one to a model would.
  await Promise.resolve();
  try {
    return branch.reserve({ usd: HELD_MILLI / 1_000 });
  } catch (error) {
    if ((error as { code?: string }).code !== "BUDGET_EXHAUSTED") throw error;
    return undefined;
  }
}

/** Counted beside the run, not by it. */
class Ledger {
  granted = 0;
  refused = 0;
  #outMilli = 0;

  constructor(readonly capMilli: number) {}

  hold(): void {
    this.granted += 1;
    this.#outMilli += HELD_MILLI;
    if (this.#outMilli > this.capMilli) throw new Error(`The cap was passed: ${this.#outMilli} > ${this.capMilli}`);
  }

  settle(): void {
    this.#outMilli -= HELD_MILLI - PAID_MILLI;
  }

  refuse(): void {
    this.refused += 1;
  }

  agreesWith({ spent, unknownSpend, error, status }: LoopResult<Doc>): void {
    if (status === "failed") throw new Error("Nothing to compare: the loop failed", { cause: error });
    const milli = Math.round((spent.usd + (unknownSpend.usd ?? 0)) * 1_000);
    const fits = milli === this.granted * PAID_MILLI && milli <= this.capMilli;
    if (!fits) {
      throw new Error(`${this.granted} reservations cost ${milli} of ${this.capMilli} thousandths of a dollar`);
    }
    if (this.refused === 0) throw new Error("Nothing was contended: no reservation was refused");
  }
}
