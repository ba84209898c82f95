import { useMemo } from "react";
import type { Box, Canvas } from "../../graph/canvas.ts";
import { type Look, untaken } from "../../graph/look.ts";
import { seenStep } from "../../graph/run_steps.ts";
import type { Pipeline } from "../../../core/graph/pipeline.ts";
import type { ConditionFact } from "../api/types.ts";
import { useAppState } from "../state/use_app.ts";
import { useSides, useStore } from "../state/use_sides.ts";

/** How a box looks because of runs, files and conditions. */
export function useLook(box: Box): Look {
  const name = useAppState(({ canvas }) => nameOf(box, canvas));
  const status = useAppState(({ status }) => status.get(name));
  const step = useAppState(({ run }) => seenStep(run, box.id, name === box.id ? undefined : name));
  const isCritical = useAppState(({ run }) => (run?.criticalPath.length ?? 0) > 1 && run!.criticalPath.includes(name));
  const branches = useBranches();
  return useMemo((): Look => ({
    freshness: box.kind === "step" ? status?.state : undefined,
    why: status?.reasons.join(", "),
    step: box.kind === "step" ? step : undefined,
    isCritical: box.kind === "step" && isCritical,
    isUntaken: branches.untaken.has(box.id),
    answer: branches.answers.get(box.id),
    unanswered: branches.unanswered.get(box.id),
  }), [box, status, step, isCritical, branches]);
}

/** The step that a box stands for: inner ones of a repeated group have the state of all of it. */
function nameOf({ id, group }: Box, canvas: Canvas): string {
  return group !== undefined && repeatedIn(canvas).has(group) ? group : id;
}

const repeated = new WeakMap<Canvas, ReadonlySet<string>>();

function repeatedIn(canvas: Canvas): ReadonlySet<string> {
  const known = repeated.get(canvas);
  if (known !== undefined) return known;
  const found = new Set(canvas.groups.filter(({ isRepeated }) => isRepeated).map(({ name }) => name));
  repeated.set(canvas, found);
  return found;
}

interface Branches {
  readonly answers: ReadonlyMap<string, string>;
  /** Why others cannot be told. */
  readonly unanswered: ReadonlyMap<string, string>;
  readonly untaken: ReadonlySet<string>;
}

const NONE: Branches = { answers: new Map(), unanswered: new Map(), untaken: new Set() };

/** What conditions say, and what would be skipped; worked out once for all boxes. */
function useBranches(): Branches {
  const pipeline = useAppState(({ pipeline }) => pipeline);
  const canvas = useAppState(({ canvas }) => canvas);
  const run = useAppState(({ run }) => run?.steps);
  const { data } = useSides();
  const conditions = useStore(data, ({ conditions }) => conditions);
  return branchesOf(pipeline, canvas, { conditions, run });
}

let last: { readonly keys: readonly unknown[]; readonly found: Branches } | undefined;

function branchesOf(
  pipeline: Pipeline | undefined,
  canvas: Canvas,
  { conditions, run }: {
    readonly conditions: ReadonlyMap<string, ConditionFact>;
    readonly run: ReadonlyMap<string, { readonly note?: string }> | undefined;
  },
): Branches {
  if (pipeline === undefined || !pipeline.steps.some(({ kind }) => kind === "condition" || kind === "switch")) {
    return NONE;
  }
  const keys = [pipeline, canvas, conditions, run];
  if (last !== undefined && keys.every((key, index) => key === last!.keys[index])) return last.found;
  const [answers, unanswered] = [new Map<string, string>(), new Map<string, string>()];
  for (const { name, kind } of pipeline.steps) {
    if (kind !== "condition" && kind !== "switch") continue;
    const { answer, why } = conditions.get(name) ?? {};
    // Where it cannot be told beforehand, the last run knows.
    const note = run?.get(name)?.note;
    const told = answer ?? (note !== undefined && /^(true|false|then|else)$/.test(note) ? note : undefined);
    if (told !== undefined) answers.set(name, told);
    else if (why !== undefined) unanswered.set(name, why);
  }
  const found = { answers, unanswered, untaken: untaken(canvas, answers) };
  last = { keys, found };
  return found;
}
