/**
 * What new names have in common.
 *
 * @module
 */

import type { YamlPath } from "../../errors.ts";
import type { Value } from "../../yaml/value.ts";
import type { Phase } from "../splice/apply.ts";
import { childOf, type Op } from "../source/value_ops.ts";
import { mapAt } from "../parts/places.ts";

/** An old name and the new one. */
export interface Names {
  readonly from: string;
  readonly to: string;
}

/** One phase for the places that stay where they are, after one for what is in the way of a new key. */
export function phases(root: Value, ops: readonly Op[]): readonly Phase[] {
  const stale = ops.flatMap((op): Op[] => {
    if (op.kind !== "rename" || op.at[0] !== "layout") return [];
    return childOf(childOf(root, "layout")!, op.key) === undefined ? [] : [{ kind: "remove", at: ["layout", op.key] }];
  });
  // Keys come last, inner ones first: the paths of what is below them still hold then.
  const keys = ops.filter(({ kind }) => kind === "rename").toSorted((a, b) => b.at.length - a.at.length);
  const inPlace = [...ops.filter(({ kind }) => kind !== "rename"), ...keys];
  return [...stale.map((op) => ({ ops: [op] })), { ops: inPlace, follow: true }];
}

/** A value at a place. */
export function set(at: YamlPath, value: Value): Op {
  return { kind: "set", at, value };
}

/** The position of a node that gets another id. */
export function layoutOps(root: Value, { from, to }: Names): readonly Op[] {
  const layout = mapAt(root, "layout");
  return layout !== undefined && childOf(layout, from) !== undefined
    ? [{ kind: "rename", at: ["layout", from], key: to }]
    : [];
}
