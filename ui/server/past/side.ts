import { type Address, addressOf, findPoint, type Side, sideOf } from "../../../core/history/mod.ts";
import type { RunDiff } from "../../../core/history/diff/mod.ts";
import type { Objects } from "../../../core/ports/store.ts";
import type { Parts } from "../parts/parts.ts";
import { readingPipelineRun } from "./kept.ts";

/** Gives what is kept of a run or point, such as `3f2a:4`, to `work`. */
export async function readingSide<T>(
  address: string | Address,
  options: { readonly path?: string; readonly parts: Pick<Parts, "context" | "place" | "look"> },
  work: (found: { readonly side: Side; readonly objects: Objects }) => T,
): Promise<T> {
  const { id, point } = typeof address === "string" ? addressOf(address) : address;
  return await readingPipelineRun(id, options, ({ run, store: { journal, objects } }) => {
    const found = point === undefined ? undefined : findPoint(point, run, journal);
    return work({ side: sideOf(run, found, journal), objects });
  });
}

/** A comparison, for an answer. */
export function diffDocument({ before, after, parameters, metrics, inputs, code, settings, outputs, steps }: RunDiff) {
  return {
    before: headDocument(before),
    after: headDocument(after),
    parameters: [...parameters],
    metrics: [...metrics],
    inputs: inputs.map(fileDocument),
    code: code.map(({ path, kind, same, steps, added, removed, hunks, untold }) => ({
      ...{ path, kind, same, steps: [...steps], added, removed, untold },
      hunks: hunks?.map(({ oldStart, newStart, lines }) => {
        return { old_start: oldStart, new_start: newStart, lines: [...lines] };
      }),
    })),
    settings: [...settings],
    outputs: outputs.map(fileDocument),
    steps: steps.map(({ name, before, after }) => ({ name, before: stepDocument(before), after: stepDocument(after) })),
  };
}

function headDocument({ id, createdAt, durationMs, ...head }: RunDiff["before"]) {
  return { run: id, ...head, created_at: createdAt, duration_ms: durationMs };
}

function fileDocument({ steps, madeBy, ...file }: RunDiff["inputs"][number]) {
  return { ...file, steps: [...steps], made_by: madeBy };
}

function stepDocument(step: RunDiff["steps"][number]["before"]) {
  if (step === undefined) return undefined;
  const { standing, durationMs, peakBytes, isKnown } = step;
  return { status: standing, duration_ms: durationMs, peak_bytes: peakBytes, known: isKnown };
}
