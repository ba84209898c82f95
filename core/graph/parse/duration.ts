/**
 * Lengths of time and retries, as people write them.
 *
 * @module
 */

import { UNIT_MS } from "../../loop/base/duration.ts";
import type { Retry } from "../pipeline.ts";
import { asNumber, didYouMean, type Section } from "./section.ts";
import type { Value } from "../../yaml/value.ts";

const PIECE = /(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)\s*/y;
const EXAMPLES = 'a duration such as 90 (seconds), "10m", "1h30m" or "500ms"';
const BACKOFFS = ["fixed", "exponential"] as const;
const RETRY_KEYS: ReadonlySet<string> = new Set(["attempts", "delay", "backoff"]);

/**
 * Milliseconds of a length of time: a number is seconds, a text is seconds or a sum of pieces with `ms`, `s`, `m`, `h`
 * or `d`. `undefined` when it is neither, or not finite.
 */
export function parseDuration(value: Value): number | undefined {
  const seconds = typeof value === "string" ? secondsOf(value) : asNumber(value);
  if (seconds !== undefined) return inRange(seconds * 1_000);
  return typeof value === "string" ? inRange(sumOfPieces(value.trim())) : undefined;
}

function secondsOf(text: string): number | undefined {
  return /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}

function sumOfPieces(text: string): number {
  let sum = text === "" ? NaN : 0;
  PIECE.lastIndex = 0;
  for (let end = 0; end < text.length; end = PIECE.lastIndex) {
    const piece = PIECE.exec(text);
    if (piece === null) return NaN;
    sum += Number(piece[1]) * UNIT_MS[piece[2] as keyof typeof UNIT_MS];
  }
  return sum;
}

function inRange(ms: number): number | undefined {
  return ms >= 0 && ms <= Number.MAX_SAFE_INTEGER ? Math.round(ms) : undefined;
}

/** The step's `timeout` in milliseconds, above 0. */
export function parseTimeout(step: Section): number | undefined {
  const value = step.get("timeout");
  if (value === undefined) return undefined;
  const ms = parseDuration(value);
  if (ms !== undefined && ms > 0) return ms;
  step.mismatch("timeout", `${EXAMPLES}, above 0`, { code: "invalid-duration" });
  return undefined;
}

/** The step's `retries`: a number of tries after the first, or a map of `attempts`, `delay` and `backoff`. */
export function parseRetry(step: Section): Retry | undefined {
  const value = step.get("retries");
  if (value === undefined) return undefined;
  if (!(value instanceof Map)) return retryOf(step, "retries", { delayMs: 0, backoff: "fixed" });
  const map = step.section("retries");
  if (map === undefined) return undefined;
  map.checkKeys(RETRY_KEYS);
  if (map.get("attempts") === undefined) {
    map.error({ code: "missing-key", message: "retries.attempts is missing", hint: "say how often to try again" });
    return undefined;
  }
  return retryOf(map, "attempts", { delayMs: delayOf(map), backoff: backoffOf(map) });
}

function retryOf(owner: Section, key: string, rest: Omit<Retry, "attempts">): Retry | undefined {
  const attempts = owner.get(key);
  if (typeof attempts === "number" && attempts >= 0) return attempts === 0 ? undefined : { attempts, ...rest };
  owner.mismatch(key, "a whole number of at least 0", { code: "invalid-retries" });
  return undefined;
}

function delayOf(retries: Section): number {
  const value = retries.get("delay");
  if (value === undefined) return 0;
  const ms = parseDuration(value);
  if (ms === undefined) retries.mismatch("delay", EXAMPLES, { code: "invalid-duration" });
  return ms ?? 0;
}

function backoffOf(retries: Section): Retry["backoff"] {
  const text = retries.text("backoff") ?? "fixed";
  const known = BACKOFFS.find((word) => word === text);
  if (known !== undefined) return known;
  retries.mismatch("backoff", "fixed or exponential", { code: "unknown-backoff", hint: didYouMean(text, BACKOFFS) });
  return "fixed";
}
