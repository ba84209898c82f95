/**
 * Failures of the disk, in words for people.
 *
 * @module
 */

import { LoomError } from "../../../core/errors.ts";

interface Reason {
  readonly code: string;
  readonly text: string;
  readonly hint: string;
  readonly retryable?: boolean;
}

const notPermitted: Reason = {
  code: "not-permitted",
  text: "permission denied",
  hint: "check who owns it and its permissions",
};

/** Reasons by the operating system's name of the error. */
const reasons: Readonly<Record<string, Reason>> = {
  ENOSPC: { code: "disk-full", text: "no space left on the disk", hint: "free some space there", retryable: true },
  EDQUOT: { code: "disk-full", text: "the disk quota is used up", hint: "free some space there", retryable: true },
  EACCES: notPermitted,
  EPERM: notPermitted,
  EISDIR: { code: "is-directory", text: "a folder is in the way", hint: "move the folder away or choose another path" },
  ENOTDIR: {
    code: "not-directory",
    text: "a file stands where a folder is needed",
    hint: "move the file away or choose another path",
  },
  EROFS: { code: "read-only-disk", text: "the disk is read-only", hint: "choose a path on a writable disk" },
  ENOENT: { code: "not-found", text: "there is no such file or folder", hint: "check the path" },
  ENAMETOOLONG: { code: "name-too-long", text: "the name is too long", hint: "choose a shorter path" },
  EMFILE: {
    code: "too-many-open-files",
    text: "too many files are open",
    hint: "raise the limit (ulimit -n) or run fewer steps at once",
    retryable: true,
  },
};

/** The operating system's name of an error, such as `ENOENT`; empty if it has none. */
export function osCode(error: unknown): string {
  if (!(error instanceof Error)) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  if (error instanceof Deno.errors.NotCapable) return "EACCES";
  if (error instanceof Deno.errors.NotFound) return "ENOENT";
  // Deno gives no code to errors that have no class of their own; a process that is gone is one of them.
  if (/\(os error 3\)/.test(error.message)) return "ESRCH";
  return error instanceof Deno.errors.AlreadyExists ? "EEXIST" : "";
}

/**
 * The LoomError of a failed `action` (such as `write`) on `path`.
 *
 * Codes: `disk-full`, `not-permitted`, `is-directory`, `not-directory`, `read-only-disk`, `not-found`,
 * `name-too-long`, `too-many-open-files`, else `disk-failed`.
 */
export function fileError(action: string, path: string, cause: unknown): LoomError {
  const known = reasons[osCode(cause)];
  const text = known?.text ?? (cause instanceof Error ? cause.message : String(cause));
  return new LoomError(known?.code ?? "disk-failed", `Cannot ${action} ${path}: ${text}`, {
    hint: known?.hint,
    data: { action, path },
    retryable: known?.retryable,
    cause,
  });
}

/** Runs `work`; what it throws becomes {@linkcode fileError}. */
export function explained<T>(action: string, path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw fileError(action, path, error);
  }
}
