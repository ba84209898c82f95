/**
 * One stream of everything that happens, numbered, for as many pages as listen. Who was away for a while is told what
 * was missed; who was away for too long is told to look anew.
 *
 * @module
 */

/** Something that happened. `seq` counts from 1 since the server began. */
export interface Told {
  readonly seq: number;
  readonly type: string;
  /** JSON text. */
  readonly data: string;
}

/** Bytes of what happened that are remembered for who comes back. */
const KEPT_BYTES = 8 * 1024 * 1024;

type Listener = (told: Told) => void;

/** Tells, remembers, and tells again. */
export class Hub {
  /** Names this start of the server: numbers of another one mean nothing here. */
  readonly epoch: string;
  readonly #listeners = new Set<Listener>();
  #kept: Told[] = [];
  #keptBytes = 0;
  #seq = 0;

  constructor(epoch: string) {
    this.epoch = epoch;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  tell(type: string, body: unknown): void {
    const told = { seq: ++this.#seq, type, data: JSON.stringify(body) };
    this.#keep(told);
    for (const listener of this.#listeners) listener(told);
  }

  /** What came after `seq`; `undefined` if some of it is forgotten, or it is a number of another start. */
  since(epoch: string, seq: number): readonly Told[] | undefined {
    if (epoch !== this.epoch || seq > this.#seq) return undefined;
    const oldest = this.#kept[0]?.seq ?? this.#seq + 1;
    return seq + 1 < oldest ? undefined : this.#kept.slice(seq + 1 - oldest);
  }

  /** The number of the newest. */
  get last(): number {
    return this.#seq;
  }

  /** Hears from now on; the result ends that. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #keep(told: Told): void {
    this.#kept.push(told);
    this.#keptBytes += told.data.length;
    let first = 0;
    while (this.#keptBytes > KEPT_BYTES && first < this.#kept.length - 1) {
      this.#keptBytes -= this.#kept[first++].data.length;
    }
    if (first > 0) this.#kept = this.#kept.slice(first);
  }
}
