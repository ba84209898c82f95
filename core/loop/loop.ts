/**
 * Loops as people call them.
 *
 * @module
 */

import { define, type Definition } from "./definition/definition.ts";
import { Cancelled, LoopError } from "./base/errors.ts";
import { type Flow, runAsync, runSync, wait } from "./base/flow.ts";
import type { LoopHost, OpenedStore } from "../ports/loop_host.ts";
import { answerRun } from "./run/answer.ts";
import { forkRun } from "./run/fork.ts";
import { resumeRun } from "./run/resume.ts";
import { type BreakerListener, type CircuitBreakerFunction, makeCircuitBreaker } from "./breaker/mod.ts";
import { KeptBreakers } from "./drive/breakers.ts";
import { note } from "./drive/drive.ts";
import type { Engine } from "./run/engine.ts";
import { startRun } from "./run/start.ts";
import { type Inside, insideOf } from "./step/inside.ts";
import { streamOf } from "./stream.ts";
import type { Loop, LoopResult, LoopSpec, LoopSync, LoopSyncSpec, RunOptions } from "./types/mod.ts";

/** Makes loops that live on a given outside. */
export interface Loops {
  loop<S>(spec: LoopSpec<S>): Loop<S>;
  loopSync<S>(spec: LoopSyncSpec<S>): LoopSync<S>;
  circuitBreaker: CircuitBreakerFunction;
}

/**
 * Loops on `host`. Making one touches nothing: no file, no folder until the first run.
 *
 * @param host The outside: clock, chance, stores, signals. `loop` and `loopSync` are made of this machine's.
 * @returns What makes loops, and circuit breakers that know of them.
 */
export function makeLoops(host: LoopHost): Loops {
  const breakers = new KeptBreakers();
  const outside = { host, breakers };
  return {
    loop: (spec) => makeLoop(spec, outside),
    loopSync: (spec) => makeLoopSync(spec, outside),
    circuitBreaker: makeCircuitBreaker(host.clock, {
      current: () => listenerOf(insideOf(host.scope.get())),
      keep: (breaker) => breakers.add(breaker),
      report: (error) => host.report(`A listener of a circuit breaker failed: ${String(error)}`),
    }),
  };
}

/** What all loops of a process share. */
interface Outside {
  readonly host: LoopHost;
  readonly breakers: KeptBreakers;
}

/** What a breaker does is told as an event of the step that called it. */
function listenerOf(inside: Inside<unknown> | undefined): BreakerListener | undefined {
  if (inside === undefined) return undefined;
  const { drive, place } = inside.frame;
  return {
    changed: ({ name, from, to }) => note(drive, "breaker.changed", { name, from, to }, place.step),
    refused: ({ name, retryAfterMs }) => note(drive, "breaker.refused", { name, retryAfterMs }, place.step),
  };
}

function makeLoop<S>(spec: LoopSpec<S>, { host, breakers }: Outside): Loop<S> {
  const definition = define(spec, host, false);
  const using = <T>(work: (engine: Engine<S>) => Flow<T>, sink?: Engine<S>["sink"]) =>
    runAsync(withStore({ definition, host, breakers, sink }, work));
  const run = (input: S, options: RunOptions = {}) => using((engine) => startRun(engine, input, options));
  const call = async (input: S, options?: RunOptions) => stateOf(await run(input, options));
  return Object.assign(named(call, spec.name), {
    run,
    stream: (input: S, options: RunOptions = {}) =>
      streamOf((sink) => using((engine) => startRun(engine, input, options), sink)),
    resume: (id: string, options = {}) => using((engine) => resumeRun(engine, id, options)),
    fork: (id: string, options: Parameters<Loop<S>["fork"]>[1]) => using((engine) => forkRun(engine, id, options)),
    answer: (run: string, key: string, value: unknown) =>
      using(({ store }) => answerRun({ store, now: host.clock.now() }, { run, key, value })),
    specHash: definition.specHash,
  }) satisfies Loop<S>;
}

function makeLoopSync<S>(spec: LoopSyncSpec<S>, { host, breakers }: Outside): LoopSync<S> {
  const definition = define(spec as unknown as LoopSpec<S>, host, true);
  const using = <T>(work: (engine: Engine<S>) => Flow<T>) => runSync(withStore({ definition, host, breakers }, work));
  const run = (input: S, options: RunOptions = {}) => using((engine) => startRun(engine, input, options));
  return Object.assign(named((input: S, options?: RunOptions) => stateOf(run(input, options)), spec.name), {
    run,
    resume: (id: string, options = {}) => using((engine) => resumeRun(engine, id, options)),
    specHash: definition.specHash,
  }) satisfies LoopSync<S>;
}

/** A function's own name cannot be assigned. */
function named<F extends object>(call: F, name: string): F & { readonly name: string } {
  return Object.defineProperty(call, "name", { value: name }) as F & { readonly name: string };
}

/** The store of the loop; a child's is that of the run around it, if it is the same. */
function* withStore<S, T>(
  parts: Omit<Engine<S>, "store">,
  work: (engine: Engine<S>) => Flow<T>,
): Flow<T> {
  const opened = openFor(parts);
  try {
    return yield* work({ ...parts, store: opened.store });
  } finally {
    yield* wait(opened.giveBack());
  }
}

function openFor<S>({ definition, host }: { definition: Definition<S>; host: LoopHost }): OpenedStore {
  const given = definition.store;
  if (given !== undefined) return { store: given, giveBack: () => undefined };
  const { checkpoint, durability } = definition;
  const around = insideOf(host.scope.get())?.frame.drive;
  const isSame = around?.definition.store === undefined && around?.definition.checkpoint === checkpoint;
  if (around !== undefined && isSame) return { store: around.store, giveBack: () => undefined };
  return host.openStore({ checkpoint, durability });
}

/** The final state, or what kept the run from one is thrown. */
function stateOf<S>(result: LoopResult<S>): S {
  if (result.status === "completed") return result.state;
  if (result.error !== undefined) throw result.error;
  const options = { runId: result.runId };
  if (result.status === "cancelled") throw new Cancelled(`Run ${result.runId} was cancelled`, options);
  throw new LoopError(`Run ${result.runId} ended as ${result.status}: ${result.reason}`, options);
}
