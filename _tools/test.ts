/**
 * Sets up, runs every test and every documented example, and says how many passed and failed in the last line.
 *
 * @module
 */

import { show } from "./_run.ts";
import { setUp } from "./set_up.ts";

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
 * import { tallyOf } from "./test.ts";
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

async function runTests(args: readonly string[]): Promise<Tally> {
  const folder = await Deno.makeTempDir({ prefix: "loom-test-" });
  const report = `${folder}/report.xml`;
  try {
    const code = await show([Deno.execPath(), "test", "-A", "--doc", "--frozen", `--junit-path=${report}`, ...args]);
    const tally = tallyOf(await Deno.readTextFile(report).catch(() => ""));
    const unexplained = code !== 0 && tally.failed === 0;
    return unexplained ? { ...tally, failed: 1 } : tally;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) {
  await setUp();
  const { passed, failed } = await runTests(Deno.args);
  console.log(`${passed} passed, ${failed} failed`);
  Deno.exit(failed === 0 && passed > 0 ? 0 : 1);
}
