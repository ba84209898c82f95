/**
 * Vega without a screen, as the program of a worker: specifications in, SVG documents out.
 *
 * @module
 */

import { Error as errorsOnly, type Loader, logger, parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";

/** What the worker answers. */
export type Drawn = { readonly svg: readonly string[] } | { readonly error: string };

/** The part of a worker's global scope that is used here. */
interface Scope {
  onmessage: ((event: MessageEvent<readonly TopLevelSpec[]>) => void) | null;
  postMessage(answer: Drawn): void;
}

const scope = globalThis as unknown as Scope;
const quiet = logger(errorsOnly);

/** All data are in the specification; nothing is read from anywhere. */
const NOTHING: Loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse };

scope.onmessage = async ({ data }) => {
  try {
    scope.postMessage({ svg: await Promise.all(data.map(svg)) });
  } catch (error) {
    scope.postMessage({ error: String(error) });
  }
};

async function svg(spec: TopLevelSpec): Promise<string> {
  const compiled = compile(spec, { logger: quiet });
  const view = new View(parse(compiled.spec), { renderer: "none", loader: NOTHING, logger: quiet });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

function refuse(): Promise<never> {
  return Promise.reject(new TypeError("A picture loads nothing"));
}
