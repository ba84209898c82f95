/**
 * Everything that can stop a run from outside of its step: a deadline, a wish, a signal, a lost lease.
 *
 * @module
 */

import type { Clock } from "../../ports/clock.ts";
import type { BudgetExhausted, Cancelled, Interrupted, LeaseLost } from "../base/errors.ts";

/** Why a run has to stop. */
export type StopCause = BudgetExhausted | Cancelled | Interrupted | LeaseLost;

/** A step that did not end within the grace period after it was aborted. */
export const ABANDONED: unique symbol = Symbol("abandoned");

/** Timers of JavaScript count in 32 bits. */
const longestSleepMs = 2 ** 31 - 1;

/** Stops a run: aborts its signal at once, gives its step up after the grace period. */
export class Stop implements Disposable {
  readonly #controller = new AbortController();
  readonly #clock: Clock;
  readonly #graceMs: number;
  readonly #ends: (() => void)[] = [];
  readonly #closing = new AbortController();
  #giveUp: (() => void) | undefined;
  #isOver = false;
  cause: StopCause | undefined;

  constructor(clock: Clock, graceMs: number) {
    [this.#clock, this.#graceMs] = [clock, graceMs];
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Aborts when the run is over: for whatever watches it. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** The first cause counts. */
  request(cause: StopCause): void {
    if (this.cause !== undefined) return;
    this.cause = cause;
    this.#controller.abort(cause);
    this.#later(this.#graceMs, () => this.#abandon());
  }

  /** Requests a stop after `ms`. */
  at(ms: number, cause: () => StopCause): void {
    this.#later(ms, () => this.request(cause()));
  }

  /** Follows another signal. */
  follow(signal: AbortSignal, cause: () => StopCause): void {
    const onAbort = () => this.request(cause());
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort);
    this.whenOver(() => signal.removeEventListener("abort", onAbort));
  }

  /** Called when the run is over. */
  whenOver(end: () => void): void {
    this.#ends.push(end);
  }

  /** What the step gives, or {@linkcode ABANDONED} when the grace period is over first. */
  async outlast<T>(work: Promise<T>): Promise<T | typeof ABANDONED> {
    if (this.#isOver) return ABANDONED;
    // No Promise.race: it would leave a reaction on a promise that lives as long as the run.
    return await new Promise<T | typeof ABANDONED>((resolve, reject) => {
      this.#giveUp = () => resolve(ABANDONED);
      work.then(resolve, reject);
    });
  }

  [Symbol.dispose](): void {
    this.#closing.abort();
    for (const end of this.#ends.splice(0)) end();
  }

  #abandon(): void {
    this.#isOver = true;
    this.#giveUp?.();
  }

  #later(ms: number, work: () => void): void {
    const next = Math.min(ms, longestSleepMs);
    const then = () => ms > next ? this.#later(ms - next, work) : work();
    this.#clock.sleep(next, this.#closing.signal).then(then, () => undefined);
  }
}
