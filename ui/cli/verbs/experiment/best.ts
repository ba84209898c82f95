/**
 * `loom best`: the best point of a sweep, and how to repeat it.
 *
 * @module
 */

import { usage } from "../../../../core/errors.ts";
import { collapsePath, joinPath } from "../../../../core/graph/mod.ts";
import { findPoint, sideOf } from "../../../../core/history/mod.ts";
import { type Best, bestOf, diffCommand, outputPaths, repeatCommand } from "../../../../core/report/mod.ts";
import {
  type Cell,
  columnTexts,
  type Mode,
  pointTable,
  resultDocument,
  select,
} from "../../../../core/report/table/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { palette } from "../../view/colors.ts";
import { durationText } from "../../view/duration.ts";
import { displayPath } from "../../view/problems.ts";
import { tableLines } from "../../view/table.ts";
import { timeText } from "../../view/time.ts";
import type { ExperimentCommand } from "../../words/command.ts";
import type { BestFlags } from "../../words/experiment_flags.ts";
import { type Looking, lookingAtRun, requireSweep, type Run } from "./results.ts";

/** Outputs that are named. */
const SHOWN = 6;

/** The best point with what may be done about it. */
interface Told {
  readonly best: Best;
  readonly run: string;
  /** What its steps made, from where the person is. */
  readonly outputs: readonly string[];
  readonly diff?: string;
  readonly repeat: string;
  /** Parameters whose values are not kept. */
  readonly hidden: readonly string[];
}

/** Prints the best point, or the document. */
export async function bestVerb({ words: [word], flags }: ExperimentCommand<"best">, host: Host): Promise<number> {
  const judging = { metric: flags.metric, mode: modeIn(flags) };
  const told = await lookingAtRun(word, { flags, host }, (run, looking) => {
    host.revoke("best", "opened");
    requireSweep(run);
    const { rows } = select(pointTable(run.points), { filter: flags.filter });
    return tell(bestOf(rows, judging), run, looking);
  });
  const { terminal } = host;
  const text = flags.json ? JSON.stringify(documentOf(told), null, 2) : linesOf(told, terminal.color).join("\n");
  terminal.write(`${text}\n`);
  return EXIT.done;
}

function modeIn({ max, min }: BestFlags): Mode | undefined {
  if (max && min) throw usage("--max and --min exclude each other");
  return max ? "max" : min ? "min" : undefined;
}

function tell(best: Best, { record }: Run, { store, project, context }: Looking): Told {
  const { id, name } = record;
  const file = displayPath(joinPath(project, name), context.cwd);
  const run = store.journal.getRun(id)!;
  const { command, hidden } = repeatCommand(file, run, best.best);
  const next = best.ties[0] ?? best.next;
  const winner = findPoint(String(best.best.number), run, store.journal);
  const base = collapsePath(joinPath(joinPath(project, name), ".."));
  const outputs = outputPaths(sideOf(run, winner, store.journal)).map((path) =>
    displayPath(joinPath(base, path), context.cwd)
  );
  return {
    outputs,
    best,
    run: id,
    diff: next && diffCommand(id, best.best.number!, next.number!),
    repeat: command,
    hidden,
  };
}

function documentOf({ best, run, outputs, diff, repeat }: Told): object {
  const { metric, mode, isAssumed, best: winner, ties, next, of, unfinished, unmeasured } = best;
  return {
    run,
    metric,
    mode,
    assumed: isAssumed,
    best: resultDocument(winner),
    ties: ties.map(({ number }) => number),
    next: next && resultDocument(next),
    compared: of,
    unfinished,
    unmeasured,
    outputs,
    commands: { diff, repeat },
  };
}

function linesOf({ best, run, outputs, diff, repeat, hidden }: Told, color: boolean): readonly string[] {
  const paint = palette(color);
  const { metric, mode, isAssumed, best: winner } = best;
  const assumed = isAssumed ? ", as its name tells" : "";
  return [
    `Best of ${best.of} points of ${run} by ${metric}: ${paint.strong(`point ${winner.number}`)}` +
    ` (${mode === "max" ? "more" : "less"} is better${assumed})`,
    "",
    ...comparison(best).map(([name, line], at) =>
      at === 0 ? paint.dim(line) : name === metric ? paint.strong(line) : line
    ),
    "",
    ...notes(best).map(paint.warn),
    ...(outputs.length === 0 ? [] : [`Outputs:  ${outputs.slice(0, SHOWN).join("\n          ")}`]),
    ...(outputs.length > SHOWN ? [`          and ${outputs.length - SHOWN} more`] : []),
    ...(diff === undefined ? [] : [`Compare:  ${diff}`]),
    `Repeat:   ${repeat}`,
    ...(hidden.length === 0 ? [] : [`          with ${hidden.join(", ")} as then, which loom does not keep`]),
  ];
}

/** The winner's values beside those of the one behind it, each line with the column's name. */
function comparison({ best, ties, next }: Best): readonly (readonly [name: string, line: string])[] {
  const other = ties[0] ?? next;
  const rows = other === undefined ? [best] : [best, other];
  const columns = pointTable(rows).columns.filter(({ name }) => name !== "point" && name !== "status");
  const body = columns.map((column) => {
    const cells: readonly Cell[] = rows.map((row) => column.cell(row));
    return [column.name, ...columnTexts(column, cells, { time: timeText, duration: durationText })];
  });
  const lines = tableLines([["", ...rows.map(({ number }) => `point ${number}`)], ...body]);
  return lines.map((line, at) => [columns[at - 1]?.name ?? "", line]);
}

function notes({ ties, unfinished, unmeasured, metric }: Best): readonly string[] {
  const tied = ties.slice(0, 5).map(({ number }) => number).join(", ") + (ties.length > 5 ? " and more" : "");
  return [
    ...(ties.length > 0
      ? [`As good: ${ties.length === 1 ? "point" : "points"} ${tied}; the first in the sweep is shown`]
      : []),
    ...(unfinished > 0 ? [`Left out, because they did not end well: ${unfinished}`] : []),
    ...(unmeasured > 0 ? [`Left out, because they have no number for ${metric}: ${unmeasured}`] : []),
  ];
}
