/** The longest head of a request; more than any program sends. */
const MOST_HEAD_BYTES = 32 * 1024;

/** How long a head may take. */
const headTimeoutMs = 30_000;

/** The reading half of a connection, of which a beginning can be taken apart from the rest. */
export class Incoming {
  readonly #conn: Deno.Conn;
  readonly #piece = new Uint8Array(64 * 1024);
  /** Read, and not handed on. */
  #rest: Uint8Array = new Uint8Array();

  constructor(conn: Deno.Conn) {
    this.#conn = conn;
  }

  /** Everything up to the first empty line, without it; `undefined` if it does not come, or is too long. */
  async head(): Promise<string | undefined> {
    const timer = setTimeout(() => this.#conn.close(), headTimeoutMs);
    try {
      let text = "";
      while (!text.includes("\r\n\r\n")) {
        const count = await this.#conn.read(this.#piece);
        if (count === null || text.length + count > MOST_HEAD_BYTES) return undefined;
        text += latin1(this.#piece.subarray(0, count));
      }
      const end = text.indexOf("\r\n\r\n");
      this.#rest = Uint8Array.from(text.slice(end + 4), (character) => character.charCodeAt(0));
      return text.slice(0, end);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Hands on what comes until the end, or `most` bytes of it. */
  async to(write: (bytes: Uint8Array) => Promise<void>, most = Infinity): Promise<void> {
    for (let left = most; left > 0;) {
      const bytes = await this.#next();
      if (bytes === undefined) return;
      await write(bytes.subarray(0, Math.min(left, bytes.length)));
      left -= bytes.length;
    }
  }

  async #next(): Promise<Uint8Array | undefined> {
    if (this.#rest.length > 0) {
      const rest = this.#rest;
      this.#rest = new Uint8Array();
      return rest;
    }
    const count = await this.#conn.read(this.#piece);
    return count === null ? undefined : this.#piece.subarray(0, count);
  }
}

/** A character for each byte. */
function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}
