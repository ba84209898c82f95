import type { Frame } from "./frame.ts";

/** Where in a step something is called. */
export interface Inside<S> {
  readonly frame: Frame<S>;
  /** Path of the branch of `ctx.parallel`, `""` outside. */
  readonly branch: string;
  readonly signal: AbortSignal;
}

/** What the scope of a step carries, if there is a step. */
export function insideOf(value: unknown): Inside<unknown> | undefined {
  return value as Inside<unknown> | undefined;
}
