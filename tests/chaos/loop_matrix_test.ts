/**
 * Loops killed at every place at which something becomes durable or is paid: the history goes on as if nothing had happened,
 * and no more is paid again than was under way.
 *
 * @module
 */

import { deepEqual, equal, ok } from "node:assert/strict";
import { driven, Folder, start, twoAtATime } from "./support/children.ts";
import { type Family, isConsistent, isSettled, onlyGrew, read } from "./support/ledger.ts";
import { shapes } from "./support/shapes.ts";
import type { Job, Said } from "./support/victim.ts";

/** Steps of each run; long enough that each kind of step comes at least once. */
const LENGTHS: Readonly<Record<string, number>> = {
  plain: 4,
  nested: 2,
  parallel: 2,
  paused: 3,
  backtracked: 5,
  candidates: 2,
  synchronous: 4,
};

/** What was found after a kill. */
interface Killed {
  readonly job: Job;
  readonly before: Family;
  readonly where: string;
}

for (const [shape, { width }] of Object.entries(shapes)) {
  Deno.test(`a loop (${shape}) killed at every point goes on as if it had not been`, async () => {
    using folder = new Folder();
    const calmJob: Job = { shape, folder: folder.sub("calm"), id: "run", length: LENGTHS[shape], tells: true };
    const [calm] = await driven(calmJob);
    equal(calm.status, "completed");
    const expected = { calm: await read(calmJob.folder, "run"), kills: 1, width };
    const killed: Killed[] = [];
    await twoAtATime(calm.points!.map((where, index) => ({ where, killAt: index + 1 })), async ({ where, killAt }) => {
      const job: Job = { ...calmJob, folder: folder.sub(`${killAt}`), killAt, tells: false };
      const { signal, said } = await start(job).ended;
      // Branches that run together pass their points in no fixed order; there may be one point less.
      ok(signal === "SIGKILL" || said[0]?.status === "completed", `killed ${where}`);
      const before = await read(job.folder, "run");
      isConsistent(before);
      killed.push({ job, before, where });
    });
    const resumed = await driven(...killed.map(({ job }): Job => ({ ...job, killAt: undefined })));
    for (const [index, it] of killed.entries()) {
      await check(it, resumed[index], { calm, settled: (family, bank) => isSettled(family, bank, expected) });
    }
  });
}

async function check(
  { job, before, where }: Killed,
  resumed: Said,
  { calm, settled }: { readonly calm: Said; readonly settled: (family: Family, bank: string) => void },
): Promise<void> {
  try {
    const after = await read(job.folder, "run");
    deepEqual([resumed.status, resumed.state], [calm.status, calm.state]);
    onlyGrew(before, after);
    settled(after, `${job.folder}/bank`);
  } catch (cause) {
    const about = `${job.shape} killed at point ${job.killAt}, ${where}`;
    throw new Error(`${about}: ${(cause as Error).message}`, { cause });
  }
}
