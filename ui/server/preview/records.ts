/**
 * Lines of a file, or rows of a table, of any number and length: read where they are, none of them held whole.
 *
 * @module
 */

/** Where the records of a file begin, as far as that is known. */
export interface RecordIndex {
  /** Every {@linkcode STEP}th one. */
  readonly marks: number[];
  /** How many there are, once the end was seen. */
  total?: number;
}

/** What to read. */
export interface ReadOptions {
  /** Of the whole file. */
  readonly sizeBytes: number;
  readonly offset: number;
  readonly limit: number;
  /** Of one record; the rest is passed over. */
  readonly maxBytes: number;
  /** Whether a record goes on while a quote is open. */
  readonly isQuoted: boolean;
  /** Reading ends when so much has been looked through, though the records are not complete. */
  readonly budgetBytes: number;
  /** Whether to go on to the end, to know how many there are. */
  readonly countAll: boolean;
}

/** One record, without its line break. */
export interface Record {
  readonly bytes: Uint8Array;
  readonly isCut: boolean;
}

/** Records, and whether there are more. */
export interface RecordPage {
  readonly records: readonly Record[];
  readonly isEnd: boolean;
}

/** An index of nothing yet. */
export function newIndex(): RecordIndex {
  return { marks: [0] };
}

const STEP = 1000;
const CHUNK = 256 * 1024;
/** A quote that is open for longer was never meant as one. */
const LONGEST_QUOTED = 1024 * 1024;

/** Reads some records of an open file, and learns where records are. */
export async function readRecords(file: Deno.FsFile, index: RecordIndex, options: ReadOptions): Promise<RecordPage> {
  const from = Math.min(Math.floor(options.offset / STEP), index.marks.length - 1);
  const reader = new Reader(index, options, from * STEP, index.marks[from]);
  await file.seek(index.marks[from], Deno.SeekMode.Start);
  const buffer = new Uint8Array(CHUNK);
  let left = options.budgetBytes;
  while (left > 0 && !reader.isDone) {
    const read = await file.read(buffer);
    if (read === null) return reader.end();
    reader.take(buffer.subarray(0, read));
    left -= read;
  }
  return reader.at >= options.sizeBytes ? reader.end() : reader.page();
}

/** Takes bytes as they come. */
class Reader {
  readonly #index: RecordIndex;
  readonly #options: ReadOptions;
  readonly #records: Record[] = [];
  /** Bytes of the file that lie behind. */
  at: number;
  #number: number;
  #parts: Uint8Array[] = [];
  #held = 0;
  #length = 0;
  #isOpen = false;

  constructor(index: RecordIndex, options: ReadOptions, number: number, at: number) {
    [this.#index, this.#options, this.#number, this.at] = [index, options, number, at];
  }

  get isDone(): boolean {
    return !this.#options.countAll && this.#number >= this.#options.offset + this.#options.limit;
  }

  take(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length && !this.isDone;) {
      const end = this.#options.isQuoted ? this.#endQuoted(chunk, at) : chunk.indexOf(10, at);
      if (end < 0) return void this.#hold(chunk.subarray(at));
      this.#hold(chunk.subarray(at, end));
      this.at++;
      this.#close();
      at = end + 1;
    }
  }

  end(): RecordPage {
    if (this.#length > 0) this.#close();
    this.#index.total = this.#number;
    return { records: this.#records, isEnd: true };
  }

  /** With what there is of a record that goes on. */
  page(): RecordPage {
    if (!this.isDone && this.#isWanted && this.#held > 0) this.#keep(true);
    return { records: this.#records, isEnd: this.#index.total !== undefined && this.#number >= this.#index.total };
  }

  get #isWanted(): boolean {
    const { offset, limit } = this.#options;
    return this.#number >= offset && this.#number < offset + limit;
  }

  #endQuoted(chunk: Uint8Array, from: number): number {
    let isOpen = this.#isOpen && this.#length <= LONGEST_QUOTED;
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === 34) isOpen = !isOpen;
      else if (byte === 10 && !isOpen) {
        this.#isOpen = false;
        return at;
      }
    }
    this.#isOpen = isOpen;
    return -1;
  }

  #hold(piece: Uint8Array): void {
    this.at += piece.length;
    this.#length += piece.length;
    const room = this.#options.maxBytes - this.#held;
    if (!this.#isWanted || room <= 0) return;
    // The buffer is used again.
    this.#parts.push(piece.slice(0, room));
    this.#held += Math.min(room, piece.length);
  }

  #close(): void {
    if (this.#isWanted) this.#keep(this.#length > this.#held);
    [this.#parts, this.#held, this.#length] = [[], 0, 0];
    this.#number++;
    if (this.#number === this.#index.marks.length * STEP) this.#index.marks.push(this.at);
  }

  #keep(isCut: boolean): void {
    const bytes = new Uint8Array(this.#held);
    let at = 0;
    for (const part of this.#parts) {
      bytes.set(part, at);
      at += part.length;
    }
    const isBroken = !isCut && bytes.at(-1) === 13;
    this.#records.push({ bytes: isBroken ? bytes.subarray(0, -1) : bytes, isCut });
  }
}
