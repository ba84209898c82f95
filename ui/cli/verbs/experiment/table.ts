/**
 * `loom table`: parameters beside metrics.
 *
 * @module
 */

import { usage } from "../../../../core/errors.ts";
import {
  csvText,
  FIXED,
  pointTable,
  resultOfPoint,
  resultOfRun,
  type ResultTable,
  runTable,
  select,
  type Selected,
  tableDocument,
} from "../../../../core/report/table/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { palette } from "../../view/colors.ts";
import { resultLines, tableText } from "../../view/result_table.ts";
import type { ExperimentCommand } from "../../words/command.ts";
import type { TableFlags } from "../../words/experiment_flags.ts";
import { lookingAt, lookingAtRun, nothingHint, resultOf } from "./results.ts";

/** Runs that are listed unless more are asked for. */
const SHOWN_RUNS = 50;

/** What is printed: a table of several rows, or one row with its values below each other. */
interface Shown {
  readonly table: ResultTable;
  readonly run?: string;
  readonly isOne?: boolean;
  /** Whether there is more that was not even read. */
  readonly isPart?: boolean;
}

/** Prints the table, the document, or comma-separated values. */
export async function tableVerb({ words: [word], flags }: ExperimentCommand<"table">, host: Host): Promise<number> {
  if (flags.json && flags.csv) throw usage("--json and --csv exclude each other");
  const shown = word === undefined ? await newest(flags, host) : await ofRun(word, flags, host);
  host.terminal.write(shown === undefined ? nothing(flags) : textOf(shown, flags, host));
  if (shown === undefined) host.terminal.writeError(await nothingHint(flags, host));
  return EXIT.done;
}

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

function historyParts(): Promise<typeof import("../../../../core/history/mod.ts")> {
  return import(isReached ? "../../../../core/history/mod.ts" : "../../../../core/history/mod.ts");
}

async function ofRun(word: string, flags: TableFlags, host: Host): Promise<Shown> {
  if (word.includes(":")) return await ofPoint(word, flags, host);
  return await lookingAtRun(word, { flags, host }, (run) => {
    host.revoke("table", "opened");
    const named = run.record.id;
    if (run.points.length > 0) return { table: pointTable(run.points), run: named };
    const { columns, rows } = runTable([resultOf(run)]);
    const { id: first, pipeline, commit } = FIXED;
    return { table: { columns: [first, pipeline, ...columns.slice(1), commit], rows }, run: named, isOne: true };
  });
}

async function ofPoint(word: string, flags: TableFlags, host: Host): Promise<Shown> {
  const { addressOf, findPoint } = await historyParts();
  const { id, point } = addressOf(word);
  return await lookingAtRun(id, { flags, host }, ({ record }, { store: { journal } }) => {
    host.revoke("table", "opened");
    const found = findPoint(point!, journal.getRun(record.id)!, journal);
    return { table: pointTable([resultOfPoint(found)]), run: record.id, isOne: true };
  });
}

/** Where rows are looked for, all are read; else no more than are shown. */
async function newest(flags: TableFlags, host: Host): Promise<Shown | undefined> {
  const { sort, reverse, filter, limit = SHOWN_RUNS } = flags;
  const isSearch = sort !== undefined || filter !== undefined || reverse === true || limit === 0;
  return await lookingAt(flags, host, ({ store }) => {
    host.revoke("table", "opened");
    const records = store.journal.results(isSearch ? {} : { limit: limit + 1 });
    if (records.length === 0) return undefined;
    const isPart = !isSearch && records.length > limit;
    const rows = (isPart ? records.slice(0, limit) : records).map(resultOfRun);
    return { table: runTable(rows), isPart };
  });
}

function nothing({ json, csv }: TableFlags): string {
  if (json) return `${JSON.stringify({ total: 0, rows: [] }, null, 2)}\n`;
  return csv ? "" : "No runs found.\n";
}

function textOf({ table, run, isOne, isPart }: Shown, flags: TableFlags, host: Host): string {
  const limit = flags.limit ?? (run === undefined ? SHOWN_RUNS : 0);
  const all = select(table, { ...flags, limit });
  const selected = isPart ? { ...all, total: undefined } : all;
  if (flags.json) return `${JSON.stringify(tableDocument(selected, run), null, 2)}\n`;
  if (flags.csv) return csvText(selected);
  const { terminal } = host;
  const paint = palette(terminal.color);
  if (isOne && selected.rows.length === 1) return joined(resultLines(selected, selected.rows[0], paint));
  if (selected.rows.length === 0) return "No rows.\n";
  const shown = run === undefined && flags.columns === undefined ? withoutConstants(selected, flags) : selected;
  const { lines, notes } = tableText(shown, { paint, width: terminal.canRedraw ? terminal.size().columns : undefined });
  return joined([...lines, ...notes.map((note) => paint.dim(note))]);
}

/** Of runs, parameters that differ among them are worth a column. */
function withoutConstants(table: Selected, { filter = [] }: TableFlags): Selected {
  if (table.rows.length < 2) return table;
  const isAskedFor = (name: string) => filter.some((text) => text.includes(name));
  const columns = table.columns.filter((column) => {
    const first = column.cell(table.rows[0]);
    return column.kind !== "parameter" || column === table.sortedBy || isAskedFor(column.name) ||
      table.rows.some((row) => column.cell(row) !== first);
  });
  return { ...table, columns };
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
