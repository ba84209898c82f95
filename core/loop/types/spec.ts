/**
 * What a person writes for a loop.
 *
 * @module
 */

import type { ZodType } from "zod";
import type { Later, LoopStore } from "../../ports/loop_store.ts";
import type { StepContext, SyncStepContext } from "./context.ts";
import type { LoopEvents } from "./events.ts";
import type { History, HistoryEntry } from "./history.ts";
import type { Backtrack, BacktrackFunction, Detector, Stall } from "./strategies.ts";
import type { Budget, Cost, Duration, Retention, RetryPolicy } from "./values.ts";

/**
 * What a loop is made of, whatever its step returns.
 *
 * `S` is what the schema says, and nothing else has a say in it: a detector that looks at one member, or at none, must not
 * make the state that member alone, or unknown.
 */
export interface CommonSpec<S> {
  /** With `version` and the kinds of what it uses, its identity. */
  readonly name: string;
  readonly version?: string;
  /** Checked on input, after each step and on every load. */
  readonly state: ZodType<S>;
  readonly budget?: Budget;
  /** Without a budget or a detector: it is meant. */
  readonly unbounded?: boolean;
  /** What one step costs at most, or probably. */
  readonly stepCost?: { readonly max?: Cost; readonly estimate?: (state: S, history: History<S>) => Cost };
  readonly convergeOn?: Detector<NoInfer<S>>;
  readonly backtrack?: Backtrack<NoInfer<S>> | BacktrackFunction<NoInfer<S>>;
  readonly onStall?: Stall<NoInfer<S>>;
  readonly retry?: RetryPolicy;
  /** Default `throw`; `record` is implied by `backtrack`. */
  readonly onError?: "throw" | "record";
  /** `sqlite` (default): the project's database; another text: that file. */
  readonly checkpoint?: "sqlite" | "memory" | (string & Record<never, never>) | LoopStore;
  /** Default `full`. */
  readonly durability?: "full" | "process" | "none";
  /** Default `best` with `bestScore`, else `last`. */
  readonly returns?: "last" | "best";
  /** Default 30 s. */
  readonly lease?: { readonly ttl?: Duration };
  readonly retention?: Retention;
  /** By the version that wrote a state. */
  readonly migrate?: Readonly<Record<string, (old: unknown) => unknown>>;
  /** What becomes of the money of lost attempts. Default `charge`. */
  readonly onUnknown?: "charge" | "ignore" | ((attempt: { step: number; attempt: number; reserved: Cost }) => Cost);
  /** A budget shared with other runs. */
  readonly pool?: { readonly name: string; readonly usd: number; readonly per?: "day" | "month" };
  readonly on?: Partial<LoopEvents>;
}

/** A loop whose step may take its time. */
export interface LoopSpec<S> extends CommonSpec<S> {
  /** One iteration. `state` is its own copy. */
  readonly step: (state: S, ctx: StepContext<S>) => Later<NoInfer<S>>;
  readonly cost?: (state: S, ctx: StepContext<S>) => Later<number | Cost>;
  readonly score?: (state: S, ctx: StepContext<S>) => Later<number | null>;
  /** Candidates of each iteration, from the same head. */
  readonly branches?: {
    readonly n: number;
    readonly select?: "best" | ((entries: readonly HistoryEntry<S>[]) => Later<number>);
  };
}

/** A loop in which nothing waits. */
export interface LoopSyncSpec<S> extends CommonSpec<S> {
  readonly step: (state: S, ctx: SyncStepContext<S>) => NoInfer<S>;
  readonly cost?: (state: S, ctx: SyncStepContext<S>) => number | Cost;
  readonly score?: (state: S, ctx: SyncStepContext<S>) => number | null;
}
