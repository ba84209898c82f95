/**
 * What stops a run before it starts: references, variables, circles, outputs that several steps write.
 *
 * @module
 */

import type { Problem } from "../../errors.ts";
import { outputClashes } from "../../graph/dependencies.ts";
import { preflight } from "../../graph/preflight.ts";
import type { Facts } from "../base/facts.ts";

/** A run of all steps but disabled ones, as it would be refused; what is mild there is not mild here. */
export function referenceRule({ pipeline, env, dependencies }: Facts): readonly Problem[] {
  const selected = pipeline.steps.filter((step) => !step.disabled);
  const { parallel } = pipeline.execution;
  const clashes = outputClashes(pipeline, env);
  const found = preflight(pipeline, selected, { env, parallel, dependencies, clashes });
  const isSwept = pipeline.matrix !== undefined;
  return found.filter(({ code }) => !isSwept || code !== "sweep-reference-outside-sweep").map((problem) =>
    problem.code === "outside-pipeline" ? { ...problem, level: "error" } : problem
  );
}
