/**
 * Watches what plugins take beside their heaps: buffers, and the memory of WebAssembly, have no limit of their own.
 *
 * @module
 */

import { pluginCrashed } from "./errors.ts";
import type { LoomError } from "../../../../core/errors.ts";

/** Whoever can be asked and ended. */
export interface Guarded {
  readonly plugin: string;
  readonly heapBytes: number;
  size(withinMs: number): Promise<number>;
  end(reason: LoomError): void;
}

/** How often the process is looked at while there are plugins. */
const LOOK_MS = 20;

/** Who does not say within this how much it holds is the one that is busy growing. */
const ANSWER_MS = 50;

/** What all plugins together may hold beside their heaps. */
const SHARED_BYTES = 512 * 1024 * 1024;

const guarded = new Set<Guarded>();
let timer: ReturnType<typeof setInterval> | undefined;
let before = 0;
let looking = false;

/** Watches over it until the function that comes back is called. */
export function guardMemory(plugin: Guarded): () => void {
  if (guarded.size === 0) {
    before = outsideBytes();
    timer = setInterval(look, LOOK_MS);
  }
  guarded.add(plugin);
  return () => {
    guarded.delete(plugin);
    if (guarded.size === 0) clearInterval(timer);
  };
}

/** Memory of the process that is not loom's own heap. */
function outsideBytes(): number {
  const { rss, heapTotal, external } = Deno.memoryUsage();
  return rss - heapTotal - external;
}

async function look(): Promise<void> {
  const allowed = [...guarded].reduce((sum, { heapBytes }) => sum + heapBytes, SHARED_BYTES);
  if (looking || outsideBytes() - before <= allowed) return;
  looking = true;
  const sizes = await Promise.all([...guarded].map(async (each) => ({ each, bytes: await each.size(ANSWER_MS) })));
  looking = false;
  const [largest] = sizes.sort((a, b) => b.bytes - a.bytes);
  largest?.each.end(pluginCrashed(largest.each.plugin, `it used more than ${allowed / 1024 / 1024} MiB of memory`));
}
