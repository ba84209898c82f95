/**
 * Budgets as they are typed and as they are stored.
 *
 * @module
 */

import { toNano } from "../base/money.ts";
import type { Limits } from "../../ports/loop_store.ts";
import type { Budget, Cost, Duration } from "../types/mod.ts";
import type { Amount } from "../budget/ledger.ts";
import type { Faults } from "../base/faults.ts";

const defaultGraceMs = 5_000;

/** The limits, with what is wrong with them noted. */
export function toLimits(budget: Budget | undefined, faults: Faults, where = "budget"): Limits {
  if (budget === undefined) return {};
  faults.unknownKeys(budget, ["usd", "iterations", "tokens", "wallClock"], where);
  const nano = faults.nano(budget.usd, `${where}.usd`);
  const tokens = faults.count(budget.tokens, `${where}.tokens`);
  const iterations = faults.count(budget.iterations, `${where}.iterations`);
  return {
    ...(nano !== undefined && { nano }),
    ...(tokens !== undefined && { tokens }),
    ...(iterations !== undefined && { iterations }),
    ...toWallClock(budget.wallClock, faults, `${where}.wallClock`),
  };
}

function toWallClock(wish: Budget["wallClock"], faults: Faults, where: string): Partial<Limits> {
  if (wish === undefined) return {};
  const isParts = typeof wish === "object" && wish !== null;
  const { limit, mode = "active", grace }: { limit: Duration; mode?: "active" | "calendar"; grace?: Duration } = isParts
    ? wish
    : { limit: wish as Duration };
  if (isParts) faults.unknownKeys(wish, ["limit", "mode", "grace"], where);
  faults.oneOf(mode, ["active", "calendar"], `${where}.mode`);
  const wallClockMs = faults.duration(limit, isParts ? `${where}.limit` : where);
  const graceMs = grace === undefined ? defaultGraceMs : faults.duration(grace, `${where}.grace`);
  return { wallClockMs, wallClockMode: mode, graceMs };
}

/** How long a step may go on after it was aborted. */
export function graceOf(limits: Limits): number {
  return limits.graceMs ?? defaultGraceMs;
}

/** Limits with more of each; what was unlimited stays so. `now` raises what has been used up beyond the limit. */
export function addLimits(limits: Limits, more: Limits): Limits {
  const add = (a: number | undefined, b: number | undefined) => a === undefined ? b : b === undefined ? a : a + b;
  return dropUndefined({
    ...limits,
    nano: limits.nano === undefined ? undefined : add(limits.nano, more.nano),
    tokens: limits.tokens === undefined ? undefined : add(limits.tokens, more.tokens),
    iterations: limits.iterations === undefined ? undefined : add(limits.iterations, more.iterations),
    wallClockMs: limits.wallClockMs === undefined ? undefined : add(limits.wallClockMs, more.wallClockMs),
  });
}

/** Of the stored limits and those of the code, the lower of each: what the code sets higher needs to be asked for. */
export function lowerOf(stored: Limits, code: Limits): Limits {
  const low = (a: number | undefined, b: number | undefined) =>
    a === undefined ? b : b === undefined ? a : Math.min(a, b);
  return dropUndefined({
    ...code,
    ...stored,
    nano: stored.nano === undefined ? undefined : low(stored.nano, code.nano),
    tokens: stored.tokens === undefined ? undefined : low(stored.tokens, code.tokens),
    iterations: stored.iterations === undefined ? undefined : low(stored.iterations, code.iterations),
    wallClockMs: stored.wallClockMs === undefined ? undefined : low(stored.wallClockMs, code.wallClockMs),
  });
}

/** Limits without what was added to them. */
export function withoutAdded(limits: Limits, added: Limits): Limits {
  const less = (a: number | undefined, b = 0) => a === undefined ? undefined : Math.max(0, a - b);
  return dropUndefined({
    ...limits,
    nano: less(limits.nano, added.nano),
    tokens: less(limits.tokens, added.tokens),
    iterations: less(limits.iterations, added.iterations),
    wallClockMs: less(limits.wallClockMs, added.wallClockMs),
  });
}

/** The sum of what was added at two times. */
export function sumOf(a: Limits, b: Limits): Limits {
  const sum = (x = 0, y = 0) => x + y;
  return {
    nano: sum(a.nano, b.nano),
    tokens: sum(a.tokens, b.tokens),
    iterations: sum(a.iterations, b.iterations),
    wallClockMs: sum(a.wallClockMs, b.wallClockMs),
  };
}

function dropUndefined(limits: { [Key in keyof Limits]: Limits[Key] | undefined }): Limits {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined)) as Limits;
}

/**
 * A cost in integers; a number is USD.
 *
 * @throws {RangeError} If it is negative, not finite or beyond what can be counted exactly.
 */
export function toAmount(cost: Cost | number): Amount {
  const { usd = 0, tokens = 0 } = typeof cost === "number" ? { usd: cost } : cost;
  if (!Number.isSafeInteger(tokens) || tokens < 0) {
    throw new RangeError(`A number of tokens is a whole number from 0, not ${tokens}`);
  }
  return { nano: toNano(usd), tokens };
}
