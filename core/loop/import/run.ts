/**
 * A run of the original as one of ours.
 *
 * @module
 */

import type { LoopBatch, LoopEventRow, LoopRow, StateTools, StepRow } from "../../ports/loop_store.ts";
import type { OriginalRun } from "../../ports/original_loops.ts";
import { blobOf } from "../state/blobs.ts";
import { canonicalJson } from "../state/canonical.ts";
import { optionalText, statusOf, textOfCell, timeOf } from "./cells.ts";
import { type ImportNote, importSteps } from "./steps.ts";

/** What a store needs to take a run over, and what is to be told of it. */
export interface ImportedRun {
  readonly run: LoopRow;
  readonly first: Omit<LoopBatch, "leases">;
  readonly notes: readonly ImportNote[];
}

/**
 * Converts one run. What could not be taken over as it was is told in `notes` and, so that nothing is lost, in the data
 * of the run's first event, `imported`.
 */
export function importRun(original: OriginalRun, tools: StateTools): ImportedRun {
  const facts = runFacts(original);
  const { steps, blobs, notes: stepNotes } = importSteps(original, tools, facts.createdAt);
  const notes = [...facts.notes, ...stepNotes];
  // The original does not keep what a run began with.
  const input = blobOf("null", tools).blob;
  const events = eventsOf(original, notes, facts.createdAt);
  const { createdAt, updatedAt, status, reason } = facts;
  const told = { status, reason, createdAt, updatedAt, lastSeq: events.length };
  return {
    run: { ...blank, ...identity(original), ...progress(steps), ...told, inputRef: input.ref },
    first: { steps, blobs: [input, ...blobs], events },
    notes,
  };
}

/** Of what the original knows nothing. */
const blank = {
  guarantee: "soft",
  activeMs: 0,
  limits: {},
  memory: "",
  inheritedNano: 0,
  cancelRequested: false,
  spentTokens: 0,
  reservedNano: 0,
  reservedTokens: 0,
  unknownNano: 0,
  unknownTokens: 0,
  imported: true,
} as const;

function identity({ id, facts }: OriginalRun): Pick<LoopRow, "id" | "name" | "specHash" | "specJson"> {
  const specHash = textOfCell(facts?.specHash ?? "");
  const name = specHash === "" ? "loomc" : `loomc-${specHash}`;
  return { id, name, specHash, specJson: canonicalJson({ name }) };
}

function progress(
  steps: readonly StepRow[],
): Pick<LoopRow, "steps" | "iterations" | "nextStep" | "spentNano" | "head" | "best"> {
  const good = steps.filter(({ status }) => status === "ok");
  const head = good.at(-1);
  const best = good.reduce<StepRow | undefined>(
    (best, step) => step.score !== undefined && step.score >= (best?.score ?? -Infinity) ? step : best,
    undefined,
  );
  return {
    ...{ steps: steps.length, iterations: steps.length },
    nextStep: steps.reduce((next, { step }) => Math.max(next, step + 1), 0),
    spentNano: steps.reduce((sum, { costNano }) => sum + costNano, 0),
    ...(head !== undefined && { head: { step: head.step, branch: "" } }),
    ...(best?.score !== undefined && { best: { step: best.step, branch: "", score: best.score } }),
  };
}

interface RunFacts extends Pick<LoopRow, "status" | "reason" | "createdAt" | "updatedAt"> {
  readonly notes: readonly ImportNote[];
}

function runFacts({ facts, steps }: OriginalRun): RunFacts {
  const notes: ImportNote[] = [];
  const times = steps.map(({ timestamp }) => timeOf(timestamp)).filter((time) => time !== undefined);
  const readTime = (path: "createdAt" | "updatedAt", fallback: number) => {
    const time = timeOf(facts?.[path] ?? null);
    if (time !== undefined || facts === undefined) return time ?? fallback;
    notes.push({ path, text: textOfCell(facts[path]), why: "what is no time is that of its steps" });
    return fallback;
  };
  const createdAt = readTime("createdAt", times.reduce((least, time) => Math.min(least, time), times[0] ?? 0));
  const updatedAt = readTime("updatedAt", times.reduce((most, time) => Math.max(most, time), createdAt));
  return { ...statusAndReason(facts?.status, notes), createdAt, updatedAt, notes };
}

function statusAndReason(
  status: NonNullable<OriginalRun["facts"]>["status"] | undefined,
  notes: ImportNote[],
): Pick<LoopRow, "status" | "reason"> {
  const known = status === undefined ? undefined : statusOf(status);
  if (known !== undefined) return { status: known, reason: known === "running" ? "" : `imported:${known}` };
  if (status === undefined) {
    notes.push({ path: "run", text: "", why: "the original has steps of this run, but no run" });
    return { status: "interrupted", reason: "imported:no run" };
  }
  const text = textOfCell(status);
  notes.push({ path: "status", text, why: "an unknown status becomes interrupted, and the run can be resumed" });
  return { status: "interrupted", reason: `imported:${text}` };
}

function eventsOf({ id: run, steps }: OriginalRun, notes: readonly ImportNote[], at: number): readonly LoopEventRow[] {
  const imported = { type: "imported", data: canonicalJson({ notes }), at };
  const breakers = steps.flatMap(({ breakerEvent, number, timestamp }) => {
    const text = optionalText(breakerEvent);
    const data = canonicalJson({ event: text ?? null, step: textOfCell(number) });
    return text === undefined ? [] : [{ type: "breaker.changed", data, at: timeOf(timestamp) ?? at }];
  });
  return [imported, ...breakers].map((event, index) => ({ run, seq: index + 1, ...event }));
}
