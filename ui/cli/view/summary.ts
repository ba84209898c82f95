/**
 * What a person wants to know at the end of a run: which step took how long, what failed, what the run waited for.
 *
 * @module
 */

import type { RunEvent } from "../../../core/ports/events.ts";
import type { Palette } from "./colors.ts";
import { durationText } from "./duration.ts";
import { skipText } from "./markers.ts";
import { tableLines } from "./table.ts";
import { cells, fit } from "./text_width.ts";

/** Rows shown of a long run: those that matter most. */
const MOST_ROWS = 20;

/** Cells of a row besides name and note: margins, the longest status, the longest duration. */
const FIXED_CELLS = 27;

interface Row {
  readonly step: string;
  readonly status: "done" | "failed" | "cancelled" | "fresh" | "skipped";
  readonly durationMs: number;
  readonly note: string;
  /** Place in the run. */
  readonly at: number;
}

/** Collects what the summary needs while the run goes on. */
export class Summary {
  readonly #rows = new Map<string, Row>();
  #criticalPath: readonly string[] = [];

  event(event: RunEvent): void {
    if (event.type === "step_finished") {
      this.#add(event.step, event.status, event.durationMs, event.error ?? event.result ?? "");
    } else if (event.type === "step_skipped") {
      // What an end that came early left out is all that follows; the last line counts it.
      if (event.reason.cause === "cancelled") return;
      const fresh = event.reason.cause === "fresh";
      this.#add(event.step, fresh ? "fresh" : "skipped", 0, fresh ? "" : skipText(event.reason));
    } else if (event.type === "run_finished") {
      this.#criticalPath = event.criticalPath;
    }
  }

  /** The lines; none when there is nothing worth a table. Names and notes are cut where rows would wrap. */
  lines(paint: Palette, columns = Infinity): readonly string[] {
    if (this.#rows.size < 2) return [];
    const shown = this.#shown();
    const table = tableLines(fitted(shown, columns).map((row) => cellsOf(row, paint)));
    const more = this.#rows.size - shown.length;
    const path = this.#criticalPath.length > 1 ? [`Critical path: ${this.#pathText()}`] : [];
    return [...table, ...(more > 0 ? [paint.dim(`… and ${more} more`)] : []), ...path];
  }

  #add(step: string, status: Row["status"], durationMs: number, note: string): void {
    this.#rows.set(step, { step, status, durationMs, note, at: this.#rows.size });
  }

  #shown(): readonly Row[] {
    const rows = [...this.#rows.values()];
    if (rows.length <= MOST_ROWS) return rows;
    const byWeight = rows.toSorted((a, b) => weight(b) - weight(a) || b.durationMs - a.durationMs);
    return byWeight.slice(0, MOST_ROWS).sort((a, b) => a.at - b.at);
  }

  #pathText(): string {
    const total = this.#criticalPath.reduce((sum, step) => sum + (this.#rows.get(step)?.durationMs ?? 0), 0);
    return `${this.#criticalPath.join(" → ")} (${durationText(total)})`;
  }
}

function weight(row: Row): number {
  if (row.status === "failed") return 2;
  return row.status === "cancelled" ? 1 : 0;
}

function fitted(rows: readonly Row[], columns: number): readonly Row[] {
  const names = rows.map((row) => fit(row.step, Math.max(16, columns / 2)));
  const room = Math.max(8, columns - FIXED_CELLS - Math.max(...names.map(cells)));
  return rows.map((row, at) => ({ ...row, step: names[at], note: fit(row.note, room) }));
}

function cellsOf(row: Row, paint: Palette): readonly string[] {
  const color = { done: paint.good, failed: paint.bad, cancelled: paint.warn, fresh: paint.dim, skipped: paint.warn };
  const duration = row.status === "done" || row.status === "failed" ? durationText(row.durationMs) : "";
  return [`  ${row.step}`, color[row.status](row.status), duration, paint.dim(row.note)];
}
