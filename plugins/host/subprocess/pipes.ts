import { bytesOf, type Libc, widenPipe } from "./libc.ts";
import { type OutputSink, pieceBytes, type StreamName } from "./output.ts";

/** The reading end of a program's stream. */
export interface OutputPipe {
  readonly end: number;
  readonly stream: StreamName;
  readonly sink: OutputSink;
}

/** As `poll` wants them. */
const [readable, hungUp, failed] = [1, 16, 8];

/** Between looks while nothing comes: short enough for eyes, long enough to cost nothing. */
const idleMs = 4;

/** The most taken from one pipe in one go, so that others have their turn; also what a pipe can hold at most. */
const turnBytes = 1024 * 1024;

/**
 * Reads the output of all running programs, on a timer: at once again while something comes, else less and less often.
 *
 * One look asks about all pipes in one call. A thread for each pipe, as Deno has it, costs every program more than
 * that costs all of them.
 */
export class OutputPipes {
  readonly #libc: Libc;
  readonly #pipes = new Map<number, OutputPipe>();
  readonly #piece = new Uint8Array(pieceBytes);
  #delayMs = idleMs;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(libc: Libc) {
    this.#libc = libc;
  }

  add(pipe: OutputPipe): void {
    this.#pipes.set(pipe.end, pipe);
    this.#schedule();
  }

  /** Whether it is still read. */
  has(pipe: OutputPipe): boolean {
    return this.#pipes.get(pipe.end) === pipe;
  }

  /** Takes what is still there of a program that has ended, and closes the pipe, whoever else may hold its other end. */
  finish(pipe: OutputPipe): void {
    if (!this.has(pipe)) return;
    this.#take(pipe);
    this.#close(pipe);
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#pipes.size === 0) return;
    this.#timer = setTimeout(() => this.#look(), this.#delayMs);
  }

  #look(): void {
    this.#timer = undefined;
    let taken = 0;
    for (const pipe of this.#ready([...this.#pipes.values()])) taken += this.#take(pipe);
    this.#delayMs = taken > 0 ? 0 : Math.min(idleMs, this.#delayMs * 2 + 1);
    this.#schedule();
  }

  /** Those with something to read, or at their end. */
  #ready(pipes: readonly OutputPipe[]): readonly OutputPipe[] {
    const asked = new Int32Array(pipes.length * 2);
    pipes.forEach(({ end }, i) => asked.set([end, readable], i * 2));
    if (this.#libc.poll(bytesOf(asked), BigInt(pipes.length), 0) <= 0) return [];
    return pipes.filter((_, i) => ((asked[i * 2 + 1] >> 16) & (readable | hungUp | failed)) !== 0);
  }

  /** Reads until nothing is left for now; gives how many bytes. Closes the pipe at its end. */
  #take(pipe: OutputPipe): number {
    let taken = 0;
    while (taken < turnBytes && this.#ready([pipe]).length > 0) {
      const count = Number(this.#libc.read(pipe.end, this.#piece, BigInt(pieceBytes)));
      if (count <= 0) {
        this.#close(pipe);
        break;
      }
      if (taken === 0 && count === pieceBytes) widenPipe(this.#libc, pipe.end);
      taken += count;
      pipe.sink.take(pipe.stream, this.#piece.subarray(0, count));
    }
    return taken;
  }

  #close(pipe: OutputPipe): void {
    if (!this.#pipes.delete(pipe.end)) return;
    this.#libc.close(pipe.end);
    if (this.#pipes.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#delayMs = idleMs;
  }
}
