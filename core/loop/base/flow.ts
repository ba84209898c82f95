/**
 * Work that may have to wait, written once for callers that can and for callers that cannot.
 *
 * A flow is a generator that yields whatever may be a promise and is handed back what it became.
 *
 * @module
 */

import type { Later } from "../../ports/loop_store.ts";
import { LoopConfigError } from "./errors.ts";

/** Work that gives a `T`. Compose flows with `yield*`, wait with {@linkcode wait}. */
export type Flow<T> = Generator<unknown, T, unknown>;

/** Waits for a value that may be a promise. */
export function* wait<T>(value: Later<T>): Flow<T> {
  return (isPromise(value) ? yield value : value) as T;
}

/** Does the work, awaiting what must be awaited. */
export async function runAsync<T>(flow: Flow<T>): Promise<T> {
  let next = flow.next();
  while (!next.done) next = await resumed(flow, next.value);
  return next.value;
}

async function resumed<T>(flow: Flow<T>, value: unknown): Promise<IteratorResult<unknown, T>> {
  let given: unknown;
  try {
    given = await value;
  } catch (error) {
    return flow.throw(error);
  }
  return flow.next(given);
}

/**
 * Does the work at once.
 *
 * @throws {LoopConfigError} If something in it has to be awaited.
 */
export function runSync<T>(flow: Flow<T>): T {
  let next = flow.next();
  while (!next.done) next = flow.throw(refused(next.value));
  return next.value;
}

/** Nobody will ever look at the promise: that it fails, too, must not end the process. */
function refused(value: unknown): LoopConfigError {
  if (isPromise(value)) value.then(undefined, () => undefined);
  return cannotWait();
}

function cannotWait(): LoopConfigError {
  return new LoopConfigError("A synchronous loop cannot wait for a promise", {
    hint: "use loop() instead of loopSync(), or return the value itself",
  });
}

/** Whether a value has to be awaited. */
export function isPromise<T>(value: Later<T>): value is Promise<T> {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}
