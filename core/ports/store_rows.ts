/** What is kept of runs of pipelines besides that they ran: with what, what it measured, its points. */

/** A value of a parameter or metric as it is kept: floats that JSON has no word for are `"NaN"`, `"Infinity"`, `"-Infinity"`. */
export type Scalar = string | number | boolean | null;

/** A value as it may be typed; in a list of one where what is typed would be read as something else. */
export type TypedText = string | readonly [text: string | null];

/** Names, such as `acc` or `report.f1`, with what was measured. */
export type Metrics = Readonly<Record<string, Scalar>>;

/** With what a run was made, as far as it is the same for all of its steps. */
export interface RunDetails {
  /** Parameters of the pipeline as they stood, overrides put in; those that look secret are `***`. */
  readonly parameters: Readonly<Record<string, Scalar>>;
  /** The commit that was checked out, and whether tracked files differed from it. */
  readonly git?: { readonly commit: string; readonly dirty: boolean };
  readonly python?: string;
  /** Parameters that a sweep tried, which have no one value. */
  readonly swept?: readonly string[];
  /** How many points a sweep has; absent for a run that is none. */
  readonly points?: number;
}

/**
 * What went into a step when it was run, and what came out. Of a step that was passed over as fresh the last run before
 * that did it has them.
 */
export interface StepRecord {
  readonly run: string;
  readonly step: string;
  /** As in {@linkcode AttemptRecord}. */
  readonly part: string;
  /** As in {@linkcode Memo}: scripts, inputs, args with their digests and texts. */
  readonly fingerprint: string;
  /** As in {@linkcode Memo}. */
  readonly outputs: string;
  /** Most memory that its programs held at one time, where that can be told. */
  readonly peakBytes?: number;
}

/** One point of a sweep. */
export interface PointRecord {
  readonly run: string;
  /** Unique in the run and the same in every run that has these values, such as `lr=0.1,seed=1`; also its folder's name. */
  readonly point: string;
  /** From 1, in the order of the sweep. */
  readonly number: number;
  /** Swept parameters only. */
  readonly values: Readonly<Record<string, Scalar>>;
  /** Those of them that would be read back as something else, such as the float 137.0. */
  readonly exact?: Readonly<Record<string, TypedText>>;
  /** Names of its steps that do not end in its own name, because other points have them too. */
  readonly shared?: readonly string[];
  /** `stopped`: ended early by a rule. */
  readonly status: "pending" | "running" | "done" | "failed" | "stopped" | "cancelled";
  readonly metrics: Metrics;
  readonly durationMs?: number;
  /** Why it was stopped or failed. */
  readonly reason?: string;
}
