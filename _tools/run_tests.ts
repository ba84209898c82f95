/**
 * Sets up, runs every test and every documented example, and says how many passed and failed in the last line.
 *
 * @module
 */

import { show } from "./_run.ts";
import { LANES, showByFile } from "./lanes.ts";
import { setUp } from "./set_up.ts";
import { type Failure, failuresOf, type Tally, tallyOf } from "./tally.ts";

/** How a lane ended. */
interface Ended extends Tally {
  readonly failures: readonly Failure[];
}

/** What words ask for, or all of it, side by side. */
async function runTests(words: readonly string[]): Promise<Ended> {
  if (words.length > 0) return await runLane(words, show);
  const lanes = await Promise.all(LANES.map((lane) => runLane(lane, showByFile)));
  return lanes.reduce((sum, lane) => ({
    passed: sum.passed + lane.passed,
    failed: sum.failed + lane.failed,
    failures: [...sum.failures, ...lane.failures],
  }));
}

async function runLane(args: readonly string[], run: typeof showByFile): Promise<Ended> {
  const folder = await Deno.makeTempDir({ prefix: "loom-test-" });
  const report = `${folder}/report.xml`;
  try {
    const code = await run([Deno.execPath(), "test", "-A", "--doc", "--frozen", `--junit-path=${report}`, ...args]);
    // Without a report the tests did not even start, which the exit code says too.
    const told = await Deno.readTextFile(report).catch(() => "");
    const tally = tallyOf(told);
    const unexplained = code !== 0 && tally.failed === 0;
    return { ...tally, ...(unexplained && { failed: 1 }), failures: failuresOf(told) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function cannotStart(error: unknown): Ended {
  console.error(`error: ${error instanceof Error ? error.message : error}`);
  return { passed: 0, failed: 1, failures: [] };
}

/** Once more at the end what failed: a long log hides it, and who keeps only its end would never know. */
function tell({ passed, failed, failures }: Ended): void {
  const names = failures.map(({ name, where }) => `FAILED ${name} (${where})`);
  for (const [i, { text }] of failures.entries()) console.log(`\n${names[i]}\n${text || "did not run"}`);
  console.log(["", ...names, `${passed} passed, ${failed} failed`].join("\n"));
}

if (import.meta.main) {
  const ended = await setUp().then(() => runTests(Deno.args), cannotStart);
  tell(ended);
  const { passed, failed } = ended;
  Deno.exit(failed === 0 && passed > 0 ? 0 : 1);
}
