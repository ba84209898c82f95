import { CircuitOpenError } from "../base/errors.ts";
import { isPromise } from "../base/flow.ts";
import { Breaker } from "./breaker.ts";
import { settingsOf } from "./settings.ts";
import type { BreakerClock, BreakerSurroundings, CircuitBreaker, CircuitBreakerOptions } from "./types.ts";
import { attempt, watchItems } from "./watch_items.ts";

/** Any function. */
type Guardable = (...args: never[]) => unknown;

/**
 * Guards a function: after `failThreshold` failures in a row it is not called for a while, so that a tool that is down
 * costs nothing and is left alone.
 *
 * `closed`, calls go through, and a success forgets the failures before it. `open`, they are refused with
 * `CircuitOpenError` until the cooldown is over; the next one is the trial (`half_open`), and only that one goes through.
 * It closes the breaker or opens it again, with `backoff: "exponential"` for the cooldown times 2 to the number of failed
 * trials, at most `maxCooldown`. A trial that takes longer than the cooldown gives its place to the next call. What a call
 * comes to that began before the last change is ignored. Times are milliseconds of a monotonic clock.
 *
 * A promise counts when it settles; an async iterable and what a generator gives, when it ends: it failed if it threw, and
 * worked if its reader had enough after an item at least. What comes back is the very value, or a plain promise of it. A
 * function known to answer by promise refuses by promise, too. Works inside a loop and alone.
 *
 * Source: Nygard, "Release It!", 2007.
 *
 * @example Usage
 * ```ts
 * import { circuitBreaker } from "@loom/loom";
 * import { equal, rejects } from "node:assert/strict";
 *
 * const search = circuitBreaker(
 *   (query: string): Promise<string[]> => Promise.reject(new Error(`no network for ${query}`)),
 *   { name: "search", failThreshold: 2, cooldown: "1m", backoff: "exponential", maxCooldown: "10m" },
 * );
 * await rejects(search("a"), /no network/);
 * await rejects(search("b"), /no network/);
 * equal(search.state, "open");
 * await rejects(search("c"), { code: "CIRCUIT_OPEN_ERROR" });
 * ```
 *
 * @param fn What to guard; `this` and arguments are handed on.
 * @param options When it opens, for how long, what a failure is, and who hears of it.
 * @returns The guarded function, with `state`, `consecutiveFailures`, `transitions` and `reset()`.
 * @throws {LoopConfigError} With everything that is wrong with the options.
 */
export type CircuitBreakerFunction = <F extends Guardable>(
  fn: F,
  options?: CircuitBreakerOptions<Awaited<ReturnType<F>>>,
) => CircuitBreaker<F>;

/** `circuitBreaker()` with a clock, and with what is around breakers. */
export function makeCircuitBreaker(
  clock: BreakerClock,
  surroundings: BreakerSurroundings = {},
): CircuitBreakerFunction {
  return (fn, options = {}) => {
    const settings = settingsOf(fn, options);
    const breaker = new Breaker({ ...settings, options, surroundings, clock: options.clock ?? clock });
    if (options.store === true) surroundings.keep?.(breaker);
    return withView(guarded(fn, breaker), breaker) as CircuitBreaker<typeof fn>;
  };
}

function guarded<T>(fn: Guardable, breaker: Breaker<T>): (...args: unknown[]) => unknown {
  let answersLater = Object.prototype.toString.call(fn) === "[object AsyncFunction]";
  return function (this: unknown, ...args: unknown[]): unknown {
    let call;
    try {
      call = breaker.begin();
    } catch (error) {
      if (answersLater && error instanceof CircuitOpenError) return Promise.reject(error);
      throw error;
    }
    const work = () => {
      const result: unknown = Reflect.apply(fn, this, args);
      answersLater = isPromise(result);
      return result;
    };
    return attempt(work, (value) => watchItems(value, call) ? value : call.returned(value), (error) => {
      throw call.threw(error);
    });
  };
}

function withView<T>(fn: (...args: unknown[]) => unknown, breaker: Breaker<T>): unknown {
  return Object.defineProperties(fn, {
    name: { value: breaker.name, configurable: true },
    state: { get: () => breaker.state },
    consecutiveFailures: { get: () => breaker.consecutiveFailures },
    transitions: { get: () => breaker.transitions },
    reset: { value: () => breaker.reset() },
  });
}
