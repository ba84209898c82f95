import type { Context } from "../../context.ts";
import { isLoomError } from "../../errors.ts";
import { sideOf } from "../../history/mod.ts";
import { dirname, joinPath } from "../../paths.ts";
import type { PointRecord, RunRecord, Store } from "../../ports/store.ts";
import { type Best, bestOf } from "../best.ts";
import { outputsOf } from "../outputs.ts";
import { plotOf } from "../plot/choose.ts";
import type { Plot } from "../plot/plot.ts";
import { diffCommand, repeatCommand } from "../repeat.ts";
import { pointTable, type ResultTable } from "../table/column.ts";
import { modeOf } from "../table/mode.ts";
import { finiteOf } from "../table/number.ts";
import { type Result, resultOfPoint, resultOfRun } from "../table/result.ts";
import type { ReportData } from "./data.ts";
import { inputFacts, stepFacts, stepSums } from "./facts.ts";
import { Previews } from "./previews.ts";

/** Where a report is made from. */
export interface ReportSources {
  readonly context: Context;
  readonly store: Store;
  readonly project: string;
  /** How the pipeline is named in commands. */
  readonly file: string;
  readonly version: string;
}

/** Charts of a page at most. */
const MOST_CHARTS = 4;

/** Colours in one of them. */
const MOST_COLORS = 6;

/** Parameters that only repeat things; their means say nothing. */
const CHANCE = /^(random_?)?(seed|state|fold|repeat|replicate|trial)s?$/i;

/** Everything that a page about a run, or one point of it, tells, save its drawings. */
export async function collectReport(
  run: RunRecord,
  point: PointRecord | undefined,
  sources: ReportSources,
): Promise<Omit<ReportData, "charts" | "graph">> {
  const { context, store } = sources;
  const points = point === undefined ? store.journal.points(run.id) : [];
  const side = sideOf(run, point, store.journal);
  const best = bestAmong(points.map(resultOfPoint));
  const shown = best === undefined
    ? side
    : sideOf(run, points.find(({ number }) => number === best.best.number), store.journal);
  const isSweep = points.length > 0;
  const previews = new Previews(context.files);
  const base = dirname(joinPath(sources.project, run.name));
  const outputs = isSweep && best === undefined ? [] : await outputsOf(shown, base, { context, store });
  const result = point === undefined ? resultOfRun(run) : resultOfPoint(point);
  return {
    run,
    point,
    result,
    points: points.map(resultOfPoint),
    best,
    steps: isSweep ? [] : stepFacts(side, store.journal),
    sums: isSweep ? stepSums(side, run, store.journal) : [],
    inputs: inputFacts(shown),
    outputs: outputs.map((output) => ({ ...output, preview: previews.of(output) })),
    ...commandsOf({ run, point: point && result, best }, sources),
    now: context.clock.now(),
    version: sources.version,
  };
}

/** The best point by the first metric whose name tells what is better. */
function bestAmong(points: readonly Result[]): Best | undefined {
  const metric = pointTable(points).columns.find(({ kind, name }) => kind === "metric" && modeOf(name) !== undefined);
  return metric && orNothing(() => bestOf(points, { metric: metric.name }));
}

/** What cannot be chosen or drawn is left out of a page; only a verb that asks for just that says why. */
function orNothing<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!isLoomError(error)) throw error;
    return undefined;
  }
}

interface Repeated {
  readonly run: RunRecord;
  readonly point?: Result;
  readonly best?: Best;
}

function commandsOf({ run, point, best }: Repeated, { file }: ReportSources): Pick<ReportData, "commands" | "hidden"> {
  const { command, hidden } = repeatCommand(file, run, point);
  const git = run.details?.git;
  const other = best?.ties[0] ?? best?.next;
  const commands: (readonly [string, string])[] = [
    ...(git === undefined ? [] : [
      [
        `git checkout ${git.commit}`,
        git.dirty ? "the commit it was run on; tracked files differed from it" : "the code it was run with",
      ] as const,
    ]),
    [command, point === undefined ? "the same steps with the same values" : "this point"],
    ...(command === `loom rerun ${run.id}`
      ? []
      : [[`loom rerun ${run.id}`, "the whole run, from what loom remembers"] as const]),
    ...(best === undefined
      ? []
      : [[repeatCommand(file, run, best.best).command, `point ${best.best.number}, the best`] as const]),
    ...(best === undefined || other === undefined
      ? []
      : [[diffCommand(run.id, best.best.number!, other.number!), "what makes it better than the next"] as const]),
  ];
  return { commands, hidden };
}

/**
 * What is worth drawing of a sweep: each metric over the parameter that has most numbers, coloured by another one; where
 * room is left, over the others.
 */
export function reportPlots({ points }: Pick<ReportData, "points">): readonly Plot[] {
  const table = pointTable(points);
  const metrics = table.columns.filter(({ kind }) => kind === "metric");
  const axes = axesOf(table);
  const plots = axes.flatMap((x) => {
    const color = axes.find((axis) => axis !== x && axis.count <= MOST_COLORS)?.name;
    const log = isWide(points, x.name) ? ["x"] : [];
    return metrics.map(({ name: y }) => orNothing(() => plotOf(table, { x: x.name, y, color, log })));
  });
  return plots.filter((plot) => plot !== undefined).slice(0, MOST_CHARTS);
}

/** Parameters that differ, those with most numbers first; those of chance only where there are no others. */
function axesOf({ columns, rows }: ResultTable): readonly { readonly name: string; readonly count: number }[] {
  const swept = columns.filter(({ kind }) => kind === "parameter").map((column) => {
    const values = new Set(rows.map((row) => column.cell(row)));
    const isNumber = [...values].every((value) => finiteOf(value) !== undefined);
    return { name: column.name, count: values.size, isNumber };
  }).filter(({ count }) => count > 1);
  const telling = swept.filter(({ name }) => !CHANCE.test(name));
  const axes = telling.length > 0 ? telling : swept;
  return axes.toSorted((a, b) => Number(b.isNumber) - Number(a.isNumber) || b.count - a.count);
}

/** Whether numbers, all above 0, span so much that only their powers of ten can be told apart. */
function isWide(points: readonly Result[], name: string): boolean {
  const values = points.map(({ parameters }) => parameters[name]);
  if (!values.every((value): value is number => typeof value === "number" && value > 0)) return false;
  return Math.max(...values) / Math.min(...values) >= 50;
}
