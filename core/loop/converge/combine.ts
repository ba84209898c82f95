import { Faults } from "../base/faults.ts";
import type { Detector } from "../types/mod.ts";
import { checkCount, checkParts } from "./checks.ts";
import { inTurn, whenReady } from "./ready.ts";

/** What the parts remember, in their order. JSON. */
export type PartMemories = readonly unknown[];

/**
 * Ends a loop when any of several detectors says so. The reason is that of the first one that does.
 *
 * Each hears of each step, also after another one has said yes.
 *
 * @example Usage
 * ```ts
 * import { anyOf, predicate, scorePlateau } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * equal(anyOf(scorePlateau(), predicate((history) => history.length >= 10)).descriptor.kind, "anyOf");
 * ```
 *
 * @param detectors One at least.
 * @returns For `convergeOn`.
 * @throws {LoopConfigError} If one of them is no detector, or there is none.
 */
export function anyOf<S = unknown>(...detectors: readonly Detector<S>[]): Detector<S, PartMemories> {
  return combined({ kind: "anyOf" }, detectors, (fired) => fired[0]);
}

/**
 * Ends a loop when all of several detectors say so after the same step. The reason names them: `allOf(scorePlateau, judge)`.
 *
 * @example Usage
 * ```ts
 * import { allOf, predicate, scorePlateau } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * equal(allOf(scorePlateau(), predicate((history) => history.length >= 10)).descriptor.kind, "allOf");
 * ```
 *
 * @param detectors One at least.
 * @returns For `convergeOn`.
 * @throws {LoopConfigError} If one of them is no detector, or there is none.
 */
export function allOf<S = unknown>(...detectors: readonly Detector<S>[]): Detector<S, PartMemories> {
  const all = (fired: readonly string[]) => fired.length === detectors.length ? listed("allOf", fired) : undefined;
  return combined({ kind: "allOf" }, detectors, all);
}

/**
 * Ends a loop when `count` of several detectors say so after the same step. The reason names them:
 * `atLeast(scorePlateau, judge)`.
 *
 * @example Two of three
 * ```ts
 * import { atLeast, judge, predicate, scorePlateau } from "@loom/loom";
 * import { equal } from "node:assert/strict";
 *
 * const isShort = judge((state: { draft: string }) => state.draft.length < 400);
 * const detector = atLeast(2, [scorePlateau(), isShort, predicate((history) => history.length >= 10)]);
 * equal(detector.descriptor.count, 2);
 * ```
 *
 * @param count From 1 to the number of detectors.
 * @param detectors One at least.
 * @returns For `convergeOn`.
 * @throws {LoopConfigError} If one of them is no detector, or there are fewer than `count`.
 */
export function atLeast<S = unknown>(count: number, detectors: readonly Detector<S>[]): Detector<S, PartMemories> {
  const enough = (fired: readonly string[]) => fired.length >= count ? listed("atLeast", fired) : undefined;
  return combined({ kind: "atLeast", count }, detectors, enough);
}

function listed(kind: string, fired: readonly string[]): string {
  return `${kind}(${fired.join(", ")})`;
}

function combined<S>(
  parameters: { readonly kind: string; readonly count?: number },
  detectors: readonly Detector<S>[],
  decide: (fired: readonly string[]) => string | undefined,
): Detector<S, PartMemories> {
  check(parameters, detectors);
  return {
    descriptor: { ...parameters, of: detectors.map(({ descriptor }) => descriptor) },
    begin: () => detectors.map((it) => it.begin()),
    observe: (memory, entry, asked) =>
      whenReady(inTurn(detectors, (it, index) => it.observe(memory[index], entry, asked)), (answers) => {
        const reason = decide(answers.map((it) => it.reason).filter((it) => it !== undefined));
        return { memory: answers.map((it) => it.memory), ...(reason !== undefined && { reason }) };
      }),
  };
}

function check({ kind, count }: { readonly kind: string; readonly count?: number }, detectors: readonly unknown[]) {
  const faults = new Faults();
  const isList = Array.isArray(detectors);
  if (isList) checkParts(faults, detectors, "detector");
  else faults.add("the detectors must be a list", "such as atLeast(2, [a, b, c])");
  if (kind === "atLeast") checkCount(faults, count, "count", 1);
  if (isList && (count ?? 0) > detectors.length) faults.add(`count must be at most ${detectors.length}, not ${count}`);
  faults.throwIfAny(`${kind}() cannot be made`);
}
