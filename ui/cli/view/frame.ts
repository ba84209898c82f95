/**
 * A few lines at the bottom of the terminal that are redrawn in place, while finished lines scroll away above them.
 *
 * @module
 */

import { cells } from "./text_width.ts";

/** What a frame draws on. */
export interface Canvas {
  write(text: string): void;
  flush(): void;
  size(): { readonly columns: number; readonly rows: number };
}

/** The terminal holds back what comes between, so that no half-drawn frame is seen; others ignore it. */
const BEGIN = "\x1b[?2026h";
const END = "\x1b[?2026l";
const HIDE_CURSOR = "\x1b[?25l";
const SHOW_CURSOR = "\x1b[?25h";
const ERASE_BELOW = "\x1b[J";

/** The place at the bottom. */
export class Frame {
  readonly #canvas: Canvas;
  #above: string[] = [];
  /** Widths of the rows on the screen, in cells. */
  #drawn: readonly number[] = [];
  #open = false;

  constructor(canvas: Canvas) {
    this.#canvas = canvas;
  }

  /** Adds whole lines, with their line feeds, to what scrolls away; seen with the next drawing. */
  scroll(text: string): void {
    this.#above.push(text);
  }

  /** Draws everything anew, in one write. Rows are no wider than the terminal. */
  draw(rows: readonly string[]): void {
    const start = this.#open ? "" : HIDE_CURSOR;
    this.#open = true;
    this.#canvas.write(`${BEGIN}${start}${this.#erase()}${this.#takeAbove()}${rows.join("\n")}${END}`);
    this.#canvas.flush();
    this.#drawn = rows.map(cells);
  }

  /** Takes the rows away, writes out what still waits, and gives the cursor back. May be called twice. */
  close(): void {
    if (!this.#open && this.#above.length === 0) return;
    const show = this.#open ? SHOW_CURSOR : "";
    this.#canvas.write(`${this.#erase()}${this.#takeAbove()}${show}`);
    this.#canvas.flush();
    this.#open = false;
  }

  #erase(): string {
    const { columns } = this.#canvas.size();
    // Rows that no longer fit, because the window became narrower, now take several lines each.
    const lines = this.#drawn.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0);
    this.#drawn = [];
    if (lines === 0) return "";
    return `\r${lines > 1 ? `\x1b[${lines - 1}A` : ""}${ERASE_BELOW}`;
  }

  #takeAbove(): string {
    const text = this.#above.join("");
    this.#above = [];
    return text;
  }
}
