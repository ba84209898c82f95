/**
 * Which result is the best, and by what.
 *
 * @module
 */

import { LoomError, usage } from "../errors.ts";
import { findColumn } from "./table/find_column.ts";
import { type Column, pointTable } from "./table/column.ts";
import { type Mode, modeOf } from "./table/mode.ts";
import { finiteOf } from "./table/number.ts";
import type { Result } from "./table/result.ts";
import { sortRows } from "./table/sort.ts";

/** What the best is judged by. */
export interface Judging {
  readonly metric?: string;
  readonly mode?: Mode;
}

/** The best of some results. */
export interface Best {
  readonly metric: string;
  readonly mode: Mode;
  /** Whether the mode was told by the metric's name. */
  readonly isAssumed: boolean;
  readonly best: Result;
  /** Others that are as good; the first of them all is the best. */
  readonly ties: readonly Result[];
  /** The next best that is not as good. */
  readonly next?: Result;
  /** How many took part. */
  readonly of: number;
  /** How many could not win: they did not end well, or have no number there. */
  readonly unfinished: number;
  readonly unmeasured: number;
}

/**
 * The best result. One that failed, was ended early, or whose metric is missing, no number or `NaN`, never is.
 *
 * @throws {LoomError} `usage` if the metric or its direction is not clear; `unknown-column`; `no-metrics`, `no-best` if
 * there is nothing to choose from.
 */
export function bestOf(results: readonly Result[], judging: Judging = {}): Best {
  const column = metricColumn(results, judging.metric);
  const mode = judging.mode ?? modeOf(column.name);
  if (mode === undefined) {
    throw usage(`The name '${column.name}' does not tell whether more of it is better`, "say --max or --min");
  }
  const ended = results.filter(({ status }) => status === "done");
  const measured = ended.filter((row) => finiteOf(column.cell(row)) !== undefined);
  const [best, ...others] = sortRows(measured, column, { reverse: mode === "max" });
  const counts = { of: measured.length, unfinished: results.length - ended.length };
  if (best === undefined) throw noBest(column, ended.length);
  const ties = others.filter((row) => column.cell(row) === column.cell(best));
  return {
    metric: column.name,
    mode,
    isAssumed: judging.mode === undefined,
    best,
    ties,
    next: others[ties.length],
    ...counts,
    unmeasured: ended.length - measured.length,
  };
}

function metricColumn(results: readonly Result[], name: string | undefined): Column {
  const metrics = pointTable(results).columns.filter(({ kind }) => kind === "metric");
  if (metrics.length === 0) {
    throw new LoomError("no-metrics", "Nothing was measured there: no metric is recorded", {
      hint: "name the files that hold numbers under 'metrics:' in the pipeline, then run it again",
    });
  }
  if (name !== undefined) return findColumn({ columns: metrics, rows: results }, name, "--metric");
  if (metrics.length === 1) return metrics[0];
  throw usage("There are several metrics", `say --metric with one of ${metrics.map((it) => it.name).join(", ")}`);
}

function noBest({ name }: Column, ended: number): LoomError {
  const why = ended === 0 ? "no point has ended well" : `none has a number for '${name}'`;
  return new LoomError("no-best", `There is no best point: ${why}`, { data: { metric: name } });
}
