/**
 * Circuit breakers: what keeps failing is left alone for a while.
 *
 * @module
 */

export { type CircuitBreakerFunction, makeCircuitBreaker } from "./circuit_breaker.ts";
export type {
  BreakerChange,
  BreakerClock,
  BreakerListener,
  BreakerRefusal,
  BreakerState,
  BreakerSurroundings,
  BreakerTransition,
  BreakerView,
  CallOutcome,
  CircuitBreaker,
  CircuitBreakerOptions,
  KeptBreaker,
} from "./types.ts";
