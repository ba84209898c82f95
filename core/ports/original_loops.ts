/** Loops that the original, loomc 0.2.0 and 0.3.0, has kept, as they lie in its database. */

/** A value of a column; nothing keeps a value of another type than was meant from lying there. */
export type OriginalCell = string | number | bigint | Uint8Array | null;

/** One run with its steps. */
export interface OriginalRun {
  /** Any text. */
  readonly id: string;
  /** Absent: there are steps of this run, but no run. */
  readonly facts?: {
    readonly specHash: OriginalCell;
    /** `running`, `completed`, `failed`, `budget_exhausted`; other text happens. */
    readonly status: OriginalCell;
    /** ISO 8601 with `+00:00`. */
    readonly createdAt: OriginalCell;
    readonly updatedAt: OriginalCell;
  };
  /** In order of number; numbers may be missing. */
  readonly steps: readonly OriginalStep[];
}

/** One step. */
export interface OriginalStep {
  readonly number: OriginalCell;
  /** JSON as Python writes it: `NaN`, `Infinity` and integers of any length included. */
  readonly state: OriginalCell;
  readonly costUsd: OriginalCell;
  readonly score: OriginalCell;
  readonly timestamp: OriginalCell;
  readonly error: OriginalCell;
  /** Of 0.3.0. */
  readonly breakerEvent: OriginalCell;
}
