/**
 * Steps of the original as ours.
 *
 * @module
 */

import type { Blob, StateTools, StepPlace, StepRow } from "../../ports/loop_store.ts";
import type { OriginalRun, OriginalStep } from "../../ports/original_loops.ts";
import { StateNotSerialisable } from "../base/errors.ts";
import { toNano } from "../base/money.ts";
import { blobOf, type StoredText } from "../state/blobs.ts";
import { canonicalJson } from "../state/canonical.ts";
import { pathText } from "../state/not_serialisable.ts";
import { optionalText, stepNumber, textOfCell, timeOf } from "./cells.ts";
import { readPythonJson } from "./python_json.ts";

/** Something that could not be taken over as it was. Nothing is lost: `text` is what it was. */
export interface ImportNote {
  /** Its number among ours. */
  readonly step?: number;
  /** `state.items[2]`, `cost_usd`, `status`, ... */
  readonly path: string;
  readonly text: string;
  readonly why: string;
}

/** Steps, their states, and what has to be told of them. */
export interface ImportedSteps {
  readonly steps: readonly StepRow[];
  readonly blobs: readonly Blob[];
  readonly notes: readonly ImportNote[];
}

const WHYS = {
  "number": "a number that JSON cannot hold is kept as text",
  "duplicate key": "of two members of one name the last counts",
  "not JSON": "what is not JSON is kept as text",
} as const;

/** Converts them in order; `fallbackTime` is for steps whose own cannot be read. */
export function importSteps(run: OriginalRun, tools: StateTools, fallbackTime: number): ImportedSteps {
  const converter = new Converter(run, tools, fallbackTime);
  for (const step of run.steps) converter.add(step);
  return converter;
}

class Converter implements ImportedSteps {
  readonly steps: StepRow[] = [];
  readonly blobs: Blob[] = [];
  readonly notes: ImportNote[] = [];
  readonly #run: string;
  readonly #tools: StateTools;
  readonly #fallbackTime: number;
  /** For numbers that are none: after all others. */
  #nextFree: number;
  #base: StoredText | undefined;
  #lastGood: StepPlace | undefined;

  constructor({ id, steps }: OriginalRun, tools: StateTools, fallbackTime: number) {
    [this.#run, this.#tools, this.#fallbackTime] = [id, tools, fallbackTime];
    this.#nextFree = steps.reduce((most, { number }) => Math.max(most, (stepNumber(number) ?? -1) + 1), 0);
  }

  add(original: OriginalStep): void {
    const step = this.#number(original);
    const error = optionalText(original.error);
    this.steps.push({
      ...{ run: this.#run, step, branch: "", attempt: 1, status: error === undefined ? "ok" : "error" },
      ...(this.#lastGood !== undefined && { input: this.#lastGood }),
      stateRef: this.#state(step, textOfCell(original.state)),
      ...this.#cost(step, original),
      ...this.#score(step, original),
      ...(error !== undefined && { error }),
      ...{ childNano: 0, tokens: 0, decision: "advance", startedAt: this.#time(step, original), durationMs: 0 },
    });
    if (error === undefined) this.#lastGood = { step, branch: "" };
  }

  #note(step: number, path: string, text: string, why: string): void {
    this.notes.push({ step, path, text, why });
  }

  #number({ number }: OriginalStep): number {
    const step = stepNumber(number);
    if (step !== undefined) return step;
    const free = this.#nextFree++;
    this.#note(free, "step_n", textOfCell(number), "a number that no step can have is replaced");
    return free;
  }

  #state(step: number, source: string): string {
    const { value, kept } = readPythonJson(source);
    for (const { path, text, why } of kept) this.#note(step, pathText("state", path), text, WHYS[why]);
    const text = this.#canonical(step, value, source);
    const ref = this.#tools.sha256(text);
    if (ref === this.#base?.ref) return ref;
    const { blob, depth } = blobOf(text, this.#tools, { base: this.#base, ref });
    this.blobs.push(blob);
    this.#base = { ref, text, depth };
    return ref;
  }

  #canonical(step: number, value: unknown, source: string): string {
    try {
      return canonicalJson(value);
    } catch (error) {
      if (!(error instanceof StateNotSerialisable)) throw error;
      this.#note(step, "state", source, error.message);
      return canonicalJson(source);
    }
  }

  #cost(step: number, { costUsd }: OriginalStep): Pick<StepRow, "costNano" | "costError"> {
    try {
      if (typeof costUsd === "number") return { costNano: toNano(costUsd) };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
    const text = textOfCell(costUsd);
    this.#note(step, "cost_usd", text, "what cannot be a cost counts as nothing");
    return { costNano: 0, costError: `The original recorded a cost of '${text}'` };
  }

  #score(step: number, { score }: OriginalStep): Pick<StepRow, "score" | "scoreError"> {
    if (score === null) return {};
    if (typeof score === "number" && Number.isFinite(score)) return { score };
    const text = textOfCell(score);
    this.#note(step, "score", text, "what cannot be a score is none");
    return { scoreError: `The original recorded a score of '${text}'` };
  }

  #time(step: number, { timestamp }: OriginalStep): number {
    const time = timeOf(timestamp);
    if (time === undefined) this.#note(step, "timestamp", textOfCell(timestamp), "what is no time is that of the run");
    return time ?? this.#fallbackTime;
  }
}
