/**
 * Loops killed hundreds of times at moments of chance: each run comes to its end with a history and a ledger that hold.
 *
 * @module
 */

import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { seededRandom } from "../support/sandbox.ts";
import { payments, PRICE_NANO } from "./support/bank.ts";
import { driven, Folder, start, twoAtATime } from "./support/children.ts";
import { type Family, isConsistent, isSettled, onlyGrew, read } from "./support/ledger.ts";
import { shapes } from "./support/shapes.ts";
import type { Job, Said } from "./support/victim.ts";

const KILLS_EACH = 64;

/** Every so many kills the history is compared with what it was before. */
const LOOK_EVERY = 6;

/** Steps of one run: some need a few lives for it, some dozens. */
const LENGTHS: Readonly<Record<string, number>> = {
  plain: 40,
  nested: 8,
  parallel: 20,
  paused: 20,
  backtracked: 40,
  candidates: 20,
  apart: 10,
  synchronous: 40,
};

/** A life lasts at most so long once it drives, milliseconds. */
const LIFE_MS = 70;

/** Runs of one shape, one after the other, until there were enough kills. */
async function ordeal(shape: string, folder: Folder, random: () => number): Promise<number> {
  const job = (name: string): Job => {
    return { shape, folder: folder.sub(`${shape}-${name}`), id: "run", length: LENGTHS[shape], payMs: 1 };
  };
  const calmJob = job("calm");
  const [calmSaid] = await driven(calmJob);
  const calm = { said: calmSaid, family: await read(calmJob, "run") };
  let kills = 0;
  for (let round = 0; kills < KILLS_EACH; round++) {
    kills += await oneRun(job(String(round)), calm, { most: KILLS_EACH - kills, random });
  }
  return kills;
}

/** One run, killed at most so often, then driven to its end. Gives how often it was killed. */
async function oneRun(
  job: Job,
  calm: { readonly said: Said; readonly family: Family },
  { most, random }: { readonly most: number; readonly random: () => number },
): Promise<number> {
  let [kills, before]: [number, Family] = [0, []];
  while (kills < most && await isKilled(job, random() * LIFE_MS)) {
    kills++;
    if (kills % LOOK_EVERY > 0) continue;
    const now = await read(job, "run");
    isConsistent(now);
    onlyGrew(before, now);
    before = now;
  }
  const [{ status, state }] = await driven(job);
  const about = `${job.shape} after ${kills} kills`;
  deepEqual({ about, status, state }, { about, status: "completed", state: calm.said.state });
  const after = await read(job, "run");
  onlyGrew(before, after);
  isSettled(after, `${job.folder}/bank`, { calm: calm.family, kills, width: shapes[job.shape].width });
  return kills;
}

/** Drives the run for a while; `false` if it came to its end first. */
async function isKilled(job: Job, afterMs: number): Promise<boolean> {
  const { kill, ready, ended } = start(job);
  await ready;
  const timer = setTimeout(() => kill("SIGKILL"), afterMs);
  const { signal, code, complaint } = await ended;
  clearTimeout(timer);
  if (signal === "SIGKILL") return true;
  equal(code, 0, complaint);
  return false;
}

Deno.test("a budget holds however often a loop is killed", async () => {
  using folder = new Folder();
  const random = seededRandom(Math.trunc(Math.random() * 2 ** 31));
  const job: Job = { shape: "plain", folder: folder.path, id: "run", length: 1_000, payMs: 1, budgetUsd: 2 };
  for (let kills = 0; kills < 20 && await isKilled(job, random() * LIFE_MS); kills++);
  const [{ status, error }] = await driven(job);
  deepEqual([status, error], ["budget_exhausted", "BUDGET_EXHAUSTED"]);
  const [{ row }] = await read({ folder: folder.path }, "run");
  const paid = payments(`${folder.path}/bank`).length * PRICE_NANO;
  ok(row.spentNano <= paid && paid <= row.spentNano + row.unknownNano, `${paid} nano-USD were paid`);
  ok(row.spentNano + row.unknownNano <= row.limits.nano!, `${row.spentNano} + ${row.unknownNano} nano-USD are counted`);
});

Deno.test("loops killed five hundred times at any moment lose nothing and pay little twice", async () => {
  using folder = new Folder();
  const seed = Math.trunc(Math.random() * 2 ** 31);
  const random = seededRandom(seed);
  const kills: number[] = [];
  try {
    await twoAtATime(Object.keys(shapes), async (shape) => {
      kills.push(await ordeal(shape, folder, random));
    });
  } catch (cause) {
    throw new Error(`With seed ${seed}: ${(cause as Error).message}`, { cause });
  }
  const all = kills.reduce((sum, count) => sum + count);
  ok(all >= 500, `${all} kills`);
});
