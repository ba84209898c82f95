/**
 * What is known of a step or a group, laid out as `--investigate` prints it.
 *
 * @module
 */

import type { TaskArg, TaskPort, TaskSchema } from "../../../core/python/front_matter.ts";
import { pyStr } from "../../../core/graph/mod.ts";
import type { StepRow } from "../../../core/run/describe.ts";
import type { Binding, GroupFacts, StepFacts } from "../../../core/run/investigate.ts";
import { pad } from "./text_width.ts";

/** Names are padded to this; longer ones push the rest to the right. */
const STEP_CELLS = 20;
const NAME_CELLS = 14;
const TYPE_CELLS = 10;

/** `1. name   task  [optional]`. */
export function rowLine(row: StepRow): string {
  return [`${row.number}. ${pad(row.name, STEP_CELLS)} ${row.what}`, ...row.tags].join("  ");
}

/** One step. */
export function factsLines(facts: StepFacts): readonly string[] {
  switch (facts.kind) {
    case "task":
      return [`Step: ${facts.name}`, `Task: ${facts.task}`, "", ...schemaLines(facts.schema)];
    case "condition":
      return [
        `Node: ${facts.name} [condition]`,
        `Source: ${facts.source}${facts.negate ? " (negated)" : ""}`,
        ...bindingLines("Inputs", facts.inputs),
        ...bindingLines("Args", facts.args),
      ];
    case "switch": {
      const data = facts.data === undefined ? [] : [`Data:      ${facts.data}`];
      return [`Node: ${facts.name} [switch]`, `Condition: ${facts.condition}`, ...data];
    }
    case "repeated":
      return groupLines(facts.group);
  }
}

/** A group: its members and what they wait for. */
export function groupLines(facts: GroupFacts): readonly string[] {
  const repeated = facts.iterations === undefined ? [] : [`Iterations: ${facts.iterations}`];
  const members = facts.members.flatMap((row) => [
    `  ${rowLine(row)}`,
    ...(row.inGroup.length > 0 ? [`     depends on (in-group): ${row.inGroup.join(", ")}`] : []),
    ...(row.external.length > 0 ? [`     depends on (external): ${row.external.join(", ")}`] : []),
  ]);
  return [`Group: ${facts.name}`, `Steps: ${facts.members.length}`, ...repeated, "", ...members];
}

function schemaLines(schema: TaskSchema): readonly string[] {
  const description = schema.description === "" ? [] : ["Description:", `  ${schema.description}`, ""];
  const interface_ = [
    ...section("Inputs", [...schema.inputs].map(portLine)),
    ...section("Outputs", [...schema.outputs].map(portLine)),
    ...section("Args", [...schema.args].map(argLine)),
  ];
  if (interface_.length > 0) return [...description, ...interface_.slice(0, -1)];
  const only = schema.description === "" ? "" : " — only description available";
  const at = schema.problemAt === undefined ? "" : ` line ${schema.problemAt.line}, column ${schema.problemAt.column}:`;
  const problem = schema.problem === undefined ? "" : `:${at} ${schema.problem}`;
  return [...description, `(No interface schema found in task file${problem}${only})`];
}

function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${heading}:`, ...lines, ""];
}

function portLine([name, port]: readonly [string, TaskPort]): string {
  const type = port.type === undefined ? "" : `(${port.type})  `;
  return `  ${pad(name, NAME_CELLS)}${type}${port.description ?? ""}`.trimEnd();
}

function argLine([name, arg]: readonly [string, TaskArg]): string {
  const value = arg.default === undefined || arg.default === null ? "" : `    default: ${pyStr(arg.default)}`;
  const choices = arg.choices === undefined ? "" : `    one of: ${arg.choices.map(pyStr).join(", ")}`;
  const required = arg.required ? "    required" : "";
  const description = arg.description === undefined ? "" : `    ${arg.description}`;
  return `  ${pad(name, NAME_CELLS)}${pad(arg.type, TYPE_CELLS)}${value}${required}${choices}${description}`.trimEnd();
}

function bindingLines(heading: string, bindings: readonly Binding[]): readonly string[] {
  if (bindings.length === 0) return [];
  return [`${heading}:`, ...bindings.map(({ name, text }) => `  ${pad(name, NAME_CELLS)}${text}`)];
}
