/**
 * What changed between two runs, on one screen.
 *
 * @module
 */

import type {
  ComparedCode,
  ComparedFile,
  ComparedSetting,
  RunDiff,
  SideHead,
  StepHead,
} from "../../../core/history/diff/mod.ts";
import type { Palette } from "./colors.ts";
import { stepRows } from "./diff_steps.ts";
import { differenceText, percentText, scalarText } from "./diff_values.ts";
import { durationText } from "./duration.ts";
import { statusPaint } from "./run_status.ts";
import { tableLines } from "./table.ts";
import { timeText } from "./time.ts";

/** How it is shown. */
export interface DiffStyle {
  readonly paint: Palette;
  /** Whole: no list is cut short. */
  readonly all: boolean;
}

/** Rows of a list, and lines of a file, that are shown unless all are asked for. */
const SHOWN_ROWS = 20;
const SHOWN_LINES = 40;

/** Headings of both runs, then a section for each kind of thing that differs. */
export function diffLines(diff: RunDiff, style: DiffStyle): readonly string[] {
  const { paint } = style;
  const sections = [
    section("Parameters", parameterRows(diff, paint), style),
    section("Metrics", metricRows(diff, paint), style),
    section("Inputs", diff.inputs.map((file) => fileRow(file, paint)), style),
    section("Other settings", settingRows(diff.settings, style), style),
    codeSection(diff.code, style),
    section("Outputs", diff.outputs.map((file) => fileRow(file, paint)), style),
    stepSection(diff, style),
  ].filter((lines) => lines.length > 0);
  const verdict = isSame(diff) ? [["Nothing differs but time."]] : [];
  return [...headLines(diff, paint), ...[...verdict, ...sections].flatMap((lines) => ["", ...lines])];
}

/** Whether both did the same with the same, as far as is known. */
function isSame({ parameters, metrics, inputs, code, settings, outputs, steps }: RunDiff): boolean {
  return settings.length === 0 &&
    [...parameters, ...metrics, ...inputs, ...code, ...outputs].every(({ same }) => same) &&
    steps.every(({ before, after }) => before?.isKnown && after?.isKnown && isMade(before) === isMade(after));
}

function isMade({ standing }: StepHead): boolean {
  return standing === "done" || standing === "fresh";
}

function headLines({ before, after }: RunDiff, paint: Palette): readonly string[] {
  return tableLines([headCells("A", before, paint), headCells("B", after, paint)]);
}

function headCells(letter: string, side: SideHead, paint: Palette): readonly string[] {
  const { id, point, name, status, createdAt, durationMs, git, python } = side;
  return [
    letter,
    paint.strong(point === undefined ? id : `${id}:${point}`),
    name,
    statusPaint(paint)(status),
    timeText(createdAt),
    durationMs === undefined ? "-" : durationText(durationMs),
    git === undefined ? "-" : `${git.commit.slice(0, 9)}${git.dirty ? " and changes" : ""}`,
    python === undefined ? "" : `Python ${python}`,
  ];
}

function section(title: string, rows: readonly (readonly string[])[], { paint, all }: DiffStyle): readonly string[] {
  if (rows.length === 0) return [];
  const shown = all ? rows : rows.slice(0, SHOWN_ROWS);
  const left = rows.length - shown.length;
  const more = left === 0 ? [] : [paint.dim(`  … ${left} more; --all shows them`)];
  return [paint.strong(title), ...tableLines(shown.map(([first, ...rest]) => [`  ${first}`, ...rest])), ...more];
}

function parameterRows({ parameters }: RunDiff, paint: Palette): readonly (readonly string[])[] {
  return parameters.map(({ name, before, after, same }) =>
    same ? [name, scalarText(after)] : [name, paint.bad(scalarText(before)), "→", paint.good(scalarText(after))]
  );
}

function metricRows({ metrics }: RunDiff, paint: Palette): readonly (readonly string[])[] {
  return metrics.map(({ name, before, after, same, difference, ratio }) => {
    if (same) return [name, scalarText(after)];
    const changed = difference === undefined ? "" : paint.strong(differenceText(difference));
    return [name, scalarText(before), "→", scalarText(after), changed, ratio === undefined ? "" : percentText(ratio)];
  });
}

function fileRow({ path, before, after, same, steps, madeBy }: ComparedFile, paint: Palette): readonly string[] {
  const what = same
    ? paint.dim("the same")
    : before === undefined
    ? paint.good("only in B")
    : after === undefined
    ? paint.bad("only in A")
    : paint.warn("changed");
  return [path, what, paint.dim(`${listed(steps)}${madeBy === undefined ? "" : `, made by ${madeBy}`}`)];
}

/** Once where several steps tell the same, and not again where a parameter tells it. */
function settingRows(settings: readonly ComparedSetting[], { paint, all }: DiffStyle): readonly (readonly string[])[] {
  const told = settings.filter(({ parameter }) => all || parameter === undefined);
  const groups = new Map<string, { readonly setting: ComparedSetting; readonly steps: string[] }>();
  for (const setting of told) {
    const { what, name, before, after } = setting;
    const key = JSON.stringify([what, name, before, after]);
    const group = groups.get(key) ?? { setting, steps: [] };
    groups.set(key, group);
    group.steps.push(setting.step);
  }
  return [...groups.values()].map(({ setting: { what, name, before, after }, steps }) => [
    name === undefined ? what : `${what} ${name}`,
    paint.bad(before ?? "-"),
    "→",
    paint.good(after ?? "-"),
    paint.dim(listed(steps)),
  ]);
}

function codeSection(files: readonly ComparedCode[], style: DiffStyle): readonly string[] {
  return files.length === 0 ? [] : [style.paint.strong("Code"), ...files.flatMap((file) => codeLines(file, style))];
}

function codeLines(file: ComparedCode, { paint, all }: DiffStyle): readonly string[] {
  const { path, kind, steps, hunks = [] } = file;
  const used = kind === "pipeline" ? "the pipeline" : listed(steps);
  const head = `  ${path}  ${codeWords(file, paint)}  ${paint.dim(used)}`;
  const lines = hunks.flatMap(({ oldStart, newStart, lines }) => [
    paint.dim(`    @@ line ${oldStart}${oldStart === newStart ? "" : `, now ${newStart}`} @@`),
    ...lines.map((line) => `    ${linePaint(line, paint)(line)}`),
  ]);
  if (all || lines.length <= SHOWN_LINES) return [head, ...lines];
  const left = lines.length - SHOWN_LINES;
  return [head, ...lines.slice(0, SHOWN_LINES), paint.dim(`    … ${left} more lines; --all shows them`)];
}

function codeWords({ same, before, after, untold, added, removed }: ComparedCode, paint: Palette): string {
  if (same) return paint.dim("the same");
  if (before === undefined) return paint.good("only in B");
  if (after === undefined) return paint.bad("only in A");
  if (untold === "not kept") return paint.warn("changed; its text was not kept");
  if (untold === "rewritten") return paint.warn("rewritten");
  return `${paint.good(`+${added}`)} ${paint.bad(`-${removed}`)}`;
}

function linePaint(line: string, paint: Palette): (text: string) => string {
  return line.startsWith("+") ? paint.good : line.startsWith("-") ? paint.bad : paint.dim;
}

function stepSection(diff: RunDiff, { paint, all }: DiffStyle): readonly string[] {
  const { rows, left, notes } = stepRows(diff, { paint, most: all ? Infinity : SHOWN_ROWS });
  if (rows.length === 0) return [];
  const [heading, ...shown] = tableLines([
    ["Steps", "A", "B", "", rows.some((row) => row[4] !== "") ? "peak memory" : ""],
    ...rows.map(([name, ...rest]) => [`  ${name}`, ...rest]),
  ]);
  const more = left === 0 ? [] : [paint.dim(`  … ${left} more; --all shows them`)];
  return [paint.strong(heading), ...shown, ...more, ...notes];
}

const SHOWN_STEPS = 3;

function listed(steps: readonly string[]): string {
  const more = steps.length > SHOWN_STEPS ? ` and ${steps.length - SHOWN_STEPS} more` : "";
  return `${steps.slice(0, SHOWN_STEPS).join(", ")}${more}`;
}
