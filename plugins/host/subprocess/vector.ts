const encoder = new TextEncoder();

/** Size of a pointer. */
const pointerBytes = 8;

/** A list of texts as C has it: pointers to zero-terminated bytes, then a null pointer; texts stand behind them. */
export class CVector {
  #memory: Uint8Array<ArrayBuffer>;
  #address: bigint;

  constructor() {
    // Large enough that it is never moved.
    this.#memory = new Uint8Array(16 * 1024);
    this.#address = addressOf(this.#memory);
  }

  /**
   * Fills the vector anew.
   *
   * @returns Its address, good until the next call.
   * @throws {TypeError} If a text holds a zero byte, which C would take for its end.
   */
  fill(texts: readonly string[]): Deno.PointerObject | null {
    this.#require(texts);
    const pointers = new BigUint64Array(this.#memory.buffer, 0, texts.length + 1);
    let at = pointers.byteLength;
    for (const [i, text] of texts.entries()) {
      if (text.includes("\0")) throw new TypeError(`Cannot pass a zero byte to a program: ${JSON.stringify(text)}`);
      pointers[i] = this.#address + BigInt(at);
      at += encoder.encodeInto(text, this.#memory.subarray(at)).written;
      this.#memory[at++] = 0;
    }
    pointers[texts.length] = 0n;
    return Deno.UnsafePointer.create(this.#address);
  }

  /** Room for the worst case: three bytes for each UTF-16 unit. */
  #require(texts: readonly string[]): void {
    const units = texts.reduce((sum, text) => sum + text.length, 0);
    const needed = units * 3 + texts.length + (texts.length + 1) * pointerBytes;
    if (needed <= this.#memory.length) return;
    this.#memory = new Uint8Array(needed * 2);
    this.#address = addressOf(this.#memory);
  }
}

function addressOf(memory: Uint8Array<ArrayBuffer>): bigint {
  return BigInt(Deno.UnsafePointer.value(Deno.UnsafePointer.of(memory)));
}
