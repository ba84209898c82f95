/**
 * The stream of a page: server-sent events, resumable by `Last-Event-ID`.
 *
 * A page is given something when it has room for it, and never before: one that reads slowly keeps nobody waiting and
 * takes no memory. What it is too late for it is told to ask for anew.
 *
 * @module
 */

import type { Hub } from "./hub.ts";

/** What is handed over at once. */
const PIECE_BYTES = 64 * 1024;

const BEAT_MS = 15_000;

const encoder = new TextEncoder();

/** The body of an answer that ends when nobody reads it any more. `lastId` is what the page heard last. */
export function eventStream(hub: Hub, lastId: string | undefined): ReadableStream<Uint8Array> {
  const reader = new Reader(hub, lastId);
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const bytes = await reader.next();
      if (bytes === undefined) controller.close();
      else controller.enqueue(bytes);
    },
    cancel: () => reader.end(),
  }, { highWaterMark: 0 });
}

/** One page's place in the stream. */
class Reader {
  readonly #hub: Hub;
  readonly #unlisten: () => void;
  /** `undefined`: what the page knows is of another start, or it knows nothing. */
  #seq: number | undefined;
  #isOver = false;
  #hasBegun = false;
  #wake = () => {};

  constructor(hub: Hub, lastId: string | undefined) {
    this.#hub = hub;
    const [, epoch, seq] = /^([0-9a-f]+)-(\d+)$/.exec(lastId ?? "") ?? [];
    this.#seq = epoch === hub.epoch ? Number(seq) : undefined;
    const end = () => this.end();
    hub.over.addEventListener("abort", end, { once: true });
    const unlisten = hub.listen(() => this.#wake());
    this.#unlisten = () => (unlisten(), hub.over.removeEventListener("abort", end));
  }

  end(): void {
    this.#isOver = true;
    this.#unlisten();
    this.#wake();
  }

  /** The next piece, as soon as there is one; `undefined` at the end. */
  async next(): Promise<Uint8Array | undefined> {
    const piece = this.#isOver ? undefined : this.#piece();
    if (this.#isOver || piece !== undefined) return piece;
    // The first bytes tell the page that it is connected.
    if (!this.#hasBegun) return this.#hasBegun = true, encoder.encode(": here\n\n");
    const isNews = await this.#news();
    if (this.#isOver) return undefined;
    return isNews ? this.#piece() ?? encoder.encode(": here\n\n") : encoder.encode(": still here\n\n");
  }

  #piece(): Uint8Array | undefined {
    const told = this.#seq === undefined ? undefined : this.#hub.after(this.#seq, PIECE_BYTES);
    if (told === undefined) {
      this.#seq = this.#hub.last;
      this.#hasBegun = true;
      // Whoever hears this asks for everything anew.
      return encoder.encode(this.#hub.textOf(this.#seq, "reset", "{}"));
    }
    if (told.length === 0) return undefined;
    this.#seq = told.at(-1)!.seq;
    this.#hasBegun = true;
    return told.length === 1 ? told[0].bytes : joined(told.map(({ bytes }) => bytes));
  }

  #news(): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const beat = setTimeout(() => resolve(false), BEAT_MS);
    this.#wake = () => resolve(true);
    return promise.finally(() => clearTimeout(beat));
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
