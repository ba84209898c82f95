/**
 * The states of a circuit breaker, without functions to call or a clock to read: times are handed in, in milliseconds of
 * a clock that never goes back.
 *
 * @module
 */

import type { BreakerState, BreakerTransition } from "./types.ts";

/** How a breaker behaves. */
export interface BreakerSettings {
  readonly failThreshold: number;
  readonly cooldownMs: number;
  readonly isExponential: boolean;
  readonly maxCooldownMs: number;
}

/** What a call says of what it called: `neither` for an end that has nothing to do with it. */
export type Verdict = "ok" | "failure" | "neither";

/** A call that may be made, under `ticket`, or how long to wait before another try. */
export type Admission =
  | { readonly ticket: number; readonly transition?: BreakerTransition }
  | { readonly retryAfterMs: number };

/** What outlives the process. */
export interface BreakerMemory {
  readonly isOpen: boolean;
  readonly consecutiveFailures: number;
  readonly failedTrials: number;
  /** Until the next trial. */
  readonly waitMs: number;
}

/** A circuit breaker as in Nygard, "Release It!", 2007; half open it lets one call through at a time. */
export class BreakerMachine {
  readonly #settings: BreakerSettings;
  #state: BreakerState = "closed";
  #consecutiveFailures = 0;
  #failedTrials = 0;
  /** Open: when the next trial may begin. Half open: when the trial under way has taken too long. */
  #until = -Infinity;
  /** Calls that began in an older generation tell of a time that is over; they are ignored. */
  #generation = 0;
  #revision = 0;

  constructor(settings: BreakerSettings) {
    this.#settings = settings;
  }

  get state(): BreakerState {
    return this.#state;
  }

  get consecutiveFailures(): number {
    return this.#consecutiveFailures;
  }

  /** Grows with every change of {@linkcode memory}. */
  get revision(): number {
    return this.#revision;
  }

  /**
   * Whether a call may be made now. A trial that takes longer than the cooldown gives its place to the next call: one that
   * never ends must not keep the breaker half open for ever.
   */
  admit(now: number): Admission {
    if (this.#state === "closed") return { ticket: this.#generation };
    if (now < this.#until) return { retryAfterMs: this.#until - now };
    const transition = this.#state === "open" ? this.#become("half_open", now) : undefined;
    this.#until = now + this.#cooldownMs();
    return { ticket: ++this.#generation, ...(transition !== undefined && { transition }) };
  }

  /** How the call under `ticket` ended. */
  settle(ticket: number, verdict: Verdict, now: number): BreakerTransition | undefined {
    if (ticket !== this.#generation) return undefined;
    if (verdict === "neither") return this.#freeTrial(now);
    if (verdict === "ok") return this.#succeed(now);
    this.#consecutiveFailures++;
    this.#revision++;
    if (this.#state === "half_open") this.#failedTrials++;
    else if (this.#consecutiveFailures < this.#settings.failThreshold) return undefined;
    this.#until = now + this.#cooldownMs();
    return this.#become("open", now);
  }

  /** Closed, as if nothing had ever failed. */
  reset(now: number): BreakerTransition | undefined {
    [this.#consecutiveFailures, this.#failedTrials] = [0, 0];
    this.#generation++;
    this.#revision++;
    return this.#state === "closed" ? undefined : this.#become("closed", now);
  }

  memory(now: number): BreakerMemory {
    const isOpen = this.#state !== "closed";
    // A trial under way ends with its process: another one may begin at once.
    const waitMs = this.#state === "open" ? Math.max(0, this.#until - now) : 0;
    return { isOpen, consecutiveFailures: this.#consecutiveFailures, failedTrials: this.#failedTrials, waitMs };
  }

  restore({ isOpen, consecutiveFailures, failedTrials, waitMs }: BreakerMemory, now: number): void {
    this.#state = isOpen ? "open" : "closed";
    [this.#consecutiveFailures, this.#failedTrials] = [consecutiveFailures, failedTrials];
    this.#until = now + Math.min(waitMs, this.#cooldownMs());
    this.#generation++;
    this.#revision++;
  }

  #freeTrial(now: number): undefined {
    if (this.#state === "half_open") this.#until = now;
    return undefined;
  }

  #succeed(now: number): BreakerTransition | undefined {
    if (this.#consecutiveFailures > 0) this.#revision++;
    [this.#consecutiveFailures, this.#failedTrials] = [0, 0];
    return this.#state === "closed" ? undefined : this.#become("closed", now);
  }

  #become(to: BreakerState, at: number): BreakerTransition {
    const from = this.#state;
    this.#state = to;
    this.#generation++;
    this.#revision++;
    return { from, to, at };
  }

  #cooldownMs(): number {
    const { cooldownMs, isExponential, maxCooldownMs } = this.#settings;
    return isExponential ? Math.min(maxCooldownMs, cooldownMs * 2 ** this.#failedTrials) : cooldownMs;
  }
}
