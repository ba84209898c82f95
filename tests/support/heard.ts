/** What a program says, as it says it. */

const WAIT_MS = 30_000;

/** Listens to a stream of text. */
export class Heard {
  /** Everything said since the last {@linkcode until}. */
  text = "";
  /** Resolves when the stream has ended. */
  readonly ended: Promise<void>;
  #more = Promise.withResolvers<void>();

  constructor(stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
    this.ended = this.#listen(stream);
  }

  /** Waits until `words` have been said, and forgets everything up to them. */
  async until(words: string): Promise<void> {
    const late = setTimeout(() => this.#more.reject(new Error(`Not heard: ${words}; but: ${this.text}`)), WAIT_MS);
    try {
      while (!this.text.includes(words)) await this.#more.promise;
      this.text = this.text.slice(this.text.indexOf(words) + words.length);
    } finally {
      clearTimeout(late);
    }
  }

  async #listen(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    for await (const piece of stream.pipeThrough(new TextDecoderStream())) {
      this.text += piece;
      this.#more.resolve();
      this.#more = Promise.withResolvers();
    }
  }
}
