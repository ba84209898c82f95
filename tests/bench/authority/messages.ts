/**
 * What it costs to talk to a plugin that runs.
 *
 * @module
 */

import type { LoadedPlugin } from "../../../core/ports/plugin.ts";
import { median, type Timing } from "../support/race.ts";
import type { Finding, Row, Settings } from "../support/row.ts";
import { benchBuiltIn, benchPlugin } from "./worker.ts";

const CALLS = 1_000;
const ITEMS = 10_000;

/** Calls one after the other, and a long stream, beside a port that only sends. */
export const messages: Row = {
  name: "messages",
  about: `a call of a plugin, and a stream of ${ITEMS} items`,
  measure: (settings) => measure(settings),
};

async function measure({ rounds }: Settings): Promise<readonly Finding[]> {
  const echo = new BareWorker();
  const [own, plugin] = [benchBuiltIn(), benchPlugin()];
  try {
    const calls = await timed(rounds, 1_000 / CALLS, [
      ["port", "floor", () => repeat(CALLS, (i) => echo.ask(i))],
      ["loom's own plugin", "ours", () => repeat(CALLS, (i) => call(own, "echo", i))],
      ["plugin", "ours", () => repeat(CALLS, (i) => call(plugin, "echo", i))],
    ]);
    const streams = await timed(rounds, 1, [
      ["port", "floor", () => echo.stream(ITEMS)],
      ["loom's own plugin", "ours", () => call(own, "count", ITEMS)],
      ["plugin", "ours", () => call(plugin, "count", ITEMS)],
    ]);
    return [
      {
        row: "messages",
        what: "one call and its answer",
        unit: "µs",
        figures: calls,
        budgets: budgets({ kind: "ratio", to: "port", max: 3 }),
      },
      {
        row: "messages",
        what: `a stream of ${ITEMS} items`,
        unit: "ms",
        figures: streams,
        budgets: budgets({ kind: "ratio", to: "port", max: 3 }),
        note: "the port sends without asking whether anybody is ready",
      },
    ];
  } finally {
    echo.end();
    for (const each of [own, plugin]) await each.close();
  }
}

function budgets(budget: { readonly kind: "ratio"; readonly to: string; readonly max: number }) {
  return { "loom's own plugin": budget, "plugin": budget };
}

/** A worker that answers each message with itself, and a number with a stream. */
class BareWorker {
  readonly #worker = new Worker(
    `data:text/javascript,${
      encodeURIComponent(`onmessage = ({ data: port }) => port.onmessage = ({ data }) => {
      if (data.kind === "one") return port.postMessage(data);
      for (let i = 0; i < data.n; i++) port.postMessage({ kind: "item", id: 0, value: { i } });
    }`)
    }`,
    { type: "module" },
  );
  readonly #port: MessagePort;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#worker.postMessage(port2, [port2]);
  }

  ask(value: number): Promise<unknown> {
    return new Promise((resolve) => {
      this.#port.onmessage = resolve;
      this.#port.postMessage({ kind: "one", value });
    });
  }

  stream(n: number): Promise<unknown> {
    let left = n;
    return new Promise<void>((resolve) => {
      this.#port.onmessage = () => --left === 0 && resolve();
      this.#port.postMessage({ kind: "many", n });
    });
  }

  end(): void {
    this.#port.close();
    this.#worker.terminate();
  }
}

function call(plugin: LoadedPlugin, method: string, value: number): Promise<unknown> {
  return plugin.call({ port: "tool", name: "it", method, args: [value] }, { onItem: () => {} });
}

async function repeat(times: number, work: (i: number) => Promise<unknown>): Promise<void> {
  for (let i = 0; i < times; i++) await work(i);
}

type Contestant = readonly [string, Timing["role"], () => Promise<unknown>];

/** In turns, so that a busy machine burdens all alike; `factor` turns milliseconds into the unit. */
async function timed(rounds: number, factor: number, contestants: readonly Contestant[]): Promise<readonly Timing[]> {
  const samples = contestants.map((): number[] => []);
  for (let round = -1; round < rounds; round++) {
    for (const [index, [, , work]] of contestants.entries()) {
      const start = performance.now();
      await work();
      if (round >= 0) samples[index].push(Math.round((performance.now() - start) * factor * 10) / 10);
    }
  }
  return contestants.map(([name, role], i) => ({ name, role, median: median(samples[i]), samples: samples[i] }));
}
