/**
 * What may be wrong with the parts of a loop, beside its limits.
 *
 * @module
 */

import { durationMs } from "../base/duration.ts";
import type { Faults } from "../base/faults.ts";
import type { LoopEventType, LoopSpec } from "../types/mod.ts";

const EVENTS: Readonly<Record<LoopEventType, true>> = {
  "run.started": true,
  "step.started": true,
  "step.chunk": true,
  "step.finished": true,
  "step.failed": true,
  "step.lost": true,
  "cost.missing": true,
  "cost.failed": true,
  "score.failed": true,
  "budget.warning": true,
  "budget.overrun": true,
  "breaker.changed": true,
  "breaker.refused": true,
  "backtrack": true,
  "converged": true,
  "stalled": true,
  "paused": true,
  "answered": true,
  "resumed": true,
  "forked": true,
  "lease.lost": true,
  "run.finished": true,
};

/** Members of the parts that are objects. */
const MEMBERS = {
  lease: ["ttl"],
  retention: ["maxAge", "maxRuns", "keepStates"],
  branches: ["n", "select"],
  pool: ["name", "usd", "per"],
  stepCost: ["max", "estimate"],
  retry: ["attempts", "backoff", "shouldRetry", "maxConsecutive"],
  on: Object.keys(EVENTS),
} as const;

const HINTS = {
  convergeOn: "such as scorePlateau(), or predicate((history) => ...) for a function",
  backtrack: "such as bestScore(), lastGood() or a function of the history",
  onStall: "such as escalate()",
};

const OBJECTS = ["budget", "migrate", ...Object.keys(MEMBERS)] as readonly (keyof LoopSpec<unknown>)[];

/** The parts that can be looked into; of the others it is noted that they cannot. */
export function usableParts<S>(spec: LoopSpec<S>, faults: Faults): LoopSpec<S> {
  const usable: Record<string, unknown> = { ...spec };
  for (const key of OBJECTS) {
    if (usable[key] === undefined || (typeof usable[key] === "object" && usable[key] !== null)) continue;
    faults.add(`${key} must be an object, not ${typeof usable[key] === "string" ? `'${usable[key]}'` : usable[key]}`);
    delete usable[key];
  }
  for (const [name, hint] of Object.entries(HINTS)) {
    if (usable[name] === undefined || isStrategy(usable[name], name)) continue;
    faults.add(`${name} must be a strategy, not ${typeof usable[name]}`, hint);
    delete usable[name];
  }
  return usable as unknown as LoopSpec<S>;
}

function isStrategy(part: unknown, name: string): boolean {
  if (typeof part === "function") return name === "backtrack";
  const { observe, begin, descriptor } = (part ?? {}) as Readonly<Record<string, unknown>>;
  return typeof observe === "function" && typeof begin === "function" && typeof descriptor === "object";
}

/** Notes what is wrong with the parts. */
export function checkParts<S>(spec: LoopSpec<S>, isSync: boolean, faults: Faults): void {
  for (const [part, known] of Object.entries(MEMBERS)) {
    faults.unknownKeys((spec as unknown as Record<string, object>)[part] ?? {}, known, part);
  }
  checkFunctions(spec, faults);
  checkLease(spec, faults);
  checkRetention(spec, faults);
  checkPool(spec, faults);
  checkBranches(spec, isSync, faults);
  checkStore(spec, isSync, faults);
  if (spec.version !== undefined && typeof spec.version !== "string") faults.add("version must be a text");
  if (spec.unbounded !== undefined) faults.oneOf(spec.unbounded, [true, false] as never, "unbounded");
}

function checkFunctions<S>({ retry, stepCost, migrate, on, onUnknown }: LoopSpec<S>, faults: Faults): void {
  faults.function(retry?.shouldRetry, "retry.shouldRetry");
  faults.function(stepCost?.estimate, "stepCost.estimate");
  for (const [version, way] of Object.entries(migrate ?? {})) faults.function(way, `migrate[${version}]`, true);
  for (const [type, listener] of Object.entries(on ?? {})) faults.function(listener, `on["${type}"]`);
  if (typeof onUnknown === "function" || onUnknown === undefined) return;
  faults.oneOf(onUnknown, ["charge", "ignore", "a function"], "onUnknown");
}

function checkLease<S>({ lease }: LoopSpec<S>, faults: Faults): void {
  if (lease?.ttl !== undefined && durationMs(lease.ttl) === 0) faults.add("lease.ttl must be longer than nothing");
}

function checkRetention<S>({ retention = {} }: LoopSpec<S>, faults: Faults): void {
  const { maxAge, maxRuns, keepStates } = retention;
  if (maxAge !== undefined) faults.duration(maxAge, "retention.maxAge");
  faults.count(maxRuns, "retention.maxRuns");
  if (keepStates === undefined || typeof keepStates === "string") {
    if (keepStates !== undefined) faults.oneOf(keepStates, ["all", "best+last"], "retention.keepStates");
    return;
  }
  faults.unknownKeys(keepStates, ["every"], "retention.keepStates");
  faults.count(keepStates.every, "retention.keepStates.every", 1);
}

function checkPool<S>({ pool }: LoopSpec<S>, faults: Faults): void {
  if (pool === undefined) return;
  const { name, usd, per } = pool;
  if (typeof name !== "string" || name === "") faults.add("pool.name must be a text that is not empty");
  if (usd === undefined) faults.add("pool.usd is missing");
  faults.nano(usd, "pool.usd");
  if (per !== undefined) faults.oneOf(per, ["day", "month"], "pool.per");
}

function checkBranches<S>({ branches }: LoopSpec<S>, isSync: boolean, faults: Faults): void {
  if (branches === undefined) return;
  if (isSync) faults.add("branches cannot run in a synchronous loop", "use loop() instead of loopSync()");
  if (branches.n === undefined) faults.add("branches.n is missing");
  faults.count(branches.n, "branches.n", 1);
  if (typeof branches.select !== "function" && branches.select !== undefined) {
    faults.oneOf(branches.select, ["best", "a function"], "branches.select");
  }
}

function checkStore<S>({ checkpoint }: LoopSpec<S>, isSync: boolean, faults: Faults): void {
  if (typeof checkpoint === "string" || checkpoint === undefined) {
    if (checkpoint === "") faults.add("checkpoint must not be empty", '"sqlite", "memory" or the path of a file');
    return;
  }
  const { commit, isSync: answersAtOnce } = (checkpoint ?? {}) as { commit?: unknown; isSync?: unknown };
  if (typeof commit !== "function") faults.add("checkpoint must be a text or a store, such as sqliteStore(path)");
  else if (isSync && answersAtOnce !== true) {
    faults.add("checkpoint answers by promise, which a synchronous loop cannot wait for", "use loop() instead");
  }
}
