/**
 * Selections of the kind "until here": everything that a step or a data entry needs, then it.
 *
 * @module
 */

import { dependencies, touchedBy } from "./dependencies.ts";
import type { Env } from "./env.ts";
import type { Pipeline, Step } from "./pipeline.ts";
import { resolveData } from "./resolve.ts";
import { untilData, untilStep } from "./select.ts";

/** What has to be known to follow what is needed. */
export interface Around {
  readonly env: Env;
  readonly include?: readonly string[];
  /** Whether there is something at a path; without it nothing is taken to be made already. */
  readonly exists?: (path: string) => boolean;
}

/** The steps that make a data entry, or the folder that it lies in. */
export function producersOf(pipeline: Pipeline, key: string, env: Env): readonly string[] {
  const paths = new Set<string>();
  const seen = new Set<string>();
  for (let at: string | undefined = key; at !== undefined && !seen.has(at); at = pipeline.data.get(at)?.nestedIn) {
    seen.add(at);
    const resolved = resolveData(pipeline, at, env);
    if (resolved.kind === "path") paths.add(resolved.path);
  }
  const touched = touchedBy(pipeline, env);
  return pipeline.steps.filter((_, i) => touched[i].writes.some(({ path }) => path !== undefined && paths.has(path)))
    .map(({ name }) => name);
}

/** The steps until these, in file order. `steps` are run whatever is there; of `producers` what is made is left out. */
export function untilSteps(
  pipeline: Pipeline,
  { steps, producers }: { readonly steps: readonly string[]; readonly producers: readonly string[] },
  { env, include, exists = () => false }: Around,
): readonly Step[] {
  const links = dependencies(pipeline, env);
  const touched = new Map(touchedBy(pipeline, env).map(({ writes }, i) => [pipeline.steps[i].name, writes]));
  const isMade = ({ name }: Step) => {
    const paths = touched.get(name)!.map(({ path }) => path);
    return paths.length > 0 && paths.every((path) => path !== undefined && exists(path));
  };
  const wanted = new Set([
    ...steps.flatMap((name) => untilStep(pipeline, name, { dependencies: links, include })),
    ...untilData(pipeline, producers, { dependencies: links, isMade }),
  ]);
  return pipeline.steps.filter((step) => wanted.has(step));
}
