/**
 * What a step is given.
 *
 * @module
 */

import type { Later } from "../../ports/loop_store.ts";
import { runAsync, runSync } from "../base/flow.ts";
import { toUsd } from "../base/money.ts";
import { clockedMs, type Drive, tell } from "../drive/drive.ts";
import type { OnceOptions, ParallelOptions, PauseOptions, Spend, StepContext } from "../types/mod.ts";
import type { Frame } from "./frame.ts";
import type { Inside } from "./inside.ts";
import { once } from "./once.ts";
import { parallel } from "./parallel.ts";
import { pause } from "./pause.ts";

/** The context of a step, or of one of its branches. */
export function contextOf<S>(inside: Inside<S>): StepContext<S> {
  const { frame, signal } = inside;
  const { drive, place, attempt } = frame;
  return {
    runId: drive.row.id,
    step: place.step,
    attempt,
    signal,
    idempotencyKey: [drive.row.id, place.step, place.branch, inside.branch].filter((part) => part !== "").join(":"),
    history: drive.history,
    variant: drive.memory.variant,
    remaining: () => remaining(frame),
    reserve: (cost) => frame.hold(cost),
    spend: (cost) => frame.spend(cost),
    once: <T>(key: string, fn: () => Later<T>, options?: OnceOptions<T>) => doOnce(inside, key, fn, options),
    pause: <T>(key: string, request: unknown, options?: PauseOptions<T>) =>
      runAsync(pause(inside, { key, request }, options)),
    parallel: <T>(
      branches: Readonly<Record<string, (branch: StepContext<S>) => Promise<T>>>,
      options?: ParallelOptions,
    ) => parallel(inside, { branches, contextOf }, options),
    emit: (chunk) => {
      tell(drive, { type: "step.chunk", at: drive.host.clock.now(), runId: drive.row.id, step: place.step, chunk });
    },
  };
}

/** In a synchronous loop the value itself is given, for there the type says so. */
function doOnce<S, T>(
  inside: Inside<S>,
  key: string,
  fn: () => Later<T>,
  options: OnceOptions<T> = {},
): Promise<T> {
  const flow = once(inside, { key, fn }, options);
  return inside.frame.drive.definition.isSync ? runSync(flow) as unknown as Promise<T> : runAsync(flow);
}

/** What the step may still spend, what it holds included. */
function remaining<S>({ drive, held }: Frame<S>): Partial<Spend> {
  const { money, tokens } = drive.ledger;
  const { limits, iterations } = drive.row;
  const [nano, count] = [money.remaining, tokens.remaining];
  return {
    ...(nano !== undefined && { usd: toUsd(nano + held.left.nano) }),
    ...(count !== undefined && { tokens: count + held.left.tokens }),
    ...(limits.iterations !== undefined && { iterations: Math.max(0, limits.iterations - iterations - 1) }),
    ...clockLeft(drive),
  };
}

function clockLeft<S>(drive: Drive<S>): Partial<Spend> {
  const { wallClockMs } = drive.row.limits;
  return wallClockMs === undefined ? {} : { wallClockMs: Math.max(0, wallClockMs - clockedMs(drive)) };
}
