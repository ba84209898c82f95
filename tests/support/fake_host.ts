import type { Context } from "../../core/context.ts";
import type { Charts } from "../../core/ports/charts.ts";
import type { Watcher } from "../../core/ports/watch.ts";
import { listSteps } from "../../core/run/describe.ts";
import type { Cleaner, Engine, Investigator } from "../../ui/cli/base/engine.ts";
import type { LoopDoor } from "../../ui/cli/base/loops.ts";
import type { Host } from "../../ui/cli/base/host.ts";
import { fakeContext } from "./fake_context.ts";
import { type FakeTerminal, fakeTerminal, type FakeTerminalOptions } from "./fake_terminal.ts";

/** What a {@linkcode fakeHost} answers; anything that is asked for and not given fails the test. */
export interface FakeHostOptions extends FakeTerminalOptions {
  readonly engine?: Partial<Engine>;
  readonly cleaner?: Partial<Cleaner>;
  readonly investigator?: Partial<Investigator>;
  readonly loopDoor?: Partial<LoopDoor>;
  readonly charts?: Charts;
  readonly context?: Partial<Context>;
  readonly watcher?: Watcher;
}

/** A command line without a machine below it: scripted answers, a terminal that keeps what is written. */
export function fakeHost(options: FakeHostOptions = {}): Host & { readonly terminal: FakeTerminal } {
  const context = fakeContext(options.context ?? {});
  return {
    terminal: fakeTerminal(options),
    context: () => Promise.resolve(context),
    // Rights of the test's own process are gone for all tests after it.
    revoke: () => {},
    engine: () => Promise.resolve(only("engine", options.engine)),
    cleaner: () => Promise.resolve(only("cleaner", options.cleaner)),
    describer: () => Promise.resolve({ listSteps }),
    investigator: () => Promise.resolve(only("investigator", options.investigator)),
    loopDoor: () => Promise.resolve(only("loopDoor", options.loopDoor)),
    stateTools: () => Promise.resolve(only("stateTools")),
    plugins: () => Promise.resolve(only("plugins")),
    tools: () => Promise.resolve(only("tools")),
    originals: () => Promise.resolve(only("originals")),
    charts: () => Promise.resolve(only("charts", options.charts)),
    prober: () => Promise.resolve(only("prober")),
    layouter: () => Promise.resolve(only("layouter")),
    watcher: () => Promise.resolve(options.watcher ?? only("watcher")),
    ui: () => Promise.resolve(only("ui")),
  };
}

function only<T extends object>(what: string, given: Partial<T> = {}): T {
  return new Proxy(given as T, {
    get(target, name) {
      // Promises look for `then`; that is no question to the engine.
      if (name === "then" || name in target) return Reflect.get(target, name);
      throw new Error(`This test gives the ${what} no ${String(name)}`);
    },
  });
}
