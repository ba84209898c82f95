/**
 * What a schema does to a value besides looking at it.
 *
 * @module
 */

import type { ZodType } from "zod";
import { LoopConfigError } from "../base/errors.ts";
import { pathText } from "./not_serialisable.ts";

/** What is known of a schema before it has seen a value. */
export interface SchemaKind {
  /** A value that fits comes out as it went in, but for members the schema does not know: to encode is to validate. */
  readonly isPlain: boolean;
  /** Some refinement is an async function. */
  readonly isAsync: boolean;
}

/** What zod keeps of a schema, as far as it is read here. */
interface Node {
  readonly _zod: { readonly def: Readonly<Record<string, unknown>> & { readonly type?: string } };
}

const PLAIN_TYPES: ReadonlySet<string> = new Set([
  ...["string", "number", "boolean", "null", "undefined", "literal", "enum", "template_literal", "any", "unknown"],
  ...["object", "array", "record", "tuple", "union", "optional", "nullable", "nonoptional", "readonly", "lazy"],
  ...["custom", "never"],
]);

const PLAIN_CHECKS: ReadonlySet<string> = new Set([
  ...["string_format", "number_format", "less_than", "greater_than", "multiple_of"],
  ...["max_length", "min_length", "length_equals"],
]);

/**
 * Looks through a schema once.
 *
 * @throws {LoopConfigError} If some part of it changes values and has no way back.
 */
export function schemaKind(schema: ZodType): SchemaKind {
  const kind = { isPlain: true, isAsync: false };
  const seen = new Set<Node>();
  const look = (node: Node, path: readonly PropertyKey[]) => {
    if (seen.has(node)) return;
    seen.add(node);
    const { def } = node._zod;
    if (def.type === "transform" || def.type === "success") throw oneWay(path);
    if (!isPlainNode(node)) kind.isPlain = false;
    if ([node, ...checksOf(node)].some(isAsyncRefinement)) kind.isAsync = true;
    for (const [child, below] of children(def, path)) look(child, below);
  };
  look(schema as unknown as Node, []);
  return kind;
}

function oneWay(path: readonly PropertyKey[]): LoopConfigError {
  return new LoopConfigError(`The schema changes ${pathText("state", path)} by a transform, which has no way back`, {
    hint: "use z.codec(), which says how to encode the value as well",
  });
}

function isPlainNode(node: Node): boolean {
  const { def } = node._zod;
  return PLAIN_TYPES.has(def.type ?? "") && def.coerce !== true && checksOf(node).every(isPlainCheck);
}

/** A refinement only answers; anything else that is written by hand may change the value. */
function isPlainCheck({ _zod: { def } }: Node): boolean {
  return PLAIN_CHECKS.has(String(def.check)) || (def.check === "custom" && def.type === "custom");
}

function checksOf({ _zod: { def } }: Node): readonly Node[] {
  return (def.checks ?? []) as readonly Node[];
}

function isAsyncRefinement({ _zod: { def } }: Node): boolean {
  return typeof def.fn === "function" && def.fn.constructor.name === "AsyncFunction";
}

function* children(def: Node["_zod"]["def"], path: readonly PropertyKey[]): Iterable<[Node, readonly PropertyKey[]]> {
  if (def.type === "lazy") yield [(def.getter as () => Node)(), path];
  for (const [member, value] of Object.entries(def)) {
    if (member === "checks") continue;
    if (isNode(value)) yield [value, member === "element" ? [...path, 0] : path];
    else if (Array.isArray(value)) yield* value.filter(isNode).map((node) => [node, path] as [Node, typeof path]);
    else if (member === "shape") yield* shape(value as object, path);
  }
}

function* shape(members: object, path: readonly PropertyKey[]): Iterable<[Node, readonly PropertyKey[]]> {
  for (const [key, node] of Object.entries(members)) yield [node, [...path, key]];
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "_zod" in value;
}
