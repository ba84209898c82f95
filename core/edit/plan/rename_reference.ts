/**
 * Other names for data entries and parameters, and everything that refers to them.
 *
 * @module
 */

import { LoomError, type YamlPath } from "../../errors.ts";
import type { Value } from "../../yaml/value.ts";
import { pathText } from "../wish/path.ts";
import type { Phase } from "../splice/apply.ts";
import { childOf, type Op } from "../source/value_ops.ts";
import { refuseReference } from "./names.ts";
import { dataNames, itemsOf, mapAt, pairsOf, placesOf } from "../parts/places.ts";
import { copiesOf } from "../parts/points.ts";
import {
  allTexts,
  isInside,
  isIterationValue,
  mentions,
  namesInCondition,
  renamedInside,
} from "../parts/references.ts";
import { layoutOps, type Names, phases, set } from "./rename_ops.ts";

/** Another key for a data entry. */
export function renameData(root: Value, names: Names): readonly Phase[] {
  const { from, to } = names;
  refuseReference(root, "data entry", to);
  const sections = ["variables", "data"].filter((key) => childOf(mapAt(root, key) ?? new Map(), from) !== undefined);
  const nested = ["variables", "data"].flatMap((section) =>
    pairsOf(mapAt(root, section)).flatMap(([key, entry]): Op[] => {
      const container = entry instanceof Map ? entry.get("nested_in") : undefined;
      if (typeof container !== "string" || container.replace(/^\$+/, "") !== from) return [];
      return [set([section, key, "nested_in"], container.slice(0, container.length - from.length) + to)];
    })
  );
  return phases(root, [
    ...referenceOps(root, names),
    ...nested,
    ...insideOps(root, names),
    ...layoutOps(root, { from: `data_${from}`, to: `data_${to}` }),
    ...sections.map((section): Op => ({ kind: "rename", at: [section, from], key: to })),
  ]);
}

/** References to a data entry or a parameter. A switch may leave the dollar out. */
function referenceOps(root: Value, { from, to }: Names): readonly Op[] {
  const isCondition = placesOf(root).steps.some(({ name, map }) => name === from && map.get("kind") === "condition");
  return mentions(root).flatMap((mention): Op[] => {
    const { at, text, step } = mention;
    const decides = step?.map.get("kind") === "switch" && at.at(-1) === "condition";
    if (decides && isCondition) return [];
    if (text !== `$${from}` && !(decides && text === from)) return [];
    if (isIterationValue(mention, from)) return [];
    if (isIterationValue(mention, to)) throw captured(mention.at, to);
    return [set(at, text === from ? to : `$${to}`)];
  });
}

function captured(at: YamlPath, name: string): LoomError {
  const message = `Cannot use the name '${name}': at ${pathText(at)} it would mean the value of an iteration`;
  return new LoomError("name-taken", message, { hint: "choose another name", data: { name } });
}

function insideOps(root: Value, { from, to }: Names): readonly Op[] {
  if (childOf(root, "version") !== 2) return [];
  const texts = allTexts(root).filter(({ text }) => isInside(text, from));
  if (texts.length > 0 && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(to)) throw noIdentifier(texts[0].at, to);
  return texts.map(({ at, text }) => set(at, renamedInside(text, from, to)));
}

function noIdentifier(at: YamlPath, name: string): LoomError {
  const message = `Cannot use the name '${name}': ${pathText(at)} can only hold names of letters, digits and _`;
  return new LoomError("name-unusable", message, { hint: "choose another name", data: { name } });
}

/** Another name for a parameter. */
export function renameParameter(root: Value, names: Names): readonly Phase[] {
  const { from, to } = names;
  refuseReference(root, "parameter", to);
  // A data entry of that name is what references find.
  const isHidden = dataNames(root).has(from);
  return phases(root, [
    ...isHidden ? [] : referenceOps(root, names),
    ...isHidden ? [] : insideOps(root, names),
    ...conditionOps(root, names),
    ...matrixOps(root, names),
    ...copyOps(root, names),
    ...layoutOps(root, { from: `param_${from}`, to: `param_${to}` }),
    { kind: "rename", at: ["parameters", from], key: to },
  ]);
}

function conditionOps(root: Value, { from, to }: Names): readonly Op[] {
  return placesOf(root).steps.flatMap(({ at, map }): Op[] => {
    const text = map.get("when");
    if (typeof text !== "string") return [];
    const found = namesInCondition(text).filter(({ name }) => name === from);
    if (found.length === 0) return [];
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(to)) throw noIdentifier([...at, "when"], to);
    const renamed = found.reduceRight((it, { index }) => it.slice(0, index) + to + it.slice(index + from.length), text);
    return [set([...at, "when"], renamed)];
  });
}

const MATRIX_WORDS: ReadonlySet<string> = new Set(["zip", "include", "exclude", "random", "stop"]);

/** Sweeps name parameters by their keys. */
function matrixOps(root: Value, { from, to }: Names): readonly Op[] {
  const matrix = mapAt(root, "matrix");
  if (matrix === undefined) return [];
  const owners: readonly (readonly [YamlPath, Value | undefined])[] = [
    ...MATRIX_WORDS.has(from) ? [] : [[["matrix"], matrix] as const],
    [["matrix", "zip"], matrix.get("zip")],
    ...["include", "exclude"].flatMap((key) =>
      itemsOf(matrix.get(key)).map((item, index) => [["matrix", key, index], item] as const)
    ),
  ];
  return owners.flatMap(([at, owner]): Op[] =>
    owner !== undefined && owner !== null && childOf(owner, from) !== undefined
      ? [{ kind: "rename", at: [...at, from], key: to }]
      : []
  );
}

function copyOps(root: Value, { from, to }: Names): readonly Op[] {
  return copiesOf(root).filter(({ parameter }) => parameter === from).flatMap(({ id, at }): Op[] => {
    const prefix = `param_${from}_ref_`;
    const renamed = id.startsWith(prefix) ? `param_${to}_ref_${id.slice(prefix.length)}` : id;
    const keys: readonly Op[] = renamed === id
      ? []
      : [{ kind: "rename", at, key: renamed }, ...layoutOps(root, { from: id, to: renamed })];
    return [set([...at, "parameter"], to), ...keys];
  });
}
