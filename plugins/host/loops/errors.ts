import { LoomError } from "../../../core/errors.ts";
import type { PoolChange } from "../../../core/ports/loop_store.ts";

/** The id is taken. */
export function runExists(run: string): LoomError {
  return new LoomError("RUN_EXISTS", `Cannot create run ${run}: there is one of that name`, {
    hint: "choose another id, or resume the run",
    data: { run },
  });
}

/** There is no such run. */
export function runNotFound(run: string, place: string): LoomError {
  return new LoomError("RUN_NOT_FOUND", `There is no run ${run} in ${place}`, {
    hint: "loom runs lists those there are",
    data: { run, place },
  });
}

/** Another owner has taken the run over. */
export function leaseLost(run: string): LoomError {
  return new LoomError("LEASE_LOST", `Cannot go on with run ${run}: another process has taken it over`, {
    hint: "this one was silent for too long; let the other end",
    data: { run },
  });
}

/** A shared budget does not allow the change. */
export function poolExhausted({ pool, period, limitNano, spentNano, reservedNano }: PoolChange): LoomError {
  const when = period === "" ? "" : ` for ${period}`;
  const message = `The pool ${pool}${when} is exhausted: ${(spentNano + reservedNano) / 1e9} USD more would pass ` +
    `its limit of ${limitNano / 1e9} USD`;
  return new LoomError("POOL_EXHAUSTED", message, { data: { pool, period, limitNano, spentNano, reservedNano } });
}

/** Nothing waits for this answer. */
export function notPaused(run: string, key: string): LoomError {
  return new LoomError("NOT_PAUSED", `Run ${run} does not wait for an answer to '${key}'`, { data: { run, key } });
}

/** Somebody answered first. */
export function alreadyAnswered(run: string, key: string): LoomError {
  return new LoomError("ALREADY_ANSWERED", `'${key}' of run ${run} has been answered already`, {
    hint: "the first answer stands",
    data: { run, key },
  });
}
