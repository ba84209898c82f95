/** Rows of loops in their tables. */

import type {
  Blob,
  BreakerRow,
  LoopAttempt,
  LoopEventRow,
  LoopMemo,
  LoopRow,
  LoopSummary,
  PauseRow,
  PoolRow,
  StepPlace,
  StepRow,
} from "../../../core/ports/loop_store.ts";
import { bytes, flag, group, json, type Members, plain, type Table, table } from "./table.ts";
import type { Query, Row } from "./work.ts";

/** A run without what stands apart, for its length. */
export type LoopCore = Omit<LoopRow, "specJson">;

const runMembers: Members<LoopCore> = {
  id: plain("id"),
  name: plain("name"),
  version: plain("version"),
  specHash: plain("spec_hash"),
  status: plain("status"),
  reason: plain("reason"),
  error: plain("error"),
  errorStack: plain("error_stack"),
  inputRef: plain("input_ref"),
  head: group<StepPlace>({ step: "head_step", branch: "head_branch" }),
  best: group<NonNullable<LoopRow["best"]>>({ step: "best_step", branch: "best_branch", score: "best_score" }),
  nextStep: plain("next_step"),
  steps: plain("steps"),
  iterations: plain("iterations"),
  activeMs: plain("active_ms"),
  limits: json("limits"),
  guarantee: plain("guarantee"),
  memory: plain("memory"),
  parent: group<NonNullable<LoopRow["parent"]>>({ run: "parent_run", step: "parent_step", branch: "parent_branch" }),
  forkedFrom: group<NonNullable<LoopRow["forkedFrom"]>>({ run: "forked_run", step: "forked_step" }),
  inheritedNano: plain("inherited_nano"),
  pool: plain("pool"),
  cancelRequested: flag("cancel_requested"),
  lastSeq: plain("last_seq"),
  imported: flag("imported"),
  createdAt: plain("created_at"),
  updatedAt: plain("updated_at"),
  spentNano: plain("spent_nano"),
  spentTokens: plain("spent_tokens"),
  reservedNano: plain("reserved_nano"),
  reservedTokens: plain("reserved_tokens"),
  unknownNano: plain("unknown_nano"),
  unknownTokens: plain("unknown_tokens"),
};

/** A taken id is found by the number of rows that were added. */
export const runs: Table<LoopCore> = table("loops", runMembers, { key: ["id"], onConflict: "DO NOTHING" });

const { id, name, status, steps: stepCount, spentNano, createdAt, forkedFrom } = runMembers;

/** As much of each run as a long list shows. */
export const summaries: Table<LoopSummary> = table<LoopSummary>(
  "loops",
  { id, name, status, steps: stepCount, spentNano, createdAt, forkedFrom },
  { key: ["id"] },
);

/** What the hash of a run's loop was made from. */
export const specs: Table<{ readonly run: string; readonly specJson: string }> = table(
  "loop_specs",
  { run: plain<string>("run"), specJson: plain<string>("spec_json") },
  { key: ["run"] },
);

export const steps: Table<StepRow> = table<StepRow>("loop_steps", {
  run: plain("run"),
  step: plain("step"),
  branch: plain("branch"),
  attempt: plain("attempt"),
  status: plain("status"),
  input: group<StepPlace>({ step: "input_step", branch: "input_branch" }),
  stateRef: plain("state_ref"),
  costNano: plain("cost_nano"),
  childNano: plain("child_nano"),
  tokens: plain("tokens"),
  score: plain("score"),
  scoreError: plain("score_error"),
  costError: plain("cost_error"),
  error: plain("error"),
  errorStack: plain("error_stack"),
  decision: plain("decision"),
  startedAt: plain("started_at"),
  durationMs: plain("duration_ms"),
}, { key: ["run", "step", "branch"] });

export const attempts: Table<LoopAttempt> = table<LoopAttempt>("loop_attempts", {
  run: plain("run"),
  step: plain("step"),
  branch: plain("branch"),
  attempt: plain("attempt"),
  status: plain("status"),
  reservedNano: plain("reserved_nano"),
  reservedTokens: plain("reserved_tokens"),
  actualNano: plain("actual_nano"),
  actualTokens: plain("actual_tokens"),
  error: plain("error"),
  fence: plain("fence"),
  startedAt: plain("started_at"),
}, { key: ["run", "step", "branch", "attempt"] });

export const memos: Table<LoopMemo> = table<LoopMemo>("loop_memos", {
  run: plain("run"),
  step: plain("step"),
  branch: plain("branch"),
  key: plain("key"),
  value: plain("value"),
  costNano: plain("cost_nano"),
}, { key: ["run", "step", "branch", "key"] });

/**
 * The question of a later step takes the place of an earlier one of its key, answer and all. The same question, written
 * again by somebody who did not know that it was answered, keeps its answer.
 */
export const pauses: Table<PauseRow> = table<PauseRow>("loop_pauses", {
  run: plain("run"),
  key: plain("key"),
  request: plain("request"),
  schema: plain("schema"),
  answer: plain("answer"),
  deadline: plain("deadline"),
  askedAt: plain("asked_at"),
  answeredAt: plain("answered_at"),
}, {
  key: ["run", "key"],
  onConflict: `DO UPDATE SET request = excluded.request, schema = excluded.schema, deadline = excluded.deadline,
    asked_at = excluded.asked_at, answered_at = ${unlessNewer("answered_at")}, answer = ${unlessNewer("answer")}`,
});

function unlessNewer(column: string): string {
  return `CASE WHEN excluded.asked_at > loop_pauses.asked_at THEN excluded.${column}
    ELSE coalesce(loop_pauses.${column}, excluded.${column}) END`;
}

/** The digest says what is in it: two of one digest are the same. */
export const blobs: Table<Blob> = table<Blob>("blobs", {
  ref: plain("ref"),
  codec: plain("codec"),
  baseRef: plain("base_ref"),
  bytes: bytes("bytes"),
}, { key: ["ref"], onConflict: "DO NOTHING" });

export const breakers: Table<BreakerRow> = table<BreakerRow>("breakers", {
  name: plain("name"),
  state: plain("state"),
}, { key: ["name"] });

export const pools: Table<PoolRow> = table<PoolRow>("pools", {
  pool: plain("pool"),
  period: plain("period"),
  limitNano: plain("limit_nano"),
  spentNano: plain("spent_nano"),
  reservedNano: plain("reserved_nano"),
}, { key: ["pool", "period"] });

const putEventSql = `INSERT INTO events (run, seq, body) VALUES (?, ?, ?)
  ON CONFLICT (run, seq) DO UPDATE SET body = excluded.body`;

/** Stores an event in the table of all runs, whose `body` is the event as one object. */
export function putEvent({ run, seq, type, data, at }: LoopEventRow): Query {
  const opening = `{"run":${JSON.stringify(run)},"seq":${seq},"type":${JSON.stringify(type)},"at":${at}`;
  const members = data.slice(1);
  return { sql: putEventSql, inputs: [run, seq, opening + (members === "}" ? "" : ",") + members], reads: false };
}

const textPattern = String.raw`"((?:[^"\\]|\\.)*)"`;
const bodyPattern = new RegExp(String.raw`^\{"run":${textPattern},"seq":\d+,"type":${textPattern},"at":([\d.e+-]+),?`);

/** The event again. `data` keeps its very text: parsed, members whose names are numbers would change their order. */
export function eventOf([run, seq, body]: Row): LoopEventRow {
  const text = String(body);
  const [opening, , type, at] = bodyPattern.exec(text) ?? [];
  if (opening === undefined) throw new SyntaxError(`Event ${seq} of run ${run} is not one of a loop: ${text}`);
  return {
    run: String(run),
    seq: Number(seq),
    type: JSON.parse(`"${type}"`),
    data: `{${text.slice(opening.length)}`,
    at: Number(at),
  };
}
