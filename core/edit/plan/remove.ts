/**
 * What goes, and what goes with it.
 *
 * @module
 */

import type { YamlPath } from "../../errors.ts";
import type { Value } from "../../yaml/value.ts";
import { childOf, type Op, valueAt } from "../source/value_ops.ts";
import type { Located } from "./locate.ts";
import { type BlockPlace, dataNames, itemsOf, mapAt, pairsOf, placesOf, type StepPlace } from "../parts/places.ts";
import { copiesOf, feedbackPoints, repeatedAround } from "../parts/points.ts";
import { allTexts, isInside, isIterationValue, mentions, namesInCondition } from "../parts/references.ts";

/** The changes that take something out, one after the other. */
export function planRemove(root: Value, { at, step, block, group }: Located): readonly Op[] {
  if (step !== undefined) return [...stepSatellites(root, [step]), stepOp(root, step)];
  if (block !== undefined) return [...stepSatellites(root, block.steps, block), { kind: "remove", at }];
  if (group !== undefined) return groupOps(root, group);
  const [section, name] = at;
  const own: Op = { kind: "remove", at };
  if (at.length !== 2) return [own];
  if (section === "data" || section === "variables") return [...nodeOps(root, [`data_${name}`]), own];
  if (section === "parameters") return [...parameterSatellites(root, String(name)), own];
  return [own];
}

/** A group that has nothing but its steps goes with the last of them. */
function stepOp(root: Value, { at, block }: StepPlace): Op {
  const isLast = block !== undefined && itemsOf(block.map.get("steps")).length === 1;
  const isBare = isLast && pairsOf(block.map).every(([key]) => key === "group" || key === "steps");
  return { kind: "remove", at: isBare ? placesOf(root).blocks.find(({ name }) => name === block.name)?.at ?? at : at };
}

/** All of a group: its blocks, and the steps that name it. Later ones first, so that the paths of others still hold. */
function groupOps(root: Value, name: string): readonly Op[] {
  const { steps, blocks } = placesOf(root);
  const own = blocks.filter((block) => block.name === name);
  const flat = steps.filter(({ map, block }) => block === undefined && map.get("group") === name);
  const all = [...own, ...flat].toSorted((a, b) => Number(b.at[1]) - Number(a.at[1]));
  const gone = [...flat, ...own.flatMap((block) => block.steps)];
  return [...stepSatellites(root, gone, own[0]), ...all.map(({ at }): Op => ({ kind: "remove", at }))];
}

/** Positions of steps, and the edges that copies of parameters have to them. */
function stepSatellites(root: Value, steps: readonly StepPlace[], block?: BlockPlace): readonly Op[] {
  const names = new Set(steps.flatMap(({ name }) => name ?? []));
  const edges = copiesOf(root).flatMap((copy) => copy.edges.toReversed())
    .filter(({ text }) => names.has(text.slice(0, Math.max(0, text.lastIndexOf(":")))));
  const nodes = [...names, ...block?.isRepeated ? [block.name] : []];
  return [...edges.map(({ at }): Op => ({ kind: "remove", at })), ...nodeOps(root, nodes)];
}

/** Positions on the canvas; without any there is no layout. */
function nodeOps(root: Value, nodes: readonly string[]): readonly Op[] {
  const layout = mapAt(root, "layout");
  if (layout === undefined) return [];
  const there = [...new Set(nodes)].filter((node) => childOf(layout, node) !== undefined);
  if (there.length > 0 && there.length === layout.size) return [{ kind: "remove", at: ["layout"] }];
  return there.map((node) => ({ kind: "remove", at: ["layout", node] }));
}

/** Positions and copies of a parameter. */
function parameterSatellites(root: Value, name: string): readonly Op[] {
  const copies = copiesOf(root);
  const own = copies.filter(({ parameter }) => parameter === name);
  const nodes = nodeOps(root, [`param_${name}`, ...own.map(({ id }) => id)]);
  if (own.length === 0 || own.length < copies.length) {
    return [...nodes, ...own.map(({ at }): Op => ({ kind: "remove", at }))];
  }
  const isAlone = mapAt(root, "editor")?.size === 1;
  return [...nodes, { kind: "remove", at: isAlone ? ["editor"] : ["editor", "parameterRefs"] }];
}

/** Where something that is to go is still named. */
export function usesOf(root: Value, { at, step, block, group }: Located): readonly YamlPath[] {
  if (step !== undefined) return stepUses(root, [step]);
  if (block !== undefined) return stepUses(root, block.steps);
  if (group !== undefined) {
    const { steps } = placesOf(root);
    return stepUses(root, steps.filter((it) => (it.block?.name ?? it.map.get("group")) === group));
  }
  const [section, name] = at;
  if (at.length === 4 || at.length === 6) return flagUses(root, at);
  if (at.length !== 2 || typeof name !== "string") return [];
  if (section === "data" || section === "variables") return isElsewhere(root, at) ? [] : dataUses(root, name);
  return section === "parameters" && !dataNames(root).has(name) ? parameterUses(root, name) : [];
}

/** Whether the other section of data has the entry too. */
function isElsewhere(root: Value, [section, name]: YamlPath): boolean {
  return valueAt(root, [section === "data" ? "variables" : "data", name]) !== undefined;
}

function stepUses(root: Value, steps: readonly StepPlace[]): readonly YamlPath[] {
  const isGone = ({ at }: { readonly at: YamlPath }) => steps.some((it) => it.at.every((part, i) => part === at[i]));
  const found = steps.flatMap((step) => {
    const around = repeatedAround(root, step);
    const whole = around !== undefined && around.steps.length === steps.length;
    const points = around === undefined || whole ? [] : feedbackPoints(around).filter((it) => it.step === step.name);
    return [...branchUses(root, step), ...points.map(({ at }) => at)];
  });
  return found.filter((at) => !isGone({ at }));
}

function branchUses(root: Value, { name, map }: StepPlace): readonly YamlPath[] {
  const kind = map.get("kind");
  if (kind !== "switch" && kind !== "condition") return [];
  return mentions(root).filter(({ at, text, step }) => {
    if (kind === "switch") return text.startsWith(`$${name}.`);
    return step?.map.get("kind") === "switch" && at.at(-1) === "condition" && (text === name || text === `$${name}`);
  }).map(({ at }) => at);
}

/** `feedback` that names an output which goes. */
function flagUses(root: Value, at: YamlPath): readonly YamlPath[] {
  const step = placesOf(root).steps.find((place) => place.at.join("\0") === at.slice(0, -2).join("\0"));
  const around = step === undefined ? undefined : repeatedAround(root, step);
  if (around === undefined || at.at(-2) !== "outputs") return [];
  return feedbackPoints(around).filter((it) => it.isKey && it.step === step!.name && it.flag === at.at(-1))
    .map((it) => it.at);
}

function dataUses(root: Value, name: string): readonly YamlPath[] {
  const nested = ["variables", "data"].flatMap((section) =>
    pairsOf(mapAt(root, section)).filter(([, entry]) => {
      const container = entry instanceof Map ? entry.get("nested_in") : undefined;
      return typeof container === "string" && container.replace(/^\$+/, "") === name;
    }).map(([key]) => [section, key, "nested_in"])
  );
  // A parameter of the same name would be found then.
  return [...referenceUses(root, name), ...nested, ...insideUses(root, name)];
}

function referenceUses(root: Value, name: string): readonly YamlPath[] {
  const isCondition = placesOf(root).steps.some((step) => step.name === name && step.map.get("kind") === "condition");
  return mentions(root).filter((mention) => {
    const decides = mention.step?.map.get("kind") === "switch" && mention.at.at(-1) === "condition";
    if (decides && isCondition) return false;
    return (mention.text === `$${name}` || (decides && mention.text === name)) && !isIterationValue(mention, name);
  }).map(({ at }) => at);
}

function insideUses(root: Value, name: string): readonly YamlPath[] {
  if (childOf(root, "version") !== 2) return [];
  return allTexts(root).filter(({ text }) => isInside(text, name)).map(({ at }) => at);
}

function parameterUses(root: Value, name: string): readonly YamlPath[] {
  const conditions = placesOf(root).steps.filter(({ map }) => {
    const text = map.get("when");
    return typeof text === "string" && namesInCondition(text).some((it) => it.name === name);
  });
  const matrix = mapAt(root, "matrix");
  // A sweep makes the parameters that it names.
  const isMade = matrix !== undefined && childOf(matrix, name) !== undefined;
  if (isMade) return [];
  return [...referenceUses(root, name), ...conditions.map(({ at }) => [...at, "when"]), ...insideUses(root, name)];
}
