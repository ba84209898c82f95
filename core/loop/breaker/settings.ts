import { checkCount, checkKeys } from "../converge/checks.ts";
import { durationMs } from "../base/duration.ts";
import { Faults } from "../base/faults.ts";
import type { BreakerSettings } from "./machine.ts";
import type { CircuitBreakerOptions } from "./types.ts";

/** Beyond it milliseconds cannot be counted any more. */
const longest = Number.MAX_SAFE_INTEGER;

const KEYS: readonly string[] = [
  "name",
  "failThreshold",
  "cooldown",
  "backoff",
  "maxCooldown",
  "isFailure",
  "store",
  "onTransition",
  "onRefused",
  "clock",
];

/**
 * The options with their defaults.
 *
 * @throws {LoopConfigError} With everything that is wrong with them.
 */
export function settingsOf<T>(
  fn: unknown,
  options: CircuitBreakerOptions<T>,
): BreakerSettings & { readonly name: string } {
  const faults = new Faults();
  faults.function(fn, "fn", true);
  checkKeys(faults, options, KEYS);
  const { failThreshold = 3, backoff = "fixed", store = false } = options ?? {};
  checkCount(faults, failThreshold, "failThreshold", 1);
  faults.oneOf(backoff, ["fixed", "exponential"], "backoff");
  for (const key of ["isFailure", "onTransition", "onRefused"] as const) faults.function(options?.[key], key);
  if (typeof store !== "boolean") faults.add(`store must be true or false, not ${String(store)}`);
  const name = nameOf(fn, options ?? {}, faults);
  const cooldowns = cooldownsOf(options ?? {}, faults);
  faults.throwIfAny("circuitBreaker() cannot be made");
  return { name, failThreshold, isExponential: backoff === "exponential", ...cooldowns };
}

function nameOf(fn: unknown, { name, store, clock }: CircuitBreakerOptions<never>, faults: Faults): string {
  if (name !== undefined && (typeof name !== "string" || name === "")) {
    faults.add("name must be a text that is not empty");
  }
  if (clock !== undefined) faults.function(clock?.monotonicMs, "clock.monotonicMs", true);
  const own = name ?? (typeof fn === "function" ? fn.name : "");
  if (own === "" && store === true) faults.add("store needs a name", "give the breaker one: { name: 'search' }");
  return own === "" ? "a function" : own;
}

function cooldownsOf({ cooldown = "30s", maxCooldown = longest }: CircuitBreakerOptions<never>, faults: Faults) {
  const cooldownMs = faults.duration(cooldown, "cooldown");
  const maxCooldownMs = faults.duration(maxCooldown, "maxCooldown");
  if (durationMs(cooldown) === 0) {
    faults.add("cooldown must be more than 0", "without one an open breaker would let every call through");
  }
  if ((durationMs(maxCooldown) ?? longest) < cooldownMs) {
    faults.add(`maxCooldown must be at least cooldown, ${cooldownMs} ms, not ${maxCooldownMs} ms`);
  }
  return { cooldownMs, maxCooldownMs };
}
