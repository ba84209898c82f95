/**
 * What changed between two runs, and what it did.
 *
 * @module
 */

import type { Objects, RunDetails, Scalar } from "../../ports/store.ts";
import { codeOf, type ComparedCode } from "./code.ts";
import { type ComparedFile, filesOf } from "./files.ts";
import { type ComparedMetric, metricsOf, pairedNames } from "./metrics.ts";
import { type ComparedSetting, settingsOf } from "./settings.ts";
import type { Side, SideStep, StepStanding } from "../side.ts";

/** One of the two, as far as a heading shows it. */
export interface SideHead {
  readonly id: string;
  /** Name of the point of a sweep. */
  readonly point?: string;
  readonly name: string;
  readonly status: string;
  readonly createdAt: number;
  readonly durationMs?: number;
  readonly git?: RunDetails["git"];
  readonly python?: string;
}

/** A parameter; absent where a run has none of this name. */
export interface ComparedParameter {
  readonly name: string;
  readonly before?: Scalar;
  readonly after?: Scalar;
  readonly same: boolean;
}

/** A step of one run, as far as a comparison shows it. */
export interface StepHead {
  readonly standing: StepStanding;
  readonly durationMs?: number;
  readonly peakBytes?: number;
  /** Whether it is known what went in and came out. */
  readonly isKnown: boolean;
}

/** A step; absent where a run did not come to it. */
export interface ComparedStep {
  readonly name: string;
  readonly before?: StepHead;
  readonly after?: StepHead;
}

/** The answer, what is the same included. */
export interface RunDiff {
  readonly before: SideHead;
  readonly after: SideHead;
  readonly parameters: readonly ComparedParameter[];
  readonly metrics: readonly ComparedMetric[];
  readonly inputs: readonly ComparedFile[];
  readonly code: readonly ComparedCode[];
  readonly settings: readonly ComparedSetting[];
  readonly outputs: readonly ComparedFile[];
  readonly steps: readonly ComparedStep[];
}

/** Compares two runs or points. `objects` holds the texts of scripts. */
export function compare(before: Side, after: Side, objects: Objects): RunDiff {
  const parameters = parametersOf(before, after);
  return {
    before: headOf(before),
    after: headOf(after),
    parameters,
    metrics: metricsOf(before.metrics, after.metrics),
    inputs: filesOf(before, after, "inputs"),
    code: codeOf(before, after, objects),
    settings: settingsOf(before, after, parameters),
    outputs: filesOf(before, after, "outputs"),
    steps: stepsOf(before.steps, after.steps),
  };
}

function headOf({ run, point }: Side): SideHead {
  return {
    id: run.id,
    point: point?.point,
    name: run.name,
    status: point?.status ?? run.status,
    createdAt: run.createdAt,
    durationMs: point === undefined ? run.durationMs : point.durationMs,
    git: run.details?.git,
    python: run.details?.python,
  };
}

function parametersOf(a: Side, b: Side): readonly ComparedParameter[] {
  return pairedNames(a.parameters, b.parameters).map((name) => {
    const [before, after] = [a.parameters[name], b.parameters[name]];
    return { name, before, after, same: before === after };
  });
}

function stepsOf(a: readonly SideStep[], b: readonly SideStep[]): readonly ComparedStep[] {
  const [old, now] = [byName(a), byName(b)];
  return inOrder([...old.keys()], [...now.keys()]).map((name) => {
    return { name, before: stepHead(old.get(name)), after: stepHead(now.get(name)) };
  });
}

function byName(steps: readonly SideStep[]): ReadonlyMap<string, SideStep> {
  return new Map(steps.map((step) => [step.name, step]));
}

/** Names of both: those of the second in its order, each that only the first has behind the one it followed there. */
function inOrder(a: readonly string[], b: readonly string[]): readonly string[] {
  const names = [...b];
  const known = new Set(names);
  for (const [at, name] of a.entries()) {
    if (known.has(name)) continue;
    names.splice(at === 0 ? 0 : names.indexOf(a[at - 1]) + 1, 0, name);
    known.add(name);
  }
  return names;
}

function stepHead(step: SideStep | undefined): StepHead | undefined {
  if (step === undefined) return undefined;
  const { standing, durationMs, peakBytes, made } = step;
  return { standing, durationMs, peakBytes, isKnown: made.length > 0 };
}

/** The same comparison of these steps only. */
export function onlySteps(diff: RunDiff, names: ReadonlySet<string>): RunDiff {
  const isAsked = ({ steps }: { readonly steps: readonly string[] }) => steps.some((step) => names.has(step));
  return {
    ...diff,
    inputs: diff.inputs.filter(isAsked),
    outputs: diff.outputs.filter(isAsked),
    code: diff.code.filter(isAsked),
    settings: diff.settings.filter(({ step }) => names.has(step)),
    steps: diff.steps.filter(({ name }) => names.has(name)),
  };
}

/** The same comparison without what is the same; every step stays. */
export function onlyChanged(diff: RunDiff): RunDiff {
  const isChanged = ({ same }: { readonly same: boolean }) => !same;
  return {
    ...diff,
    parameters: diff.parameters.filter(isChanged),
    metrics: diff.metrics.filter(isChanged),
    inputs: diff.inputs.filter(isChanged),
    outputs: diff.outputs.filter(isChanged),
    code: diff.code.filter(isChanged),
  };
}
