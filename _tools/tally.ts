/** How many tests ended how. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Counts the tests of a JUnit report. A test that did not run counts as failed: none may be skipped in silence.
 *
 * @example Usage
 * ```ts
 * import { tallyOf } from "./tally.ts";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(tallyOf(`<testsuites tests="3" failures="1" errors="0">`), { passed: 2, failed: 1 });
 * ```
 */
export function tallyOf(report: string): Tally {
  const head = /<testsuites\b[^>]*>/.exec(report)?.[0] ?? "";
  const count = (name: string) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(head)?.[1] ?? 0);
  const failed = count("failures") + count("errors") + (report.match(/<skipped\b/g)?.length ?? 0);
  return { passed: count("tests") - failed, failed };
}
