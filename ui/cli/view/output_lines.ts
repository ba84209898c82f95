/**
 * Puts together the lines of programs that write at the same time, each with a prefix.
 *
 * @module
 */

/** A line longer than this is passed on in pieces; a program that never ends its line fills no memory. */
const LONGEST = 1 << 16;

/** Collects pieces of text by source and hands on whole lines. */
export class OutputLines<S> {
  readonly #emit: (line: string, source: S) => void;
  readonly #partial = new Map<S, string>();

  /** @param emit Hears every line without its end, and which source it is of. */
  constructor(emit: (line: string, source: S) => void) {
    this.#emit = emit;
  }

  /** A piece of output of `source`. */
  add(source: S, text: string): void {
    const lines = ((this.#partial.get(source) ?? "") + text).split("\n");
    const rest = lines.pop()!;
    for (const line of lines) this.#emit(lastSegment(line), source);
    this.#keep(source, rest);
  }

  /** What `source` has written since its last line feed; for a progress bar, its latest state. */
  partial(source: S): string {
    return lastSegment(this.#partial.get(source) ?? "");
  }

  /** Hands on the unfinished line of `source`; it has ended. */
  end(source: S): void {
    const rest = lastSegment(this.#partial.get(source) ?? "");
    this.#partial.delete(source);
    if (rest !== "") this.#emit(rest, source);
  }

  #keep(source: S, rest: string): void {
    if (rest.length > LONGEST) {
      this.#emit(lastSegment(rest), source);
      rest = "";
    }
    // A carriage return starts the line anew; what stood before it is gone. One at the end may belong to `\r\n`.
    this.#partial.set(source, lastSegment(rest) + (rest.endsWith("\r") ? "\r" : ""));
  }
}

/** What a terminal would show of a line with carriage returns, near enough: its last part that is not empty. */
export function lastSegment(line: string): string {
  if (!line.includes("\r")) return line;
  return line.split("\r").findLast((part) => part !== "") ?? "";
}
