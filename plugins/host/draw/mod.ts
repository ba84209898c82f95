/**
 * Charts by Vega, in a worker that may touch nothing.
 *
 * @module
 */

import { LoomError } from "../../../core/errors.ts";
import type { Charts } from "../../../core/ports/charts.ts";
import { embedded, moduleUrl } from "../embedded.ts";
import type { Drawn } from "./vega.ts";

/** Draws with no screen and no rights. */
export const hostCharts: Charts = {
  svg: async (specs) => {
    const worker = startVega();
    try {
      return svgOf(await answer(worker, specs));
    } finally {
      // It would keep the process.
      worker.terminate();
    }
  },
};

function answer(worker: Worker, specs: readonly unknown[]): Promise<Drawn> {
  const { promise, resolve } = Promise.withResolvers<Drawn>();
  worker.onmessage = ({ data }: MessageEvent<Drawn>) => resolve(data);
  worker.onerror = (event) => {
    event.preventDefault();
    resolve({ error: event.message });
  };
  worker.postMessage(specs);
  return promise;
}

function svgOf(drawn: Drawn): readonly string[] {
  if ("svg" in drawn) return drawn.svg;
  throw new LoomError("not-drawn", `Cannot draw the chart: ${drawn.error}`, { data: { error: drawn.error } });
}

/** The binary carries it as one text. From source its parts are read as any others are. */
function startVega(): Worker {
  const carried = Deno.build.standalone ? embedded("charts") : undefined;
  const options = { type: "module", name: "charts" } as const;
  if (carried === undefined) return new Worker(new URL("./vega.ts", import.meta.url), options);
  return new Worker(moduleUrl(carried), { ...options, deno: { permissions: "none" } });
}
