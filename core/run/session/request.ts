/**
 * What can be asked of a pipeline, and what comes back: the words shared by the faces and the engine.
 *
 * @module
 */

import type { Problem } from "../../errors.ts";
import type { Overrides } from "../../graph/parse/override.ts";
import type { Matrix, Pipeline } from "../../graph/pipeline.ts";
import type { Selection } from "../../graph/selection.ts";
import type { EventSink, RunStatus } from "../../ports/events.ts";
import type { Screen } from "../screen/mod.ts";

export type { Overrides };

/** A pipeline file that was read, with everything noticed on the way. Errors were thrown before. */
export interface Loaded {
  readonly pipeline: Pipeline;
  /** The file's text, as read. */
  readonly text: string;
  /** Texts of the files that it includes, by absolute path. */
  readonly included?: ReadonlyMap<string, string>;
  /** Warnings, located. */
  readonly warnings: readonly Problem[];
}

/** A run, as a person asks for it. */
export interface RunRequest {
  /** Absolute path of the pipeline file. */
  readonly file: string;
  readonly selection: Selection;
  /** Optional steps to run too. */
  readonly include: readonly string[];
  readonly overrides: Overrides;
  /** Values to try, in place of the file's `matrix`. */
  readonly matrix?: Matrix;
  /** Words appended to the command of the one selected step. */
  readonly extra: readonly string[];
  readonly dryRun: boolean;
  /** Absent: as the file says. */
  readonly parallel?: boolean;
  /** Absent: as the file says; 0: one for each CPU. */
  readonly maxWorkers?: number;
  readonly python?: string;
  /** Skip fresh steps. Absent: as the file says. */
  readonly cached?: boolean;
  /** Run fresh steps too, whatever else says. */
  readonly force: boolean;
  /** Go on with the last failed or interrupted run of this file. */
  readonly resume: boolean;
  /** Start nothing new after the first failure. */
  readonly failFast: boolean;
  /** A declared output that is missing afterwards is a failure. */
  readonly strict: boolean;
  readonly refreshUrls: boolean;
  /** Scripts read loom's own standard input, when they run one after the other. */
  readonly passStdin?: boolean;
  /** Remove the results of loop items that are gone. */
  readonly dropRemoved: boolean;
  /** Wait for another loom that drives this file instead of refusing. */
  readonly wait: boolean;
  /** Folder of the project, when the person names one. */
  readonly project?: string;
}

/** How a run can be followed and ended. */
export interface RunControl {
  readonly sink: EventSink;
  /** First abort: nothing new starts, running steps get TERM, then KILL after the grace period. */
  readonly signal: AbortSignal;
  /** Second: KILL at once. */
  readonly killSignal: AbortSignal;
  /** Where scripts show their output, for those who look at it as it comes. Absent: they write to pipes. */
  readonly screen?: Screen;
}

/** What became of a run. */
export interface RunOutcome {
  readonly run: string;
  readonly status: RunStatus;
  readonly succeeded: number;
  readonly skipped: number;
  readonly total: number;
}

/** Whether a step's outputs are what its inputs now say. */
export type Freshness = "fresh" | "stale" | "missing" | "modified" | "never run" | "no outputs";

/** One row of `loom status`. */
export interface StepState {
  readonly name: string;
  readonly state: Freshness;
  /** Such as `parameter lr 0.1 → 0.01`, `script`, `input raw.csv`, `upstream train`. Empty when fresh. */
  readonly reasons: readonly string[];
  /** For loops: how many items of how many are fresh. */
  readonly items?: { readonly fresh: number; readonly total: number };
  /** For steps that are swept: how many points of how many are fresh. */
  readonly points?: { readonly fresh: number; readonly total: number };
}

/** What `loom explain` tells of one step. */
export interface Explanation extends StepState {
  /** The exact vectors it would run: one, or one for each item or inner step. */
  readonly commands: readonly (readonly string[])[];
  readonly script?: string;
  /** Modules of the project that the script imports, transitively; absolute. */
  readonly imports: readonly string[];
  readonly dependsOn: readonly string[];
}
