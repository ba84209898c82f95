/**
 * One run after the other, each killed at another of the places at which something becomes durable or is paid.
 *
 * @module
 */

import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { driven, Folder, start, twoAtATime } from "./children.ts";
import { type Expected, type Family, isConsistent, isSettled, onlyGrew, read } from "./ledger.ts";
import type { Place } from "./place.ts";
import { shapes } from "./shapes.ts";
import type { Job, Said } from "./victim.ts";

/** What is killed, and where. */
export interface Matrix {
  readonly shape: string;
  /** Steps of each run. */
  readonly length: number;
  /** Only every so many points. Default 1. */
  readonly every?: number;
  readonly postgres?: Place["postgres"];
}

interface Killed {
  readonly job: Job;
  readonly before: Family;
  readonly where: string;
}

/** Kills a run at every point; each goes on as one that was not killed. */
export async function killEverywhere({ shape, length, every = 1, postgres }: Matrix): Promise<void> {
  using folder = new Folder();
  // A kill takes nothing from the system's own memory: only a loss of power asks for more than this.
  const calmJob: Job = {
    shape,
    length,
    postgres,
    durability: "process",
    folder: folder.sub("calm"),
    id: "calm",
    tells: true,
  };
  const [calm] = await driven(calmJob);
  equal(calm.status, "completed", calm.error);
  const expected = { calm: await read(calmJob, "calm"), kills: 1, width: shapes[shape].width };
  const killed: Killed[] = [];
  const points = calm.points!.map((where, index) => ({ where, killAt: index + 1 }));
  await twoAtATime(points.filter(({ killAt }) => killAt % every === 0), async ({ where, killAt }) => {
    const job = { ...calmJob, folder: folder.sub(`${killAt}`), id: `run${killAt}`, killAt, tells: false };
    killed.push(await kill(job, where));
  });
  const resumed = await driven(...killed.map(({ job }): Job => ({ ...job, killAt: undefined })));
  for (const [index, it] of killed.entries()) await check(it, resumed[index], { calm, expected });
}

async function kill(job: Job, where: string): Promise<Killed> {
  const { signal, said, complaint } = await start(job).ended;
  // Branches that run together pass their points in no fixed order; there may be one point less.
  ok(signal === "SIGKILL" || said[0]?.status === "completed", `killed ${where}: ${complaint}`);
  const before = await read(job, job.id);
  isConsistent(before);
  return { job, before, where };
}

async function check(
  { job, before, where }: Killed,
  resumed: Said,
  { calm, expected }: { readonly calm: Said; readonly expected: Expected },
): Promise<void> {
  try {
    const after = await read(job, job.id);
    deepEqual([resumed.status, resumed.state, resumed.error], [calm.status, calm.state, undefined]);
    onlyGrew(before, after);
    isSettled(after, `${job.folder}/bank`, expected);
  } catch (cause) {
    const about = `${job.shape} killed at point ${job.killAt}, ${where}`;
    throw new Error(`${about}: ${(cause as Error).message}`, { cause });
  }
}
