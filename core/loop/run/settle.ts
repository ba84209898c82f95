/**
 * What a finished attempt has cost, and how good it is.
 *
 * @module
 */

import { toAmount } from "../definition/limits.ts";
import { errorText, ScorerFailed } from "../base/errors.ts";
import { type Flow, wait } from "../base/flow.ts";
import { toUsd } from "../base/money.ts";
import type { Frame } from "../step/frame.ts";
import type { StepContext } from "../types/mod.ts";
import { clockedMs, type Drive, note, weaker } from "../drive/drive.ts";
import { noteCost } from "../drive/memory.ts";

/** Failures of the scorer in a row that end a run. */
const scorerPatience = 3;

/** Shares of a limit that are warned of, in percent. */
const warnings = [95, 80, 50] as const;

/** Asks what the step has cost beyond what was metered. A paid step is never lost: a failure charges what was held. */
export function* costOf<S>(frame: Frame<S>, state: S, context: StepContext<S>): Flow<string | undefined> {
  const { cost } = frame.drive.definition.spec;
  if (cost === undefined) return undefined;
  try {
    const amount = toAmount(yield* wait(cost(state, context)));
    frame.spend({ usd: toUsd(amount.nano), tokens: amount.tokens });
    return undefined;
  } catch (error) {
    const { nano, tokens } = frame.held.left;
    frame.spend({ usd: toUsd(nano), tokens });
    note(frame.drive, "cost.failed", { error: errorText(error), chargedUsd: toUsd(nano) }, frame.place.step);
    return errorText(error);
  }
}

/** What a failed attempt has cost is known only if all of it is metered. */
export function closeFailed<S>(frame: Frame<S>): void {
  if (frame.drive.definition.spec.cost === undefined) frame.close();
  else frame.lose();
  tellBooks(frame);
}

/** Closes the books of an attempt. */
export function closeBooks<S>(frame: Frame<S>): void {
  frame.close();
  tellBooks(frame);
}

/** Overruns and shares of the limits are told. What was spent past reservations weakens the guarantee of an estimate. */
function tellBooks<S>(frame: Frame<S>): void {
  const { drive, reserve: { max, mode }, place } = frame;
  const { spent } = frame;
  const isOver = max !== undefined && (spent.nano > max.nano || spent.tokens > max.tokens);
  if (isOver) note(drive, "budget.overrun", { usd: toUsd(spent.nano), maxUsd: toUsd(max.nano) }, place.step);
  const isMetered = frame.unheld.nano === 0 && frame.unheld.tokens === 0;
  const isWeaker = mode === "hard" && drive.definition.estimate !== undefined && !isMetered;
  if (drive.ledger.isLimited && isWeaker) drive.row.guarantee = weaker(drive.row.guarantee, "estimated");
  noteCost(drive.memory, spent);
  warn(drive, place.step);
}

function warn<S>(drive: Drive<S>, step: number): void {
  const { money, tokens } = drive.ledger;
  const shares = [
    ["usd", money.spent + money.unknown, money.limit],
    ["tokens", tokens.spent + tokens.unknown, tokens.limit],
    ["iterations", drive.row.iterations + 1, drive.row.limits.iterations],
    ["wall_clock", clockedMs(drive), drive.row.limits.wallClockMs],
  ] as const;
  for (const [limit, used, max] of shares) {
    const percent = max === undefined || max === 0 ? 0 : (100 * used) / max;
    const reached = warnings.find((it) => percent >= it) ?? 0;
    if (reached <= (drive.memory.warned[limit] ?? 0)) continue;
    drive.memory.warned[limit] = reached;
    note(drive, "budget.warning", { limit, percent: reached }, step);
  }
}

/** A score, or why there is none. */
export interface Scored {
  readonly score?: number;
  readonly scoreError?: string;
  /** The scorer has failed too often. */
  readonly failure?: ScorerFailed;
}

/** Asks the scorer; what it throws, and a number that is none, is no score. */
export function* scoreOf<S>(frame: Frame<S>, state: S, context: StepContext<S>): Flow<Scored> {
  const { drive, place } = frame;
  const { score } = drive.definition.spec;
  if (score === undefined) return {};
  try {
    const value = yield* wait(score(state, context));
    if (value !== null && !(typeof value === "number" && Number.isFinite(value))) {
      throw new RangeError(`A score is a finite number or null, not ${String(value)}`);
    }
    drive.memory.scorerFailures = 0;
    return value === null ? {} : { score: value };
  } catch (error) {
    const scoreError = errorText(error);
    note(drive, "score.failed", { error: scoreError }, place.step);
    if (++drive.memory.scorerFailures < scorerPatience) return { scoreError };
    const message = `The scorer failed ${scorerPatience} times in a row: ${scoreError}`;
    const failure = new ScorerFailed(message, { runId: drive.row.id, step: place.step, cause: error });
    return { scoreError, failure };
  }
}
