/** What is asked of a store. */

import type {
  LoopAttempt,
  LoopEventRow,
  LoopQuery,
  LoopRow,
  LoopStore,
  LoopSummary,
  StepRow,
} from "../../../core/ports/loop_store.ts";
import { attempts, eventOf, runs, steps, summaries } from "./tables.ts";
import type { Table } from "./table.ts";
import { ask, type Input, type Row, type Work } from "./work.ts";

const selectRuns = `SELECT ${runs.columns}, spec_json FROM loops JOIN loop_specs ON loop_specs.run = loops.id`;

function runOf(row: Row): LoopRow {
  return { ...runs.record(row), specJson: String(row[row.length - 1]) };
}

/** One run. */
export function* getRun(id: string): Work<LoopRow | undefined> {
  const [row] = yield* ask(`${selectRuns} WHERE id = ?`, [id]);
  return row && runOf(row);
}

/** Runs, newest first. */
export function* listRuns(query: LoopQuery): Work<readonly LoopRow[]> {
  return (yield* newestRuns(selectRuns, query)).map(runOf);
}

/** As much of runs as a list of many shows, newest first. */
export function* listSummaries(query: LoopQuery): Work<readonly LoopSummary[]> {
  return (yield* newestRuns(summaries.select, query)).map(summaries.record);
}

function* newestRuns(select: string, { status, name, parent, limit }: LoopQuery): Work<readonly Row[]> {
  const { where, inputs } = only([["status", "=", status], ["name", "=", name], ["parent_run", "=", parent]]);
  const most = limit === undefined ? "" : " LIMIT ?";
  return yield* ask(
    `${select}${where} ORDER BY created_at DESC, id DESC${most}`,
    limit === undefined ? inputs : [...inputs, limit],
  );
}

/** Recorded steps in order. */
export function* stepsOf(run: string, range: Parameters<LoopStore["steps"]>[1] = {}): Work<readonly StepRow[]> {
  const { where, inputs } = only([["run", "=", run], ["step", ">=", range.from], ["step", "<=", range.to]]);
  if (range.last === undefined) {
    return (yield* ask(`${steps.select}${where} ORDER BY step, branch`, inputs)).map(steps.record);
  }
  const newest = yield* ask(`${steps.select}${where} ORDER BY step DESC, branch DESC LIMIT ?`, [...inputs, range.last]);
  return newest.map(steps.record).reverse();
}

/** Tries in order. */
export function* attemptsOf(
  run: string,
  range: Parameters<LoopStore["attempts"]>[1] = {},
): Work<readonly LoopAttempt[]> {
  const { where, inputs } = only([["run", "=", run], ["step", "=", range.step], ["status", "=", range.status]]);
  return (yield* ask(`${attempts.select}${where} ORDER BY step, branch, attempt`, inputs)).map(attempts.record);
}

/** Stored events in order. */
export function* eventsOf(run: string, afterSeq = 0, limit?: number): Work<readonly LoopEventRow[]> {
  const most = limit === undefined ? "" : " LIMIT ?";
  const sql = `SELECT run, seq, body FROM events WHERE run = ? AND seq > ? ORDER BY seq${most}`;
  return (yield* ask(sql, limit === undefined ? [run, afterSeq] : [run, afterSeq, limit])).map(eventOf);
}

/** Records of a table whose columns have these values. */
export function* where<T>(table: Table<T>, values: Readonly<Record<string, Input>>, order = ""): Work<readonly T[]> {
  const { where, inputs } = only(Object.entries(values).map(([column, value]) => [column, "=", value]));
  return (yield* ask(`${table.select}${where}${order && ` ORDER BY ${order}`}`, inputs)).map(table.record);
}

/** The conditions whose value is given. */
function only(conditions: readonly (readonly [column: string, relation: string, value: Input | undefined])[]): {
  readonly where: string;
  readonly inputs: readonly Input[];
} {
  const given = conditions.filter(([, , value]) => value !== undefined);
  const where = given.map(([column, relation]) => `${column} ${relation} ?`).join(" AND ");
  return { where: where && ` WHERE ${where}`, inputs: given.map(([, , value]) => value as Input) };
}
