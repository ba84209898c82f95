import { joinPath } from "../../paths.ts";
import { evaluateWhen, parseWhen } from "../../python/when.ts";
import type { Value } from "../../yaml/value.ts";
import { resolveTask } from "../command.ts";
import { secretValues } from "../display.ts";
import type { Pipeline, Step, TaskStep } from "../pipeline.ts";
import type { PlanOptions } from "./plan.ts";

/** Why a step cannot be written, or need not be. */
export type Obstacle = { readonly reason: string } | { readonly remark: string };

/** What stands in the way of writing this step; `undefined`: nothing. */
export function obstacleOf(pipeline: Pipeline, step: Step, options: PlanOptions): Obstacle | undefined {
  switch (step.kind) {
    case "condition":
      return { reason: "conditions are asked while it runs" };
    case "switch":
      return { reason: "switches are thrown while it runs" };
    case "repeated":
      return { reason: "a group that is repeated keeps the results of each iteration apart" };
    case "task":
      return ofTask(pipeline, step, options);
  }
}

function ofTask(pipeline: Pipeline, step: TaskStep, options: PlanOptions): Obstacle | undefined {
  if (step.when !== undefined && !holds(step.when, pipeline.parameters)) {
    return { remark: `${step.name} is left out: ${step.when} is not true` };
  }
  if (step.sandbox !== undefined) return { reason: "only loom holds it in a sandbox" };
  const resolved = resolveTask(pipeline, step, { env: options.env, bindings: { loop: NO_ITEM } });
  if (resolved.inputs.some(({ kind }) => kind === "url")) return { reason: "loom downloads one of its inputs" };
  const secrets = secretValues(options.env, step.secrets);
  const words = [...resolved.inputs.map(({ value }) => value), ...resolved.args.flatMap(({ words }) => words)];
  if (words.some((word) => secrets.some((secret) => word.includes(secret)))) {
    return { reason: "its command holds a secret, which must not be kept in a file" };
  }
  const settings = { ...step, ...resolved.settings };
  const loose = [...settings.env].find(([, value]) => secrets.some((secret) => value.includes(secret)));
  if (loose !== undefined) {
    return { reason: `its variable ${loose[0]} holds a secret, which must not be kept in a file` };
  }
  return fileObstacle(pipeline, step, options) ?? loopObstacle(step);
}

function holds(when: string, parameters: ReadonlyMap<string, Value>): boolean {
  return evaluateWhen(parseWhen(when, { names: parameters.keys() }), parameters);
}

/** Stands for the item of a loop; the words of a shell take its place. */
export const NO_ITEM = { item: "\0item", output: "\0result" } as const;

function fileObstacle(pipeline: Pipeline, step: TaskStep, { format, env, clashes }: PlanOptions): Obstacle | undefined {
  const resolved = resolveTask(pipeline, step, { env, bindings: { loop: NO_ITEM } });
  const written = [
    ...resolved.outputs.map(({ path }) => path),
    ...(resolved.into === undefined ? [] : [resolved.into]),
  ];
  const shared = clashes.find(({ steps }) => steps.includes(step.name));
  if (shared !== undefined && format === "make") {
    const others = shared.steps.filter((name) => name !== step.name).join(", ");
    return { reason: `it writes the same as ${others}, and make knows one rule for each file` };
  }
  const placeholder = written.find((path) => /\{\w+\}/.test(path));
  if (placeholder !== undefined && format === "make") {
    return { reason: "the names of its outputs are not known before it runs" };
  }
  const paths = [resolved.script, ...resolved.inputs.map(({ value }) => value), ...written];
  const deps = (resolved.settings?.deps ?? step.deps).map((path) => joinPath(pipeline.baseDir, path));
  const bad = format === "make"
    ? [...paths, ...deps].find((path) => !path.startsWith("\0") && !isMakeable(path))
    : undefined;
  if (bad !== undefined) return { reason: `make cannot name the file ${JSON.stringify(bad)}` };
  const words = resolved.args.flatMap(({ words }) => words);
  // deno-lint-ignore no-control-regex -- they are what is looked for
  if (format === "make" && words.some((word) => /[\x01-\x1f\x7f]/.test(word))) {
    return { reason: "one of its arguments holds a line end or another control character, which make cannot pass on" };
  }
  return undefined;
}

/** Blanks, `$`, `#`, `%` and `:` can be escaped; what else means something to make cannot. */
function isMakeable(path: string): boolean {
  // deno-lint-ignore no-control-regex -- they are what is looked for
  return !/[\x00-\x1f\x7f;=*?[\]\\|&<>()`"'!~]/.test(path);
}

function loopObstacle({ loop }: TaskStep): Obstacle | undefined {
  if (loop?.filter === undefined || /^[A-Za-z0-9_.*?[\]-]+$/.test(loop.filter) && !loop.filter.includes("**")) {
    return undefined;
  }
  return { reason: `its filter ${loop.filter} is none that a shell knows` };
}
