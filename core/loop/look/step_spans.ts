/**
 * Steps of a stored run as spans.
 *
 * @module
 */

import type { LoopAttempt, LoopEventRow, LoopMemo, StepRow } from "../../ports/loop_store.ts";
import { toUsd } from "../base/money.ts";
import { readUsage } from "../prices/usage.ts";
import { attributesOf, eventOf, nanoTime, type OtlpEvent, type OtlpSpan } from "./otlp.ts";
import type { SpanIds } from "./span_ids.ts";
import type { StoredRun } from "./spans.ts";

/** What spans of one run have in common. */
export interface Telling {
  readonly stored: StoredRun;
  readonly ids: SpanIds;
  readonly traceId: string;
  /** By step; `undefined`: of the run itself. */
  readonly facts: ReadonlyMap<
    number | undefined,
    { readonly events: readonly LoopEventRow[]; readonly memos: readonly LoopMemo[] }
  >;
}

/** A step with all its tries, oldest first. */
export interface Tried {
  readonly step: number;
  readonly branch: string;
  readonly row?: StepRow;
  readonly attempts: readonly LoopAttempt[];
}

/** Events that are spans themselves, or their beginning or end. */
const told = new Set(["run.started", "step.started", "step.finished", "step.failed", "run.finished"]);

/** Steps in order, those that nothing was recorded of too. */
export function triesOf({ steps, attempts }: StoredRun): readonly Tried[] {
  const all = new Map<string, { step: number; branch: string; row?: StepRow; attempts: LoopAttempt[] }>();
  const at = ({ step, branch }: Pick<Tried, "step" | "branch">) => {
    const key = `${step} ${branch}`;
    return all.get(key) ?? all.set(key, { step, branch, attempts: [] }).get(key)!;
  };
  for (const row of steps) at(row).row = row;
  for (const attempt of attempts) at(attempt).attempts.push(attempt);
  for (const tried of all.values()) tried.attempts.sort((a, b) => a.attempt - b.attempt);
  return [...all.values()].sort((a, b) => a.step - b.step);
}

/** The span of a step, and those of its tries if there were several. */
export function stepSpans(telling: Telling, tried: Tried): readonly OtlpSpan[] {
  const { stored: { run }, ids, traceId, facts } = telling;
  const { step, branch, row, attempts } = tried;
  const spanId = ids.step(run.id, step, branch);
  const { events: own, memos } = facts.get(step) ?? { events: [], memos: [] };
  const times = attempts.map((_, index) => timesOf(tried, index, own));
  const start = Math.min(...times.map((it) => it.start), row?.startedAt ?? Infinity);
  const end = Math.max(...times.map((it) => it.end), row === undefined ? start : row.startedAt + row.durationMs);
  const span: OtlpSpan = {
    traceId,
    spanId,
    parentSpanId: ids.run(run.id),
    name: branch === "" ? `step ${step}` : `step ${step} ${branch}`,
    kind: 1,
    startTimeUnixNano: nanoTime(start),
    endTimeUnixNano: nanoTime(end),
    attributes: attributesOf({ "loom.run.id": run.id, "loom.step": BigInt(step), ...stepMembers(tried, memos) }),
    events: eventsOf(own),
    status: row?.status === "error" ? { code: 2, message: row.error } : { code: row === undefined ? 0 : 1 },
  };
  if (attempts.length < 2) return [span];
  return [span, ...attempts.map((attempt, index) => attemptSpan({ telling, attempt, time: times[index] }))];
}

function stepMembers({ branch, row, attempts }: Tried, memos: readonly LoopMemo[]) {
  const last = attempts.at(-1);
  return {
    "loom.branch": branch === "" ? undefined : branch,
    "loom.attempts": BigInt(row?.attempt ?? last?.attempt ?? 1),
    "loom.attempt.status": row === undefined ? last?.status : undefined,
    "loom.cost_usd": toUsd(row?.costNano ?? last?.actualNano ?? 0),
    "loom.child_cost_usd": row && toUsd(row.childNano),
    "loom.tokens": BigInt(row?.tokens ?? last?.actualTokens ?? 0),
    "loom.score": row?.score,
    "loom.decision": row?.decision,
    ...usageMembers(memos.filter((it) => placed(it.branch) === branch), row?.tokens),
  };
}

/** A memo is kept under the candidate it was made in, and the branch of that. */
function placed(branch: string): string {
  const cut = branch.indexOf("|");
  return cut < 0 ? "" : branch.slice(0, cut);
}

/** Input and output apart are known only if all tokens of the step are those of responses that were kept. */
function usageMembers(memos: readonly LoopMemo[], tokens: number | undefined) {
  const usages = memos.map(({ value }) => readUsage(value === "" ? undefined : JSON.parse(value))).filter((it) => !!it);
  const sum = (of: (it: (typeof usages)[number]) => number) => usages.reduce((total, it) => total + of(it), 0);
  const input = sum(({ tokens: it }) => it.input + it.cacheRead + it.cacheWrite5m + it.cacheWrite1h);
  const output = sum((it) => it.tokens.output);
  if (usages.length === 0 || input + output !== tokens) return {};
  const models = new Set(usages.map(({ model }) => model));
  return {
    "gen_ai.response.model": models.size === 1 ? usages[0].model : undefined,
    "gen_ai.usage.input_tokens": BigInt(input),
    "gen_ai.usage.output_tokens": BigInt(output),
  };
}

/** From its start to the last that is known of it: nobody knows when a process died. */
function timesOf({ row, attempts }: Tried, index: number, events: readonly LoopEventRow[]) {
  const [{ startedAt: start }, next] = [attempts[index], attempts[index + 1]];
  if (next === undefined && row !== undefined) return { start, end: Math.max(start, row.startedAt + row.durationMs) };
  const until = next?.startedAt ?? Infinity;
  const within = events.filter(({ at, type }) => at >= start && at < until && type !== "step.lost");
  return { start, end: Math.max(start, ...within.map(({ at }) => at)) };
}

function attemptSpan(
  { telling: { stored: { run }, ids, traceId }, attempt, time }: {
    readonly telling: Telling;
    readonly attempt: LoopAttempt;
    readonly time: { readonly start: number; readonly end: number };
  },
): OtlpSpan {
  const { step, branch, status, error } = attempt;
  return {
    traceId,
    spanId: ids.attempt(run.id, attempt, attempt.attempt),
    parentSpanId: ids.step(run.id, step, branch),
    name: `attempt ${attempt.attempt}`,
    kind: 1,
    startTimeUnixNano: nanoTime(time.start),
    endTimeUnixNano: nanoTime(time.end),
    attributes: attributesOf({
      "loom.attempt.status": status,
      "loom.cost_usd": toUsd(attempt.actualNano ?? 0),
      "loom.reserved_usd": toUsd(attempt.reservedNano),
      "loom.tokens": BigInt(attempt.actualTokens ?? 0),
    }),
    events: [],
    status: status === "error" ? { code: 2, message: error } : { code: status === "ok" ? 1 : 0 },
  };
}

/** What happened, but for what is a span itself. */
export function eventsOf(events: readonly LoopEventRow[]): readonly OtlpEvent[] {
  return events.filter(({ type }) => !told.has(type)).map(({ type, at, data }) => eventOf(type, at, JSON.parse(data)));
}
