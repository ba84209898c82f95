import type { YamlPath } from "../../errors.ts";
import { placeOfParameter } from "../../graph/place_in_file.ts";
import type { Facts } from "./facts.ts";
import type { Variant } from "./variants.ts";
import type { WordOrigin } from "./words.ts";

/** Where a value stands: in the sweep, the schedule or the parameter that it comes from, else in the step. */
export function valuePlace(facts: Facts, { task, places }: Variant, { section, key, parameter }: WordOrigin): YamlPath {
  const { step } = task;
  const written = section === "args" ? step.args.get(key) : step[section].get(key);
  const name = typeof written === "string" && written.startsWith("$") ? written.slice(1) : undefined;
  const brought = name === undefined ? undefined : places.get(name);
  if (brought !== undefined) return brought;
  const own = [...step.at, section, key];
  if (parameter === undefined || facts.given.has(parameter)) return own;
  const at = placeOfParameter(facts.pipeline, parameter);
  return at[0] !== "parameters" || isWritten(facts, parameter) ? at : own;
}

function isWritten({ root }: Facts, parameter: string): boolean {
  const parameters = root instanceof Map ? root.get("parameters") : undefined;
  return parameters instanceof Map && parameters.has(parameter);
}
