/**
 * The loop library on this machine: loops with the clock, the stores and the signals of the host.
 *
 * @module
 */

import {
  type CircuitBreakerFunction,
  type Loop,
  type LoopEvents,
  type Loops,
  type LoopSpec,
  type LoopSync,
  type LoopSyncSpec,
  makeLoops,
  type OtlpTraces,
  type Replayed,
  type ReplayOptions,
} from "../core/loop/mod.ts";
import { runAsync } from "../core/loop/base/flow.ts";
import { spanListeners } from "../core/loop/look/live_spans.ts";
import { readTraces } from "../core/loop/look/read_spans.ts";
import { replayRun } from "../core/loop/look/replay.ts";
import type { LoopStore } from "../core/ports/loop_store.ts";
import { hostLoops, hostStateTools } from "../plugins/host/loops/host.ts";

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
 * @param spec One iteration, and what decides whether there is another one.
 * @returns The loop: a function, with `run`, `stream`, `resume`, `fork` and `answer`.
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
 * @param spec One iteration, and what decides whether there is another one.
 * @returns The loop: a function, with `run` and `resume`.
 * @throws {LoopConfigError} With everything that is wrong with the definition.
 */
export const loopSync: <S>(spec: LoopSyncSpec<S>) => LoopSync<S> = loops.loopSync;

/**
 * {@linkcode CircuitBreakerFunction} with the clock of this machine; inside a loop its events are those of the step.
 *
 * @example A tool that is down is left alone
 * ```ts
 * import { circuitBreaker } from "@loom/loom";
 * import { rejects } from "node:assert/strict";
 *
 * const search = circuitBreaker((_query: string) => Promise.reject(new Error("down")), { failThreshold: 1 });
 * await rejects(search("looms"), /down/);
 * await rejects(search("looms"), { code: "CIRCUIT_OPEN_ERROR" });
 * ```
 *
 * @param fn What to guard.
 * @param options When it opens and for how long.
 * @returns The guarded function, with `state`, `transitions` and `reset()`.
 * @throws {LoopConfigError} With everything that is wrong with the options.
 */
export const circuitBreaker: CircuitBreakerFunction = loops.circuitBreaker;

/**
 * Goes through a recorded run again with other detectors and strategies, and says where they would have ended it, what
 * that would have saved, and what it would have missed. The step is never called, and nothing is written.
 *
 * Detectors and strategies are asked about each recorded step, in the order of the run. A strategy that would have gone
 * back elsewhere than the run did makes what follows a guess, and `divergedAt` says from which step on; without a
 * strategy the recorded way stands. A judge that calls a model is called, and paid: `asked` tells.
 *
 * Units: USD and tokens, of recorded steps; those of child runs are in `usd`.
 *
 * @example Would a patience of two have been cheaper?
 * ```ts
 * import { loop, memoryStore, replay, scorePlateau } from "@loom/loom";
 * import { z } from "zod";
 * import { deepEqual } from "node:assert/strict";
 *
 * const store = memoryStore();
 * const scores = [0.5, 0.7, 0.7, 0.7, 0.9, 0.9];
 * const refine = loop({
 *   name: "refine",
 *   state: z.object({ score: z.number() }),
 *   checkpoint: store,
 *   budget: { iterations: 6 },
 *   step: (_, ctx) => {
 *     ctx.spend({ usd: 0.1 });
 *     return { score: scores[ctx.step] };
 *   },
 *   score: ({ score }) => score,
 * });
 * const { runId } = await refine.run({ score: 0 });
 *
 * const { end, saved, best, recordedBest } = await replay(store, runId, { convergeOn: scorePlateau({ patience: 2 }) });
 * deepEqual(end, { step: 3, reason: "converged:scorePlateau" });
 * deepEqual(saved, { steps: 2, spent: { usd: 0.2, tokens: 0 } });
 * deepEqual([best?.score, recordedBest?.score], [0.7, 0.9]);
 * ```
 *
 * @param store Where the run is kept: `sqliteStore(path)`, for one.
 * @param runId Which run.
 * @param options The detectors and strategies to try, and the schema of the states if they look at them.
 * @returns Where it would have ended, and the money until then.
 * @throws {RunNotFound} If the store has no such run.
 * @throws {LoopConfigError} With everything that is wrong with the options.
 */
export function replay<S>(store: LoopStore, runId: string, options?: ReplayOptions<S>): Promise<Replayed> {
  return runAsync(replayRun({ store, tools: hostStateTools }, runId, options));
}

/**
 * A stored run as OpenTelemetry spans: the body of a request to a collector's `/v1/traces`.
 *
 * One span for the run, one for each step, one for each try of a step that took several, and the runs inside it below the
 * steps that called them; what else happened is events of these spans. Ids are digests of the run's id and the step's
 * number: sent twice, they are still the same spans.
 *
 * Units: `loom.cost_usd` and `loom.child_cost_usd` in USD, `loom.tokens` of all kinds. `gen_ai.usage.input_tokens`,
 * `gen_ai.usage.output_tokens` and `gen_ai.response.model` are there for steps whose responses `ctx.once` has kept.
 * Source: OpenTelemetry Protocol, JSON encoding; "Semantic conventions for generative AI".
 *
 * @example Usage
 * ```ts
 * import { loop, memoryStore, otlpTraces } from "@loom/loom";
 * import { z } from "zod";
 * import { deepEqual } from "node:assert/strict";
 *
 * const store = memoryStore();
 * const count = loop({ name: "count", state: z.number(), checkpoint: store, budget: { iterations: 2 }, step: (n) => n + 1 });
 * const { runId } = await count.run(0);
 *
 * const { resourceSpans: [{ scopeSpans: [{ spans }] }] } = await otlpTraces(store, runId);
 * deepEqual(spans.map(({ name }) => name), ["loop count", "step 0", "step 1"]);
 * ```
 *
 * @param store Where the run is kept.
 * @param runId Which run.
 * @returns What to send as JSON.
 * @throws {RunNotFound} If the store has no such run.
 */
export function otlpTraces(store: LoopStore, runId: string): Promise<OtlpTraces> {
  return readTraces({ store, tools: hostStateTools }, runId);
}

/**
 * Listeners that make OpenTelemetry spans of a run while it goes on: each step's when it is over, the run's at its end.
 * Nothing is sent anywhere: that is up to `send`.
 *
 * The same listeners may be given to several loops; a loop inside another one's step is then part of its trace. Ids are
 * those of {@linkcode otlpTraces}. The span of a run that was resumed begins where this process took it.
 *
 * Units: as of {@linkcode otlpTraces}.
 *
 * @example Usage
 * ```ts
 * import { loop, otlpListeners, type OtlpTraces } from "@loom/loom";
 * import { z } from "zod";
 * import { equal } from "node:assert/strict";
 *
 * const sent: OtlpTraces[] = [];
 * const count = loop({
 *   name: "count",
 *   state: z.number(),
 *   checkpoint: "memory",
 *   budget: { iterations: 2 },
 *   on: otlpListeners((traces) => sent.push(traces)),
 *   step: (n) => n + 1,
 * });
 *
 * await count.run(0);
 * equal(sent.length, 3);
 * ```
 *
 * @param send Is handed the body of a request for each span. What it throws is reported, and stops nothing.
 * @returns For `on`, of a loop or of a run.
 */
export function otlpListeners(send: (traces: OtlpTraces) => void): Partial<LoopEvents> {
  return spanListeners(send, hostStateTools);
}
