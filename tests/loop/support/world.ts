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
export function worldOf(store: LoopStore): World {
  return makeWorld(new Watched(store), { seed: 1, clock: fakeClock() });
}

/** A store, and how many of its answers are still waited for: only when there are none can time go on. */
class Watched {
  readonly store: LoopStore;
  waits = 0;

  constructor(store: LoopStore) {
    const watch = (answer: unknown) => {
      if (!(answer instanceof Promise)) return answer;
      this.waits++;
      const end = () => void this.waits--;
      answer.then(end, end);
      return answer;
    };
    const methods = Object.entries(store).map(([name, member]) => [
      name,
      typeof member === "function" ? (...args: unknown[]) => watch(Reflect.apply(member, store, args)) : member,
    ]);
    this.store = Object.fromEntries(methods) as LoopStore;
  }

  /** Lets everything happen that needs no time. */
  async quiet(): Promise<void> {
    for (let turn = 0; turn < turns; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.waits > 0) turn = 0;
    }
  }
}

function makeWorld(watched: Watched, { seed, clock }: { readonly seed: number; readonly clock: FakeClock }): World {
  const { store } = watched;
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
    quiet: () => watched.quiet(),
    elsewhere: () => makeWorld(watched, { seed: seed + 1, clock }),
  };
  return world;
}

async function settle<T>(work: Promise<T>, { clock, quiet }: World, stepMs: number): Promise<T> {
  let isOver = false;
  const end = () => void (isOver = true);
  work.then(end, end);
  for (await quiet(); !isOver; await quiet()) await clock.advance(stepMs);
  return await work;
}

/** A promise that is settled from outside. */
export function gate<T = void>(): PromiseWithResolvers<T> {
  return Promise.withResolvers<T>();
}
