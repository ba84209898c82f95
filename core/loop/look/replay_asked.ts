import type { Amount } from "../budget/ledger.ts";
import { NOTHING, plus } from "../budget/ledger.ts";
import { toAmount } from "../definition/limits.ts";
import { isMissingCost, usageCost } from "../prices/mod.ts";
import type { Asked, Cost, History, ProviderUsage, Reservation } from "../types/mod.ts";

/** What detectors and strategies are told while a recorded run is replayed; what they spend is added up. */
export class ReplayAsked<S> implements Asked<S> {
  readonly runId: string;
  readonly history: History<S>;
  readonly signal: AbortSignal;
  spent: Amount = NOTHING;

  constructor({ runId, history, signal }: Pick<Asked<S>, "runId" | "history" | "signal">) {
    [this.runId, this.history, this.signal] = [runId, history, signal];
  }

  // Members, not methods: detectors take them apart, as they can in a run.
  readonly spend = (cost: Cost | ProviderUsage): void => {
    this.spent = plus(this.spent, amountOf(cost) ?? NOTHING);
  };

  /** There is no budget here: nothing is refused. */
  readonly reserve = (cost: Cost): Reservation => {
    let isOpen = true;
    const held = toAmount(cost);
    const end = (actual: Amount) => {
      if (isOpen) this.spent = plus(this.spent, actual);
      isOpen = false;
    };
    return {
      stored: Promise.resolve(),
      settle: (actual) => end(amountOf(actual) ?? held),
      release: () => end(NOTHING),
    };
  };
}

/** `undefined`: nothing is known of it. */
function amountOf(cost: Cost | ProviderUsage): Amount | undefined {
  const isPlain = Object.keys(cost).every((key) => key === "usd" || key === "tokens");
  if (isPlain) return isMissingCost(cost) ? undefined : toAmount(cost as Cost);
  return usageCost(cost);
}
