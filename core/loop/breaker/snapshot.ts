import { StoreCorrupt } from "../base/errors.ts";
import type { BreakerMemory } from "./machine.ts";
import type { BreakerClock } from "./types.ts";

/** A breaker's state, and when it was so, UTC milliseconds; `null` if nobody knows. */
interface Snapshot extends BreakerMemory {
  readonly at: number | null;
}

export function writeSnapshot(memory: BreakerMemory, clock: BreakerClock): string {
  const snapshot: Snapshot = { ...memory, at: clock.now?.() ?? null };
  return JSON.stringify(snapshot);
}

/**
 * A stored state as it is now: time that has gone by since counts for the cooldown, if there is a clock that knows.
 *
 * @throws {StoreCorrupt} If it is no snapshot.
 */
export function readSnapshot(text: string, { name, clock }: { name: string; clock: BreakerClock }): BreakerMemory {
  const { at, waitMs, ...memory } = parsed(text, name);
  const now = clock.now?.();
  // A wall clock that went back must not make the wait longer.
  const goneMs = at === null || now === undefined ? 0 : Math.max(0, now - at);
  return { ...memory, waitMs: Math.max(0, waitMs - goneMs) };
}

function parsed(text: string, name: string): Snapshot {
  try {
    const value: unknown = JSON.parse(text);
    if (isSnapshot(value)) return value;
  } catch (cause) {
    throw corrupt(name, cause);
  }
  throw corrupt(name);
}

function isSnapshot(value: unknown): value is Snapshot {
  if (typeof value !== "object" || value === null) return false;
  const { isOpen, consecutiveFailures, failedTrials, waitMs, at } = value as Record<keyof Snapshot, unknown>;
  const areCounts = [consecutiveFailures, failedTrials].every((it) => Number.isSafeInteger(it) && Number(it) >= 0);
  return typeof isOpen === "boolean" && areCounts && Number.isFinite(waitMs) && (at === null || Number.isFinite(at));
}

function corrupt(name: string, cause?: unknown): StoreCorrupt {
  return new StoreCorrupt(`The stored state of circuit breaker ${name} cannot be read`, {
    hint: "reset it: reset() closes the breaker and takes the place of what is stored",
    data: { breaker: name },
    cause,
  });
}
