/**
 * What a run is doing right now, and the rows that show it.
 *
 * @module
 */

import type { RunEvent } from "../../../core/ports/events.ts";
import type { Palette } from "./colors.ts";
import { durationText } from "./duration.ts";
import { cells, fit } from "./text_width.ts";

/** A step that runs. Times are monotonic milliseconds. */
interface Running {
  readonly step: string;
  readonly startMs: number;
  readonly attempt: number;
  done: number;
  total: number;
  lastLine: string;
  waiting: boolean;
}

/** How the rows are drawn. */
export interface RowOptions {
  readonly columns: number;
  /** At most this many rows. */
  readonly rows: number;
  readonly nowMs: number;
  readonly paint: Palette;
}

const SPINNER = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const SPIN_MS = 100;
const BAR_CELLS = 24;

/** Follows a run. */
export class Progress {
  readonly #running = new Map<string, Running>();
  #total = 0;
  #done = 0;
  #failed = 0;
  #startMs = 0;
  #work: { what: string; done: number; total: number } | undefined;

  event(event: RunEvent, nowMs: number): void {
    switch (event.type) {
      case "run_started":
        [this.#total, this.#startMs] = [event.total, nowMs];
        return;
      case "step_started":
        return this.#start(event, nowMs);
      case "part_finished":
        return this.#partFinished(event.step);
      case "iteration_started":
        return this.#update(event.step, (row) => row.done = event.iteration);
      case "step_retried":
        return this.#update(event.step, (row) => row.waiting = true);
      case "step_finished":
        this.#running.delete(event.step);
        this.#done++;
        if (event.status === "failed") this.#failed++;
        return;
      case "step_skipped":
        this.#done++;
        return;
      case "progress":
        this.#work = event.done < event.total ? event : undefined;
        return;
      default:
        return;
    }
  }

  /** Names of the steps that run. */
  steps(): IterableIterator<string> {
    return this.#running.keys();
  }

  /** Notes the newest line that a running step wrote. */
  wrote(step: string, line: string): void {
    this.#update(step, (row) => row.lastLine = line);
  }

  /** The rows: one for each running step, as many as fit, then the bar. */
  rows(options: RowOptions): readonly string[] {
    const room = Math.max(1, options.rows - 1);
    const all = [...this.#running.values()];
    const shown = all.length > room ? all.slice(0, room - 1) : all;
    const hidden = all.length - shown.length;
    const more = hidden > 0 ? [options.paint.dim(fit(`  … and ${hidden} more`, options.columns))] : [];
    return [...shown.map((row) => stepRow(row, options)), ...more, this.bar(options)];
  }

  #start(event: Extract<RunEvent, { type: "step_started" }>, nowMs: number): void {
    const { detail } = event;
    const total = detail.kind === "loop" ? detail.items : detail.kind === "repeated" ? detail.iterations : 0;
    const { step, attempt } = event;
    this.#running.set(step, { step, attempt, startMs: nowMs, done: 0, total, lastLine: "", waiting: false });
  }

  // Steps of an iteration are parts too, but the count is of iterations.
  #partFinished(step: string): void {
    this.#update(step, (row) => row.done = Math.min(row.total, row.done + 1));
  }

  #update(step: string, change: (row: Running) => void): void {
    const row = this.#running.get(step);
    if (row !== undefined) change(row);
  }

  /** The bar for the whole, with the count of steps or other words. */
  bar({ columns, nowMs, paint }: RowOptions, counted?: string): string {
    const share = this.#total === 0 ? 0 : this.#done / this.#total;
    const filled = Math.round(share * BAR_CELLS);
    const bar = `${paint.good("█".repeat(filled))}${paint.dim("░".repeat(BAR_CELLS - filled))}`;
    const failed = this.#failed > 0 ? `, ${this.#failed} failed` : "";
    const work = this.#work === undefined ? "" : `, ${this.#work.what} ${this.#work.done}/${this.#work.total}`;
    const count = counted ?? `${this.#done}/${this.#total}${failed}`;
    const words = ` ${count}${work}  ${durationText(nowMs - this.#startMs)}`;
    return columns > BAR_CELLS + 12 ? bar + fit(words, columns - BAR_CELLS - 1) : fit(words.trim(), columns - 1);
  }
}

function stepRow(row: Running, { columns, nowMs, paint }: RowOptions): string {
  const spin = SPINNER[Math.floor(nowMs / SPIN_MS) % SPINNER.length];
  const attempt = row.attempt > 1 || row.waiting ? `, attempt ${row.attempt}${row.waiting ? " failed" : ""}` : "";
  const items = row.total > 0 ? ` ${row.done}/${row.total}` : "";
  const head = fit(`${row.step}${items} (${durationText(nowMs - row.startMs)}${attempt})`, columns - 3);
  const room = columns - 3 - cells(head) - 2;
  const line = room > 8 && row.lastLine !== "" ? `  ${paint.dim(fit(row.lastLine, room))}` : "";
  return `${paint.busy(spin)} ${head}${line}`;
}
