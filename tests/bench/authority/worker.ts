/**
 * What it costs to start a plugin: the first call, from nothing to its answer.
 *
 * @module
 */

import type { LoadedPlugin, PluginManifest } from "../../../core/ports/plugin.ts";
import { loadBuiltIn, loadPlugin } from "../../../plugins/host/plugins/runtime/mod.ts";
import { median, type Timing } from "../support/race.ts";
import type { Finding, Row, Settings } from "../support/row.ts";

/** The first call of a plugin in a worker, beside workers that do nothing. */
export const worker: Row = {
  name: "worker",
  about: "the first call of a plugin, which starts its worker",
  measure: async (settings) => [await measure(settings)],
};

async function measure({ rounds }: Settings): Promise<Finding> {
  const samples = new Map(STARTERS.map(({ name }): [string, number[]] => [name, []]));
  for (const { start } of STARTERS) await timed(start);
  for (let round = 0; round < rounds * 2; round++) {
    for (const { name, start } of STARTERS) samples.get(name)!.push(await timed(start));
  }
  const figures = STARTERS.map(({ name, role }): Timing => {
    const taken = samples.get(name)!;
    return { name, role, median: median(taken), samples: taken };
  });
  return {
    row: "worker",
    what: "from nothing to the first answer",
    unit: "ms",
    figures,
    budgets: {
      "loom's own plugin": { kind: "ratio", to: "worker", max: 2.5 },
      "plugin": { kind: "ratio", to: "worker with a thread", max: 1.5 },
    },
    note:
      "a stranger's plugin runs in a thread of its worker, with a heap that can be full without ending loom; Deno " +
      "2.9.6 lets every worker in a worker wait for half a second, 2.7.11 does not",
  };
}

interface Starter {
  readonly name: string;
  readonly role: Timing["role"];
  /** Ends what it has started. */
  readonly start: () => Promise<() => unknown>;
}

const manifest: PluginManifest = { name: "bench", version: "1.0.0", api: 1, permissions: {} };
const known = { manifest, provides: { tool: ["it"] }, permissions: {}, env: {} } as const;

/** A plugin with two methods. */
export const BENCH_MODULE =
  `export default { name: "bench", version: "1.0.0", api: 1, permissions: {}, provides: { tool: {
  it: { echo: (value) => value, async *count(n) { for (let i = 0; i < n; i++) yield { i }; } } } } };`;

/** One of the person's, not started yet. */
export function benchPlugin(): LoadedPlugin {
  return loadPlugin({ ...known, module: () => Promise.resolve(BENCH_MODULE) });
}

/** One of loom's own. */
export function benchBuiltIn(): LoadedPlugin {
  return loadBuiltIn({ ...known, url: addressOf(BENCH_MODULE) });
}

const STARTERS: readonly Starter[] = [
  { name: "worker", role: "floor", start: () => bare("postMessage(1)") },
  {
    name: "worker with a thread",
    role: "floor",
    start: () =>
      bare(`import { Worker } from "node:worker_threads";
        const text = 'require("node:worker_threads").parentPort.postMessage(1)';
        new Worker(text, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 64 } }).on("message", () => postMessage(1));`),
  },
  { name: "loom's own plugin", role: "ours", start: () => firstCall(benchBuiltIn()) },
  { name: "plugin", role: "ours", start: () => firstCall(benchPlugin()) },
];

async function bare(text: string): Promise<() => void> {
  const made = new Worker(addressOf(text), { type: "module", deno: { permissions: "none" } });
  await new Promise((resolve) => made.onmessage = resolve);
  return () => made.terminate();
}

async function firstCall(plugin: LoadedPlugin): Promise<() => Promise<void>> {
  await plugin.call({ port: "tool", name: "it", method: "echo", args: [1] });
  return () => plugin.close();
}

async function timed(start: () => Promise<() => unknown>): Promise<number> {
  const begun = performance.now();
  const end = await start();
  const ms = Math.round((performance.now() - begun) * 10) / 10;
  await end();
  return ms;
}

function addressOf(text: string): string {
  return `data:text/javascript,${encodeURIComponent(text)}`;
}
