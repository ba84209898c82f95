/**
 * A world for loops of tests: time stands still until it is moved, and everything that is reported is kept.
 *
 * @module
 */

import { AsyncLocalStorage } from "node:async_hooks";
import type { LoopHost } from "../../../core/ports/loop_host.ts";
import type { LoopStore } from "../../../core/ports/loop_store.ts";
import { type Loops, makeLoops } from "../../../core/loop/mod.ts";
import { hostStateTools } from "../../../plugins/host/loops/host.ts";
import { type FakeClock, fakeClock } from "../../support/fake_clock.ts";
import { fakeRandom } from "../../support/fake_random.ts";

/** Loops on a store, and what surrounds them. */
export interface World extends Loops {
  readonly store: LoopStore;
  readonly clock: FakeClock;
  /** What was reported of listeners and such. */
  readonly reports: string[];
  /** As SIGINT does. */
  interrupt(): void;
  /** What the work gives; until then time goes on, `stepMs` at a time. */
  settle<T>(work: Promise<T>, stepMs?: number): Promise<T>;
  /** Lets everything happen that needs no time. */
  quiet(): Promise<void>;
  /** The same store in another process: its own clock, breakers and scope. */
  elsewhere(): World;
}

/** Turns of the event loop after which nothing is expected to happen any more. */
const turns = 20;

/** A world around `store`. */
export function worldOf(store: LoopStore, { seed = 1, clock = fakeClock() } = {}): World {
  const reports: string[] = [];
  const listeners = new Set<() => void>();
  const scope = new AsyncLocalStorage<unknown>();
  const host: LoopHost = {
    clock,
    random: fakeRandom(seed),
    tools: hostStateTools,
    self: { pid: seed, host: "here", processStart: `p${seed}` },
    isAlive: () => true,
    scope: {
      run: <T>(value: unknown, work: () => T): T => scope.run(value, work),
      get: () => scope.getStore(),
    },
    openStore: () => ({ store, giveBack: () => undefined }),
    onInterrupt: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    report: (message) => void reports.push(message),
  };
  const world: World = {
    ...makeLoops(host),
    store,
    clock,
    reports,
    interrupt: () => listeners.forEach((listener) => listener()),
    settle: (work, stepMs = 100) => settle(work, world, stepMs),
    quiet,
    elsewhere: () => worldOf(store, { seed: seed + 1, clock }),
  };
  return world;
}

async function settle<T>(work: Promise<T>, { clock }: World, stepMs: number): Promise<T> {
  let isOver = false;
  const end = () => void (isOver = true);
  work.then(end, end);
  for (await quiet(); !isOver; await quiet()) await clock.advance(stepMs);
  return await work;
}

async function quiet(): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** A promise that is settled from outside. */
export function gate<T = void>(): PromiseWithResolvers<T> {
  return Promise.withResolvers<T>();
}
