/**
 * What went wrong, as the server says it.
 *
 * @module
 */

import { isLoomError, LoomError, type Problem } from "../../../core/errors.ts";

/** Statuses that a refusal can have. */
export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 416 | 421 | 500;

const STATUS = "status";

/** An error with the status that tells it. */
export function refusal(status: RefusalStatus, code: string, message: string, hint?: string, data = {}): LoomError {
  return new LoomError(code, message, { hint, data: { ...data, [STATUS]: status } });
}

/** The body of every answer that is none. */
export interface ErrorBody {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly hint?: string;
    readonly problems?: readonly Problem[];
    readonly data?: Readonly<Record<string, unknown>>;
  };
}

const STATUS_OF: Readonly<Record<string, RefusalStatus>> = {
  "config-not-found": 404,
  "not-found": 404,
  "unknown-data": 404,
  "not-permitted": 403,
  "busy": 409,
  "nothing-to-cancel": 409,
};

/** Status and body of an error. One that nobody foresaw says no more than that it happened. */
export function answerOf(error: unknown): { readonly status: RefusalStatus; readonly body: ErrorBody } {
  if (!isLoomError(error)) {
    return { status: 500, body: { error: { code: "unexpected", message: "Something went wrong inside loom" } } };
  }
  const { code, message, hint, problems, data: { [STATUS]: given, ...data } } = error;
  const status = (given ?? STATUS_OF[code] ?? 400) as RefusalStatus;
  return { status, body: { error: { code, message, hint, ...(problems.length > 0 && { problems }), data } } };
}
