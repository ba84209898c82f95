import { CircuitOpenError } from "../base/errors.ts";
import { BreakerMachine, type BreakerSettings, type Verdict } from "./machine.ts";
import { readSnapshot, writeSnapshot } from "./snapshot.ts";
import type {
  BreakerClock,
  BreakerListener,
  BreakerState,
  BreakerSurroundings,
  BreakerTransition,
  BreakerView,
  CallOutcome,
  CircuitBreakerOptions,
  KeptBreaker,
} from "./types.ts";
import { hasThrown, verdictOn, withCause } from "./verdict.ts";
import type { EndListener } from "./watch_items.ts";

const transitionsKept = 1_000;

/** What a breaker is made of. */
export interface BreakerParts<T> extends BreakerSettings {
  readonly name: string;
  readonly clock: BreakerClock;
  readonly options: CircuitBreakerOptions<T>;
  readonly surroundings: BreakerSurroundings;
}

/** A circuit breaker without its function: lets calls begin, hears how they end, and tells who listens. */
export class Breaker<T> implements BreakerView, KeptBreaker {
  readonly name: string;
  readonly #parts: BreakerParts<T>;
  readonly #machine: BreakerMachine;
  readonly #transitions: BreakerTransition[] = [];

  constructor(parts: BreakerParts<T>) {
    this.name = parts.name;
    this.#parts = parts;
    this.#machine = new BreakerMachine(parts);
  }

  get state(): BreakerState {
    return this.#machine.state;
  }

  get consecutiveFailures(): number {
    return this.#machine.consecutiveFailures;
  }

  get transitions(): readonly BreakerTransition[] {
    return [...this.#transitions];
  }

  get revision(): number {
    return this.#machine.revision;
  }

  /**
   * Begins a call.
   *
   * @throws {CircuitOpenError} If it may not be made.
   */
  begin(): Call<T> {
    const listener = this.#listener();
    const admission = this.#machine.admit(this.#now());
    if ("retryAfterMs" in admission) throw this.#refused(admission.retryAfterMs, listener);
    this.#changed(admission.transition, listener);
    const settle = (verdict: Verdict) =>
      this.#changed(this.#machine.settle(admission.ticket, verdict, this.#now()), listener);
    return new Call(settle, this.#parts.options.isFailure ?? hasThrown);
  }

  reset(): void {
    this.#changed(this.#machine.reset(this.#now()), this.#listener());
  }

  snapshot(): string {
    return writeSnapshot(this.#machine.memory(this.#now()), this.#parts.clock);
  }

  restore(snapshot: string): void {
    this.#machine.restore(readSnapshot(snapshot, this.#parts), this.#now());
  }

  #now(): number {
    return this.#parts.clock.monotonicMs();
  }

  /** Whoever makes a call hears what comes of it, also when it ends elsewhere. */
  #listener(): BreakerListener | undefined {
    return this.#parts.surroundings.current?.();
  }

  #refused(retryAfterMs: number, listener: BreakerListener | undefined): CircuitOpenError {
    const refusal = { name: this.name, retryAfterMs };
    this.#tell(() => this.#parts.options.onRefused?.(refusal));
    this.#tell(() => listener?.refused(refusal));
    return new CircuitOpenError(this.name, retryAfterMs);
  }

  #changed(transition: BreakerTransition | undefined, listener: BreakerListener | undefined): void {
    if (transition === undefined) return;
    this.#transitions.push(transition);
    if (this.#transitions.length > transitionsKept) this.#transitions.shift();
    const change = { name: this.name, ...transition };
    this.#tell(() => this.#parts.options.onTransition?.(change));
    this.#tell(() => listener?.changed(change));
  }

  #tell(listen: () => void): void {
    try {
      listen();
    } catch (error) {
      const { report } = this.#parts.surroundings;
      // As with the listeners of an EventTarget: the platform tells of it, the call goes on.
      if (report === undefined) void Promise.reject(error);
      else report(error);
    }
  }
}

/** A call under way. Only its first end counts. */
export class Call<T> implements EndListener {
  readonly #settle: (verdict: Verdict) => void;
  readonly #isFailure: (outcome: CallOutcome<T>) => boolean;
  #isOver = false;

  constructor(settle: (verdict: Verdict) => void, isFailure: (outcome: CallOutcome<T>) => boolean) {
    [this.#settle, this.#isFailure] = [settle, isFailure];
  }

  /** The value as it is. @throws What `isFailure` throws. */
  returned(value: unknown): unknown {
    this.#end(() => verdictOn({ value: value as T }, this.#isFailure));
    return value;
  }

  /** The error as it is, or with that of `isFailure` as its cause. */
  threw(error: unknown): unknown {
    try {
      this.#end(() => verdictOn({ error }, this.#isFailure));
    } catch (other) {
      return withCause(error, other);
    }
    return error;
  }

  /** What gave items until its reader had enough works; what was asked for none has shown nothing. */
  stopped(hadItems: boolean): void {
    this.#end(() => hadItems ? "ok" : "neither");
  }

  #end(judge: () => Verdict): void {
    if (this.#isOver) return;
    this.#isOver = true;
    let verdict: Verdict = "neither";
    try {
      verdict = judge();
    } finally {
      this.#settle(verdict);
    }
  }
}
