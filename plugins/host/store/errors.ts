import { isLoomError, LoomError } from "../../../core/errors.ts";

/** Whether SQLite says that the file is no database, or a broken one. Its errors carry no number here, only words. */
export function isCorruption(error: unknown): boolean {
  return error instanceof Error && /file is not a database|malformed|disk image/i.test(error.message);
}

interface Reason {
  readonly pattern: RegExp;
  readonly code: string;
  readonly text: string;
  readonly hint: string;
  readonly retryable?: boolean;
}

const reasons: readonly Reason[] = [
  {
    pattern: /readonly|read-only|unable to open|permission denied|access/i,
    code: "not-permitted",
    text: "loom may not write there",
    hint: "make the folder writable, or keep the state elsewhere with --project DIR",
  },
  {
    pattern: /full/i,
    code: "disk-full",
    text: "no space left on the disk",
    hint: "free some space there",
    retryable: true,
  },
  {
    pattern: /locked|busy/i,
    code: "busy",
    text: "another loom is writing to it",
    hint: "wait for it to end, then try again",
    retryable: true,
  },
  {
    pattern: /malformed|not a database|disk image/i,
    code: "store-corrupt",
    text: "the database is damaged",
    hint: "move it away; it holds only history and cache, never your work",
  },
];

/**
 * The LoomError of a failure of the database at `path`.
 *
 * Codes: `not-permitted`, `disk-full`, `busy`, `store-corrupt`, else `store-failed`.
 */
export function storeError(path: string, cause: unknown): LoomError {
  if (isLoomError(cause)) return cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  const known = reasons.find(({ pattern }) => pattern.test(text));
  return new LoomError(known?.code ?? "store-failed", `Cannot use ${path}: ${known?.text ?? text}`, {
    hint: known?.hint,
    data: { path },
    retryable: known?.retryable,
    cause,
  });
}

/** Another loom has taken over what was held. */
export function leaseLost(name: string): LoomError {
  return new LoomError("lease-lost", `Cannot go on with ${name}: another loom has taken it over`, {
    hint: "this one was silent for too long; let the other end, then run again",
    data: { name },
  });
}
