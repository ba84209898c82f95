/**
 * Whether addresses can be reached: asked in the background, remembered for a while.
 *
 * @module
 */

/** What is known of an address. */
export type Reached = "exists" | "missing";

const TIMEOUT_MS = 4000;
const KEPT_MS = 60_000;
const MOST_AT_ONCE = 8;
const MOST_KEPT = 1000;

/** Asks, remembers, and says when there is news. */
export class Addresses {
  readonly #known = new Map<string, { readonly reached: Reached; readonly at: number }>();
  readonly #asking = new Set<string>();
  readonly #waiting: string[] = [];
  readonly #over = new AbortController();
  readonly #onNews: (url: string) => void;

  constructor(onNews: (url: string) => void) {
    this.#onNews = onNews;
  }

  /** What is known; `undefined` while it is asked. */
  ask(url: string): Reached | undefined {
    const known = this.#known.get(url);
    const isOld = known === undefined || performance.now() - known.at > KEPT_MS;
    if (isOld && !this.#asking.has(url) && !this.#waiting.includes(url)) {
      this.#waiting.push(url);
      this.#next();
    }
    return known?.reached;
  }

  close(): void {
    this.#over.abort();
    this.#waiting.length = 0;
  }

  #next(): void {
    while (this.#asking.size < MOST_AT_ONCE && this.#waiting.length > 0) {
      const url = this.#waiting.shift()!;
      this.#asking.add(url);
      this.#reach(url).then((reached) => this.#learn(url, reached));
    }
  }

  #learn(url: string, reached: Reached): void {
    this.#asking.delete(url);
    if (this.#over.signal.aborted) return;
    const before = this.#known.get(url)?.reached;
    this.#known.delete(url);
    this.#known.set(url, { reached, at: performance.now() });
    for (const oldest of [...this.#known.keys()].slice(0, -MOST_KEPT)) this.#known.delete(oldest);
    if (before !== reached) this.#onNews(url);
    this.#next();
  }

  async #reach(url: string): Promise<Reached> {
    const signal = AbortSignal.any([this.#over.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    try {
      const asked = await fetch(url, { method: "HEAD", signal });
      await asked.body?.cancel();
      if (asked.ok) return "exists";
      // Some servers give what they will not describe.
      if (![400, 403, 405, 501].includes(asked.status)) return "missing";
      const given = await fetch(url, { headers: { range: "bytes=0-0" }, signal });
      await given.body?.cancel();
      return given.ok ? "exists" : "missing";
    } catch {
      // Whatever stands in the way, it cannot be had from here.
      return "missing";
    }
  }
}
