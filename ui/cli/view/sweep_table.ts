/**
 * The points of a sweep as rows: while it runs, and at its end.
 *
 * @module
 */

import type { RunEvent } from "../../../core/ports/events.ts";
import type { Metrics, PointRecord, Scalar } from "../../../core/ports/store.ts";
import type { Paint, Palette } from "./colors.ts";
import { durationText } from "./duration.ts";
import { cellText } from "./markers.ts";
import { tableLines } from "./table.ts";
import { cells, fit } from "./text_width.ts";

/** Columns of metrics that are shown. */
const MOST_METRICS = 4;

/** A column is no wider than that. */
const MOST_CELLS = 24;

/** A point, as far as it has come. Times are monotonic milliseconds. */
interface Row {
  readonly point: string;
  readonly number: number;
  readonly values: Readonly<Record<string, Scalar>>;
  status: PointRecord["status"];
  metrics: Metrics;
  startMs: number;
  durationMs?: number;
  /** Whether nothing of it had to be done. */
  readonly isFresh?: boolean;
  /** What it is doing, or why it was ended. */
  note: string;
}

/** How rows are drawn. */
export interface SweepTableOptions {
  readonly columns: number;
  /** At most this many lines, the head among them. */
  readonly rows: number;
  readonly nowMs: number;
  readonly paint: Palette;
}

/** Follows the points of a run. */
export class SweepTable {
  readonly #rows = new Map<string, Row>();
  /** Points that are under way, the longest first. */
  readonly #running = new Map<string, Row>();
  readonly #finished: Row[] = [];
  readonly #counts = new Map<PointRecord["status"], number>();
  readonly #metrics: string[] = [];
  readonly #total: number;

  constructor(total: number) {
    this.#total = total;
  }

  /** Whether a step is one of a point, or of several. */
  isOfPoint(step: string): boolean {
    return placeIn(step) !== undefined;
  }

  event(event: RunEvent, nowMs: number): void {
    if (event.type === "point_started") {
      const { point, number, values } = event;
      const row: Row = { point, number, values, status: "running", metrics: {}, startMs: nowMs, note: "" };
      this.#rows.set(point, row);
      this.#running.set(point, row);
    } else if (event.type === "point_finished") this.#finish(event, nowMs);
    else if (event.type === "step_started") {
      this.#note(event.step, event.step.slice(0, event.step.lastIndexOf("@")));
    }
  }

  /** Notes the newest line that a running step wrote. */
  wrote(step: string, line: string): void {
    this.#note(step, `${step.slice(0, step.lastIndexOf("@"))}: ${line}`);
  }

  /** How many points have ended, and how. */
  get words(): string {
    const ended = this.#finished.length;
    const told = (["failed", "stopped", "cancelled"] as const).filter((status) => this.#counts.has(status));
    return [`${ended}/${this.#total} points`, ...told.map((status) => `${this.#counts.get(status)} ${status}`)].join(
      ", ",
    );
  }

  /** What runs, then what ended last: as many as fit. */
  lines(options: SweepTableOptions): readonly string[] {
    const room = Math.max(1, options.rows - 1);
    const running = [...this.#running.values()].slice(0, room);
    const ended = this.#finished.slice(-Math.max(0, room - running.length) || this.#finished.length).reverse();
    return this.#draw([...running, ...running.length === room ? [] : ended], options);
  }

  /** The first points of the sweep, at its end. */
  head(options: SweepTableOptions): readonly string[] {
    const sorted = this.#finished.toSorted((a, b) => a.number - b.number);
    const room = Math.max(1, options.rows - 2);
    const more = sorted.length - room;
    const lines = this.#draw(sorted.slice(0, room), options);
    return more > 0 ? [...lines, options.paint.dim(`… and ${more} more`)] : lines;
  }

  #finish(event: Extract<RunEvent, { type: "point_finished" }>, nowMs: number): void {
    const { point, number, values, status, metrics, durationMs, reason = "", fresh: isFresh } = event;
    const startMs = this.#rows.get(point)?.startMs ?? nowMs;
    const row: Row = { point, number, values, status, metrics, startMs, durationMs, isFresh, note: reason };
    this.#rows.set(point, row);
    this.#running.delete(point);
    this.#finished.push(row);
    this.#counts.set(status, (this.#counts.get(status) ?? 0) + 1);
    for (const name of Object.keys(metrics)) {
      if (this.#metrics.length < MOST_METRICS && !this.#metrics.includes(name)) this.#metrics.push(name);
    }
  }

  #note(step: string, note: string): void {
    const row = this.#rowOf(step);
    if (row !== undefined) row.note = note;
  }

  /** The row of a step: of its point, or of the first one under way that has all of its values. */
  #rowOf(step: string): Row | undefined {
    const place = placeIn(step);
    if (place === undefined) return undefined;
    const own = this.#running.get(place);
    if (own !== undefined) return own;
    const values = place.split(",");
    return [...this.#running.values()].find(({ point }) => values.every((it) => point.split(",").includes(it)));
  }

  #draw(rows: readonly Row[], { columns, nowMs, paint }: SweepTableOptions): readonly string[] {
    if (rows.length === 0) return [];
    const keys = Object.keys(rows[0].values);
    const titles = ["#", ...keys, "status", ...this.#metrics, "time", ""];
    const body = rows.map((row) => [
      String(row.number),
      ...keys.map((key) => fit(cellText(row.values[key] ?? null), MOST_CELLS)),
      statusPaint(row.status, paint)(row.status),
      ...this.#metrics.map((name) => fit(cellText(row.metrics[name] ?? null), MOST_CELLS)),
      timeOf(row, nowMs),
      paint.dim(row.note),
    ]);
    return tableLines([titles.map((title) => paint.dim(fit(title, MOST_CELLS))), ...body]).map((line) =>
      cells(line) < columns ? line : fit(line, columns - 1)
    );
  }
}

/** What stands behind the mark in the name of a step of points. */
function placeIn(step: string): string | undefined {
  const at = step.lastIndexOf("@");
  return at > 0 && /[=~]/.test(step.slice(at)) ? step.slice(at + 1) : undefined;
}

function timeOf({ status, startMs, durationMs, isFresh }: Row, nowMs: number): string {
  if (isFresh) return "fresh";
  if (status === "running") return durationText(nowMs - startMs);
  return durationMs === undefined ? "" : durationText(durationMs);
}

function statusPaint(status: PointRecord["status"], paint: Palette): Paint {
  if (status === "done") return paint.good;
  if (status === "failed") return paint.bad;
  return status === "running" ? paint.busy : status === "pending" ? paint.dim : paint.warn;
}
