import { whenReady } from "../converge/ready.ts";
import type { Backtrack, BacktrackFunction } from "../types/mod.ts";

/** A strategy given as one function as one that remembers nothing; any other as it is. */
export function toBacktrack<S>(given: Backtrack<S> | BacktrackFunction<S>): Backtrack<S> {
  if (typeof given !== "function") return given;
  return {
    descriptor: { kind: "custom" },
    begin: () => null,
    observe: (memory, _entry, { history }) =>
      whenReady(given(history), (answer) => {
        const restore = answer?.restore;
        return restore === undefined ? { memory } : { memory, restore };
      }),
  };
}
