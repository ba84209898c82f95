/**
 * A run as it lies in the store, read for somebody who looks at it.
 *
 * @module
 */

import type {
  LoopAttempt,
  LoopEventRow,
  LoopHolder,
  LoopRow,
  LoopStore,
  LoopSummary,
  PauseRow,
  StepRow,
} from "../../ports/loop_store.ts";
import { RunNotFound } from "../base/errors.ts";

/** A run with all that is shown of it. */
export interface RunLook {
  readonly run: LoopRow;
  /** In order of step and branch. */
  readonly steps: readonly StepRow[];
  /** Tries that left no step behind: lost, abandoned, paused, in flight. */
  readonly unsettled: readonly LoopAttempt[];
  /** What circuit breakers did. */
  readonly breakers: readonly BreakerFact[];
  readonly questions: readonly PauseRow[];
  /** Who drives it now. */
  readonly holder?: LoopHolder;
  /** Runs that its steps called. */
  readonly children: readonly RunLook[];
}

/** What a circuit breaker did in a step. */
export interface BreakerFact {
  readonly step: number;
  /** What it became, or that it let no call through. */
  readonly became: string | "refused";
}

/** Which part of a run is read. */
export interface LookRange {
  /** The first step that is read. */
  readonly fromStep?: number;
  readonly afterSeq?: number;
}

const unsettledStatuses = ["lost", "abandoned", "paused", "in_flight"] as const;

/**
 * Reads a run and the runs inside it.
 *
 * @throws {RunNotFound} If there is none of this id.
 */
export async function lookAt(store: LoopStore, id: string, range: LookRange = {}): Promise<RunLook> {
  const run = await store.getRun(id);
  if (run === undefined) throw new RunNotFound(`There is no run ${id} in ${store.place}`, { runId: id });
  return await lookInto(store, run, range);
}

async function lookInto(store: LoopStore, run: LoopRow, { fromStep, afterSeq }: LookRange): Promise<RunLook> {
  const { id } = run;
  const steps = await store.steps(id, fromStep === undefined ? {} : { from: fromStep });
  const events = await store.events(id, afterSeq);
  const tries: LoopAttempt[] = [];
  for (const status of unsettledStatuses) tries.push(...await store.attempts(id, { status }));
  const children: RunLook[] = [];
  for (const child of await store.listRuns({ parent: id })) children.push(await lookInto(store, child, {}));
  return {
    run,
    steps,
    unsettled: tries.filter(({ step }) => step >= (fromStep ?? 0)),
    breakers: events.flatMap(breakerFacts),
    questions: await store.pauses(id),
    holder: await store.holder(id),
    children: children.reverse(),
  };
}

function breakerFacts({ type, data }: LoopEventRow): readonly BreakerFact[] {
  if (!type.startsWith("breaker.")) return [];
  // Imported ones have their step as text, and what happened as the original said it.
  const { step, to, event } = JSON.parse(data) as { step?: number | string; to?: string; event?: string | null };
  if (step === undefined) return [];
  return [{ step: Number(step), became: type === "breaker.refused" ? "refused" : to ?? event ?? "changed" }];
}

/** Runs that were forked from a run, oldest first. */
export async function forksOf(id: string, store: LoopStore): Promise<readonly LoopSummary[]> {
  return (await store.listSummaries({})).filter(({ forkedFrom }) => forkedFrom?.run === id).reverse();
}

/** Whether it says `running`, but nobody drives it: its process died. */
export function isLeft({ run, holder }: Pick<RunLook, "run" | "holder">): boolean {
  return run.status === "running" && holder === undefined;
}
