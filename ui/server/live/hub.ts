/**
 * One stream of everything that happens, numbered, for as many pages as listen. Who was away for a while is told what
 * was missed; who was away for too long is told to look anew.
 *
 * What happened is kept once, however many listen: each of them only knows how far it has read.
 *
 * @module
 */

/** Something that happened. `seq` counts from 1 since the server began. */
export interface Told {
  readonly seq: number;
  readonly type: string;
  /** As it goes over the wire. */
  readonly bytes: Uint8Array;
}

/** Bytes of what happened that are remembered for who comes back. */
const KEPT_BYTES = 8 * 1024 * 1024;

const encoder = new TextEncoder();

/** Tells, remembers, and tells again. */
export class Hub {
  /** Names this start of the server: numbers of another one mean nothing here. */
  readonly epoch: string;
  readonly #listeners = new Set<() => void>();
  readonly #over = new AbortController();
  #kept: Told[] = [];
  #keptBytes = 0;
  #seq = 0;

  constructor(epoch: string) {
    this.epoch = epoch;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /** The number of the newest. */
  get last(): number {
    return this.#seq;
  }

  /** Aborts when nothing more will be told. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  /** Nothing more will be told: whoever listens is let go. */
  close(): void {
    this.#over.abort();
  }

  tell(type: string, body: unknown): void {
    const seq = ++this.#seq;
    this.#keep({ seq, type, bytes: encoder.encode(this.textOf(seq, type, JSON.stringify(body))) });
    for (const listener of [...this.#listeners]) listener();
  }

  /** One event of the stream. `data` is JSON. */
  textOf(seq: number, type: string, data: string): string {
    return `id: ${this.epoch}-${seq}\nevent: ${type}\ndata: ${data}\n\n`;
  }

  /** What came after `seq`, up to about so many bytes; `undefined` if some of it is forgotten. */
  after(seq: number, mostBytes: number): readonly Told[] | undefined {
    const oldest = this.#kept[0]?.seq ?? this.#seq + 1;
    if (seq > this.#seq || seq + 1 < oldest) return undefined;
    const found: Told[] = [];
    let bytes = 0;
    for (let at = seq + 1 - oldest; at < this.#kept.length && bytes < mostBytes; at++) {
      found.push(this.#kept[at]);
      bytes += this.#kept[at].bytes.length;
    }
    return found;
  }

  /** Hears that there is news; the result ends that. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #keep(told: Told): void {
    this.#kept.push(told);
    this.#keptBytes += told.bytes.length;
    let first = 0;
    while (this.#keptBytes > KEPT_BYTES && first < this.#kept.length - 1) {
      this.#keptBytes -= this.#kept[first++].bytes.length;
    }
    if (first > 0) this.#kept = this.#kept.slice(first);
  }
}
