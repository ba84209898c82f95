/**
 * A run line by line: its steps, the tries that left none, the runs inside of steps.
 *
 * @module
 */

import type { LoopAttempt, StepRow } from "../../ports/loop_store.ts";
import { usdText } from "../base/money.ts";
import type { BreakerFact, RunLook } from "./run_look.ts";

/** One line. */
export type LookLine = StepLine | RunLine;

/** A step, or a try that left none. */
export interface StepLine {
  readonly kind: "step" | "try";
  /** 0 for the run itself, 1 for a run inside one of its steps. */
  readonly depth: number;
  readonly step: number;
  readonly branch: string;
  /** Nano-USD, child runs included. */
  readonly costNano: number;
  /** Of all lines up to this one, in the same run. */
  readonly cumulNano: number;
  readonly score?: number;
  readonly error?: string;
  /** `backtrack to step 3`, `converged`, ... */
  readonly marks: readonly string[];
}

/** Heads the lines of a run inside of a step. */
export interface RunLine {
  readonly kind: "run";
  readonly depth: number;
  readonly id: string;
  readonly name: string;
  readonly status: string;
}

/** Where the counting of costs begins, and how deep the run is. */
export interface LineOptions {
  readonly depth?: number;
  readonly sinceNano?: number;
}

/** All lines of a run in the order of its steps. */
export function linesOf(look: RunLook, { depth = 0, sinceNano = 0 }: LineOptions = {}): readonly LookLine[] {
  const breakers = Map.groupBy(look.breakers, ({ step }) => step);
  const children = Map.groupBy(look.children, ({ run }) => run.parent!.step);
  let cumulNano = sinceNano;
  return inOrder(look).flatMap((item, at, items): readonly LookLine[] => {
    const isLast = items[at + 1]?.step !== item.step;
    const inside = isLast ? (children.get(item.step) ?? []).flatMap((child) => childLines(child, depth + 1)) : [];
    if (!isStep(item)) return [tryLine(item, depth, cumulNano), ...inside];
    cumulNano += item.costNano + item.childNano;
    return [stepLine(item, { depth, cumulNano, breakers: breakers.get(item.step) ?? [] }), ...inside];
  });
}

/** Tries come before the step that was made of the same number in the end. */
function inOrder({ steps, unsettled }: RunLook): readonly (StepRow | LoopAttempt)[] {
  if (unsettled.length === 0) return steps;
  const rank = (item: StepRow | LoopAttempt) => isStep(item) ? Infinity : item.attempt;
  return [...steps, ...unsettled].sort((a, b) => a.step - b.step || compare(rank(a), rank(b)));
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function isStep(item: StepRow | LoopAttempt): item is StepRow {
  return "decision" in item;
}

function childLines(child: RunLook, depth: number): readonly LookLine[] {
  const { id, name, status } = child.run;
  return [{ kind: "run", depth, id, name, status }, ...linesOf(child, { depth })];
}

function stepLine(
  row: StepRow,
  { depth, cumulNano, breakers }: {
    readonly depth: number;
    readonly cumulNano: number;
    readonly breakers: readonly BreakerFact[];
  },
): StepLine {
  const { step, branch, score, scoreError, costError } = row;
  return {
    kind: "step",
    depth,
    step,
    branch,
    costNano: row.costNano + row.childNano,
    cumulNano,
    score,
    error: row.error ?? scoreError ?? costError,
    marks: [...decisionMarks(row.decision), ...new Set(breakers.map(breakerMark))],
  };
}

function tryLine(attempt: LoopAttempt, depth: number, cumulNano: number): StepLine {
  const { step, branch, error, actualNano } = attempt;
  return { kind: "try", depth, step, branch, costNano: actualNano ?? 0, cumulNano, error, marks: [tryMark(attempt)] };
}

function tryMark({ status, reservedNano }: LoopAttempt): string {
  if (status === "in_flight") return "in flight";
  return status === "paused" ? "paused" : `${status} (unknown ${usdText(reservedNano)})`;
}

function decisionMarks(decision: string): readonly string[] {
  const cut = decision.indexOf(":");
  const [kind, what] = cut < 0 ? [decision, ""] : [decision.slice(0, cut), decision.slice(cut + 1)];
  if (kind === "backtrack") return [what === "input" ? "backtrack to the input" : `backtrack to step ${what}`];
  if (kind === "dropped") return ["not chosen"];
  return kind === "converged" || kind === "stalled" ? [kind] : [];
}

function breakerMark({ became }: BreakerFact): string {
  return became === "refused" ? "skipped, breaker open" : `breaker ${became.toUpperCase()}`;
}
