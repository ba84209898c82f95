import { isPromise } from "../base/flow.ts";

/** Hears how something that gives items over time ends. */
export interface EndListener {
  /** It came to its end. */
  returned(value: unknown): unknown;
  /** It failed; gives what is to be thrown. */
  threw(error: unknown): unknown;
  /** Its reader had enough. */
  stopped(hadItems: boolean): void;
}

type Method = (...args: unknown[]) => unknown;
type Holder = Record<PropertyKey, unknown>;

/**
 * Watches an async iterable, or what a generator function gives, until it ends. It stays the very object that it is, so
 * that whoever knows more of it than its items can still use it: only its own methods are put in front. `false`: it is
 * nothing of the kind, or cannot be watched.
 */
export function watchItems(value: unknown, listener: EndListener): boolean {
  if (typeof value !== "object" || value === null) return false;
  const holder = value as Holder;
  const open = holder[Symbol.asyncIterator];
  if (typeof holder.next === "function" && (isMethod(open) || isMethod(holder[Symbol.iterator]))) {
    return watchIterator(holder, listener);
  }
  if (!isMethod(open)) return false;
  return put(holder, Symbol.asyncIterator, (...args) => {
    const iterator = open.apply(value, args);
    watchIterator(iterator as Holder, listener);
    return iterator;
  });
}

function watchIterator(iterator: Holder, listener: EndListener): boolean {
  const { next, return: stop } = iterator as { next: Method; return?: Method };
  let hadItems = false;
  const heard = (result: unknown) => {
    const { done, value } = result as IteratorResult<unknown>;
    if (done === true) listener.returned(value);
    else hadItems = true;
    return result;
  };
  const failed = (error: unknown): never => {
    throw listener.threw(error);
  };
  const isWatched = put(iterator, "next", (...args) => attempt(() => next.apply(iterator, args), heard, failed));
  if (!isWatched || !isMethod(stop)) return isWatched;
  return put(iterator, "return", (...args) => {
    listener.stopped(hadItems);
    return stop.apply(iterator, args);
  });
}

/** Does the work and goes on with what it gives, now or later. Errors of going on are not `failed`'s. */
export function attempt(
  work: () => unknown,
  heard: (value: unknown) => unknown,
  failed: (error: unknown) => never,
): unknown {
  let result: unknown;
  try {
    result = work();
  } catch (error) {
    return failed(error);
  }
  // Some promises begin their work only when they are asked, each time: it is asked once.
  return isPromise(result) ? Promise.resolve(result).then(heard, failed) : heard(result);
}

function isMethod(value: unknown): value is Method {
  return typeof value === "function";
}

function put(holder: Holder, key: PropertyKey, value: Method): boolean {
  return Reflect.defineProperty(holder, key, { value, configurable: true, writable: true });
}
