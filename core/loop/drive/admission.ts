/**
 * Whether the next attempt can be afforded, and what is held for it.
 *
 * @module
 */

import type { Guarantee } from "../../ports/loop_store.ts";
import { type Amount, type Held, NOTHING, type Refused } from "../budget/ledger.ts";
import { toAmount } from "../definition/limits.ts";
import { BudgetExhausted, type LimitName } from "../base/errors.ts";
import { toUsd } from "../base/money.ts";
import { clockedMs, type Drive } from "./drive.ts";
import { probableCost } from "./memory.ts";

/** What is held for an attempt, and how well that bounds its cost. */
export interface Reserve {
  readonly amount: Amount;
  readonly mode: Guarantee;
  /** More than this breaks the promise of the step. */
  readonly max?: Amount;
}

/** What the next attempt needs; `state` is what goes in. */
export function reserveFor<S>(drive: Drive<S>, state: () => S): Reserve {
  const { stepMax: max, estimate } = drive.definition;
  if (estimate !== undefined) {
    const estimated = toAmount(estimate(state(), drive.history));
    if (max === undefined) return { amount: estimated, mode: "estimated" };
    return { amount: least(estimated, max), mode: "hard", max };
  }
  if (max !== undefined) return { amount: max, mode: "hard", max };
  const probable = probableCost(drive.memory);
  return probable === undefined ? { amount: NOTHING, mode: "soft" } : { amount: probable, mode: "estimated" };
}

function least(a: Amount, b: Amount): Amount {
  return { nano: Math.min(a.nano, b.nano), tokens: Math.min(a.tokens, b.tokens) };
}

/** What stands against a new iteration: of the run's own limits first, then of those around it. */
export function refusal<S>(drive: Drive<S>, { amount, mode }: Reserve, isNew = true): BudgetExhausted | undefined {
  const { limits, iterations } = drive.row;
  if (isNew && limits.iterations !== undefined && iterations + 1 > limits.iterations) {
    const facts = { limit: "iterations", used: iterations, max: limits.iterations, reserve: 1 } as const;
    return new BudgetExhausted({ ...facts, scope: "own" }, { runId: drive.row.id });
  }
  const short = mode === "soft" ? softRefusal(drive) : drive.ledger.refusal(amount);
  return short === undefined ? clockRefusal(drive) : exhausted(drive, short);
}

function softRefusal<S>({ ledger }: Drive<S>): Refused | undefined {
  const money = ledger.money.shortageUnknown();
  if (money !== undefined) return { ...money, limit: "usd" };
  const tokens = ledger.tokens.shortageUnknown();
  return tokens && { ...tokens, limit: "tokens" };
}

/** A shortage as the error that people see. */
export function exhausted<S>(drive: Drive<S>, { account, scope, limit, needed }: Refused): BudgetExhausted {
  const shown = limit === "usd" ? toUsd : (count: number) => count;
  const facts = {
    limit: limit as LimitName,
    used: shown(account.spent + account.unknown),
    max: shown(account.limit ?? 0),
    reserve: shown(needed),
    scope,
  };
  return new BudgetExhausted(facts, { runId: ownerOf(drive, account)?.row.id ?? drive.row.id });
}

function ownerOf<S>(drive: Drive<S>, account: Refused["account"]): Drive<unknown> | undefined {
  let it: Drive<unknown> | undefined = drive as unknown as Drive<unknown>;
  while (it !== undefined && it.ledger.money !== account && it.ledger.tokens !== account) it = it.around?.drive;
  return it;
}

function clockRefusal<S>(drive: Drive<S>): BudgetExhausted | undefined {
  let it: Drive<unknown> | undefined = drive as unknown as Drive<unknown>;
  for (; it !== undefined; it = it.around?.drive) {
    const { wallClockMs } = it.row.limits;
    if (wallClockMs === undefined || clockedMs(it) < wallClockMs) continue;
    return clockExhausted(it, it === drive as unknown ? "own" : "ancestor");
  }
  return undefined;
}

/** The time is up. */
export function clockExhausted<S>(drive: Drive<S>, scope: "own" | "ancestor"): BudgetExhausted {
  const max = drive.row.limits.wallClockMs ?? 0;
  const facts = { limit: "wall_clock", used: Math.round(clockedMs(drive)), max, reserve: 0, scope } as const;
  return new BudgetExhausted(facts, { runId: drive.row.id });
}

/** Holds the amount, in this run and those around it. */
export function hold<S>(drive: Drive<S>, { amount }: Reserve): Held {
  return drive.ledger.hold(amount);
}
