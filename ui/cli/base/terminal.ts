/**
 * Where a person sits: two streams of text, their size and colours.
 *
 * @module
 */

/** A terminal, or what stands in for one. */
export interface Terminal {
  /** Standard output. Seen at once after a pause, else together with what follows in the next few milliseconds. */
  write(text: string): void;
  /** Standard error, after everything written before. */
  writeError(text: string): void;
  flush(): void;
  /** One line of standard input without its end; `undefined` when there is no more. */
  readLine(): string | undefined;
  /** Whether standard output can be drawn on: moved about in, erased. */
  readonly canRedraw: boolean;
  readonly color: boolean;
  readonly errorColor: boolean;
  /** Whether standard error is a terminal too, most likely the same one. */
  readonly errorIsTerminal: boolean;
  /** Whether somebody may be sitting at standard input. */
  readonly inputIsTerminal: boolean;
  /** In character cells. */
  size(): { readonly columns: number; readonly rows: number };
  /** Aborts when standard output takes nothing more; the reason is a `BrokenPipe` when nobody reads it any more. */
  readonly closed: AbortSignal;
}

/** Pieces are written out when this many characters wait. */
const FULL = 1 << 16;

/** Writes that follow each other faster than this are joined. */
const JOIN_MS = 5;

/** The terminal loom was started from. */
export class HostTerminal implements Terminal {
  readonly canRedraw: boolean;
  readonly color: boolean;
  readonly errorColor: boolean;
  readonly errorIsTerminal = Deno.stderr.isTerminal();
  readonly inputIsTerminal = Deno.stdin.isTerminal();
  readonly #closed = new AbortController();
  #waiting: string[] = [];
  #waitingSize = 0;
  #scheduled = false;
  #flushedMs = -Infinity;

  constructor(env: { get(name: string): string | undefined } = Deno.env) {
    const plain = (env.get("NO_COLOR") ?? "") !== "" || env.get("TERM") === "dumb";
    this.color = !plain && Deno.stdout.isTerminal();
    this.errorColor = !plain && this.errorIsTerminal;
    this.canRedraw = Deno.stdout.isTerminal() && env.get("TERM") !== "dumb" && (env.get("CI") ?? "") === "";
  }

  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  write(text: string): void {
    if (this.#closed.signal.aborted) return;
    this.#waiting.push(text);
    this.#waitingSize += text.length;
    if (this.#waitingSize >= FULL) return this.flush();
    if (!this.#scheduled) this.#schedule();
  }

  // The first timer of a process costs milliseconds, and most commands write but once.
  #schedule(): void {
    this.#scheduled = true;
    if (performance.now() - this.#flushedMs > JOIN_MS) queueMicrotask(() => this.flush());
    else setTimeout(() => this.flush(), JOIN_MS);
  }

  writeError(text: string): void {
    this.flush();
    try {
      writeAll(Deno.stderr, text);
    } catch (error) {
      // Nobody reads the errors: there is nobody to tell.
      if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
    }
  }

  flush(): void {
    this.#scheduled = false;
    if (this.#waiting.length === 0) return;
    const text = this.#waiting.join("");
    [this.#waiting, this.#waitingSize, this.#flushedMs] = [[], 0, performance.now()];
    try {
      writeAll(Deno.stdout, text);
    } catch (error) {
      this.#closed.abort(error);
      if (!(error instanceof Deno.errors.BrokenPipe)) this.writeError(`error: ${unwritable(error)}\n`);
    }
  }

  readLine(): string | undefined {
    const bytes: number[] = [];
    const one = new Uint8Array(1);
    // One byte at a time: what follows the line belongs to whoever reads next.
    while (Deno.stdin.readSync(one) === 1) {
      if (one[0] === 10) return decode(bytes);
      bytes.push(one[0]);
    }
    return bytes.length === 0 ? undefined : decode(bytes);
  }

  size(): { columns: number; rows: number } {
    try {
      const { columns, rows } = Deno.consoleSize();
      // A terminal that nobody told its size, such as a container's, has none.
      return { columns: columns || 80, rows: rows || 24 };
    } catch {
      // Not a terminal at all; 80 x 24 is what programs assume then.
      return { columns: 80, rows: 24 };
    }
  }
}

function unwritable(error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  return `Cannot write to standard output: ${why}; make room there, or send it elsewhere`;
}

function decode(bytes: readonly number[]): string {
  return new TextDecoder().decode(new Uint8Array(bytes)).replace(/\r$/, "");
}

function writeAll(stream: { writeSync(bytes: Uint8Array): number }, text: string): void {
  let bytes = new TextEncoder().encode(text);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(stream.writeSync(bytes));
    } catch (error) {
      if (!(error instanceof Deno.errors.WouldBlock)) throw error;
      // Another program made the pipe non-blocking and it is full: give its reader a moment.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
