/** The tests that the program has to pass. */

import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";

type Median = (numbers: number[]) => number;

const tests: Readonly<Record<string, (median: Median) => void>> = {
  "an odd number of numbers": (median) => equal(median([3, 1, 2]), 2),
  "an even number of numbers": (median) => equal(median([4, 1, 3, 2]), 2.5),
  "ten is more than nine": (median) => equal(median([10, 9, 100]), 10),
  "what it is given stays as it is": (median) => {
    const given = [3, 1, 2];
    median(given);
    deepEqual(given, [3, 1, 2]);
  },
};

/** Runs a program's text, and says which tests it fails. */
export async function failures(program: string): Promise<string[]> {
  // deno-lint-ignore loom/literal-import -- the program is made while this one runs
  const { median } = await import(`data:text/javascript,${encodeURIComponent(program)}`) as { median: Median };
  return Object.keys(tests).filter((name) => {
    try {
      tests[name](median);
      return false;
    } catch {
      return true;
    }
  });
}
