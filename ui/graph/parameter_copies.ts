import type { Value } from "../../core/graph/text/mod.ts";

/** More boxes for one parameter, as `editor.parameterRefs` has them. */
export interface ParameterCopy {
  readonly id: string;
  readonly parameter: string;
  /** `STEP:FLAG` */
  readonly edges: readonly string[];
}

/** The copies that a file keeps. */
export function copiesIn(value: Value | undefined): readonly ParameterCopy[] {
  const editor = value instanceof Map ? value.get("editor") : undefined;
  const references = editor instanceof Map ? editor.get("parameterRefs") : undefined;
  if (!(references instanceof Map)) return [];
  return [...references].flatMap(([id, copy]): readonly ParameterCopy[] => {
    if (typeof id !== "string" || !(copy instanceof Map)) return [];
    const [parameter, edges] = [copy.get("parameter"), copy.get("edges")];
    if (typeof parameter !== "string") return [];
    const texts = Array.isArray(edges) ? edges.filter((edge) => typeof edge === "string") : [];
    return [{ id, parameter, edges: texts }];
  });
}
