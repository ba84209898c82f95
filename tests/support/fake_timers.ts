/** Intervals that run when a test says so; put back when the test ends. */
export class FakeTime implements Disposable {
  readonly #real = { setInterval: globalThis.setInterval, clearInterval: globalThis.clearInterval };
  readonly #running = new Map<number, { readonly work: () => void; readonly everyMs: number; dueMs: number }>();
  #lastId = 0;
  /** Milliseconds since the start. */
  nowMs = 0;

  constructor() {
    const setInterval = (work: () => void, everyMs: number) => {
      this.#running.set(++this.#lastId, { work, everyMs, dueMs: this.nowMs + everyMs });
      return this.#lastId;
    };
    const clearInterval = (id: number) => void this.#running.delete(id);
    Object.assign(globalThis, { setInterval, clearInterval });
  }

  /** Lets `ms` milliseconds pass. */
  tick(ms: number): void {
    const end = this.nowMs + ms;
    while (this.nowMs < end) {
      this.nowMs++;
      for (const timer of this.#running.values()) {
        if (timer.dueMs > this.nowMs) continue;
        timer.dueMs += timer.everyMs;
        timer.work();
      }
    }
  }

  [Symbol.dispose](): void {
    Object.assign(globalThis, this.#real);
  }
}
