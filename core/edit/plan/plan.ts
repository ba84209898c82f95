/**
 * From a wish to the changes it takes.
 *
 * @module
 */

import { LoomError, type YamlPath } from "../../errors.ts";
import { pyStr, type Value } from "../../yaml/value.ts";
import type { Edit, SetEdit } from "../wish/edits.ts";
import type { Phase } from "../splice/apply.ts";
import { isSame } from "../source/same.ts";
import { childOf, type Op, valueAt } from "../source/value_ops.ts";
import { locate, type Located, missingPlace, mustBeThere } from "./locate.ts";
import { pairsOf } from "../parts/places.ts";
import { planRemove, usesOf } from "./remove.ts";
import { refuseReference } from "./names.ts";
import { planRename } from "./rename.ts";
import { planAddStep, planMoveStep, planRegroup } from "./steps.ts";

/** The changes, and the places that something which goes is still named at. */
export interface Plan {
  readonly phases: readonly Phase[];
  readonly uses: readonly YamlPath[];
}

/**
 * What an edit changes in a file that says this.
 *
 * @throws {LoomError} `unknown-place`, `unknown-step`, `name-taken`, `usage` and the like.
 */
export function plan(root: Value, edit: Edit): Plan {
  switch (edit.kind) {
    case "set":
      return each(planSet(root, edit));
    case "rename":
      return { phases: planRename(root, mustBeThere(root, locate(root, edit.path)), edit.name), uses: [] };
    case "remove": {
      const located = mustBeThere(root, locate(root, edit.path));
      return { ...each(planRemove(root, located)), uses: edit.force ? [] : usesOf(root, located) };
    }
    case "add_step":
      return each(planAddStep(root, edit));
    case "add_data":
    case "add_parameter": {
      const isData = edit.kind === "add_data";
      refuseReference(root, isData ? "data entry" : "parameter", edit.name);
      return each(setOps(root, locate(root, [isData ? "data" : "parameters", edit.name]), edit));
    }
    case "move_step":
      return each(planMoveStep(root, edit));
    case "regroup":
      return each(planRegroup(root, edit));
    case "place_node": {
      const value = new Map<Value, Value>([["x", Math.round(edit.x)], ["y", Math.round(edit.y)]]);
      return each(setOps(root, locate(root, ["layout", edit.node]), { value }));
    }
  }
}

function each(ops: readonly Op[]): Plan {
  return { phases: ops.map((op) => ({ ops: [op] })), uses: [] };
}

function planSet(root: Value, edit: SetEdit): readonly Op[] {
  const located = locate(root, edit.path);
  if (located.group !== undefined || (located.at.length === 0 && located.missing.length === 0)) {
    throw new LoomError("usage", "Cannot set a whole group: name a place in it");
  }
  refuseStrandedName(root, located, edit.value);
  return setOps(root, located, edit);
}

/** A step whose name changes alone leaves behind whatever names it. */
function refuseStrandedName(root: Value, { at, missing }: Located, value: Value): void {
  const key = at.at(-1);
  if (missing.length > 0 || (key !== "name" && key !== "group") || isSame(valueAt(root, at) ?? null, value)) return;
  const owner = locate(root, at.slice(0, -1));
  const isName = (key === "name" && owner.step !== undefined) || (key === "group" && owner.block !== undefined);
  if (!isName) return;
  const what = key === "name" ? "steps" : "groups";
  const name = pyStr(valueAt(root, at) ?? null);
  throw new LoomError("usage", `Cannot set the name of a ${key === "name" ? "step" : "group"} alone`, {
    hint: `use 'rename' with ${what}.${name}, so that whatever names it follows`,
  });
}

function setOps(root: Value, located: Located, { value, source }: { value: Value; source?: string }): readonly Op[] {
  const { at, missing } = located;
  if (missing.length > 0) return createOps(root, located, { value, source });
  const old = located.value;
  if (isSame(old, value)) return [];
  return mapOps(at, old, value) ?? listOps(at, old, value) ?? [{ kind: "set", at, value, source }];
}

/** A map that takes the place of a map: only what differs, if the order of what stays is the same. */
function mapOps(at: YamlPath, old: Value, value: Value): readonly Op[] | undefined {
  if (!isPlainMap(old) || !isPlainMap(value) || old.size === 0 || value.size === 0) return undefined;
  const [names, wanted] = [old, value].map((map) => pairsOf(map).map(([name]) => name));
  if (new Set(names).size < names.length || new Set(wanted).size < wanted.length) return undefined;
  const kept = names.filter((name) => wanted.includes(name));
  if (kept.length === 0 || kept.some((name, index) => wanted[index] !== name)) return undefined;
  return [
    ...names.filter((name) => !kept.includes(name)).map((name): Op => ({ kind: "remove", at: [...at, name] })),
    ...wanted.flatMap((name): readonly Op[] => {
      const [before, after] = [childOf(old, name), childOf(value, name)!];
      if (before === undefined) return [{ kind: "set", at: [...at, name], value: after }];
      return setOps(value, { at: [...at, name], value: before, missing: [] }, { value: after });
    }),
  ];
}

function isPlainMap(value: Value): value is ReadonlyMap<Value, Value> {
  return value instanceof Map && value.constructor === Map && value.keys().every((key) => typeof key === "string");
}

/** A list that takes the place of a list: items that differ, then those that are too many or too few. */
function listOps(at: YamlPath, old: Value, value: Value): readonly Op[] | undefined {
  if (!isPlainList(old) || !isPlainList(value) || old.length === 0 || value.length === 0) return undefined;
  const common = Math.min(old.length, value.length);
  return [
    ...old.slice(common).map((_, index): Op => ({ kind: "remove", at: [...at, old.length - 1 - index] })),
    ...value.slice(0, common).flatMap((item, index) =>
      setOps(value, { at: [...at, index], value: old[index], missing: [] }, { value: item })
    ),
    ...value.slice(common).map((item, index): Op => ({ kind: "insert", at, index: common + index, value: item })),
  ];
}

function isPlainList(value: Value): value is readonly Value[] {
  return Array.isArray(value) && value.constructor === Array;
}

/** What is not there yet, with the maps around it. */
function createOps(
  root: Value,
  located: Located,
  { value, source }: { value: Value; source?: string },
): readonly Op[] {
  const { at, value: owner, missing } = located;
  const isEmpty = owner === null;
  if (!isEmpty && !(owner instanceof Map)) throw missingPlace(root, located);
  if (missing.some((part) => typeof part === "number")) throw missingPlace(root, located);
  if (missing.length > 1 && at.length > 0) refuseTypo(missingPlace(root, located));
  const inner = isEmpty && at.length > 0 ? missing : missing.slice(1);
  const nested = inner.reduceRight<Value>((below, part) => new Map<Value, Value>([[String(part), below]]), value);
  const path = isEmpty && at.length > 0 ? at : [...at, missing[0]];
  return [{ kind: "set", at: path, value: nested, source: inner.length === 0 ? source : undefined }];
}

/** A part in the middle of a path that is nearly the name of something is more likely mistyped than new. */
function refuseTypo(error: LoomError): void {
  if (error.hint?.startsWith("did you mean")) throw error;
}
