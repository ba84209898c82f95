import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { parsePipeline } from "../../core/graph/parse/mod.ts";
import type { Pipeline } from "../../core/graph/pipeline.ts";
import type { Value } from "../../core/yaml/value.ts";

/** A document as JavaScript writes it: objects stand for maps, class instances for themselves. */
export type Plain = Value | readonly Plain[] | { readonly [key: string]: Plain };

/** The pipeline of `/w/pipeline.yml` with this content, which must have no errors. */
export function pipelineOf(document: { readonly [key: string]: Plain }, file = "/w/pipeline.yml"): Pipeline {
  const { pipeline, problems } = parsePipeline(toValue(document), file);
  deepEqual(problems.filter((problem) => problem.level === "error"), []);
  return pipeline;
}

/** The value that YAML with this content has. */
export function toValue(plain: Plain): Value {
  if (Array.isArray(plain)) return plain.map(toValue);
  if (typeof plain !== "object" || plain === null || Object.getPrototypeOf(plain) !== Object.prototype) {
    return plain as Value;
  }
  return new Map(Object.entries(plain).map(([key, value]) => [key, toValue(value)]));
}
