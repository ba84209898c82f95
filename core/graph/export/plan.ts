import type { Problem } from "../../errors.ts";
import { basename, dirname } from "../../paths.ts";
import type { Dependencies, OutputClash } from "../dependencies.ts";
import type { Pipeline, Step, TaskStep } from "../pipeline.ts";
import type { ExportOptions } from "./export.ts";
import { obstacleOf } from "./obstacles.ts";
import { type ScriptStep, scriptStep } from "./step.ts";

/** What a script does, in order. */
export interface ExportPlan {
  /** Name of the pipeline's file. */
  readonly file: string;
  readonly steps: readonly ScriptStep[];
  /** What the pipeline has and the script has not, a line each. */
  readonly remarks: readonly string[];
  /** Interpreter that the file names. */
  readonly python?: string;
}

/** What a plan is made with. */
export interface PlanOptions extends ExportOptions {
  readonly links: Dependencies;
  readonly clashes: readonly OutputClash[];
}

/** The plan, and what stands in its way. */
export function planExport(
  pipeline: Pipeline,
  steps: readonly Step[],
  options: PlanOptions,
): { readonly plan: ExportPlan; readonly refused: readonly Problem[] } {
  const refused: Problem[] = [];
  const kept: TaskStep[] = [];
  const remarks = leftOut(pipeline, steps);
  for (const step of steps) {
    const obstacle = obstacleOf(pipeline, step, options);
    if (obstacle === undefined) kept.push(step as TaskStep);
    else if ("remark" in obstacle) remarks.push(obstacle.remark);
    else refused.push(refusal(step, obstacle.reason));
  }
  if (pipeline.matrix !== undefined) refused.unshift(sweepRefusal(pipeline));
  const ids = idsOf(kept);
  const made = refused.length > 0
    ? []
    : inOrder(kept, options.links).map((step) => scriptStep(pipeline, step, { ...options, ids }));
  const { python } = pipeline.execution;
  return { plan: { file: basename(pipeline.file), steps: made, remarks, ...(python && { python }) }, refused };
}

function refusal(step: Step, reason: string): Problem {
  return {
    level: "error",
    code: "cannot-export",
    message: `Step '${step.name}': ${reason}`,
    step: step.name,
    path: step.at,
  };
}

function sweepRefusal({ file }: Pipeline): Problem {
  const message = "A sweep tries many values, and a script has one of each";
  return {
    level: "error",
    code: "cannot-export",
    message,
    hint: "remove 'matrix'",
    file,
    path: ["matrix"],
    atKey: true,
  };
}

function leftOut(pipeline: Pipeline, steps: readonly Step[]): string[] {
  const taken = new Set(steps);
  return pipeline.steps.filter((step) => !taken.has(step))
    .map((step) => `${step.name} is left out: it is ${step.disabled ? "disabled" : "optional"}`);
}

/** Names that a shell and make take, each once. */
function idsOf(steps: readonly TaskStep[]): ReadonlyMap<string, string> {
  const used = new Set<string>(["all"]);
  const ids = new Map<string, string>();
  for (const { name } of steps) {
    const plain = name.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
    const base = plain === "" ? "step" : plain;
    let id = base;
    for (let count = 2; used.has(id); count++) id = `${base}_${count}`;
    ids.set(name, id);
    used.add(id);
  }
  return ids;
}

/** In the order of the file, but each behind what it waits for. */
function inOrder(steps: readonly TaskStep[], links: Dependencies): readonly TaskStep[] {
  const left = new Map(steps.map((step) => [step.name, step]));
  const ordered: TaskStep[] = [];
  const take = (step: TaskStep) => {
    // The checks found no ring, so this ends.
    const waiting = [step];
    while (waiting.length > 0) {
      const top = waiting[waiting.length - 1];
      const before = [...links.get(top.name) ?? []].flatMap((name) => left.get(name) ?? []);
      if (!left.has(top.name)) waiting.pop();
      else if (before.length > 0) waiting.push(before[0]);
      else {
        left.delete(top.name);
        ordered.push(waiting.pop()!);
      }
    }
  };
  for (const step of steps) take(step);
  return ordered;
}

/** Folders of these paths that have to be made. */
export function foldersFor(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.map((path) => dirname(path)))].filter((folder) =>
    folder !== "." && folder !== "/" && folder !== ""
  );
}
