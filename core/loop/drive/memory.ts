import type { Amount } from "../budget/ledger.ts";
import type { Limits } from "../../ports/loop_store.ts";
import type { Definition } from "../definition/definition.ts";
import type { Written } from "./versions.ts";

/** Costs that tell what the next step may cost. */
const costsKept = 5;

/** What a run remembers from step to step, beside its history. JSON. */
export interface Memory {
  detector: unknown;
  backtrack: unknown;
  stall: unknown;
  /** Failed steps in a row. */
  errors: number;
  /** Steps in a row that could not be scored. */
  scorerFailures: number;
  /** The newest costs, `[nano, tokens]`, of steps that cost anything. */
  costs: (readonly [number, number])[];
  variant?: string;
  /** A state that takes the place of the head's. */
  headRef?: string;
  /** The step after which it was put there. */
  headAt?: number;
  /** Which step asked a question; an answer is for that step alone. */
  asked: Record<string, number>;
  /** Questions that were open when the run was paused. */
  open: readonly string[];
  /** Earlier versions of the loop, oldest first. */
  written: readonly Written[];
  /** What was added to the limits of the code. */
  added: Limits;
  /** Highest share of each limit, in percent, that was warned of. */
  warned: Record<string, number>;
}

/** Before the first step. */
export function freshMemory<S>({ detector, backtrack, stall }: Definition<S>): Memory {
  return {
    detector: detector?.begin() ?? null,
    backtrack: backtrack?.begin() ?? null,
    stall: stall?.begin() ?? null,
    errors: 0,
    scorerFailures: 0,
    costs: [],
    asked: {},
    open: [],
    written: [],
    added: {},
    warned: {},
  };
}

/** What was stored. What a part remembers is dropped if the part is another one now. */
export function storedMemory<S>(text: string, definition: Definition<S>, changed: readonly string[]): Memory {
  const fresh = freshMemory(definition);
  if (text === "") return fresh;
  const stored = { ...fresh, ...JSON.parse(text) as Partial<Memory> };
  if (changed.includes("convergeOn")) stored.detector = fresh.detector;
  if (changed.includes("backtrack")) stored.backtrack = fresh.backtrack;
  if (changed.includes("onStall")) stored.stall = fresh.stall;
  return stored;
}

/** Notes what a step has cost. */
export function noteCost(memory: Memory, { nano, tokens }: Amount): void {
  if (nano === 0 && tokens === 0) return;
  memory.costs.push([nano, tokens]);
  if (memory.costs.length > costsKept) memory.costs.shift();
}

/** The largest of the newest costs; `undefined` while too few are known. */
export function probableCost({ costs }: Memory): Amount | undefined {
  if (costs.length < 3) return undefined;
  return { nano: Math.max(...costs.map(([nano]) => nano)), tokens: Math.max(...costs.map(([, tokens]) => tokens)) };
}
