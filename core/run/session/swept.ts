import type { Context } from "../../context.ts";
import type { Problem } from "../../errors.ts";
import type { Matrix, Pipeline, Step } from "../../graph/pipeline.ts";
import type { Selection } from "../../graph/selection.ts";
import type { Clone, Sweep } from "../../sweep/mod.ts";
import type { Loaded, Overrides } from "./request.ts";

/** A pipeline with its points put in, if it is swept. */
export interface Swept {
  readonly pipeline: Pipeline;
  readonly sweep?: Sweep;
  readonly problems: readonly Problem[];
}

/** Deno reads at the start whatever an import names, unless a condition stands around it: see `main.ts`. */
const isReached: boolean = true;

function sweeping(): Promise<typeof import("../../sweep/mod.ts")> {
  return import(isReached ? "../../sweep/mod.ts" : "../../sweep/mod.ts");
}

/**
 * The pipeline that is run for a file: its own, or that of a sweep.
 *
 * @throws {LoomError} `usage`, for a sweep that was typed and cannot be.
 */
export async function sweptPipeline(
  { pipeline, text }: Loaded,
  { matrix, overrides }: { readonly matrix?: Matrix; readonly overrides: Overrides },
  { env, files }: Context,
): Promise<Swept> {
  const isPlain = matrix === undefined && pipeline.matrix === undefined;
  if (isPlain && !text.includes("sweep.id")) return { pipeline, problems: [] };
  const { planSweep } = await sweeping();
  const digest = (words: string) => files.digestText(words);
  const planned = planSweep(pipeline, { matrix, pinned: overrides.parameters, env, digest });
  return "clones" in planned
    ? { pipeline: planned.pipeline, sweep: planned, problems: planned.problems }
    : { pipeline, problems: planned.problems };
}

/** A selection that does not ask for what others need. */
type Plain = Exclude<Selection, { readonly mode: "until" }>;

/** Names of the steps that `step@point` means, or of those that a step of the file is done by; none: it is neither. */
export function clonesNamed(name: string, { clones, steps }: Sweep): readonly string[] {
  if (clones.has(name)) return [name];
  if (steps.has(name)) return [...clones].filter(([, { step }]) => step === name).map(([clone]) => clone);
  // By the whole name of a point, though fewer of its values reach the step.
  const isMeant = ({ step, points }: Clone) => points.some((point) => name === `${step}@${point.name}`);
  return name.includes("@") ? [...clones].filter(([, clone]) => isMeant(clone)).map(([clone]) => clone) : [];
}

/** What was selected, with the steps of the points in the place of those that are swept. */
export function sweptSelection(selection: Plain, sweep: Sweep): Plain {
  const { steps, pipeline } = sweep;
  const clonesOf = (name: string) => {
    const clones = clonesNamed(name, sweep);
    return clones.length === 0 ? [name] : clones;
  };
  switch (selection.mode) {
    case "all":
      return selection;
    case "steps":
      return { mode: "steps", names: selection.names.flatMap(clonesOf) };
    case "from":
      return { mode: "from", name: clonesOf(selection.name)[0] };
    case "group": {
      const isStep = steps.has(selection.name) && !pipeline.steps.some((step) => step.group === selection.name);
      return isStep ? { mode: "steps", names: clonesOf(selection.name) } : selection;
    }
  }
}

/** The names of optional steps that are run too, likewise. */
export function sweptNames(names: readonly string[], { clones, steps }: Sweep): readonly string[] {
  if (!names.some((name) => steps.has(name))) return names;
  const wanted = new Set(names);
  return [
    ...names.filter((name) => !steps.has(name)),
    ...[...clones].filter(([, it]) => wanted.has(it.step)).map(([name]) => name),
  ];
}

/** Steps in the order in which they are best done: what all points share, then point after point. */
export function pointAfterPoint(steps: readonly Step[], { clones }: Sweep): readonly Step[] {
  const turn = (step: Step) => clones.get(step.name)?.points[0].number ?? 0;
  return steps.toSorted((a, b) => turn(a) - turn(b));
}
