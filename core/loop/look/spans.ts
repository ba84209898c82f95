/**
 * Stored runs as spans: one for the run, one for each step, and one for each try of a step that took several.
 *
 * @module
 */

import type { LoopAttempt, LoopEventRow, LoopMemo, LoopRow, StateTools, StepRow } from "../../ports/loop_store.ts";
import { toUsd } from "../base/money.ts";
import { attributesOf, nanoTime, type OtlpSpan } from "./otlp.ts";
import { spanIds } from "./span_ids.ts";
import { eventsOf, stepSpans, type Telling, triesOf } from "./step_spans.ts";

/** A stored run, and the runs that its steps have called. */
export interface StoredRun {
  readonly run: LoopRow;
  readonly steps: readonly StepRow[];
  readonly attempts: readonly LoopAttempt[];
  readonly events: readonly LoopEventRow[];
  /** What calls inside of steps gave: the usage of models is read from those that are responses. */
  readonly memos: readonly LoopMemo[];
  readonly children: readonly StoredRun[];
}

/** Spans of a run and of the runs inside it. `root`: the outermost run, which gives the trace its id. */
export function spansOf(
  stored: StoredRun,
  { tools, root = stored.run.id }: { readonly tools: Pick<StateTools, "sha256">; readonly root?: string },
): readonly OtlpSpan[] {
  const ids = spanIds(tools);
  const telling: Telling = { stored, ids, traceId: ids.trace(root), facts: factsOf(stored) };
  return [
    runSpan(telling),
    ...triesOf(stored).flatMap((tried) => stepSpans(telling, tried)),
    ...stored.children.flatMap((child) => spansOf(child, { tools, root })),
  ];
}

/** Events and memos by their step; of no step are the events of the run itself. */
function factsOf({ events, memos }: StoredRun): Telling["facts"] {
  const facts = new Map<number | undefined, { readonly events: LoopEventRow[]; readonly memos: LoopMemo[] }>();
  const of = (step: number | undefined) => facts.get(step) ?? facts.set(step, { events: [], memos: [] }).get(step)!;
  for (const event of events) of(stepOf(event)).events.push(event);
  for (const memo of memos) of(memo.step).memos.push(memo);
  return facts;
}

function stepOf({ data }: LoopEventRow): number | undefined {
  const { step } = JSON.parse(data) as { step?: unknown };
  return step === undefined ? undefined : Number(step);
}

function runSpan({ stored: { run }, ids, traceId, facts }: Telling): OtlpSpan {
  const { id, name, status, error, parent, best, limits } = run;
  return {
    traceId,
    spanId: ids.run(id),
    ...(parent !== undefined && { parentSpanId: ids.step(parent.run, parent.step, parent.branch) }),
    name: `loop ${name}`,
    kind: 1,
    startTimeUnixNano: nanoTime(run.createdAt),
    endTimeUnixNano: nanoTime(run.updatedAt),
    attributes: attributesOf({
      "loom.run.id": id,
      "loom.loop.name": name,
      "loom.loop.version": run.version,
      "loom.status": status,
      "loom.reason": run.reason,
      "loom.steps": BigInt(run.steps),
      "loom.cost_usd": toUsd(run.spentNano),
      "loom.unknown_usd": toUsd(run.unknownNano),
      "loom.tokens": BigInt(run.spentTokens),
      "loom.budget_usd": limits.nano === undefined ? undefined : toUsd(limits.nano),
      "loom.best.step": best && BigInt(best.step),
      "loom.best.score": best?.score,
    }),
    events: eventsOf(facts.get(undefined)?.events ?? []),
    status: status === "failed" ? { code: 2, message: error } : { code: status === "completed" ? 1 : 0 },
  };
}
