/**
 * A loop as the engine has it: checked, with every default filled in.
 *
 * @module
 */

import type { ZodType } from "zod";
import type { Limits, LoopStore } from "../../ports/loop_store.ts";
import type { Amount } from "../budget/ledger.ts";
import type { LoopHost } from "../../ports/loop_host.ts";
import { toBacktrack } from "../backtrack/custom.ts";
import { type StateCodec, stateCodec } from "../state/codec.ts";
import type { Backtrack, Cost, Detector, History, LoopSpec, Stall } from "../types/mod.ts";
import { type BackoffMs, toBackoff } from "../base/backoff.ts";
import { Faults } from "../base/faults.ts";
import { toAmount, toLimits } from "./limits.ts";
import { checkParts, usableParts } from "./checks.ts";
import { identityOf } from "./identity.ts";

/** Failed steps in a row that are borne unless something else is asked for. */
const defaultMaxConsecutive = 5;

/** A loop, ready for the engine. */
export interface Definition<S> {
  readonly spec: LoopSpec<S>;
  readonly specHash: string;
  /** What the hash is made of, canonical JSON. */
  readonly specJson: string;
  readonly codec: StateCodec<S>;
  readonly limits: Limits;
  readonly stepMax: Amount | undefined;
  readonly estimate: ((state: S, history: History<S>) => Cost) | undefined;
  readonly detector: Detector<S> | undefined;
  readonly backtrack: Backtrack<S> | undefined;
  readonly stall: Stall<S> | undefined;
  readonly attempts: number;
  readonly backoff: BackoffMs;
  /** Waits between failed steps. */
  readonly errorBackoff: BackoffMs | undefined;
  readonly maxConsecutive: number;
  readonly recordsErrors: boolean;
  readonly returns: "last" | "best";
  readonly leaseMs: number;
  readonly store: LoopStore | undefined;
  readonly checkpoint: string;
  readonly durability: "full" | "process" | "none";
  /** Whether nothing may be awaited. */
  readonly isSync: boolean;
}

const KEYS: readonly string[] = [
  "name",
  "version",
  "state",
  "step",
  "budget",
  "unbounded",
  "stepCost",
  "cost",
  "score",
  "convergeOn",
  "backtrack",
  "onStall",
  "retry",
  "onError",
  "checkpoint",
  "durability",
  "returns",
  "lease",
  "retention",
  "migrate",
  "onUnknown",
  "branches",
  "pool",
  "on",
];

/**
 * Checks a loop and fills in its defaults.
 *
 * @throws {LoopConfigError} With everything that is wrong.
 */
export function define<S>(spec: LoopSpec<S>, host: LoopHost, isSync: boolean): Definition<S> {
  const faults = new Faults();
  checkShape(spec, faults);
  const usable = usableParts(spec, faults);
  checkParts(usable, isSync, faults);
  const limits = toLimits(usable.budget, faults);
  const settings = settingsOf(usable, faults);
  checkEnds(usable, faults);
  faults.throwIfAny(
    typeof spec.name === "string" ? `Loop "${spec.name}" cannot be defined` : "A loop cannot be defined",
  );
  const parts = { detector: spec.convergeOn, backtrack: backtrackOf(spec), stall: spec.onStall };
  const { specJson, specHash } = identityOf({ ...spec, ...parts }, host.tools);
  return { spec, specHash, specJson, limits, ...parts, ...settings, codec: stateCodec(spec.state), isSync };
}

function checkShape<S>(spec: LoopSpec<S>, faults: Faults): void {
  faults.unknownKeys(spec, KEYS, "");
  if (typeof spec.name !== "string" || spec.name.trim() === "") faults.add("name must be a text that is not empty");
  if (!isSchema(spec.state)) faults.add("state must be a zod schema", "such as z.object({ draft: z.string() })");
  faults.function(spec.step, "step", true);
  for (const key of ["cost", "score"] as const) faults.function(spec[key], key);
}

function isSchema(value: unknown): value is ZodType {
  return typeof value === "object" && value !== null && "_zod" in value;
}

function settingsOf<S>(spec: LoopSpec<S>, faults: Faults) {
  const { retry = {}, stepCost = {}, checkpoint = "sqlite", onError, lease } = spec;
  if (onError !== undefined) faults.oneOf(onError, ["throw", "record"], "onError");
  const { durability = "full", returns = isBestScore(spec) ? "best" : "last" } = spec;
  faults.oneOf(durability, ["full", "process", "none"], "durability");
  faults.oneOf(returns, ["last", "best"], "returns");
  const backtrack = backtrackOf(spec);
  return {
    stepMax: stepCost.max === undefined ? undefined : amountOf(stepCost.max, "stepCost.max", faults),
    estimate: stepCost.estimate,
    attempts: faults.count(retry.attempts, "retry.attempts", 1) ?? 1,
    backoff: toBackoff(retry.backoff, faults, "retry.backoff"),
    errorBackoff: backtrack?.backoff === undefined
      ? undefined
      : toBackoff(backtrack.backoff, faults, "backtrack.backoff"),
    maxConsecutive: backtrack?.maxConsecutive ?? faults.count(retry.maxConsecutive, "retry.maxConsecutive") ??
      defaultMaxConsecutive,
    recordsErrors: onError === "record" || backtrack !== undefined,
    returns,
    leaseMs: lease?.ttl === undefined ? 30_000 : faults.duration(lease.ttl, "lease.ttl"),
    store: typeof checkpoint === "string" ? undefined : checkpoint,
    checkpoint: typeof checkpoint === "string" ? checkpoint : "",
    durability,
  };
}

function amountOf(cost: Cost, where: string, faults: Faults): Amount | undefined {
  if (typeof cost !== "object" || cost === null) {
    faults.add(`${where} must be an object`, "such as { usd: 0.1 }");
    return undefined;
  }
  faults.unknownKeys(cost, ["usd", "tokens"], where);
  try {
    return toAmount(cost);
  } catch (error) {
    faults.add(`${where}: ${(error as Error).message}`);
    return undefined;
  }
}

function checkEnds<S>({ budget, convergeOn, unbounded, onStall }: LoopSpec<S>, faults: Faults): void {
  if (unbounded === true || convergeOn !== undefined || onStall !== undefined) return;
  if (Object.values(budget ?? {}).some((limit) => limit !== undefined)) return;
  faults.add("nothing ends it", "give it a budget or convergeOn, or say unbounded: true");
}

function isBestScore({ backtrack }: { readonly backtrack?: unknown }): boolean {
  return typeof backtrack === "object" && (backtrack as Backtrack<unknown>).descriptor.kind === "bestScore";
}

function backtrackOf<S>({ backtrack }: LoopSpec<S>): Backtrack<S> | undefined {
  return backtrack === undefined ? undefined : toBacktrack(backtrack);
}
