import type { StateTools } from "../../ports/loop_store.ts";

/** Digests of names: the same run and step have the same ids, whoever tells of them and how often. */
export interface SpanIds {
  /** Of the outermost run. */
  trace(root: string): string;
  run(run: string): string;
  step(run: string, step: number, branch?: string): string;
  attempt(run: string, place: { readonly step: number; readonly branch: string }, attempt: number): string;
}

/** Ids of spans. */
export function spanIds({ sha256 }: Pick<StateTools, "sha256">): SpanIds {
  const id = (...parts: readonly (string | number)[]) => sha256(JSON.stringify(parts)).slice(0, 16);
  return {
    trace: (root) => sha256(JSON.stringify(["trace", root])).slice(0, 32),
    run: (run) => id("run", run),
    step: (run, step, branch = "") => id("step", run, step, branch),
    attempt: (run, { step, branch }, attempt) => id("attempt", run, step, branch, attempt),
  };
}
