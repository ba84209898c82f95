import { isLoomError, LoomError } from "../../../core/errors.ts";

interface Reason {
  readonly pattern: RegExp;
  readonly code: string;
  readonly hint?: string;
  readonly retryable?: boolean;
}

/** By SQLSTATE, or by what the connection says: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const reasons: readonly Reason[] = [
  {
    pattern: /^(28|42501)/,
    code: "not-permitted",
    hint: "check the user and the password of the address, and its rights",
  },
  { pattern: /^3D000/, code: "not-permitted", hint: "create the database first" },
  { pattern: /^(53100|53400)/, code: "disk-full", hint: "free some space on the server", retryable: true },
  { pattern: /^(40|53300|55P03)/, code: "busy", hint: "try again when the server has less to do", retryable: true },
  { pattern: /^XX00[12]/, code: "store-corrupt", hint: "restore the database from a backup" },
  {
    pattern: /^(08|57P|CONNECT|E[A-Z]+$)/,
    code: "store-unreachable",
    hint: "check that the server runs and that the address is right",
    retryable: true,
  },
];

/**
 * The LoomError of a failure of PostgreSQL.
 *
 * Codes: `not-permitted`, `disk-full`, `busy`, `store-corrupt`, `store-unreachable`, else `store-failed`.
 */
export function postgresError(place: string, cause: unknown): LoomError {
  if (isLoomError(cause)) return cause;
  const state = String((cause as { code?: unknown } | null)?.code ?? "");
  const text = cause instanceof Error && cause.message !== "" ? cause.message : state;
  const known = reasons.find(({ pattern }) => pattern.test(state));
  return new LoomError(known?.code ?? "store-failed", `Cannot use ${place}: ${text}`, {
    hint: known?.hint,
    data: { place, state },
    retryable: known?.retryable,
    cause,
  });
}

/** The address is none. It may hold a password, so it is not repeated. */
export function badAddress(): LoomError {
  return new LoomError("bad-address", "Cannot use the address of the PostgreSQL store: it is not a URL", {
    hint: "write it as postgres://user:password@host:5432/database",
  });
}
