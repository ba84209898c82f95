/**
 * Names that are free or taken.
 *
 * @module
 */

import { LoomError } from "../../errors.ts";
import type { Value } from "../../yaml/value.ts";
import { dataNames, parameterNames, placesOf, type StepPlace } from "../parts/places.ts";

/** Refuses a name that something has already. */
export function refuseTaken(what: string, name: string, taken: ReadonlySet<string>): void {
  if (name === "") throw new LoomError("usage", `A ${what} needs a name`);
  if (!taken.has(name)) return;
  throw new LoomError("name-taken", `The name '${name}' is taken`, {
    hint: `choose another name for the ${what}`,
    data: { name },
  });
}

/** Names that a reference would find before or instead of a new one. */
export function refuseReference(root: Value, what: string, name: string): void {
  refuseTaken(what, name, new Set([...dataNames(root), ...parameterNames(root), "loop_item", "loop_output"]));
}

/** Names of steps that a step may not have: of its own group, if that is repeated, else of all others. */
export function stepNames(root: Value, block?: StepPlace["block"]): ReadonlySet<string> {
  const { steps, blocks } = placesOf(root);
  const scope = block?.isRepeated ? block.at.join() : undefined;
  const inScope = steps.filter((step) => (step.block?.isRepeated ? step.block.at.join() : undefined) === scope);
  const repeated = scope === undefined ? blocks.filter((it) => it.isRepeated).map(({ name }) => name) : [];
  return new Set([...inScope.flatMap(({ name }) => name ?? []), ...repeated]);
}
