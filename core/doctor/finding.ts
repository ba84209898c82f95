/** How a check went. */
export type FindingState = "pass" | "warn" | "fail";

/** What one check found. */
export interface Finding {
  /** Stable name: `python`, `sandbox`. */
  readonly name: string;
  readonly state: FindingState;
  /** What was found, in one line. */
  readonly message: string;
  /** What to do about it; of everything that is not `pass`. */
  readonly fix?: string;
}

/** All is well. */
export function pass(name: string, message: string): Finding {
  return { name, state: "pass", message };
}

/** Something is missing that not everybody needs, or will be one day. */
export function warn(name: string, message: string, fix: string): Finding {
  return { name, state: "warn", message, fix };
}

/** Loom cannot be relied on like this. */
export function fail(name: string, message: string, fix: string): Finding {
  return { name, state: "fail", message, fix };
}
