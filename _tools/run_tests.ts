/**
 * Sets up, runs every test and every documented example, and says how many passed and failed in the last line.
 *
 * @module
 */

import { show } from "./_run.ts";
import { LANES, showByFile } from "./lanes.ts";
import { setUp } from "./set_up.ts";
import { type Tally, tallyOf } from "./tally.ts";

/** What words ask for, or all of it, side by side. */
async function runTests(words: readonly string[]): Promise<Tally> {
  if (words.length > 0) return await runLane(words, show);
  const tallies = await Promise.all(LANES.map((lane) => runLane(lane, showByFile)));
  return tallies.reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }));
}

async function runLane(args: readonly string[], run: typeof showByFile): Promise<Tally> {
  const folder = await Deno.makeTempDir({ prefix: "loom-test-" });
  const report = `${folder}/report.xml`;
  try {
    const code = await run([Deno.execPath(), "test", "-A", "--doc", "--frozen", `--junit-path=${report}`, ...args]);
    // Without a report the tests did not even start, which the exit code says too.
    const tally = tallyOf(await Deno.readTextFile(report).catch(() => ""));
    const unexplained = code !== 0 && tally.failed === 0;
    return unexplained ? { ...tally, failed: 1 } : tally;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function cannotStart(error: unknown): Tally {
  console.error(`error: ${error instanceof Error ? error.message : error}`);
  return { passed: 0, failed: 1 };
}

if (import.meta.main) {
  const { passed, failed } = await setUp().then(() => runTests(Deno.args), cannotStart);
  console.log(`${passed} passed, ${failed} failed`);
  Deno.exit(failed === 0 && passed > 0 ? 0 : 1);
}
