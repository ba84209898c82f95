/**
 * The lines that tell of a run. Scripts search for them, so their forms are those of loom-pipeline 0.7.0.
 *
 * @module
 */

import { shownCommand } from "./shown_command.ts";
import { durationText } from "./duration.ts";
import type { Scalar } from "../../../core/ports/store.ts";
import type { RunFact, SkipCause, StepDetail } from "../../../core/ports/events.ts";
import { pyRepr } from "../../../core/graph/mod.ts";
import type { Palette } from "./colors.ts";

/** The facts of one kind. */
export type Fact<T extends RunFact["type"]> = Extract<RunFact, { type: T }>;

/** What separates the header and the last line from what lies between. */
export const RULE = "-".repeat(40);

/** `[parallel (max 2 workers)]` and the like; lines end without a line feed here and below. */
export function headerLines(fact: Fact<"run_started">): readonly string[] {
  if (fact.total === 0) return ["No steps to run."];
  const workers = fact.maxWorkers === undefined ? "" : ` (max ${fact.maxWorkers} workers)`;
  const suffix = fact.parallel ? ` [parallel${workers}]` : "";
  const points = fact.points === undefined ? "" : ` at ${fact.points} point(s)`;
  return ["", `Pipeline: ${fact.total} step(s) to run${points}${suffix}`, RULE];
}

/** What a step is about to do. */
export function startLines(fact: Fact<"step_started">, dryRun: boolean, paint: Palette): readonly string[] {
  const mark = dryRun ? paint.dim("[DRY RUN]") : paint.busy("[RUNNING]");
  const again = fact.attempt > 1 ? ` (attempt ${fact.attempt})` : "";
  const colon = dryRun && (fact.detail.kind === "task" || fact.detail.kind === "loop") ? ":" : "";
  const command = fact.command === undefined ? [] : [`  ${shownCommand(fact.command)}`];
  return [`${mark} ${fact.step}${detailText(fact.detail)}${again}${colon}`, ...command];
}

function detailText(detail: StepDetail): string {
  switch (detail.kind) {
    case "task":
      return "";
    case "loop":
      return ` (loop: ${detail.items} items${detail.parallel ? ", parallel" : ""})`;
    case "condition":
      return ` (condition: ${detail.label})`;
    case "switch":
      return " (switch)";
    case "repeated":
      return ` (multi_pass: ${detail.iterations} iterations)`;
  }
}

/** An item of a loop, or a step of an iteration. */
export function partLines(fact: Fact<"part_started">, dryRun: boolean): readonly string[] {
  const command = fact.command === undefined ? "" : shownCommand(fact.command);
  if (fact.inner !== undefined) return [`    ${fact.inner}: ${command}`];
  if (fact.item === undefined) return [];
  if (dryRun) return [`  item ${fact.item.name}: ${command}`];
  return [`  [${fact.item.index}/${fact.item.total}] ${fact.item.name}`];
}

/** How an item ended, or a step of an iteration, if that needs saying. */
export function partEndLines(fact: Fact<"part_finished">, paint: Palette): readonly string[] {
  if (fact.status !== "failed") return [];
  if (fact.item !== undefined) return [`  ${paint.bad("[FAILED]")} item ${fact.item.name}${failureText(fact)}`];
  // Any other failure ends the group, whose own line names iteration and step.
  return fact.tolerated ? [`    ${paint.bad("[FAILED]")} ${fact.inner}${failureText(fact)} (continue_on_error)`] : [];
}

/** A step of an iteration that is left out. */
export function partSkipLine(fact: Fact<"part_skipped">, paint: Palette): string {
  return `    ${paint.warn("[SKIPPED]")} ${fact.inner} (${skipText(fact.reason)})`;
}

/** How a step ended. */
export function finishLine(fact: Fact<"step_finished">, repeated: boolean, paint: Palette): string {
  if (fact.status === "cancelled") {
    return `${paint.warn("[CANCELLED]")} ${fact.step}${fact.error === undefined ? "" : failureText(fact)}`;
  }
  if (fact.status === "failed") {
    const tolerated = fact.tolerated ? " (continue_on_error)" : "";
    return `${paint.bad("[FAILED]")} ${fact.step}${failureText(fact)}${tolerated}`;
  }
  return `${paint.good("[SUCCESS]")} ${fact.step}${resultText(fact.result, repeated)}`;
}

function resultText(result: string | undefined, repeated: boolean): string {
  if (result === undefined) return "";
  return repeated ? ` (${result} iterations)` : ` -> ${result}`;
}

/** ` (exit code 3)`, ` (signal SIGKILL)` or `: reason`. */
export function failureText(
  fact: { readonly exitCode?: number; readonly signal?: string; readonly error?: string },
): string {
  if (fact.error !== undefined) return `: ${fact.error}`;
  if (fact.signal !== undefined) return ` (signal ${fact.signal})`;
  return fact.exitCode === undefined ? "" : ` (exit code ${fact.exitCode})`;
}

/** Why and when a step is tried again. */
export function retryLine(fact: Fact<"step_retried">, paint: Palette): string {
  const wait = fact.delayMs > 0 ? ` in ${fact.delayMs / 1000} s` : "";
  const part = fact.inner ?? fact.item?.name;
  const who = part === undefined ? fact.step : `${fact.step}/${part}`;
  return `${paint.warn("[RETRY]")} ${who}${failureText(fact)}; attempt ${fact.attempt}${wait}`;
}

/** A step that is not run. */
export function skipLine(fact: Fact<"step_skipped">, paint: Palette): string {
  if (fact.reason.cause === "fresh") return `${paint.good("[FRESH]")} ${fact.step}`;
  return `${paint.warn("[SKIPPED]")} ${fact.step} (${skipText(fact.reason)})`;
}

/** Why a step is not run, as `[SKIPPED]` gives it. */
export function skipText(reason: SkipCause): string {
  switch (reason.cause) {
    case "fresh":
      return "fresh";
    case "failed":
      return `dependencies failed: ${pyRepr(reason.dependencies)}`;
    case "skipped":
      return `skipped: ${reason.dependency}`;
    case "condition":
      return "condition not met";
    case "when":
      return "when";
    case "stopped":
      return "point stopped";
    case "cancelled":
      return "cancelled";
  }
}

const METRICS_SHOWN = 6;

/** How a point of a sweep ended: `[POINT 3/10] lr=0.1,seed=1 done acc=0.93 (1.2s)`. */
export function pointLine(fact: Fact<"point_finished">, paint: Palette): string {
  const color = { done: paint.good, failed: paint.bad, stopped: paint.warn, cancelled: paint.warn };
  const { status } = fact;
  const shown = status === "pending" || status === "running" ? status : color[status](status);
  const pairs = Object.entries(fact.metrics).slice(0, METRICS_SHOWN).map(([name, value]) =>
    ` ${name}=${cellText(value)}`
  );
  const took = fact.fresh ? " (fresh)" : fact.durationMs === undefined ? "" : ` (${durationText(fact.durationMs)})`;
  const why = fact.reason === undefined ? "" : `: ${fact.reason}`;
  return `${paint.strong(`[POINT ${fact.number}/${fact.total}]`)} ${fact.point} ${shown}${pairs.join("")}${took}${why}`;
}

/** A value of a parameter or metric, short enough for a table. */
export function cellText(value: Scalar): string {
  if (typeof value === "number" && !Number.isInteger(value)) return String(Number(value.toPrecision(5)));
  return value === null ? "" : String(value);
}

/** The last lines of a run. */
export function endLines(fact: Fact<"run_finished">): readonly string[] {
  if (fact.total === 0) return [];
  const skipped = fact.skipped > 0 ? ` (${fact.skipped} skipped)` : "";
  return [RULE, `Completed: ${fact.succeeded}/${fact.total} steps succeeded${skipped}`];
}
