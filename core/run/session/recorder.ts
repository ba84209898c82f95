import type { Clock } from "../../ports/clock.ts";
import type { EventSink, RunEvent, RunFact } from "../../ports/events.ts";
import type { Lease, Store } from "../../ports/store.ts";

/** Where facts go: to whoever listens at once, to the journal with the next commit. */
export interface RecorderOptions {
  readonly run: string;
  readonly clock: Clock;
  readonly sink: EventSink;
  /** Absent in a dry run: nothing is kept. */
  readonly store?: Store;
}

/** Numbers the facts of one run and keeps them; writes wait for {@linkcode commit}, so that they stand or fall together. */
export class Recorder {
  readonly #options: RecorderOptions;
  #seq = 0;
  #hasNotices = false;
  #pending: (() => void)[] = [];
  #lease: Lease | undefined;
  #isSoon = false;
  #hear: ((fact: RunFact) => void) | undefined;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  get run(): string {
    return this.#options.run;
  }

  /** Whether anything was noticed that a person should hear of. */
  get hasNotices(): boolean {
    return this.#hasNotices;
  }

  get store(): Store | undefined {
    return this.#options.store;
  }

  /** From now on nothing is kept unless this lease is still held. */
  under(lease: Lease): this {
    this.#lease = lease;
    return this;
  }

  /** From now on `hear` is told of each fact before anybody else, and may tell others first. */
  onFact(hear: (fact: RunFact) => void): void {
    this.#hear = hear;
  }

  /** Tells a fact. Output and progress are told only; everything else is kept too. */
  emit(fact: RunFact): void {
    const { run, clock, sink, store } = this.#options;
    this.#hear?.(fact);
    const event = { ...fact, seq: ++this.#seq, at: clock.now(), run } as RunEvent;
    if (store !== undefined && fact.type !== "output" && fact.type !== "progress") {
      this.#pending.push(() => store.journal.appendEvent(event));
    }
    this.#hasNotices ||= fact.type === "notice";
    sink(event);
  }

  /** Adds a write to the next commit. */
  write(work: (store: Store) => void): void {
    const { store } = this.#options;
    if (store !== undefined) this.#pending.push(() => work(store));
  }

  /**
   * Keeps everything that waits, in one transaction.
   *
   * @throws {LoomError} `lease-lost` if another loom drives this run by now.
   */
  commit(): void {
    const { store } = this.#options;
    if (store === undefined || this.#pending.length === 0) return;
    store.transaction(() => this.#pending.forEach((work) => work()), this.#lease);
    // Only now: what could not be kept is tried again with the next commit.
    this.#pending = [];
  }

  /**
   * Keeps everything that waits, in a moment: with the intent of the next step, if one starts right away, which spares
   * a transaction for every step. What goes wrong is told by the next {@linkcode commit}, which tries again.
   */
  commitSoon(): void {
    if (this.#isSoon || this.#options.store === undefined) return;
    this.#isSoon = true;
    this.#options.clock.sleep(0).then(() => {
      this.#isSoon = false;
      this.commit();
    }).catch(() => {
      // The facts are still waiting; the commit that ends the step or the run meets the same fault and throws it.
    });
  }
}
