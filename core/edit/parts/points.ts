/**
 * Names of the form `step.flag` and `step:flag`, in `feedback` and in the editor's copies.
 *
 * @module
 */

import type { YamlPath } from "../../errors.ts";
import type { Value } from "../../yaml/value.ts";
import { type BlockPlace, itemsOf, keyText, mapAt, pairsOf, placesOf } from "./places.ts";

/** A flag of a step, named in `feedback`. */
export interface Point {
  readonly at: YamlPath;
  /** Whether the key at this path is meant, rather than its value. */
  readonly isKey: boolean;
  readonly step: string;
  readonly flag: string;
}

/** What `feedback` of a group names. The first dot that ends the name of a step counts, so names may hold dots. */
export function feedbackPoints(block: BlockPlace): readonly Point[] {
  const names = new Set(block.steps.flatMap(({ name }) => name ?? []));
  return pairsOf(mapAt(mapAt(block.map, "multi_pass"), "feedback")).flatMap(([source, target]) => {
    const at = [...block.at, "multi_pass", "feedback", source];
    const points = [
      { isKey: true, spec: source },
      ...typeof target === "string" ? [{ isKey: false, spec: target }] : [],
    ];
    return points.flatMap(({ isKey, spec }) => {
      const point = split(spec, names);
      return point === undefined ? [] : [{ at, isKey, ...point }];
    });
  });
}

function split(spec: string, names: ReadonlySet<string>): Pick<Point, "step" | "flag"> | undefined {
  for (let dot = spec.indexOf("."); dot >= 0; dot = spec.indexOf(".", dot + 1)) {
    if (names.has(spec.slice(0, dot))) return { step: spec.slice(0, dot), flag: spec.slice(dot + 1) };
  }
  return undefined;
}

/** The block that a step is repeated in. */
export function repeatedAround(
  root: Value,
  step: { readonly block?: { readonly at: YamlPath } },
): BlockPlace | undefined {
  const at = step.block?.at.join();
  return placesOf(root).blocks.find((block) => block.isRepeated && block.at.join() === at);
}

/** A further node of a parameter on the canvas. */
export interface Copy {
  readonly id: string;
  readonly at: YamlPath;
  readonly parameter?: string;
  readonly edges: readonly { readonly at: YamlPath; readonly text: string }[];
}

/** The copies that the editor keeps. */
export function copiesOf(root: Value): readonly Copy[] {
  const refs = mapAt(mapAt(root, "editor"), "parameterRefs");
  return pairsOf(refs).map(([id, copy]) => {
    const at = ["editor", "parameterRefs", id];
    const parameter = copy instanceof Map ? copy.get("parameter") ?? null : null;
    const edges = itemsOf(copy instanceof Map ? copy.get("edges") : undefined).flatMap((text, index) =>
      typeof text === "string" ? [{ at: [...at, "edges", index], text }] : []
    );
    return { id, at, parameter: parameter === null ? undefined : keyText(parameter), edges };
  });
}
