/**
 * What a run in this process has spent and may spend.
 *
 * @module
 */

import type { Limits, Totals } from "../../ports/loop_store.ts";
import type { LimitName } from "../base/errors.ts";
import { Account, type Hold, type Shortage } from "./account.ts";

/** Money in nano-USD and tokens; integers. */
export interface Amount {
  readonly nano: number;
  readonly tokens: number;
}

/** Nothing at all. */
export const NOTHING: Amount = { nano: 0, tokens: 0 };

/** Money and tokens held for one piece of work. */
export class Held {
  readonly money: Hold;
  readonly tokens: Hold;
  /** What the work has cost so far. */
  spent: Amount = NOTHING;

  constructor(money: Hold, tokens: Hold) {
    [this.money, this.tokens] = [money, tokens];
  }

  /** What is still held. */
  get left(): Amount {
    return { nano: this.money.left, tokens: this.tokens.left };
  }

  spend(amount: Amount): void {
    this.spent = plus(this.spent, amount);
    this.money.spend(amount.nano);
    this.tokens.spend(amount.tokens);
  }

  release(): void {
    this.money.release();
    this.tokens.release();
  }

  lose(): void {
    this.money.lose();
    this.tokens.lose();
  }
}

/** A limit that stands against more, in its own unit (nano-USD or tokens). */
export interface Refused extends Shortage {
  readonly limit: Extract<LimitName, "usd" | "tokens">;
}

/** The accounts of one run. */
export class Ledger {
  readonly money: Account;
  readonly tokens: Account;
  readonly #around: Ledger | undefined;

  /** `around`: the run in whose step this one runs, and what that step holds. */
  constructor(start: Totals, limits: Limits, around?: { readonly ledger: Ledger; readonly held: Held }) {
    const { spentNano, reservedNano, unknownNano, spentTokens, reservedTokens, unknownTokens } = start;
    const money = { spent: spentNano, reserved: reservedNano, unknown: unknownNano, limit: limits.nano };
    const tokens = { spent: spentTokens, reserved: reservedTokens, unknown: unknownTokens, limit: limits.tokens };
    this.money = new Account(money, around?.held.money);
    this.tokens = new Account(tokens, around?.held.tokens);
    this.#around = around?.ledger;
  }

  /** This one and those around it, innermost first. */
  get chain(): readonly Ledger[] {
    return this.#around === undefined ? [this] : [this, ...this.#around.chain];
  }

  get isLimited(): boolean {
    return this.money.isLimited || this.tokens.isLimited;
  }

  /** What stands against holding `amount`; money before tokens. */
  refusal(amount: Amount, from: readonly Held[] = []): Refused | undefined {
    const money = this.money.shortage(amount.nano, from.map((held) => held.money));
    if (money !== undefined) return { ...money, limit: "usd" };
    const tokens = this.tokens.shortage(amount.tokens, from.map((held) => held.tokens));
    return tokens && { ...tokens, limit: "tokens" };
  }

  hold(amount: Amount, from: readonly Held[] = []): Held {
    const money = this.money.hold(amount.nano, from.map((held) => held.money));
    return new Held(money, this.tokens.hold(amount.tokens, from.map((held) => held.tokens)));
  }

  /** As it is stored. */
  totals(): Totals {
    const { money, tokens } = this;
    return {
      spentNano: money.spent,
      spentTokens: tokens.spent,
      reservedNano: money.reserved,
      reservedTokens: tokens.reserved,
      unknownNano: money.unknown,
      unknownTokens: tokens.unknown,
    };
  }
}

/** The sum. */
export function plus(a: Amount, b: Amount): Amount {
  return { nano: a.nano + b.nano, tokens: a.tokens + b.tokens };
}
