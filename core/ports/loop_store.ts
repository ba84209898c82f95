/**
 * Where loops are kept. A store answers at once (SQLite, memory) or by promise (Postgres); {@linkcode Later} is either.
 *
 * Money is integer nano-USD (1e-9 USD), time UTC milliseconds, JSON is canonical text (sorted keys).
 */

import type { LeaseHolder } from "./store.ts";
import type {
  Blob,
  LoopAttempt,
  LoopEventRow,
  LoopLease,
  LoopMemo,
  LoopRow,
  LoopSummary,
  PauseRow,
  StepRow,
} from "./loop_rows.ts";

export type * from "./loop_rows.ts";

/** A value, or the promise of one. */
export type Later<T> = T | Promise<T>;

/** Everything that must become true together. Rows of one key replace each other. */
export interface LoopBatch {
  /** Verified in the same transaction: the run's own and those of its ancestors. */
  readonly leases: readonly LoopLease[];
  /** Changed members of runs, ancestors' totals among them. */
  readonly runs?: readonly (Partial<LoopRow> & { readonly id: string })[];
  readonly blobs?: readonly Blob[];
  readonly attempts?: readonly LoopAttempt[];
  readonly steps?: readonly StepRow[];
  readonly memos?: readonly LoopMemo[];
  readonly pauses?: readonly PauseRow[];
  readonly events?: readonly LoopEventRow[];
  readonly breakers?: readonly BreakerRow[];
  /** Shared budgets; with any of them over its limit nothing of the batch is written. */
  readonly pools?: readonly PoolChange[];
}

/** State of a circuit breaker that outlives its process. */
export interface BreakerRow {
  readonly name: string;
  /** JSON text. */
  readonly state: string;
}

/** A change of a budget that several runs share. */
export interface PoolChange {
  readonly pool: string;
  /** `2026-11-21` or `2026-11`; `""` for all time. */
  readonly period: string;
  readonly limitNano: number;
  readonly spentNano: number;
  readonly reservedNano: number;
  /** Whether the change is made even above the limit: what was spent was spent. */
  readonly force: boolean;
}

/** Spent and reserved of a pool in one period. */
export interface PoolRow {
  readonly pool: string;
  readonly period: string;
  readonly limitNano: number;
  readonly spentNano: number;
  readonly reservedNano: number;
}

/** Which runs to list; newest first. */
export interface LoopQuery {
  readonly status?: string;
  readonly name?: string;
  readonly parent?: string;
  readonly limit?: number;
}

/** Which old runs and states may go; without members nothing does. */
export interface Retention {
  /** Milliseconds since the last change. */
  readonly maxAgeMs?: number;
  readonly maxRuns?: number;
  readonly keepStates?: "all" | "best+last" | { readonly every: number };
}

/** What pruning removed, or would. */
export interface PruneReport {
  readonly runs: number;
  readonly states: number;
  readonly bytes: number;
}

/**
 * Keeps loops. Failures are LoomErrors: `RUN_EXISTS`, `RUN_NOT_FOUND`, `LEASE_LOST`, `POOL_EXHAUSTED`, `ALREADY_ANSWERED`,
 * and the store's own (`store-too-new`, `store-corrupt`, `disk-full`, `not-permitted`, ...).
 */
export interface LoopStore {
  /** Shown to people: a path or an address without its password. */
  readonly place: string;
  /** Whether every answer comes at once. */
  readonly isSync: boolean;
  /** The store's clock: leases are compared by it. */
  now(): Later<number>;
  /** Adds a run with its input and first events, and takes its lease for `holder`. */
  createRun(run: LoopRow, first: Omit<LoopBatch, "leases">, owner: LoopOwner): Later<LoopLease>;
  getRun(id: string): Later<LoopRow | undefined>;
  listRuns(query: LoopQuery): Later<readonly LoopRow[]>;
  /** {@linkcode LoopStore.listRuns} for long lists. */
  listSummaries(query: LoopQuery): Later<readonly LoopSummary[]>;
  /** The lease, or who holds it until when. */
  acquire(run: string, owner: LoopOwner, how?: { readonly steal?: boolean }): Later<LoopLease | LoopHolder>;
  /** Who holds it now, if anybody does. */
  holder(run: string): Later<LoopHolder | undefined>;
  /** `false`: it was lost to another. */
  renew(lease: LoopLease, ttlMs: number): Later<boolean>;
  release(lease: LoopLease): Later<void>;
  /** All or nothing, durable as the store was opened. */
  commit(batch: LoopBatch): Later<void>;
  /** In order of step and branch. `last: k` gives the newest k. */
  steps(run: string, range?: { from?: number; to?: number; last?: number }): Later<readonly StepRow[]>;
  attempts(run: string, range?: { step?: number; status?: LoopAttempt["status"] }): Later<readonly LoopAttempt[]>;
  memos(run: string, step: number): Later<readonly LoopMemo[]>;
  pauses(run: string): Later<readonly PauseRow[]>;
  /** Stores an answer outside of any lease; the first one wins. */
  answer(pause: { run: string; key: string; answer: string; at: number }): Later<void>;
  /** Asks the owner of a live run to stop, from any process. */
  requestCancel(run: string): Later<void>;
  events(run: string, afterSeq?: number, limit?: number): Later<readonly LoopEventRow[]>;
  blob(ref: string): Later<Blob | undefined>;
  breaker(name: string): Later<BreakerRow | undefined>;
  pool(pool: string, period: string): Later<PoolRow | undefined>;
  /** Never touches live or paused runs, nor states that a fork or a delta stands on. */
  prune(retention: Retention, how: { readonly dryRun: boolean; readonly now: number }): Later<PruneReport>;
  close(): Later<void>;
}

/** Who asks for a lease, and for how long. `isAlive` tells of a holder on this host. */
export interface LoopOwner {
  readonly holder: LeaseHolder;
  readonly ttlMs: number;
  readonly isAlive: (holder: LeaseHolder) => boolean;
}

/** Who holds a run, until when by the store's clock. */
export interface LoopHolder {
  readonly holder: LeaseHolder;
  readonly expiresAt: number;
}

/** What states need of the outside: digests and compression. */
export interface StateTools {
  /** 64 lower-case hex digits, of the text as UTF-8. */
  sha256(text: string): string;
  /** The text as UTF-8, compressed (raw deflate). */
  deflate(text: string): Uint8Array;
  inflate(bytes: Uint8Array): string;
}
