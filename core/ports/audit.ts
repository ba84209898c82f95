/** What was decided and done, in a chain that shows whether it was changed afterwards. */

import type { Origin, Policy } from "./policy.ts";

/** What is written down of one decision or of what came of it. Never a secret. */
export interface AuditEntry {
  /** `decided` before, `done` or `failed` after; `granted` is an approval by a person. */
  readonly event: "decided" | "granted" | "done" | "failed" | "blocked";
  readonly decision?: "allow" | "ask" | "deny";
  /** Why: the rule, the tier, the person. */
  readonly reason: string;
  readonly origin: Origin;
  readonly policy: Policy;
  /** Digest of what was asked for: the action, its arguments and inputs. */
  readonly binding?: string;
  /** Such as the id of a run, a path, or the first words of an error. */
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
}

/** One link of the chain. */
export interface AuditRecord {
  /** From 1, without gaps. */
  readonly seq: number;
  /** UTC milliseconds. */
  readonly atMs: number;
  /** The entry as JSON, as it was hashed. */
  readonly body: string;
  /** SHA-256 of `before`, `seq`, `atMs` and `body`, joined by line ends. */
  readonly hash: string;
  /** Hash of the record before; 64 zeros for the first. */
  readonly before: string;
}

/** Records that are only ever appended. */
export interface AuditLog {
  /** Stored, flushed to disk and linked to the record before when it returns; safe among several processes. */
  append(entry: AuditEntry, atMs: number): AuditRecord;
  /** Oldest first, from `afterSeq` (exclusive, 0 unless given). */
  records(options?: { readonly afterSeq?: number; readonly limit?: number }): readonly AuditRecord[];
  /** The last of them, oldest first. */
  newest(limit: number): readonly AuditRecord[];
}

/** A person's yes to one exact thing, usable once. */
export interface Approval {
  /** Random, 64 hexadecimal digits. Kept as its SHA-256. */
  readonly token: string;
  /** Digest of what was shown: verb or tool, canonical arguments, fingerprints of inputs, plan of cost. */
  readonly binding: string;
  readonly origin: Origin;
  readonly expiresMs: number;
}

/** Approvals that have been given and not used. */
export interface Approvals {
  put(approval: Approval, nowMs: number): void;
  /** `true` once, for an approval that fits and has not expired; it is gone then. Safe among several processes. */
  use(approval: { readonly token: string; readonly binding: string }, nowMs: number): boolean;
}
