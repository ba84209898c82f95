/**
 * From what a page asks for to what the engine is asked for.
 *
 * @module
 */

import type { z } from "@hono/zod-openapi";
import { parseOverride } from "../../../core/graph/mod.ts";
import type { Selection } from "../../../core/graph/selection.ts";
import type { RunRequest } from "../../../core/run/session/request.ts";
import { parseSweepWords } from "../../../core/sweep/mod.ts";
import { refusal } from "../base/refusal.ts";
import type { RunSchema } from "../schemas/runs.ts";

/** What a page asks for. */
export type RunWish = z.infer<typeof RunSchema>;

/** What nobody asked for in particular. */
export const PLAIN = {
  include: [],
  overrides: { parameters: new Map(), data: new Map() },
  extra: [],
  dryRun: false,
  force: false,
  resume: false,
  failFast: false,
  strict: false,
  refreshUrls: false,
  dropRemoved: false,
  wait: false,
  passStdin: false,
} satisfies Partial<RunRequest>;

/**
 * The request for a file.
 *
 * @throws {LoomError} Status 400 for what is not clear.
 */
export function runRequestOf(wish: RunWish, file: string): RunRequest {
  const { include, parallel, workers, cached, force = false, resume = false, wait = false, sweep } = wish;
  const parameters = Object.entries(wish.set).map(([name, given]) => {
    return [name, typeof given === "string" ? parseOverride(given) : given[0]] as const;
  });
  return {
    ...PLAIN,
    file,
    selection: selectionOf(wish),
    include,
    overrides: { parameters: new Map(parameters), data: new Map(Object.entries(wish.data)) },
    parallel,
    maxWorkers: workers,
    cached,
    force,
    resume,
    wait,
    ...(sweep !== undefined && {
      matrix: parseSweepWords({ sweep: sweep.values, zip: sweep.zip, random: sweep.random, seed: sweep.seed }),
    }),
  };
}

function selectionOf({ mode, names }: RunWish): Selection {
  if (mode === "all" && names.length === 0) return { mode };
  if ((mode === "steps" || mode === "until") && names.length > 0) return { mode, names };
  const [name] = names;
  if ((mode === "from" || mode === "group") && names.length === 1) return { mode, name };
  throw refusal(400, "bad-selection", `What to run is not clear: ${mode} of ${names.length} names`);
}
