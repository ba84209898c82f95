/**
 * What stands in the file for nothing.
 *
 * @module
 */

import type { Problem } from "../../errors.ts";
import { resolveData, resolvePath } from "../../graph/resolve.ts";
import type { TaskStep } from "../../graph/pipeline.ts";
import type { Facts } from "../base/facts.ts";
import { comparable } from "../base/resolved.ts";
import { type Usage, usageOf } from "./usage.ts";

/** Data, parameters, conditions and switches that nothing uses, swept values that change nothing, loops without items. */
export function* unusedRule(facts: Facts): Generator<Problem> {
  const usage = usageOf(facts);
  yield* unusedData(facts, usage);
  yield* unusedParameters(facts, usage);
  yield* unusedSwept(facts, usage);
  yield* unusedLogic(facts, usage);
  for (const { step } of facts.tasks) if (step.loop !== undefined) yield* unusedItem(step);
}

function* unusedData({ pipeline, env, touched }: Facts, { names }: Usage): Generator<Problem> {
  for (const { key, at } of pipeline.data.values()) {
    if (names.has(key) || at.length === 0) continue;
    const found = resolveData(pipeline, key, env);
    // A step may name the same file by its path.
    if (found.kind === "path" && touched.has(comparable(found.path))) continue;
    yield {
      level: "warning",
      code: "unused-data",
      message: `No step uses the data entry '${key}'`,
      hint: `use it as '$${key}', or remove it`,
      path: at,
      atKey: true,
    };
  }
}

function* unusedParameters({ pipeline, given, root }: Facts, { names }: Usage): Generator<Problem> {
  const written = root instanceof Map ? root.get("parameters") : undefined;
  for (const name of pipeline.parameters.keys()) {
    if (names.has(name) || pipeline.data.has(name) || given.has(name)) continue;
    if (!(written instanceof Map) || !written.has(name)) continue;
    yield {
      level: "warning",
      code: "unused-parameter",
      message: `No step uses the parameter '${name}'`,
      hint: `use it as '$${name}', or remove it`,
      path: ["parameters", name],
      atKey: true,
    };
  }
}

function* unusedSwept({ pipeline }: Facts, { names }: Usage): Generator<Problem> {
  const { matrix, steps } = pipeline;
  if (matrix === undefined) return;
  const told = new Set<string>();
  for (const [section, keys] of [["", matrix.grid.keys()], ["zip", matrix.zip.keys()]] as const) {
    for (const name of keys) {
      if (names.has(name) || told.has(name)) continue;
      told.add(name);
      const owner = steps.find((step) => step.name === matrix.owners?.get(name));
      yield {
        level: "warning",
        code: "unused-matrix-key",
        message: `No step uses '${name}' of the matrix, so its points are all alike`,
        hint: `use it as '$${name}', or remove it`,
        path: [...owner?.at ?? [], "matrix", ...section === "" ? [] : [section], name],
        atKey: true,
      };
    }
  }
}

function* unusedLogic({ pipeline }: Facts, { names, switches }: Usage): Generator<Problem> {
  for (const { kind, name, at } of pipeline.steps) {
    const isUnused = kind === "condition" ? !names.has(name) : kind === "switch" && !switches.has(name);
    if (!isUnused) continue;
    yield {
      level: "warning",
      code: kind === "condition" ? "unused-condition" : "unused-switch",
      message: kind === "condition"
        ? `No switch asks the condition '${name}'`
        : `No step uses '$${name}.then' or '$${name}.else'`,
      hint: kind === "condition" ? `let a switch ask it: 'condition: $${name}'` : "use one of them as an input",
      step: name,
      path: [...at, "name"],
    };
  }
}

function* unusedItem(step: TaskStep): Generator<Problem> {
  const texts = [...step.inputs.values(), ...step.outputs.values(), ...step.args.values(), ...step.env.values()];
  const uses = (name: string) =>
    texts.some((text) => typeof text === "string" && new RegExp(`\\$\\{?${name}\\b`).test(text));
  if (!uses("loop_item")) {
    yield {
      level: "warning",
      code: "loop-item-unused",
      message: `Step '${step.name}' runs the same command for every item of its loop`,
      hint: "pass the item on, as '$loop_item'",
      step: step.name,
      path: [...step.at, "loop"],
      atKey: true,
    };
  }
  if (uses("loop_output")) return;
  yield {
    level: "hint",
    code: "loop-output-unused",
    message: `Step '${step.name}' does not tell its script where the result of an item goes`,
    hint: "pass '$loop_output' on, in 'outputs'",
    step: step.name,
    path: [...step.at, "loop", "into"],
  };
}

/** Outputs that nobody reads, of steps whose other outputs somebody does: those of last steps are results. */
export function* unusedOutputRule({ tasks, read, pipeline, env }: Facts): Generator<Problem> {
  const metrics = new Set(
    [...pipeline.metrics, ...tasks.flatMap(({ step }) => step.metrics)].flatMap((text) => {
      const found = resolvePath(pipeline, text, { env });
      return found.kind === "path" ? [comparable(found.path)] : [];
    }),
  );
  for (const { step, resolved } of tasks) {
    const outputs = resolved?.outputs ?? [];
    if (outputs.length < 2 || !outputs.some(({ path }) => read.has(comparable(path)))) continue;
    for (const { flag, path } of outputs) {
      if (read.has(comparable(path)) || metrics.has(comparable(path))) continue;
      yield {
        level: "hint",
        code: "unused-output",
        message: `No step uses the output '${flag}' of step '${step.name}'`,
        hint: "nothing to do if it is a result",
        step: step.name,
        path: [...step.at, "outputs", flag],
      };
    }
  }
}
