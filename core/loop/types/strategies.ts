/**
 * What decides after each step.
 *
 * @module
 */

import type { Later } from "../../ports/loop_store.ts";
import type { Asked, History, HistoryEntry } from "./history.ts";
import type { Backoff } from "./values.ts";

/** What is hashed to tell whether a loop is still the same: its kind and its parameters. */
export type Descriptor = Readonly<{ kind: string; [parameter: string]: unknown }>;

/**
 * Decides whether the loop has got where it wanted. A pure factory: what it remembers is handed in and out as JSON, kept
 * with every step, so that a resumed run goes on as if it had never stopped.
 */
export interface Detector<S, Memory = unknown> {
  readonly descriptor: Descriptor;
  /** What it remembers before the first step. */
  begin(): Memory;
  /** Hears of each recorded step once; `reason` says that it is done, and names what fired. */
  observe(memory: Memory, entry: HistoryEntry<S>, asked: Asked<S>): Later<{ memory: Memory; reason?: string }>;
}

/** Decides from which step's state the next one starts. */
export interface Backtrack<S, Memory = unknown> {
  readonly descriptor: Descriptor;
  begin(): Memory;
  /** `restore`: a step's number, or `"input"`; absent: go on from the newest. */
  observe(
    memory: Memory,
    entry: HistoryEntry<S>,
    asked: Asked<S>,
  ): Later<{ memory: Memory; restore?: number | "input" }>;
  /** Failed steps in a row that are borne. */
  readonly maxConsecutive?: number;
  /** Waits between failed steps. */
  readonly backoff?: Backoff;
}

/** A strategy as one function. */
export type BacktrackFunction<S> = (history: History<S>) => Later<{ readonly restore: number } | null>;

/** What is known when a loop has stalled. */
export interface StallInfo<S> {
  readonly best: { readonly step: number; readonly score: number; readonly state: S } | undefined;
  /** Step since which nothing was better. */
  readonly since: number;
  readonly history: History<S>;
}

/** What to do about a stall. `patch` is merged into the state (RFC 7396), `switch` becomes `ctx.variant`. */
export type StallAnswer = "stop" | "continue" | { readonly patch: unknown } | { readonly switch: string };

/** Decides whether the loop has stopped getting better. */
export interface Stall<S, Memory = unknown> {
  readonly descriptor: Descriptor;
  begin(): Memory;
  /** `since`: it has stalled, and since which step. */
  observe(memory: Memory, entry: HistoryEntry<S>, asked: Asked<S>): Later<{ memory: Memory; since?: number }>;
  /** Absent: the loop ends as `stalled`. */
  readonly then?: (info: StallInfo<S>) => Later<StallAnswer>;
}
