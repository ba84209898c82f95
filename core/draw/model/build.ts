import { basename } from "../../paths.ts";
import type { Env } from "../../graph/env.ts";
import type { Pipeline, RepeatedStep, Step, TaskStep } from "../../graph/pipeline.ts";
import { pyStr, type Value } from "../../yaml/value.ts";
import type { Graph, GraphNode } from "./graph.ts";
import { linkCondition, linkSwitch, linkTask, linkUntil } from "./links.ts";
import { Nodes } from "./nodes.ts";

/** What is known of a pipeline besides its file. Everything may be absent. */
export interface GraphFacts {
  readonly env: Env;
  /** Name of a step or repeated group to its state. */
  readonly states?: ReadonlyMap<string, string>;
  /** Likewise, to how long it took last. */
  readonly durations?: ReadonlyMap<string, number>;
  /** Whether there is anything at an absolute path. Without it data have no state. */
  readonly exists?: (path: string) => boolean;
}

/** The pipeline as nodes and edges: steps, data, parameters and groups in the order of the file. */
export function graphOf(pipeline: Pipeline, facts: GraphFacts): Graph {
  const nodes = new Nodes(pipeline, facts);
  for (const name of pipeline.groups) nodes.add(groupNode(pipeline, name, facts));
  for (const step of pipeline.steps) addStep(nodes, step, facts);
  for (const step of pipeline.steps) link(nodes, step);
  addLeftOver(nodes, pipeline);
  const swept = tried(pipeline);
  for (const [name, values] of swept) nodes.parameter(name, values.map(pyStr));
  const sweep = swept.map(([name, values]) => ({ name, tries: values.length }));
  return { name: basename(pipeline.file), nodes: nodes.inOrder(), edges: nodes.edges(), sweep };
}

function tried({ matrix }: Pipeline): readonly (readonly [string, readonly Value[]])[] {
  return matrix === undefined ? [] : [...matrix.grid, ...matrix.zip];
}

function groupNode(pipeline: Pipeline, name: string, { states, durations }: GraphFacts): GraphNode {
  const base = { id: `group:${name}`, kind: "group", label: name } as const;
  const step = pipeline.steps.find((step): step is RepeatedStep => step.kind === "repeated" && step.name === name);
  if (step === undefined) return { ...base, state: null };
  return {
    ...base,
    state: states?.get(name) ?? null,
    ...flagsOf(step),
    iterations: step.iterations.length,
    ...(durations?.has(name) && { durationMs: durations.get(name) }),
  };
}

function addStep(nodes: Nodes, step: Step, facts: GraphFacts): void {
  if (step.kind !== "repeated") return nodes.add(stepNode(step, facts));
  const group = `group:${step.name}`;
  for (const inner of step.steps) {
    nodes.add({ ...stepNode(inner, { env: facts.env }), id: innerId(step, inner), group });
  }
  if (step.until === undefined) return;
  const { script } = step.until;
  const label = basename(script);
  nodes.add({ id: `until:${step.name}`, kind: "step", step: "until", label, detail: script, state: null, group });
}

function stepNode(step: Exclude<Step, RepeatedStep>, { states, durations }: GraphFacts): GraphNode {
  const { name } = step;
  return {
    id: `step:${name}`,
    kind: "step",
    label: name,
    state: states?.get(name) ?? null,
    step: step.kind,
    detail: detailOf(step),
    ...groupOf(step),
    ...flagsOf(step),
    ...(step.kind === "task" && step.loop !== undefined && { each: step.loop.filter ?? "*" }),
    ...(durations?.has(name) && { durationMs: durations.get(name) }),
  };
}

function detailOf(step: Exclude<Step, RepeatedStep>): string {
  if (step.kind === "task") return step.task;
  if (step.kind === "switch") return step.condition;
  const question = step.predicate ?? step.script ?? "";
  return step.negate ? `not ${question}` : question;
}

function groupOf({ group }: { readonly group?: string }): Pick<GraphNode, "group"> {
  return group === undefined ? {} : { group: `group:${group}` };
}

function flagsOf({ optional, disabled }: Step): Pick<GraphNode, "optional" | "disabled"> {
  return { ...(optional && { optional }), ...(disabled && { disabled }) };
}

function innerId(group: RepeatedStep, step: TaskStep): string {
  return `step:${group.name}/${step.name}`;
}

function link(nodes: Nodes, step: Step): void {
  switch (step.kind) {
    case "task":
      return linkTask(nodes, step, { id: `step:${step.name}` });
    case "condition":
      return linkCondition(nodes, step, `step:${step.name}`);
    case "switch":
      return linkSwitch(nodes, step);
    case "repeated":
      return linkRepeated(nodes, step);
  }
}

function linkRepeated(nodes: Nodes, group: RepeatedStep): void {
  const bound = new Set(group.iterations.flatMap((values) => [...values.keys()]));
  for (const step of group.steps) linkTask(nodes, step, { id: innerId(group, step), bound });
  if (group.until !== undefined) linkUntil(nodes, group.until, { id: `until:${group.name}`, bound });
  for (const { source, target } of group.feedback) {
    nodes.link({
      source: `step:${group.name}/${source.step}`,
      target: `step:${group.name}/${target.step}`,
      label: source.flag === target.name ? target.name : `${source.flag} → ${target.name}`,
      kind: "feedback",
    });
  }
}

/** What no step uses is drawn too: it is in the file. */
function addLeftOver(nodes: Nodes, pipeline: Pipeline): void {
  for (const key of pipeline.data.keys()) nodes.data(key);
  for (const name of pipeline.parameters.keys()) nodes.parameter(name);
}
