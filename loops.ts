/**
 * The loop library on this machine: loops with the clock, the stores and the signals of the host.
 *
 * @module
 */

import {
  type CircuitBreakerFunction,
  type Loop,
  type Loops,
  type LoopSpec,
  type LoopSync,
  type LoopSyncSpec,
  makeLoops,
} from "./core/loop/mod.ts";
import { hostLoops } from "./plugins/host/loops/host.ts";

const loops: Loops = makeLoops(hostLoops());

/**
 * Makes a loop out of one iteration: it is repeated within a budget, stored after every step, and can be resumed after any
 * crash. Nothing is touched until the first run.
 *
 * Shape: `(state) => state`; the state is whatever the schema says, and JSON can hold.
 *
 * @example Two steps, and what they have cost
 * ```ts
 * import { loop } from "@loom/loom";
 * import { z } from "zod";
 * import { equal } from "node:assert/strict";
 *
 * const draft = loop({
 *   name: "draft",
 *   state: z.object({ text: z.string() }),
 *   budget: { iterations: 2, usd: 1 },
 *   checkpoint: "memory",
 *   step: (state, ctx) => {
 *     ctx.spend({ usd: 0.25 });
 *     return { text: `${state.text}!` };
 *   },
 * });
 *
 * const result = await draft.run({ text: "Hello" });
 * equal(result.state.text, "Hello!!");
 * equal(result.spent.usd, 0.5);
 * equal(result.reason, "budget:iterations");
 * ```
 *
 * @throws {LoopConfigError} With everything that is wrong with the definition.
 */
export const loop: <S>(spec: LoopSpec<S>) => Loop<S> = loops.loop;

/**
 * {@linkcode loop} for steps that need not wait: no promises, and a store that answers at once.
 *
 * @example A counter
 * ```ts
 * import { loopSync, predicate } from "@loom/loom";
 * import { z } from "zod";
 * import { equal } from "node:assert/strict";
 *
 * const count = loopSync({
 *   name: "count",
 *   state: z.number(),
 *   convergeOn: predicate((history) => history.last!.state === 3),
 *   checkpoint: "memory",
 *   step: (n) => n + 1,
 * });
 *
 * equal(count(0), 3);
 * ```
 *
 * @throws {LoopConfigError} With everything that is wrong with the definition.
 */
export const loopSync: <S>(spec: LoopSyncSpec<S>) => LoopSync<S> = loops.loopSync;

/** {@linkcode CircuitBreakerFunction} with the clock of this machine; inside a loop its events are those of the step. */
export const circuitBreaker: CircuitBreakerFunction = loops.circuitBreaker;
