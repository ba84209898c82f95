/**
 * Why a step cannot be run now, in words.
 *
 * @module
 */

import type { Pipeline, Step, TaskStep } from "../../core/graph/pipeline.ts";
import type { Box, Canvas } from "./canvas.ts";
import { leadsTo } from "./refusals.ts";
import type { RunView } from "./run_view.ts";

/** What is known when that is asked. */
export interface BlockFacts {
  readonly pipeline: Pipeline;
  readonly canvas: Canvas;
  readonly run?: RunView;
}

/** The reason; `undefined` if it can be run. */
export function blockedBy(name: string, facts: BlockFacts): string | undefined {
  const step = stepNamed(facts.pipeline, name);
  if (step === undefined) return "There is no such step any more";
  if (step.disabled) return "It is disabled";
  const empty = emptyPlace(facts.canvas.boxes.find(({ id }) => id === name));
  if (empty !== undefined) return empty;
  const running = runningSteps(facts.run).filter((other) => stepNamed(facts.pipeline, other) !== undefined);
  if (running.includes(name)) return "It is running";
  for (const other of running) {
    if (leadsTo(facts.canvas, other, name)) return `${other}, which it needs, is running`;
    if (leadsTo(facts.canvas, name, other)) return `${other}, which needs it, is running`;
    const shared = sharedOutput(facts.canvas, name, other);
    if (shared !== undefined) return `${other}, which is running, writes ${shared} too`;
  }
  return undefined;
}

/** A step by its name, inner steps of repeated groups too. */
export function stepNamed({ steps }: Pipeline, name: string): Step | TaskStep | undefined {
  for (const step of steps) {
    if (step.name === name) return step;
    const inner = step.kind === "repeated" ? step.steps.find((inner) => inner.name === name) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** What has to be named to run a step: an inner step of a repeated group runs with its group. */
export function runnableName({ steps }: Pipeline, name: string): string {
  const owner = steps.find((step) => step.kind === "repeated" && step.steps.some((inner) => inner.name === name));
  return owner?.name ?? name;
}

function runningSteps(run: RunView | undefined): readonly string[] {
  return run === undefined ? [] : [...run.steps].filter(([, { standing }]) => standing === "running").map(([it]) => it);
}

function emptyPlace(box: Box | undefined): string | undefined {
  const handles = box?.handles ?? [];
  // A script may do with fewer inputs than it declares: who gives some of them means these.
  const hasInputs = handles.some(({ id, isOffered }) => id.startsWith("in:") && !isOffered);
  const empty = handles.filter(({ id, text, reference, isOffered }) =>
    /^(in|out):/.test(id) && reference === undefined &&
    (isOffered ? !(hasInputs && id.startsWith("in:")) : text === "")
  );
  if (empty.length === 0) return undefined;
  const [{ id, name }] = empty;
  return `${id.startsWith("in:") ? "Input" : "Output"} ${name} leads nowhere`;
}

function sharedOutput({ lines }: Canvas, a: string, b: string): string | undefined {
  const written = (step: string) => lines.filter(({ source, target }) => source === step && target.startsWith("data_"));
  const others = new Set(written(b).map(({ target }) => target));
  return written(a).find(({ target }) => others.has(target))?.target.slice("data_".length);
}
