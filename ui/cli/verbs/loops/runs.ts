/**
 * `loom runs`: pipelines and loops in one table.
 *
 * @module
 */

import { nearest, usage } from "../../../../core/errors.ts";
import { type Forecast, forecastOf, usdText, usedPercent } from "../../../../core/loop/look/mod.ts";
import type { LoopRow, LoopSummary } from "../../../../core/ports/loop_store.ts";
import type { RunStatus } from "../../../../core/ports/events.ts";
import type { RunSummary } from "../../../../core/ports/store.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import { palette } from "../../view/colors.ts";
import { statusPaint } from "../../view/run_status.ts";
import { tableLines } from "../../view/table.ts";
import { timeText } from "../../view/time.ts";
import type { RunsFlags } from "../../words/loop_flags.ts";
import type { LoopCommand } from "../../words/command.ts";
import { type Kept, placeOf, reading } from "../../base/place.ts";

/** A run of either kind, as far as a list shows it. */
interface Listed {
  readonly id: string;
  readonly kind: "loop" | "pipeline";
  readonly name: string;
  readonly status: string;
  readonly steps: number;
  /** Steps that were passed over because they were fresh. */
  readonly fresh?: number;
  /** Of a sweep. */
  readonly points?: RunSummary["points"];
  readonly costNano?: number;
  readonly createdAt: number;
  /** Of a pipeline that has ended. */
  readonly durationMs?: number;
  /** Absent where only the usual columns are shown. */
  readonly loop?: LoopRow;
  /** What is still to come, where that can be told. */
  readonly forecast?: Forecast;
}

const STATUSES = [
  ...["running", "done", "completed", "failed", "cancelled", "interrupted"],
  ...["budget_exhausted", "stalled", "paused"],
];

const SHOWN_RUNS = 50;

/** A run that may go on is worth a forecast; only the newest steps of the newest runs are looked at. */
const FORECAST = { statuses: ["running", "paused", "interrupted", "budget_exhausted"], runs: 20, steps: 500 } as const;

const NANO_PER_USD = 1e9;

/** Columns from which on a terminal is wide. */
const WIDE = 110;

/** Prints the table, or the document. */
export async function runsVerb({ flags }: LoopCommand<"runs">, host: Host): Promise<number> {
  if (flags.all) return await (await import("./projects.ts")).projectsVerb(flags, host);
  checkStatus(flags.status);
  const { terminal } = host;
  const isWide = terminal.canRedraw && terminal.size().columns >= WIDE;
  const place = await placeOf(flags, host);
  const isFull = isWide || flags.json === true;
  const listed = await reading(place, host, (kept) => {
    host.revoke("runs", "opened");
    return list(kept, flags, isFull);
  }) ?? [];
  if (flags.json) terminal.write(`${runsJson(listed)}\n`);
  else if (listed.length === 0) {
    terminal.write("No runs found.\n");
    terminal.writeError(`hint: looked in ${place.path}; loom runs --all lists every project\n`);
  } else {
    const paint = statusPaint(palette(terminal.color && !flags.noColor));
    terminal.write(`${tableLines(cellsOf(listed, { isWide, paint })).join("\n")}\n`);
  }
  return EXIT.done;
}

function checkStatus(status: string | undefined): void {
  if (status === undefined || STATUSES.includes(status)) return;
  const near = nearest(status, STATUSES);
  throw usage(
    `Option --status cannot be '${status}'`,
    near ? `did you mean '${near}'?` : `one of ${STATUSES.join(", ")}`,
  );
}

async function list({ loops, pipelines }: Kept, flags: RunsFlags, isFull: boolean): Promise<readonly Listed[]> {
  const { status, name, limit = SHOWN_RUNS } = flags;
  const most = limit === 0 ? undefined : limit;
  const query = { status, name, limit: most };
  // Whole rows are long: where little is shown of thousands, little is read.
  const rows = isFull
    ? await foreseen(loops, (await loops.listRuns(query)).map((run) => listedLoop(run, run)))
    : (await loops.listSummaries(query)).map((run) => listedLoop(run));
  const filter = { kind: "pipeline", status: status as RunStatus, name, limit: most } as const;
  const records = pipelines?.journal.listSummaries(filter) ?? [];
  if (records.length === 0) return rows;
  const all = [...rows, ...records.map(listedPipeline)];
  return all.sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1)).slice(0, most);
}

function listedLoop({ id, name, status, steps, spentNano, createdAt }: LoopSummary, loop?: LoopRow): Listed {
  return { id, kind: "loop", name, status, steps, costNano: spentNano, createdAt, loop };
}

async function foreseen(loops: Kept["loops"], runs: readonly Listed[]): Promise<readonly Listed[]> {
  const open = runs.filter(({ status }) => (FORECAST.statuses as readonly string[]).includes(status));
  const forecasts = new Map<Listed, Forecast | undefined>();
  for (const run of open.slice(0, FORECAST.runs)) {
    const row = await loops.getRun(run.id);
    const steps = await loops.steps(run.id, { last: FORECAST.steps });
    forecasts.set(run, row && forecastOf(row, steps));
  }
  return runs.map((run) => ({ ...run, forecast: forecasts.get(run) }));
}

function listedPipeline({ id, name, status, createdAt, durationMs, steps, fresh, points }: RunSummary): Listed {
  return { id, kind: "pipeline", name, status, steps, fresh, points, createdAt, durationMs };
}

const HEADINGS = ["ID", "STATUS", "STEPS", "COST", "CREATED", "NAME"];
const WIDE_HEADINGS = ["KIND", "BEST", "BUDGET%", "FORECAST", "PARENT"];

function cellsOf(
  runs: readonly Listed[],
  { isWide, paint }: { readonly isWide: boolean; readonly paint: (status: string) => string },
): readonly (readonly string[])[] {
  const hasPoints = runs.some(({ points }) => points !== undefined);
  const rows = runs.map((run) => {
    const cost = run.costNano === undefined ? "-" : usdText(run.costNano);
    const points = run.points === undefined ? "-" : `${run.points.done}/${run.points.total}`;
    const cells = [run.id, paint(run.status), stepsText(run), cost, timeText(run.createdAt), run.name];
    return [...cells, ...hasPoints ? [points] : [], ...isWide ? wideCells(run) : []];
  });
  return [[...HEADINGS, ...hasPoints ? ["POINTS"] : [], ...isWide ? WIDE_HEADINGS : []], ...rows];
}

/** `36 fresh`, `4 + 32 fresh`. */
function stepsText({ steps, fresh = 0 }: Listed): string {
  const passed = fresh === 0 ? [] : [`${fresh} fresh`];
  return [...steps === 0 && fresh > 0 ? [] : [String(steps)], ...passed].join(" + ");
}

function wideCells({ kind, loop, forecast }: Listed): readonly string[] {
  if (loop === undefined) return [kind, "-", "-", "-", "-"];
  const { best, parent, forkedFrom } = loop;
  const percent = usedPercent(loop);
  const from = parent?.run ?? (forkedFrom === undefined ? "-" : `fork of ${forkedFrom.run}`);
  return [
    kind,
    best?.score.toFixed(4) ?? "-",
    percent === undefined ? "-" : `${percent}%`,
    forecastText(forecast),
    from,
  ];
}

/** `~12 steps, ~$0.4000`: until the plateau. */
function forecastText(forecast: Forecast | undefined): string {
  if (forecast === undefined) return "-";
  const { steps, usd } = forecast;
  const money = usd.expected === 0 ? "" : `, ~${usdText(Math.round(usd.expected * NANO_PER_USD))}`;
  return `~${Math.round(steps.expected)} steps${money}`;
}

function runsJson(runs: readonly Listed[]): string {
  const documents = runs.map(({ costNano, createdAt, durationMs, loop, forecast, ...run }) => ({
    ...run,
    cost_usd: costNano === undefined ? undefined : costNano / NANO_PER_USD,
    created_at: new Date(createdAt).toISOString(),
    duration_ms: durationMs,
    best: loop?.best?.score,
    budget_percent: loop && usedPercent(loop),
    forecast,
    parent: loop?.parent?.run,
    forked_from: loop?.forkedFrom?.run,
  }));
  return JSON.stringify({ runs: documents }, null, 2);
}
