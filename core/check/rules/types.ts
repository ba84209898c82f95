/**
 * Types of data against what scripts declare of their inputs and outputs.
 *
 * @module
 */

import type { Problem, YamlPath } from "../../errors.ts";
import type { TaskPort } from "../../python/front_matter.ts";
import { branchOf, referenceName } from "../../graph/resolve.ts";
import type { Facts, TaskFacts } from "../base/facts.ts";
import { comparable } from "../base/resolved.ts";

/** The types that say what a file is; any other word is a person's own and fits everything. */
const KNOWN = new Set(["image", "video", "csv", "json", "txt", "image_directory", "data_folder"]);
/** Each pair fits, either way round: a table is text too, and a folder of images a folder. */
const ALIKE = new Set(["csv txt", "json txt", "data_folder image_directory"]);

/** Whether data of one type can stand where another is declared; what is not known fits. */
export function areCompatible(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined || a === b || !KNOWN.has(a) || !KNOWN.has(b)) return true;
  return ALIKE.has([a, b].toSorted().join(" "));
}

/** Data against the front matter of the steps that make and use it, and those against each other. */
export function* typeRule(facts: Facts): Generator<Problem> {
  const made = new Map<string, Made>();
  for (const task of facts.tasks) yield* outputTypes(facts, task, made);
  for (const task of facts.tasks) yield* inputTypes(facts, task, made);
}

/** What a producer declares of a file. */
interface Made {
  readonly type: string;
  readonly step: string;
}

function* outputTypes(
  facts: Facts,
  { step, script, resolved }: TaskFacts,
  made: Map<string, Made>,
): Generator<Problem> {
  for (const [flag, text] of script === undefined ? [] : step.outputs) {
    const declared = portOf(script!.schema.outputs, flag)?.type;
    if (declared === undefined) continue;
    const path = resolved?.outputs.find((output) => output.flag === flag)?.path;
    if (path !== undefined && step.loop === undefined) {
      made.set(comparable(path), { type: declared, step: step.name });
    }
    const data = dataType(facts, text);
    if (areCompatible(data?.type, declared)) continue;
    yield mismatch(
      `Output '${flag}' of step '${step.name}' is ${declared} by the front matter of ${script!.name}, ` +
        `but data entry '${data!.key}' is ${data!.type}`,
      { step: step.name, path: [...step.at, "outputs", flag] },
    );
  }
}

function* inputTypes(facts: Facts, task: TaskFacts, made: ReadonlyMap<string, Made>): Generator<Problem> {
  const { step, script, resolved } = task;
  const ports = script?.schema.inputs ?? new Map<string, TaskPort>();
  if (script === undefined || ports.size === 0) return;
  const list = [...ports.values()];
  for (const [i, [label, text]] of [...step.inputs].entries()) {
    const declared = (ports.get(label) ?? list[i])?.type;
    const data = text === "$loop_item" ? itemType(facts, task) : dataType(facts, text);
    const where = { step: step.name, path: [...step.at, "inputs", label] };
    const wants = `Input '${label}' of step '${step.name}' takes ${declared} by the front matter of ${script.name}`;
    if (!areCompatible(data?.type, declared)) {
      yield mismatch(`${wants}, but data entry '${data!.key}' is ${data!.type}`, where);
    } else if (data?.type === undefined) {
      const path = resolved?.inputs.find((input) => input.label === label)?.value;
      const from = path === undefined ? undefined : made.get(comparable(path));
      if (!areCompatible(from?.type, declared)) {
        yield mismatch(`${wants}, but step '${from!.step}' makes ${from!.type}`, where);
      }
    }
  }
}

function portOf(ports: ReadonlyMap<string, TaskPort>, flag: string): TaskPort | undefined {
  return ports.get(flag) ?? ports.get(flag.replace(/^-+/, "")) ?? ports.get(`--${flag}`);
}

interface TypedData {
  readonly key: string;
  readonly type?: string;
}

function dataType({ pipeline }: Facts, text: string): TypedData | undefined {
  const payload = branchOf(pipeline, text)?.step.data;
  const key = referenceName(payload ?? text);
  const entry = key === undefined ? undefined : pipeline.data.get(key);
  return entry === undefined ? undefined : { key: entry.key, type: entry.type };
}

function itemType(facts: Facts, { step }: TaskFacts): TypedData | undefined {
  const over = step.loop === undefined ? undefined : dataType(facts, step.loop.over);
  return over?.type === "image_directory" ? { key: over.key, type: "image" } : undefined;
}

function mismatch(message: string, where: { readonly step: string; readonly path: YamlPath }): Problem {
  const hint = "connect other data, or mend the type of one of them";
  return { level: "error", code: "type-mismatch", message, hint, ...where };
}
