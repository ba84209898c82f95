/**
 * The `pipeline` list: steps, groups and the names they take.
 *
 * @module
 */

import { checkEntryKeys } from "./keys.ts";
import { labelOf, nameOf, type Position, takeName } from "./names.ts";
import { parseCondition, parseSwitch } from "./logic.ts";
import { type InnerStep, parseRepeated } from "./repeated.ts";
import { didYouMean, note, Section, show } from "./section.ts";
import { parseTask } from "./task.ts";
import type { Step } from "../pipeline.ts";
import type { Value } from "../../yaml/value.ts";

const KINDS = ["task", "condition", "switch"];
const OWN_KEYS = ["name", "task", "script", "kind"];

/** What is gathered on the way through the list. */
class StepList {
  readonly steps: Step[] = [];
  readonly groups = new Set<string>();
  /** Name to the position of the step that has it. */
  readonly taken = new Map<string, Position>();

  constructor(readonly top: Section, readonly resources: ReadonlyMap<string, number>) {}
}

/**
 * All steps in file order, groups flattened, and the names of the groups in order of appearance. A step without a
 * name, of an unknown kind or with a name that is taken is left out.
 */
export function parseSteps(
  top: Section,
  options: { readonly resources: ReadonlyMap<string, number> },
): { readonly steps: readonly Step[]; readonly groups: readonly string[] } {
  const list = new StepList(top, options.resources);
  const entries = entriesOf(top, "pipeline");
  for (let index = 0; index < entries.length; index++) {
    addEntry(list, entries[index], { at: ["pipeline", index], index });
  }
  return { steps: list.steps, groups: [...list.groups] };
}

function entriesOf(owner: Section, key: string): readonly Value[] {
  const value = owner.get(key) ?? [];
  if (Array.isArray(value)) return value;
  owner.mismatch(key, "a list of steps", { code: "not-a-list", hint: "start each step with '- '" });
  return [];
}

function addEntry(list: StepList, entry: Value, position: Position): void {
  const section = sectionOf(list, entry, position);
  if (section === undefined) return;
  if (!isBlock(section)) return addStep(list, section, { position });
  const name = section.text("group");
  if (name) return addGroup(list, section, { name, position });
  if (section.get("group") === undefined || name === "") {
    section.error({
      code: "missing-key",
      message: "a list of steps needs the name of its group",
      hint: "add 'group: NAME'",
    });
  }
}

/** A group block has both `group` and `steps`; an entry that only looks like a part of one is taken for a bad one. */
function isBlock(entry: Section): boolean {
  if (!entry.values.has("steps")) return false;
  return entry.get("group") !== undefined || OWN_KEYS.every((key) => entry.get(key) === undefined);
}

function sectionOf(list: StepList, entry: Value, position: Position): Section | undefined {
  const problems = list.top.problems;
  const at = position.at;
  if (!(entry instanceof Map)) {
    note(problems, { at, label: labelOf(position) }, {
      code: "not-a-map",
      message: `must be a map, not ${show(entry)}`,
    });
    return undefined;
  }
  const name = entry.get("name");
  if (typeof name !== "string" || name === "") return new Section(entry, { at, label: labelOf(position) }, problems);
  return new Section(entry, { at, label: `Step '${name}'`, step: name }, problems);
}

function addGroup(
  list: StepList,
  entry: Section,
  { name, position }: { readonly name: string; readonly position: Position },
): void {
  list.groups.add(name);
  const block = new Section(entry.values, { at: entry.place.at, label: `Group '${name}'` }, entry.problems);
  if (block.get("multi_pass") !== undefined) return addRepeated(list, block, { name, position });
  checkEntryKeys(block, "group");
  for (const member of members(list, block, name)) addStep(list, member.section, { ...member, group: name });
}

/** The steps of a block, those that are no maps and inner groups left out with an error. */
function members(list: StepList, block: Section, group: string) {
  const found: { readonly section: Section; readonly position: Position }[] = [];
  entriesOf(block, "steps").forEach((entry, index) => {
    const at = [...block.place.at, "steps", index];
    const position = { at, index, group };
    const section = sectionOf(list, entry, position);
    if (section === undefined) return;
    if (isBlock(section)) {
      section.error({
        code: "nested-group",
        message: "groups cannot lie in groups",
        hint: "move its steps one level up",
      });
    } else found.push({ section, position });
  });
  return found;
}

function addRepeated(
  list: StepList,
  block: Section,
  { name, position }: { readonly name: string; readonly position: Position },
): void {
  checkEntryKeys(block, "repeated group");
  const inner = innerSteps(list, block, name);
  const place = { ...block.place, step: name };
  const repeated = new Section(block.values, place, block.problems);
  const step = parseRepeated(repeated, { name, inner, resources: list.resources });
  if (takeName(list.taken, repeated, { name, position, key: "group" })) list.steps.push(step);
}

/** Their names must differ within the group only: outside of it, nobody can name them. */
function innerSteps(list: StepList, block: Section, group: string): readonly InnerStep[] {
  const taken = new Map<string, Position>();
  const inner: InnerStep[] = [];
  for (const { section, position } of members(list, block, group)) {
    const name = nameOf(section, group);
    if (name !== undefined && takeName(taken, section, { name, position })) inner.push({ name, section });
  }
  return inner;
}

function addStep(
  list: StepList,
  entry: Section,
  { position, group }: { readonly position: Position; readonly group?: string },
): void {
  if (isEmptyGroup(entry, group)) return;
  const name = nameOf(entry, group);
  const step = parseStep(list, entry, { name: name ?? "", group: group ?? (entry.text("group") || undefined) });
  if (name === undefined || step === undefined) return;
  if (step.group !== undefined) list.groups.add(step.group);
  if (takeName(list.taken, entry, { name, position })) list.steps.push(step);
}

function isEmptyGroup(entry: Section, group: string | undefined): boolean {
  if (group !== undefined || entry.get("group") === undefined) return false;
  if (OWN_KEYS.some((key) => entry.get(key) !== undefined)) return false;
  const message = `group ${show(entry.get("group") ?? null)} has neither steps nor a task of its own`;
  entry.error({ code: "missing-key", message, hint: "add 'steps:' with its steps" });
  return true;
}

function parseStep(
  list: StepList,
  entry: Section,
  identity: { readonly name: string; readonly group?: string },
): Step | undefined {
  const kind = entry.text("kind") ?? (entry.get("kind") === undefined ? "task" : "");
  if (kind === "task" || kind === "condition" || kind === "switch") checkEntryKeys(entry, kind);
  if (kind === "task") return parseTask(entry, { ...identity, resources: list.resources });
  if (kind === "condition") return parseCondition(entry, identity);
  if (kind === "switch") return parseSwitch(entry, identity);
  if (kind === "" && entry.get("kind") !== "") return undefined;
  const hint = didYouMean(kind, KINDS) ?? `known are ${KINDS.join(", ")}`;
  entry.error({ code: "unknown-kind", message: `unknown kind '${kind}'`, hint, under: ["kind"] });
  return undefined;
}
