/**
 * Waits that end: a page that stands still must not stop the benchmark.
 *
 * @module
 */

/** What was not there in time. */
export class Late extends Error {
  constructor(what: string, ms: number) {
    super(`${what}: not within ${ms / 1000} s`);
  }
}

/**
 * The result of `work`, if it comes in time.
 *
 * @throws {Late} When it does not; `work` goes on unheard.
 */
export async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Late(what, ms)), ms);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
    // Whoever is late may still fail, when its page is closed; that was told already.
    work.catch(() => {});
  }
}

/** What `work` gives; nothing if it was late. Other errors pass. */
export async function orLate<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Late) return undefined;
    throw error;
  }
}
