/**
 * Errors of loops. The `code` of each is the name of its class in capitals: `RunBusy` has `RUN_BUSY`.
 *
 * @module
 */

import { LoomError, type LoomErrorOptions } from "../../errors.ts";
import type { LoopHolder } from "../../ports/loop_store.ts";

/** What a {@linkcode LoopError} knows of where it happened. */
export interface LoopErrorOptions extends LoomErrorOptions {
  readonly runId?: string;
  /** From 0. */
  readonly step?: number;
}

/** Any error of a loop that a caller may handle. */
export class LoopError extends LoomError {
  override readonly name: string;
  readonly runId?: string;
  readonly step?: number;

  constructor(message: string, options: LoopErrorOptions = {}) {
    super(codeOf(new.target.name), message, options);
    this.name = new.target.name;
    this.runId = options.runId;
    this.step = options.step;
  }
}

/** `RunBusy` to `RUN_BUSY`. */
function codeOf(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
}

/** A loop is defined or asked for in a way that cannot be; `problems` says everything that is wrong. */
export class LoopConfigError extends LoopError {}

/** A state is not what the schema says. */
export class StateInvalid extends LoopError {}

/** A state holds what JSON cannot; `data.path` says where. */
export class StateNotSerialisable extends LoopError {}

/** Which limit was reached. */
export type LimitName = "usd" | "iterations" | "tokens" | "wall_clock" | "pool";

/** The next step, or call, cannot be afforded. Money in USD, time in milliseconds. */
export class BudgetExhausted extends LoopError {
  readonly limit: LimitName;
  readonly used: number;
  readonly max: number;
  /** What would have been needed. */
  readonly reserve: number;
  /** Whose limit it is: the run's own, or that of a run around it. */
  readonly scope: "own" | "ancestor";

  constructor(
    facts: { limit: LimitName; used: number; max: number; reserve: number; scope: "own" | "ancestor" },
    options: LoopErrorOptions = {},
  ) {
    const { limit, used, max, reserve, scope } = facts;
    const need = reserve > 0 ? `, ${reserve} more needed` : "";
    const whose = scope === "own" ? "" : " of a run around it";
    const hint = options.hint ?? moreOf(limit);
    super(`The ${limit} budget${whose} is exhausted: ${used} of ${max} used${need}`, { ...options, hint, data: facts });
    [this.limit, this.used, this.max, this.reserve, this.scope] = [limit, used, max, reserve, scope];
  }
}

const BUDGET_KEYS = { usd: "usd", tokens: "tokens", iterations: "iterations", wall_clock: "wallClock" } as const;

function moreOf(limit: LimitName): string {
  if (limit === "pool") return "wait for the next period, or raise pool.usd";
  return `give it more: resume(runId, { addBudget: { ${BUDGET_KEYS[limit]}: … } })`;
}

/** Nothing got better for too long. */
export class StallError extends LoopError {
  readonly iterations: number;
  readonly best: { readonly step: number; readonly score: number } | undefined;

  constructor(iterations: number, best: StallError["best"], options: LoopErrorOptions = {}) {
    const since = best === undefined ? "nothing was scored" : `the best is step ${best.step} with ${best.score}`;
    super(`Stalled after ${iterations} iterations: ${since}`, options);
    [this.iterations, this.best] = [iterations, best];
  }
}

/** More failed steps in a row than are borne; `cause` is the last error. */
export class TooManyErrors extends LoopError {}

/** The scorer failed three times in a row; `cause` is its last error. */
export class ScorerFailed extends LoopError {}

/** There is no such run. */
export class RunNotFound extends LoopError {}

/** The id is taken. */
export class RunExists extends LoopError {}

/** The id is that of a run with another input. */
export class RunInputMismatch extends LoopError {}

/** Another process drives the run. */
export class RunBusy extends LoopError {
  readonly owner: LoopHolder["holder"];
  /** UTC milliseconds. */
  readonly expiresAt: number;

  constructor(runId: string, { holder, expiresAt }: LoopHolder) {
    const who = `process ${holder.pid} on ${holder.host}`;
    super(`Run ${runId} is held by ${who}`, {
      runId,
      hint: "wait for it to end, or take the run over with steal",
      data: { owner: holder, expiresAt },
      retryable: true,
    });
    [this.owner, this.expiresAt] = [holder, expiresAt];
  }
}

/** Another process took the run over: nothing more is written. */
export class LeaseLost extends LoopError {}

/** The loop is not the one that began the run; `data.fields` says in what they differ. */
export class SpecMismatch extends LoopError {}

/** A newer loom wrote the store. */
export class StoreTooNew extends LoopError {}

/** The store cannot be read. */
export class StoreCorrupt extends LoopError {}

/** The price table does not know the model. */
export class UnknownModelPrice extends LoopError {}

/** Nothing waits for this answer. */
export class NotPaused extends LoopError {}

/** Somebody answered first. */
export class AlreadyAnswered extends LoopError {}

/** The run was called off. */
export class Cancelled extends LoopError {}

/** The process was told to stop; the run can be resumed. */
export class Interrupted extends LoopError {}

/** The run waits for an answer. */
export class Paused extends LoopError {}

/** A circuit breaker lets no call through. */
export class CircuitOpenError extends LoopError {
  /** The breaker's name. */
  readonly breaker: string;
  readonly retryAfterMs: number;

  constructor(breaker: string, retryAfterMs: number, options: LoopErrorOptions = {}) {
    super(`The circuit of ${breaker} is open for another ${Math.ceil(retryAfterMs)} ms`, {
      ...options,
      data: { breaker, retryAfterMs },
      retryable: true,
    });
    [this.breaker, this.retryAfterMs] = [breaker, retryAfterMs];
  }
}

const BY_CODE: ReadonlyMap<string, new (message: string, options?: LoopErrorOptions) => LoopError> = new Map(
  [RunExists, RunNotFound, LeaseLost, StoreTooNew, StoreCorrupt, AlreadyAnswered, NotPaused].map((type) => [
    codeOf(type.name),
    type,
  ]),
);

/** An error of a store as one of these classes; anything else as it is. Codes are compared in either spelling. */
export function toLoopError(error: unknown, where: Pick<LoopErrorOptions, "runId" | "step"> = {}): unknown {
  if (!(error instanceof LoomError) || error instanceof LoopError) return error;
  const type = BY_CODE.get(error.code.toUpperCase().replaceAll("-", "_"));
  if (type === undefined) return error;
  const { hint, data, message } = error;
  return new type(message, { ...where, hint, data, cause: error });
}

/** `Name: message`, as it is stored and shown. */
export function errorText(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : `Error: ${String(error)}`;
}
