import type { Context } from "../../context.ts";
import type { Pipeline } from "../../graph/pipeline.ts";
import { type Selected, untilNames } from "../../graph/select.ts";
import { producersOf, untilSteps } from "../../graph/until.ts";
import type { Problem } from "../../errors.ts";
import type { Swept } from "./swept.ts";

/** Until which steps or data, optional ones that are run too. */
export interface UntilRequest {
  readonly names: readonly string[];
  readonly include: readonly string[];
}

/** The steps until a step or a data entry; of what is swept, those of every point. Names are those of the file. */
export function selectUntil(
  { names, include }: UntilRequest,
  written: Pipeline,
  { pipeline, sweep }: Pick<Swept, "pipeline" | "sweep">,
  { env, files }: Pick<Context, "env" | "files">,
): Selected {
  const { steps, data, problems } = untilNames(written, names);
  const makers = data.map((key) => ({ key, makers: producersOf(written, key, env) }));
  const unmade = makers.filter((it) => it.makers.length === 0).map(({ key }) => noMaker(key));
  if (problems.length + unmade.length > 0) return { steps: [], problems: [...problems, ...unmade] };
  const clonesOf = (name: string) =>
    sweep?.steps.has(name) ? [...sweep.clones].filter(([, { step }]) => step === name).map(([clone]) => clone) : [name];
  const wanted = {
    steps: steps.flatMap(clonesOf),
    producers: makers.flatMap((it) => it.makers).flatMap(clonesOf),
  };
  const exists = (path: string) => files.stat(path) !== undefined;
  return { steps: untilSteps(pipeline, wanted, { env, include: include.flatMap(clonesOf), exists }), problems };
}

function noMaker(key: string): Problem {
  return {
    level: "error",
    code: "no-producer",
    message: `No step makes '${key}'`,
    hint: "it is source data: there is nothing to run for it",
  };
}
