/**
 * A terminal that keeps up: what comes faster than it can be drawn is passed over, and its end is drawn.
 *
 * @module
 */

import { FitAddon } from "@xterm/addon-fit";
import { Terminal } from "@xterm/xterm";

/** Lines that can be scrolled back to; the rest is in the log. */
const SCROLLBACK = 20_000;

/** Characters that may wait to be drawn. */
const MOST_WAITING = 512 * 1024;

/** Characters that are drawn in place of what was passed over. */
const CAUGHT_UP = 256 * 1024;

const THEME = {
  background: "#16181a",
  foreground: "#e4e6e1",
  cursor: "#16181a",
  selectionBackground: "#3d5a80",
  black: "#5c6369",
  red: "#f58480",
  green: "#5cc08a",
  yellow: "#e0ad4f",
  blue: "#74b0ee",
  magenta: "#d59ae0",
  cyan: "#5fc6d0",
  white: "#e4e6e1",
  brightBlack: "#8b9096",
};

const SCROLLS: Readonly<Record<string, (terminal: Terminal) => void>> = {
  ArrowUp: (terminal) => terminal.scrollLines(-1),
  ArrowDown: (terminal) => terminal.scrollLines(1),
  PageUp: (terminal) => terminal.scrollPages(-1),
  PageDown: (terminal) => terminal.scrollPages(1),
  Home: (terminal) => terminal.scrollToTop(),
  End: (terminal) => terminal.scrollToBottom(),
};

/** Draws text into an element. */
export class LiveTerminal {
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #observer: ResizeObserver;
  #waiting = "";
  #isBusy = false;
  #isBehind = false;
  #isOver = false;
  follows = true;
  /** What the whole of it would be, when something was passed over. */
  whole: () => string = () => "";

  constructor(
    place: HTMLElement,
    { onFollow, onSize }: {
      readonly onFollow: (follows: boolean) => void;
      /** Hears how many letters fit in, at first and whenever that changes. */
      readonly onSize: (size: { readonly columns: number; readonly rows: number }) => void;
    },
  ) {
    this.#terminal = new Terminal({
      convertEol: true,
      disableStdin: true,
      fontSize: 12,
      fontFamily: "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace",
      lineHeight: 1.15,
      scrollback: SCROLLBACK,
      minimumContrastRatio: 4.5,
      theme: THEME,
      screenReaderMode: false,
    });
    this.#terminal.loadAddon(this.#fit);
    this.#terminal.open(place);
    this.#terminal.attachCustomKeyEventHandler((event) => this.#isForTerminal(event));
    this.#fit.fit();
    onSize({ columns: this.#terminal.cols, rows: this.#terminal.rows });
    this.#terminal.onResize(({ cols, rows }) => onSize({ columns: cols, rows }));
    this.#observer = new ResizeObserver(() => place.clientHeight > 20 && this.#fit.fit());
    this.#observer.observe(place);
    place.addEventListener("wheel", () => this.#judgeFollowing(onFollow), { passive: true });
    place.addEventListener("keydown", () => this.#judgeFollowing(onFollow));
    place.addEventListener("pointerup", () => this.#judgeFollowing(onFollow));
  }

  /** Draws more. */
  write(text: string): void {
    this.#waiting += text;
    if (this.#waiting.length > MOST_WAITING) [this.#waiting, this.#isBehind] = ["", true];
    this.#pump();
  }

  /** Draws this and nothing else. */
  show(text: string): void {
    [this.#waiting, this.#isBehind] = ["", false];
    this.#terminal.reset();
    this.write(text.length > MOST_WAITING ? text.slice(-CAUGHT_UP) : text);
  }

  /** What is marked, else everything. */
  copied(): string {
    const marked = this.#terminal.getSelection();
    if (marked !== "") return marked;
    this.#terminal.selectAll();
    const all = this.#terminal.getSelection();
    this.#terminal.clearSelection();
    return all;
  }

  toEnd(): void {
    this.#terminal.scrollToBottom();
  }

  /** Marks the next place with these words, from the newest up; whether there is one. */
  find(words: string, direction: "up" | "down"): boolean {
    const buffer = this.#terminal.buffer.active;
    const wanted = words.toLowerCase();
    const from = this.#terminal.getSelectionPosition();
    const step = direction === "up" ? -1 : 1;
    const start = from === undefined ? (direction === "up" ? buffer.length - 1 : 0) : from.start.y + step;
    for (let y = start; y >= 0 && y < buffer.length; y += step) {
      const at = buffer.getLine(y)?.translateToString().toLowerCase().indexOf(wanted) ?? -1;
      if (at < 0) continue;
      this.#terminal.select(at, y, words.length);
      this.#terminal.scrollToLine(Math.max(0, y - Math.floor(this.#terminal.rows / 2)));
      return true;
    }
    this.#terminal.clearSelection();
    return false;
  }

  dispose(): void {
    this.#isOver = true;
    this.#observer.disconnect();
    this.#terminal.dispose();
  }

  /** Nothing is typed here: Tab goes on, keys of pages scroll, and what is marked can be copied. */
  #isForTerminal({ type, key, ctrlKey, metaKey }: KeyboardEvent): boolean {
    if (key === "Tab") return false;
    if (type !== "keydown") return true;
    const command = SCROLLS[key];
    command?.(this.#terminal);
    return command === undefined && !((ctrlKey || metaKey) && key.toLowerCase() === "c");
  }

  #pump(): void {
    if (this.#isBusy || this.#isOver) return;
    if (this.#isBehind) {
      this.#isBehind = false;
      this.#terminal.reset();
      this.#waiting = this.whole().slice(-CAUGHT_UP);
    }
    const text = this.#waiting;
    if (text === "") return;
    this.#waiting = "";
    this.#isBusy = true;
    this.#terminal.write(text, () => {
      this.#isBusy = false;
      if (this.#isOver) return;
      if (this.follows) this.#terminal.scrollToBottom();
      this.#pump();
    });
  }

  /** Who scrolls up wants to read, who scrolls to the end wants to follow. */
  #judgeFollowing(onFollow: (follows: boolean) => void): void {
    requestAnimationFrame(() => {
      if (this.#isOver) return;
      const { viewportY, baseY } = this.#terminal.buffer.active;
      const follows = viewportY >= baseY;
      if (follows === this.follows) return;
      this.follows = follows;
      onFollow(follows);
    });
  }
}
