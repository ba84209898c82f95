/** Facts of a run, in order, for whoever listens: the journal, the terminal, a stream. */

import type { Metrics, PointRecord, Scalar } from "./store.ts";

/** How far a point of a sweep is, or how it ended. */
export type PointStatus = PointRecord["status"];

/** Where in a step something happened: an item of a loop or a step of an iteration. */
export interface StepPart {
  /** Position and label of a loop's item; `index` counts from 1. */
  readonly item?: { readonly index: number; readonly total: number; readonly name: string };
  /** Iteration of a repeated group, from 0, and the step inside it. */
  readonly iteration?: number;
  readonly inner?: string;
}

/** Why a step was not run. `failed` ones make the run fail; the others do not. */
export type SkipCause =
  | { readonly cause: "fresh" }
  | { readonly cause: "failed"; readonly dependencies: readonly string[] }
  | { readonly cause: "skipped"; readonly dependency: string }
  | { readonly cause: "condition" }
  | { readonly cause: "when" }
  /** Its point of a sweep was ended early; `why` says by what. */
  | { readonly cause: "stopped"; readonly why: string }
  | { readonly cause: "cancelled" };

/** What a step is about to do. */
export type StepDetail =
  | { readonly kind: "task" }
  | { readonly kind: "loop"; readonly items: number; readonly parallel: boolean }
  | { readonly kind: "condition"; readonly label: string }
  | { readonly kind: "switch" }
  | { readonly kind: "repeated"; readonly iterations: number };

/** How a step ended. */
export type StepStatus = "done" | "failed" | "cancelled";

/** One fact, before it is numbered. `command` is an argument vector with secrets masked. */
export type RunFact =
  | {
    readonly type: "run_started";
    readonly name: string;
    readonly total: number;
    readonly parallel: boolean;
    readonly maxWorkers?: number;
    readonly dryRun: boolean;
    /** How many points of a sweep it runs; their steps are called `step@point`. */
    readonly points?: number;
  }
  /** The first step of a point begins. */
  | {
    readonly type: "point_started";
    readonly point: string;
    /** From 1, in the order of the sweep. */
    readonly number: number;
    readonly total: number;
    readonly values: Readonly<Record<string, Scalar>>;
  }
  /** All steps of a point have ended. One of which every step was fresh has not started. */
  | {
    readonly type: "point_finished";
    readonly point: string;
    readonly number: number;
    readonly total: number;
    readonly status: PointStatus;
    readonly values: Readonly<Record<string, Scalar>>;
    readonly metrics: Metrics;
    readonly durationMs?: number;
    /** Why it was stopped or failed. */
    readonly reason?: string;
    /** Nothing of it had to be done: its duration is that of an earlier run. */
    readonly fresh?: boolean;
  }
  | {
    readonly type: "step_started";
    readonly step: string;
    readonly detail: StepDetail;
    readonly command?: readonly string[];
    readonly attempt: number;
  }
  | ({ readonly type: "part_started"; readonly step: string; readonly command?: readonly string[] } & StepPart)
  | ({
    readonly type: "part_finished";
    readonly step: string;
    readonly status: StepStatus | "fresh";
    readonly exitCode?: number;
    readonly signal?: string;
    readonly error?: string;
    readonly durationMs: number;
    /** The failure counts as a warning (`continue_on_error` of a step inside a repeated group). */
    readonly tolerated?: boolean;
  } & StepPart)
  /** A step of an iteration that is left out; the iteration goes on. */
  | ({ readonly type: "part_skipped"; readonly step: string; readonly reason: SkipCause } & StepPart)
  | { readonly type: "iteration_started"; readonly step: string; readonly iteration: number }
  | { readonly type: "iterations_ended"; readonly step: string; readonly iteration: number }
  | (
    & { readonly type: "output"; readonly step: string; readonly stream: "stdout" | "stderr"; readonly text: string }
    & StepPart
  )
  | {
    readonly type: "step_finished";
    readonly step: string;
    readonly status: StepStatus;
    readonly exitCode?: number;
    readonly signal?: string;
    /** Why it failed, when an exit code does not say it. */
    readonly error?: string;
    /** `true`, `false`, `then`, `else`, or the number of iterations made. */
    readonly result?: string;
    readonly durationMs: number;
    /** The failure counts as a warning (`continue_on_error`). */
    readonly tolerated?: boolean;
  }
  | ({
    readonly type: "step_retried";
    readonly step: string;
    readonly attempt: number;
    readonly delayMs: number;
    readonly exitCode?: number;
    readonly signal?: string;
    readonly error?: string;
  } & StepPart)
  | { readonly type: "step_skipped"; readonly step: string; readonly reason: SkipCause }
  | {
    readonly type: "notice";
    readonly level: "warning" | "hint";
    readonly code: string;
    readonly message: string;
    readonly step?: string;
    readonly hint?: string;
    /** Where in the pipeline file, when it is about the file. Line and column from 1. */
    readonly file?: string;
    readonly line?: number;
    readonly column?: number;
  }
  | {
    readonly type: "progress";
    readonly step?: string;
    readonly what: string;
    readonly done: number;
    readonly total: number;
  }
  | {
    readonly type: "run_finished";
    readonly status: RunStatus;
    readonly succeeded: number;
    readonly skipped: number;
    readonly total: number;
    readonly durationMs: number;
    readonly criticalPath: readonly string[];
  };

/** How a run ended, or `running` while it has not. */
export type RunStatus = "running" | "done" | "failed" | "cancelled" | "interrupted";

/** A fact with its place in the run. `seq` counts from 1 without gaps; `at` is UTC milliseconds. */
export type RunEvent = RunFact & { readonly seq: number; readonly at: number; readonly run: string };

/** Hears every event of a run, in order, synchronously; must not throw. */
export type EventSink = (event: RunEvent) => void;
