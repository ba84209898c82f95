/**
 * Other names, and everything that follows them.
 *
 * @module
 */

import { LoomError, type YamlPath } from "../../errors.ts";
import type { Value } from "../../yaml/value.ts";
import { pathText } from "../wish/path.ts";
import type { Phase } from "../splice/apply.ts";
import { childOf, type Op } from "../source/value_ops.ts";
import type { Located } from "./locate.ts";
import { refuseTaken, stepNames } from "./names.ts";
import { type BlockPlace, keyText, pairsOf, placesOf, type StepPlace } from "../parts/places.ts";
import { copiesOf, feedbackPoints, repeatedAround } from "../parts/points.ts";
import { mentions } from "../parts/references.ts";
import { layoutOps, type Names, phases, set } from "./rename_ops.ts";
import { renameData, renameParameter } from "./rename_reference.ts";

/** The changes that a new name makes. */
export function planRename(root: Value, target: Located, to: string): readonly Phase[] {
  const { at, step, block, group } = target;
  if (step !== undefined) return renameStep(root, step, to);
  if (block !== undefined) return renameGroup(root, block.name, to);
  if (group !== undefined) return renameGroup(root, group, to);
  const from = at.at(-1);
  if (typeof from !== "string") throw noName(at);
  if (from === to) return [];
  const [section] = at;
  if (at.length === 2 && (section === "data" || section === "variables")) return renameData(root, { from, to });
  if (at.length === 2 && section === "parameters") return renameParameter(root, { from, to });
  return renameKey(root, at, { from, to });
}

function noName(at: YamlPath): LoomError {
  const hint = "name a step, a group, a data entry, a parameter or a key";
  return new LoomError("usage", `Cannot rename ${pathText(at)}: it has no name`, { hint });
}

function renameStep(root: Value, step: StepPlace, to: string): readonly Phase[] {
  const from = step.name!;
  if (from === to) return [];
  refuseTaken("step", to, stepNames(root, step.block));
  const isSwitch = step.map.get("kind") === "switch";
  const isCondition = step.map.get("kind") === "condition";
  const branches = mentions(root).flatMap(({ at, text, step: user }): Op[] => {
    if (isSwitch && text.startsWith(`$${from}.`)) return [set(at, `$${to}${text.slice(from.length + 1)}`)];
    const decides = isCondition && user?.map.get("kind") === "switch" && at.at(-1) === "condition";
    return decides && (text === from || text === `$${from}`) ? [set(at, text.replace(from, () => to))] : [];
  });
  const around = repeatedAround(root, step);
  const points = around === undefined ? [] : feedbackPoints(around).filter((point) => point.step === from)
    .map(({ at, isKey, flag }) => point(at, isKey, `${to}.${flag}`));
  return phases(root, [
    set([...step.at, "name"], to),
    ...branches,
    ...points,
    ...edgeOps(root, (name, flag) => name === from ? `${to}:${flag}` : undefined),
    ...layoutOps(root, { from, to }),
  ]);
}

function point(at: YamlPath, isKey: boolean, text: string): Op {
  return isKey ? { kind: "rename", at, key: text } : set(at, text);
}

/** Edges of copies are `step:flag`; the step's name ends at the last colon before a flag. */
function edgeOps(root: Value, change: (step: string, flag: string) => string | undefined): readonly Op[] {
  return copiesOf(root).flatMap(({ edges }) =>
    edges.flatMap(({ at, text }) => {
      const colon = text.lastIndexOf(":");
      const changed = colon < 0 ? undefined : change(text.slice(0, colon), text.slice(colon + 1));
      return changed === undefined ? [] : [set(at, changed)];
    })
  );
}

function renameGroup(root: Value, from: string, to: string): readonly Phase[] {
  if (from === to) return [];
  const { steps, blocks } = placesOf(root);
  const flat = steps.filter(({ map }) => map.has("group") && keyText(map.get("group")!) === from);
  const own = blocks.filter(({ name }) => name === from);
  const isRepeated = own.some((block) => block.isRepeated);
  const groups = [...blocks.map(({ name }) => name), ...steps.flatMap(({ map }) => keyText(map.get("group") ?? null))];
  refuseTaken("group", to, new Set([...groups, ...isRepeated ? stepNames(root) : []]));
  return phases(root, [
    ...[...flat, ...own].map(({ at }) => set([...at, "group"], to)),
    ...isRepeated ? layoutOps(root, { from, to }) : [],
  ]);
}

/** A key of any map; flags of a step are named in other places too. */
function renameKey(root: Value, at: YamlPath, { from, to }: Names): readonly Phase[] {
  const owner = at.slice(0, -1);
  const map = owner.reduce<Value | undefined>(
    (value, part) => value === undefined ? value : childOf(value, part),
    root,
  );
  refuseTaken("key", to, new Set(map instanceof Map ? pairsOf(map).map(([name]) => name) : []));
  const step = placesOf(root).steps.find((place) => place.at.join("\0") === at.slice(0, -2).join("\0"));
  const isFlag = step !== undefined && ["inputs", "outputs", "args"].includes(String(at.at(-2)));
  return phases(root, [...isFlag ? flagOps(root, step, { from, to }) : [], { kind: "rename", at, key: to }]);
}

function flagOps(root: Value, step: StepPlace, { from, to }: Names): readonly Op[] {
  const around: BlockPlace | undefined = repeatedAround(root, step);
  const points = around === undefined ? [] : feedbackPoints(around)
    .filter((it) => it.step === step.name && it.flag === from)
    .map(({ at, isKey }) => point(at, isKey, `${step.name}.${to}`));
  return [
    ...points,
    ...edgeOps(root, (name, flag) => name === step.name && flag === from ? `${name}:${to}` : undefined),
  ];
}
