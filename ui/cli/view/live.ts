/**
 * A run on a terminal: finished lines scroll by, below them a row for each running step and a bar for the whole.
 *
 * @module
 */

import { shownCommand } from "./shown_command.ts";
import type { RunEvent } from "../../../core/ports/events.ts";
import { palette } from "./colors.ts";
import { Frame } from "./frame.ts";
import { displayPath } from "./problems.ts";
import { Progress } from "./progress.ts";
import { Renderer } from "./render.ts";
import { Summary } from "./summary.ts";
import type { Terminal } from "../base/terminal.ts";
import type { View } from "./view.ts";

/** At most ten frames a second: more is not seen, and costs the run's own programs time. */
const FRAME_MS = 100;
/** Rows of the terminal that stay with the lines above. */
const LEFT_ABOVE = 4;
const MOST_ROWS = 16;

/** What a live view needs besides the terminal. */
export interface LiveOptions {
  readonly quiet: boolean;
  /** Folder from which paths are shown. */
  readonly cwd?: string;
  /** Monotonic milliseconds. */
  readonly nowMs: () => number;
}

/** A view that redraws itself until `end()`. */
export function liveView(terminal: Terminal, options: LiveOptions): View {
  const view = new LiveView(terminal, options);
  return { sink: (event) => view.event(event), note: (text) => view.note(text), end: () => view.end() };
}

class LiveView {
  readonly #terminal: Terminal;
  readonly #options: LiveOptions;
  readonly #frame: Frame;
  readonly #progress = new Progress();
  readonly #summary = new Summary();
  readonly #renderer: Renderer;
  readonly #restore = () => this.#frame.close();
  #timer: ReturnType<typeof setInterval> | undefined;
  #file = "";

  constructor(terminal: Terminal, options: LiveOptions) {
    [this.#terminal, this.#options] = [terminal, options];
    this.#frame = new Frame(terminal);
    const to = { out: (text: string) => this.#frame.scroll(text), err: (text: string) => this.note(text) };
    const { color, errorColor } = terminal;
    this.#renderer = new Renderer(to, { color, errorColor, cwd: options.cwd, quiet: options.quiet, raw: false });
  }

  note(text: string): void {
    // Where standard error is the same screen, it must not write into the rows.
    if (this.#terminal.errorIsTerminal) this.#frame.scroll(text);
    else this.#terminal.writeError(text);
  }

  event(event: RunEvent): void {
    if (event.type === "run_started") this.#start(event);
    if (event.type === "run_finished") this.#tellSummary(event);
    this.#progress.event(event, this.#options.nowMs());
    this.#summary.event(event);
    this.#renderer.event(event);
    if (event.type === "output") this.#noteLine(event.step, event.text);
    if (event.type === "run_finished" && event.status !== "done") this.#tellWayOn();
  }

  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    globalThis.removeEventListener("unload", this.#restore);
    this.#frame.close();
  }

  #start({ dryRun, name }: Extract<RunEvent, { type: "run_started" }>): void {
    if (dryRun) return;
    this.#file = name;
    globalThis.addEventListener("unload", this.#restore);
    this.#timer = setInterval(() => this.#draw(), FRAME_MS);
  }

  #draw(): void {
    const { columns, rows } = this.#terminal.size();
    for (const step of this.#progress.steps()) {
      const partial = this.#renderer.partial(step);
      if (partial !== "") this.#progress.wrote(step, partial);
    }
    const room = Math.max(1, Math.min(MOST_ROWS, rows - LEFT_ABOVE));
    const paint = palette(this.#terminal.color);
    this.#frame.draw(this.#progress.rows({ columns, rows: room, nowMs: this.#options.nowMs(), paint }));
  }

  #noteLine(step: string, text: string): void {
    const end = text.lastIndexOf("\n");
    if (end < 0) return;
    const line = text.slice(text.lastIndexOf("\n", end - 1) + 1, end);
    if (line.trim() !== "") this.#progress.wrote(step, line.split("\r").at(-1)!);
  }

  // Only here, where a person looks: programs that read the lines know the last one as the last.
  #tellWayOn(): void {
    if (this.#options.quiet) return;
    const { cwd } = this.#options;
    const file = cwd === undefined ? this.#file : displayPath(this.#file, cwd);
    const words = `Go on from here: ${shownCommand(["loom", file, "--resume"])}`;
    this.#frame.scroll(`${palette(this.#terminal.color).dim(words)}\n`);
  }

  #tellSummary(event: RunEvent): void {
    this.#summary.event(event);
    if (this.#options.quiet) return;
    const lines = this.#summary.lines(palette(this.#terminal.color), this.#terminal.size().columns);
    if (lines.length > 0) this.#frame.scroll(`${lines.join("\n")}\n`);
  }
}
