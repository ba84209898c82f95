/**
 * A store in which every write has a name before and after it, so that a process can be made to die there.
 *
 * @module
 */

import type { LoopBatch, LoopStore } from "../../../core/ports/loop_store.ts";

/** Told before and after every write; it may never come back. */
export type Point = (name: string) => void;

const ENDED: ReadonlySet<string> = new Set([
  "completed",
  "failed",
  "cancelled",
  "budget_exhausted",
  "stalled",
  "paused",
]);

/** The same store. */
export function faultyStore(store: LoopStore, point: Point): LoopStore {
  const around = <T>(name: string, work: () => T): T => {
    point(`before ${name}`);
    const result = work();
    const after = (value: unknown) => (point(`after ${name}`), value);
    return (result instanceof Promise ? result.then(after) : after(result)) as T;
  };
  return {
    ...store,
    createRun: (run, first, owner) => around("creation", () => store.createRun(run, first, owner)),
    acquire: (run, owner, how) => around("lease", () => store.acquire(run, owner, how)),
    release: (lease) => around("release", () => store.release(lease)),
    commit: (batch) => around(nameOf(batch), () => store.commit(batch)),
    answer: (given) => around("answer", () => store.answer(given)),
  };
}

/** What a commit is about. The result of a step and the intent of the next one are stored together. */
function nameOf({ runs = [], steps = [], memos = [], attempts = [], events = [] }: LoopBatch): string {
  const isIntent = memos.length === 0 && attempts.some(({ status }) => status === "in_flight");
  const parts = [
    steps.length > 0 && "result",
    memos.length > 0 && "memo",
    isIntent && "intent",
    attempts.some(({ status }) => status === "lost") && "recovery",
    events.some(({ type }) => type === "resumed") && "reopening",
    runs.some(({ status }) => status !== undefined && ENDED.has(status)) && "final status",
  ];
  return parts.filter((part) => part !== false).join(" and ") || "other";
}
