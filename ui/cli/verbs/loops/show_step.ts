/**
 * `loom show ID --step N` and `--diff N M`: single steps and their states.
 *
 * @module
 */

import { usage } from "../../../../core/errors.ts";
import {
  differenceLines,
  differencesOf,
  lookAtStep,
  stateOfStep,
  type StepLook,
  stepLookDocument,
  usdText,
} from "../../../../core/loop/look/mod.ts";
import type { LoopStore, StateTools } from "../../../../core/ports/loop_store.ts";
import type { Palette } from "../../view/colors.ts";
import { durationText } from "../../view/duration.ts";
import { statusPaint } from "../../view/run_status.ts";
import { timeText } from "../../view/time.ts";

/** Where a step is looked up, and how it is shown. */
export interface StepView {
  readonly id: string;
  readonly store: LoopStore;
  readonly tools: StateTools;
  readonly paint: Palette;
  readonly json?: boolean;
}

/** One step: facts, error, tries, kept results, state. */
export async function stepText(step: number, { id, store, tools, paint, json }: StepView): Promise<string> {
  const look = await lookAtStep(store, { id, step }, tools);
  if (json) return `${JSON.stringify({ run: id, ...stepLookDocument(look) }, null, 2)}\n`;
  const lines = [
    ...look.rows.flatMap((row) => rowLines(row, paint)),
    ...attemptLines(look, paint),
    ...memoLines(look),
    ...look.rows.flatMap(stateLines),
  ];
  return [`Run: ${id}  Step: ${step}`, ...lines].map((line) => `${line}\n`).join("");
}

function rowLines(row: StepLook["rows"][number], paint: Palette): readonly string[] {
  const { branch, status, decision, input, score, scoreError, costError, error, errorStack } = row;
  const own = row.childNano === 0 ? "" : `, ${usdText(row.childNano)} of it in runs inside`;
  return [
    ...(branch === "" ? [] : [`Branch: ${branch}`]),
    `Status: ${status === "ok" ? paint.good(status) : paint.bad(status)}  Decision: ${decision}`,
    `From: ${input === undefined ? "the input" : `step ${input.step}${input.branch && `/${input.branch}`}`}`,
    `Cost: ${usdText(row.costNano + row.childNano)}${own}  Tokens: ${row.tokens}`,
    `Score: ${score ?? "-"}${scoreError === undefined ? "" : `  (${scoreError})`}`,
    `Begun: ${timeText(row.startedAt)}  Took: ${durationText(row.durationMs)}`,
    ...(costError === undefined ? [] : [`Cost error: ${costError}`]),
    ...(error === undefined ? [] : [`Error: ${paint.bad(error)}`, ...stackLines(error, errorStack).map(paint.dim)]),
  ];
}

/** The stack without its first line, which is the error. */
function stackLines(error: string, stack = ""): readonly string[] {
  const lines = stack.split("\n");
  return lines[0] !== "" && error.startsWith(lines[0].replace(/^Uncaught /, ""))
    ? lines.slice(1)
    : lines.filter((it) => it);
}

function attemptLines({ attempts }: StepLook, paint: Palette): readonly string[] {
  if (attempts.length < 2 && attempts.every(({ status }) => status === "ok" || status === "error")) return [];
  const status = statusPaint(paint);
  const lines = attempts.map((it) => {
    const cost = it.actualNano === undefined ? `${usdText(it.reservedNano)} reserved` : usdText(it.actualNano);
    const branch = it.branch && `${it.branch} `;
    return `  ${branch}${it.attempt}  ${status(it.status)}  ${cost}${it.error === undefined ? "" : `  ${it.error}`}`;
  });
  return ["Tries:", ...lines];
}

function memoLines({ memos }: StepLook): readonly string[] {
  const lines = memos.map(({ branch, key, value, costNano }) => {
    return `  ${branch && `${branch} `}${key}  ${usdText(costNano)}  ${value}`;
  });
  return lines.length === 0 ? [] : ["Kept results:", ...lines];
}

function stateLines({ branch, state, status }: StepLook["rows"][number]): readonly string[] {
  if (status === "error") return [];
  const of = branch && ` of ${branch}`;
  return state === undefined ? [`State${of}: pruned`] : [`State${of}:`, JSON.stringify(state, null, 2)];
}

/** What differs between the states of two steps. */
export async function diffText(words: readonly string[], view: StepView): Promise<string> {
  const [from, to] = words.map(stepNumber);
  if (words.length !== 2) throw usage(`Option --diff compares two steps, but ${words.length} was given`, "--diff 3 4");
  const { id, store, tools, paint, json } = view;
  const before = await stateOfStep(store, { id, step: from }, tools);
  const after = await stateOfStep(store, { id, step: to }, tools);
  const differences = differencesOf(before, after);
  if (json) return `${JSON.stringify({ run: id, from, to, differences }, null, 2)}\n`;
  if (differences.length === 0) return `Steps ${from} and ${to} of run ${id} have the same state\n`;
  const lines = differenceLines(differences).map((line) => line.startsWith("-") ? paint.bad(line) : paint.good(line));
  return lines.map((line) => `${line}\n`).join("");
}

function stepNumber(word: string): number {
  if (/^\d+$/.test(word)) return Number(word);
  throw usage(`Option --diff cannot be '${word}'`, "it takes the numbers of two steps: --diff 3 4");
}
