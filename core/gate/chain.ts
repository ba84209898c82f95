/**
 * The chain of the audit log: each record holds the hash of the one before.
 *
 * Whoever changes, removes or inserts a record breaks it there, unless every later record is made anew; and then the
 * last hash is another. Records cut off at the end leave a chain that is whole: only a hash that was noted before tells.
 *
 * @module
 */

import type { AuditRecord } from "../ports/audit.ts";
import type { Digest } from "./decide/approval.ts";

/** What the first record has in the place of a hash. */
export const NO_RECORD: string = "0".repeat(64);

/** Hash of a record: of its parts, a line each. Only the body, which is last, may hold line ends. */
export function recordHash({ before, seq, atMs, body }: Omit<AuditRecord, "hash">, digest: Digest): string {
  return digest(`${before}\n${seq}\n${atMs}\n${body}`);
}

/** What {@linkcode verifyChain} found. */
export type ChainState =
  | { readonly whole: true; readonly count: number; readonly head: string }
  | {
    readonly whole: false;
    /** The first record that does not fit. */
    readonly seq: number;
    /** What is wrong with it: records are missing before it, it was changed, or it follows another record. */
    readonly why: "gap" | "edited" | "relinked";
    /** Records before it, all whole. */
    readonly count: number;
  };

/** Follows the chain from its first record; stops at the first that does not fit. */
export function verifyChain(records: Iterable<AuditRecord>, digest: Digest): ChainState {
  let [count, head] = [0, NO_RECORD];
  for (const record of records) {
    const why = faultOf(record, { seq: count + 1, before: head }, digest);
    if (why !== undefined) return { whole: false, seq: record.seq, why, count };
    [count, head] = [count + 1, record.hash];
  }
  return { whole: true, count, head };
}

function faultOf(record: AuditRecord, expected: { readonly seq: number; readonly before: string }, digest: Digest) {
  if (record.seq !== expected.seq) return "gap";
  if (recordHash(record, digest) !== record.hash) return "edited";
  return record.before === expected.before ? undefined : "relinked";
}
