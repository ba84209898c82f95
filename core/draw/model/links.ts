/**
 * What goes into a step and what comes out, as edges.
 *
 * @module
 */

import type { ConditionStep, StopCondition, SwitchStep, TaskStep } from "../../graph/pipeline.ts";
import { referenceName } from "../../graph/resolve.ts";
import type { Value } from "../../yaml/value.ts";
import type { EdgeKind } from "./graph.ts";
import type { Nodes } from "./nodes.ts";

/** The node of a step, and the names that its group gives new values. */
export interface Reader {
  readonly id: string;
  readonly bound?: ReadonlySet<string>;
}

const LOOP_TEXTS: ReadonlySet<string> = new Set(["$loop_item", "$loop_output"]);

/** A task: inputs, outputs, arguments, its loop, and a script that another step writes. */
export function linkTask(nodes: Nodes, step: TaskStep, reader: Reader): void {
  const { id } = reader;
  if (step.loop !== undefined) {
    take(nodes, step.loop.over, { ...reader, label: "over" });
    nodes.link({ source: id, target: nodes.place(step.loop.into).id, label: "into", kind: "output" });
  }
  const written = new Set<string>();
  for (const [flag, text] of step.outputs) {
    if (LOOP_TEXTS.has(text)) continue;
    const target = nodes.place(text).id;
    written.add(target);
    nodes.link({ source: id, target, label: flag, kind: "output" });
  }
  for (const [label, text] of step.inputs) {
    if (!LOOP_TEXTS.has(text)) take(nodes, text, { ...reader, label });
  }
  takeArgs(nodes, step.args, { ...reader, written });
  for (const path of step.deps) take(nodes, path, { ...reader, label: "deps" });
  const script = nodes.entryAt(step.task);
  if (script !== undefined) nodes.link({ source: script, target: id, label: "task", kind: "input" });
}

/** A question. */
export function linkCondition(nodes: Nodes, step: Pick<ConditionStep, "inputs" | "args">, id: string): void {
  for (const [label, text] of step.inputs) take(nodes, text, { id, label });
  takeArgs(nodes, step.args, { id });
}

/** The question that ends a repeated group. */
export function linkUntil(nodes: Nodes, until: StopCondition, reader: Reader): void {
  for (const [label, text] of until.inputs) take(nodes, text, { ...reader, label });
  takeArgs(nodes, until.args, reader);
}

/** A switch: what decides, and what is passed on. */
export function linkSwitch(nodes: Nodes, step: SwitchStep): void {
  const id = `step:${step.name}`;
  const name = referenceName(step.condition) ?? step.condition;
  const isStep = nodes.pipeline.steps.some((other) => other.kind === "condition" && other.name === name);
  if (isStep) nodes.link({ source: `step:${name}`, target: id, label: "condition", kind: "order" });
  else take(nodes, step.condition, { id, label: "condition" }, "order");
  if (step.data !== undefined) take(nodes, step.data, { id, label: "data" });
}

function take(
  nodes: Nodes,
  text: string,
  { id, label }: { readonly id: string; readonly label: string },
  kind: EdgeKind = "input",
): void {
  const { id: source, branch } = nodes.place(text);
  if (branch === undefined) nodes.link({ source, target: id, label, kind });
  else nodes.link({ source, target: id, label, kind: "branch", branch });
}

/** What a step writes itself it is only told the name of. */
function takeArgs(
  nodes: Nodes,
  args: ReadonlyMap<string, Value>,
  reader: Reader & { readonly written?: ReadonlySet<string> },
): void {
  for (const [label, value] of args) {
    if (typeof value !== "string" || LOOP_TEXTS.has(value) || reader.bound?.has(value.slice(1))) continue;
    const origin = nodes.argument(value);
    if (origin === undefined || reader.written?.has(origin.id)) continue;
    const kind = origin.branch === undefined ? "argument" : "branch";
    nodes.link({ source: origin.id, target: reader.id, label, kind, ...origin.branch && { branch: origin.branch } });
  }
}
