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
import { SweepTable } from "./sweep_table.ts";
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
  /** Tells of the steps of points, which are many, only what went wrong. */
  readonly #quietly: Renderer;
  readonly #restore = () => this.#frame.close();
  #timer: ReturnType<typeof setInterval> | undefined;
  #sweep: SweepTable | undefined;
  #file = "";
  /** Whether the run can be looked at later. */
  #isKept = false;

  constructor(terminal: Terminal, options: LiveOptions) {
    [this.#terminal, this.#options] = [terminal, options];
    this.#frame = new Frame(terminal);
    const to = { out: (text: string) => this.#frame.scroll(text), err: (text: string) => this.note(text) };
    const { color, errorColor } = terminal;
    const style = { color, errorColor, cwd: options.cwd, raw: false };
    this.#renderer = new Renderer(to, { ...style, quiet: options.quiet });
    this.#quietly = new Renderer(to, { ...style, quiet: true });
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
    this.#sweep?.event(event, this.#options.nowMs());
    this.#summary.event(event);
    this.#rendererFor(event).event(event);
    if (event.type === "output") this.#noteLine(event.step, event.text);
    if (event.type === "run_finished" && event.status !== "done") this.#tellWayOn();
  }

  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    globalThis.removeEventListener("unload", this.#restore);
    this.#frame.close();
  }

  #start({ dryRun, name, points, total }: Extract<RunEvent, { type: "run_started" }>): void {
    if (dryRun) return;
    this.#isKept = total > 0;
    if (points !== undefined) this.#sweep = new SweepTable(points);
    this.#file = name;
    globalThis.addEventListener("unload", this.#restore);
    this.#timer = setInterval(() => this.#draw(), FRAME_MS);
  }

  /** A step of a point ends in a row of the table; one that was passed over needs no line. */
  #rendererFor(event: RunEvent): Renderer {
    const isOfPoint = "step" in event && event.step !== undefined && event.type !== "notice" &&
      this.#sweep?.isOfPoint(event.step) === true;
    return isOfPoint ? this.#quietly : this.#renderer;
  }

  #draw(): void {
    const { columns, rows } = this.#terminal.size();
    for (const step of this.#progress.steps()) {
      const partial = this.#renderer.partial(step);
      if (partial !== "") this.#wrote(step, partial);
    }
    const room = Math.max(1, Math.min(MOST_ROWS, rows - LEFT_ABOVE));
    const paint = palette(this.#terminal.color);
    const options = { columns, rows: room, nowMs: this.#options.nowMs(), paint };
    if (this.#sweep === undefined) return this.#frame.draw(this.#progress.rows(options));
    const points = this.#sweep.lines({ ...options, rows: Math.max(1, room - 1) });
    this.#frame.draw([...points, this.#progress.bar(options, this.#sweep.words)]);
  }

  #noteLine(step: string, text: string): void {
    const end = text.lastIndexOf("\n");
    if (end < 0) return;
    const line = text.slice(text.lastIndexOf("\n", end - 1) + 1, end);
    if (line.trim() !== "") this.#wrote(step, line.split("\r").at(-1)!);
  }

  #wrote(step: string, line: string): void {
    this.#progress.wrote(step, line);
    this.#sweep?.wrote(step, line);
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
    const paint = palette(this.#terminal.color);
    const { columns } = this.#terminal.size();
    const id = this.#isKept ? [paint.dim(`Run: ${event.run}`)] : [];
    const lines = this.#sweep === undefined ? [...this.#summary.lines(paint, columns), ...id] : [
      ...this.#sweep.head({ columns, rows: MOST_ROWS, nowMs: this.#options.nowMs(), paint }),
      paint.dim(`All of it: ${shownCommand(["loom", "table", event.run])}`),
    ];
    if (lines.length > 0) this.#frame.scroll(`${lines.join("\n")}\n`);
  }
}
