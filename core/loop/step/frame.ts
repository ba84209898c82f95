/**
 * One attempt of a step while it runs: what it holds, has spent and has remembered.
 *
 * @module
 */

import type { LoopAttempt, LoopMemo, StepPlace } from "../../ports/loop_store.ts";
import { type Amount, type Held, NOTHING, plus } from "../budget/ledger.ts";
import { LoopError } from "../base/errors.ts";
import { toAmount } from "../definition/limits.ts";
import { isMissingCost, usageCost } from "../prices/mod.ts";
import { exhausted, type Reserve } from "../drive/admission.ts";
import { answersAtOnce, commit, commitNow } from "../drive/commit.ts";
import { type Drive, note } from "../drive/drive.ts";
import { holding, isPoolExhausted, type Pooled, poolExhausted, settling } from "../drive/pool.ts";
import { runAsync } from "../base/flow.ts";
import type { Cost, ProviderUsage, Reservation } from "../types/mod.ts";

/** An attempt in flight. */
export class Frame<S> {
  readonly drive: Drive<S>;
  readonly place: StepPlace;
  readonly attempt: number;
  readonly reserve: Reserve;
  readonly held: Held;
  readonly startedAt: number;
  readonly since: number;
  /** What calls inside the step gave before, by branch and key. */
  readonly memos: Map<string, LoopMemo>;
  /** What it has cost so far, child runs not counted. */
  spent: Amount = NOTHING;
  /** What was spent outside of reservations. */
  unheld: Amount = NOTHING;
  /** What child runs have spent. */
  childNano = 0;
  /** It waits for answers, whatever becomes of the error that said so. */
  paused: unknown;
  /** What is held of a shared budget, until the attempt is settled. */
  pooled: Pooled | undefined;
  /** Whether the step has ended: what it left running may not spend any more. */
  isOver = false;
  /** Calls of child loops, by branch. */
  readonly childCalls = new Map<string, number>();
  readonly #open = new Set<Held>();

  constructor(
    drive: Drive<S>,
    start: Pick<Frame<S>, "place" | "attempt" | "reserve" | "held" | "memos">,
  ) {
    this.drive = drive;
    ({ place: this.place, attempt: this.attempt, reserve: this.reserve, held: this.held, memos: this.memos } = start);
    [this.startedAt, this.since] = [drive.host.clock.now(), drive.host.clock.monotonicMs()];
  }

  /** The attempt as it is stored. */
  row(status: LoopAttempt["status"], error?: string): LoopAttempt {
    const { drive, place, attempt, startedAt } = this;
    const left = [this.held, ...this.#open].map((held) => held.left).reduce(plus, NOTHING);
    return {
      run: drive.row.id,
      ...place,
      attempt,
      status,
      reservedNano: left.nano + this.spent.nano,
      reservedTokens: left.tokens + this.spent.tokens,
      actualNano: this.spent.nano,
      actualTokens: this.spent.tokens,
      ...(error !== undefined && { error }),
      fence: drive.lease.fence,
      startedAt,
    };
  }

  /** Charges what was spent, as far as it goes out of what the attempt holds. */
  spend(cost: Cost | ProviderUsage): void {
    this.refuseIfOver();
    const amount = this.#amountOf(cost, () => this.held.left);
    this.#charge(this.held, amount);
    this.unheld = plus(this.unheld, amount);
  }

  /**
   * Holds money for a call: out of what the attempt holds, then beyond it as far as the budget allows.
   *
   * @throws {BudgetExhausted} If it does not.
   */
  hold(cost: Cost): Reservation {
    this.refuseIfOver();
    const amount = toAmount(cost);
    const { ledger } = this.drive;
    const short = ledger.refusal(amount, [this.held]);
    if (short !== undefined) throw exhausted(this.drive, short);
    const isCovered = amount.nano <= this.held.left.nano && amount.tokens <= this.held.left.tokens;
    const beyond = Math.max(0, amount.nano - this.held.left.nano);
    const held = ledger.hold(amount, [this.held]);
    this.#open.add(held);
    return this.#reservation(held, isCovered ? Promise.resolve() : this.#stored(held, beyond));
  }

  /** @throws {LoopError} If the step has ended, or was given up. */
  refuseIfOver(): void {
    if (!this.isOver) return;
    const { drive, place } = this;
    const hint = "await everything that a step begins, and stop when its signal aborts";
    throw new LoopError(`Step ${place.step} of run ${drive.row.id} is over`, {
      runId: drive.row.id,
      step: place.step,
      hint,
    });
  }

  /** What was neither settled nor released is charged whole, and what is left of the attempt's own is given back. */
  close(): void {
    for (const held of this.#open) this.#charge(held, held.left);
    this.#open.clear();
    this.held.release();
  }

  /** Nobody knows what it has cost, or will. */
  lose(): void {
    const lostNano = [this.held, ...this.#open].reduce((sum, held) => sum + held.left.nano, 0);
    for (const held of this.#open) held.lose();
    this.#open.clear();
    this.held.lose();
    this.settlePool(lostNano);
  }

  #reservation(held: Held, stored: Promise<void>): Reservation {
    return {
      stored,
      settle: (actual) => this.#once(held, () => this.#charge(held, this.#amountOf(actual, () => held.left))),
      release: () => this.#once(held, () => undefined),
    };
  }

  #once(held: Held, work: () => void): void {
    if (!this.#open.has(held)) return;
    work();
    this.#open.delete(held);
    held.release();
  }

  #charge(held: Held, amount: Amount): void {
    held.spend(amount);
    this.spent = plus(this.spent, amount);
  }

  /** A response without usage is charged what was held for it, and said so. */
  #amountOf(cost: Cost | ProviderUsage, held: () => Amount): Amount {
    const isTold = isCost(cost) && !isMissingCost(cost);
    if (isTold) return toAmount(cost);
    const known = usageCost(cost, { now: this.drive.host.clock.now() });
    if (known !== undefined) return known;
    note(this.drive, "cost.missing", {}, this.place.step);
    return held();
  }

  /** What goes beyond the attempt's own reservation is stored before the call may be made. */
  #stored(held: Held, beyondNano: number): Promise<void> {
    const { drive, pooled } = this;
    drive.pending.attempts.push(this.row("in_flight"));
    if (pooled !== undefined) {
      drive.pending.pools.push(holding(pooled, beyondNano));
      pooled.heldNano += beyondNano;
    }
    if (!answersAtOnce(drive)) return runAsync(commit(drive)).catch((error) => this.#unpooled(held, beyondNano, error));
    try {
      commitNow(drive);
    } catch (error) {
      this.#unpooled(held, beyondNano, error);
    }
    return Promise.resolve();
  }

  /** The shared budget may not have what the run's own has: then nothing is held at all. */
  #unpooled(held: Held, beyondNano: number, error: unknown): never {
    if (this.pooled === undefined || !isPoolExhausted(error)) throw error;
    this.#open.delete(held);
    held.release();
    this.pooled.heldNano -= beyondNano;
    throw poolExhausted(this.drive, { ...this.pooled, heldNano: beyondNano });
  }

  /** Tells the shared budget what the attempt has cost; what is unknown counts, too. */
  settlePool(lostNano = 0): void {
    const { pooled, drive } = this;
    if (pooled === undefined) return;
    drive.pending.pools.push(settling(pooled, this.spent.nano + this.childNano + lostNano));
    this.pooled = undefined;
  }
}

function isCost(cost: Cost | ProviderUsage): cost is Cost {
  const keys = Object.keys(cost);
  return keys.every((key) => key === "usd" || key === "tokens");
}
