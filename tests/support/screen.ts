import { cells } from "../../ui/cli/view/text_width.ts";

// deno-lint-ignore no-control-regex
const PIECE = /\x1b\[([?\d;]*)([A-Za-z])|\r|\n|[^\x1b\r\n]+/g;

/** A terminal's screen, as far as the live view needs one: lines that wrap, move up, erase below. */
export class Screen {
  readonly #lines: string[] = [""];
  #row = 0;
  #column = 0;
  columns: number;
  cursorHidden = false;

  constructor(columns: number) {
    this.columns = columns;
  }

  /** Shows what a program writes. */
  write(text: string): void {
    for (const [piece, count, command] of text.matchAll(PIECE)) {
      if (piece === "\r") this.#column = 0;
      else if (piece === "\n") this.#newLine();
      else if (command === undefined) this.#put(piece);
      else this.#control(count, command);
    }
  }

  /** Everything that is to be seen, scrolled lines included; blank lines at the end left out. */
  text(): string {
    return this.#lines.map((line) => line.trimEnd()).join("\n").trimEnd();
  }

  #control(count: string, command: string): void {
    if (command === "A") this.#row = Math.max(0, this.#row - Number(count || 1));
    if (command === "J") this.#eraseBelow();
    if (count === "?25") this.cursorHidden = command === "l";
  }

  #eraseBelow(): void {
    this.#lines[this.#row] = this.#lines[this.#row].slice(0, this.#column);
    this.#lines.length = this.#row + 1;
  }

  #put(text: string): void {
    for (const character of text) {
      if (this.#column + cells(character) > this.columns) this.#newLine();
      const line = this.#lines[this.#row].padEnd(this.#column);
      this.#lines[this.#row] = line.slice(0, this.#column) + character + line.slice(this.#column + 1);
      this.#column += cells(character);
    }
  }

  #newLine(): void {
    this.#row++;
    this.#column = 0;
    this.#lines[this.#row] ??= "";
  }
}
