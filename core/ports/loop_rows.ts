/**
 * What is kept of loops, row by row.
 *
 * Money is integer nano-USD (1e-9 USD), time UTC milliseconds, JSON is canonical text (sorted keys).
 */

/** Where a loop stands. `running` with a dead owner is a crash. */
export type LoopStatus =
  | "running"
  | "completed"
  | "failed"
  | "budget_exhausted"
  | "stalled"
  | "paused"
  | "cancelled"
  | "interrupted";

/** Weakest way in which any step's cost was bounded before it ran. */
export type Guarantee = "hard" | "estimated" | "soft";

/** What a loop may spend; absent members are unlimited. */
export interface Limits {
  readonly nano?: number;
  readonly tokens?: number;
  readonly iterations?: number;
  readonly wallClockMs?: number;
  /** Whether only time in which a process holds the run counts, or all since its creation. */
  readonly wallClockMode?: "active" | "calendar";
  readonly graceMs?: number;
}

/** Money and tokens of a run and of everything below it. */
export interface Totals {
  readonly spentNano: number;
  readonly spentTokens: number;
  /** Taken for attempts in flight. */
  readonly reservedNano: number;
  readonly reservedTokens: number;
  /** Of attempts that were lost or abandoned: may or may not have been spent. */
  readonly unknownNano: number;
  readonly unknownTokens: number;
}

/** A step's place: its number, from 0, and the label of its branch (`""` without branches). */
export interface StepPlace {
  readonly step: number;
  readonly branch: string;
}

/** One loop run. */
export interface LoopRow extends Totals {
  readonly id: string;
  readonly name: string;
  readonly version?: string;
  readonly specHash: string;
  /** What the hash was made from, canonical JSON, to tell what differs. */
  readonly specJson: string;
  readonly status: LoopStatus;
  /** `converged:scorePlateau`, `budget:usd`, ...; empty while it runs. */
  readonly reason: string;
  /** `Name: message` of what ended it. */
  readonly error?: string;
  readonly errorStack?: string;
  /** Blob of the input state. */
  readonly inputRef: string;
  /** The step whose state the next one gets; absent: the input. */
  readonly head?: StepPlace;
  readonly best?: StepPlace & { readonly score: number };
  /** The number that the next new step takes. */
  readonly nextStep: number;
  /** Recorded steps, failed ones too. */
  readonly steps: number;
  /** Iterations used up. */
  readonly iterations: number;
  /** Time in which a process held it, up to its last commit. */
  readonly activeMs: number;
  readonly limits: Limits;
  readonly guarantee: Guarantee;
  /** JSON text: what detectors and strategies remember, errors in a row. */
  readonly memory: string;
  readonly parent?: StepPlace & { readonly run: string };
  readonly forkedFrom?: { readonly run: string; readonly step: number };
  /** Spent before the fork; shown, and counted only if it was asked for. */
  readonly inheritedNano: number;
  readonly pool?: string;
  readonly cancelRequested: boolean;
  /** `seq` of its newest event. */
  readonly lastSeq: number;
  /** Written by another tool and imported. */
  readonly imported: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** As much of a run as a long list shows. */
export type LoopSummary = Pick<LoopRow, "id" | "name" | "status" | "steps" | "spentNano" | "createdAt" | "forkedFrom">;

/** One recorded step. */
export interface StepRow extends StepPlace {
  readonly run: string;
  readonly attempt: number;
  readonly status: "ok" | "error";
  /** Where its input came from; absent: the run's input. */
  readonly input?: StepPlace;
  /** Blob of its state; absent for a failed step, and after pruning. */
  readonly stateRef?: string;
  /** Own cost, that of child runs not counted. */
  readonly costNano: number;
  readonly childNano: number;
  readonly tokens: number;
  readonly score?: number;
  readonly scoreError?: string;
  readonly costError?: string;
  readonly error?: string;
  readonly errorStack?: string;
  /** `advance`, `backtrack:N`, `converged:X`, `stalled`, ... */
  readonly decision: string;
  readonly startedAt: number;
  readonly durationMs: number;
}

/** One try of a step. */
export interface LoopAttempt extends StepPlace {
  readonly run: string;
  /** From 1. */
  readonly attempt: number;
  readonly status: "in_flight" | "ok" | "error" | "lost" | "abandoned" | "paused";
  readonly reservedNano: number;
  readonly reservedTokens: number;
  readonly actualNano?: number;
  readonly actualTokens?: number;
  readonly error?: string;
  /** Fence of the lease it ran under. */
  readonly fence: number;
  readonly startedAt: number;
}

/** What a call inside a step gave, kept so that it is not made again. */
export interface LoopMemo extends StepPlace {
  readonly run: string;
  readonly key: string;
  /** JSON text. */
  readonly value: string;
  readonly costNano: number;
}

/** A question to a person. */
export interface PauseRow {
  readonly run: string;
  readonly key: string;
  /** JSON text. */
  readonly request: string;
  /** JSON Schema of the answer, as text. */
  readonly schema?: string;
  /** JSON text; absent: still open. */
  readonly answer?: string;
  /** When it is answered by itself. */
  readonly deadline?: number;
  readonly askedAt: number;
  readonly answeredAt?: number;
}

/** A stored fact of a run; `seq` counts from 1 without gaps. */
export interface LoopEventRow {
  readonly run: string;
  readonly seq: number;
  readonly type: string;
  /** JSON text of an object. */
  readonly data: string;
  readonly at: number;
}

/** Content by digest. */
export interface Blob {
  /** SHA-256 of the canonical text, 64 hex digits. */
  readonly ref: string;
  readonly codec: "json" | "deflate" | "delta";
  /** What a delta is based on. */
  readonly baseRef?: string;
  readonly bytes: Uint8Array;
}

/** A held run; `fence` grows with every new owner. */
export interface LoopLease {
  readonly run: string;
  readonly fence: number;
}
