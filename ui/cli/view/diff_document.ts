import type { RunDiff, SideHead, StepHead } from "../../../core/history/diff/mod.ts";
import type { DiffDocument } from "./diff_schema.ts";

/** A comparison as programs read it. */
export function diffDocument(diff: RunDiff): DiffDocument {
  const { before, after, parameters, metrics, inputs, code, settings, outputs, steps } = diff;
  return {
    before: sideDocument(before),
    after: sideDocument(after),
    parameters: [...parameters],
    metrics: [...metrics],
    inputs: inputs.map(fileDocument),
    code: code.map(({ hunks, steps, ...file }) => ({
      ...file,
      steps: [...steps],
      hunks: hunks?.map(({ oldStart, newStart, lines }) => {
        return { old_start: oldStart, new_start: newStart, lines: [...lines] };
      }),
    })),
    settings: [...settings],
    outputs: outputs.map(fileDocument),
    steps: steps.map(({ name, before, after }) => ({ name, before: stepDocument(before), after: stepDocument(after) })),
  };
}

function sideDocument({ id, createdAt, durationMs, ...side }: SideHead): DiffDocument["before"] {
  return { run: id, ...side, created_at: new Date(createdAt).toISOString(), duration_ms: durationMs };
}

function fileDocument({ steps, madeBy, ...file }: RunDiff["inputs"][number]): DiffDocument["inputs"][number] {
  return { ...file, steps: [...steps], made_by: madeBy };
}

function stepDocument(step: StepHead | undefined): DiffDocument["steps"][number]["before"] {
  if (step === undefined) return undefined;
  const { standing, durationMs, peakBytes, isKnown } = step;
  return { status: standing, duration_ms: durationMs, peak_bytes: peakBytes, known: isKnown };
}
