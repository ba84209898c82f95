/**
 * A program that drives one run after the other to its end, and may die on the way.
 *
 * @module
 */

import { LoopError, type LoopResult, type ResumeOptions, type Store } from "@loom/loom";
import { pay } from "./bank.ts";
import { faultyStore } from "./faulty_store.ts";
import { type Place, storeAt } from "./place.ts";
import { type Driven, shapes, type Tally } from "./shapes.ts";

/** What to drive, and how. */
export interface Job extends Place {
  /** Name in {@linkcode shapes}. */
  readonly shape: string;
  readonly id: string;
  /** Steps of the outermost loop. */
  readonly length: number;
  /** How long a payment takes, milliseconds. */
  readonly payMs?: number;
  readonly leaseMs?: number;
  /** Default: more than it can spend. */
  readonly budgetUsd?: number;
  /** The number, from 1, of the point at which it kills itself. */
  readonly killAt?: number;
  /** Whether it says which points it passes. */
  readonly tells?: boolean;
  readonly resume?: Pick<ResumeOptions, "wait" | "steal">;
  /** Payments outside of remembered calls wait until there is this file; the folder's file `waiting` says that one does. */
  readonly gate?: string;
  /** Whether a payment that waits is given up when its step is aborted. The folder's file `aborted` says that it was. */
  readonly yields?: boolean;
}

/** What it says of a job on a line of its own, as JSON. */
export interface Said {
  readonly id: string;
  readonly status: string;
  readonly reason: string;
  readonly state?: Tally;
  /** Code of the error. */
  readonly error?: string;
  readonly points?: readonly string[];
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function passGate({ gate, folder, yields }: Job, signal: AbortSignal): Promise<void> {
  if (gate === undefined) return;
  signal.addEventListener("abort", () => Deno.writeTextFileSync(`${folder}/aborted`, String(signal.reason)));
  while (!await isThere(gate)) {
    Deno.writeTextFileSync(`${folder}/waiting`, "");
    await sleep(5);
    if (yields) signal.throwIfAborted();
  }
}

/** Whether there is this file. */
export async function isThere(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, (error) => {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  });
}

async function drive(job: Job): Promise<Said> {
  const points: string[] = [];
  const point = (name: string) => {
    points.push(name);
    if (points.length === job.killAt) Deno.kill(Deno.pid, "SIGKILL");
  };
  const kept = storeAt(job);
  const elsewhere = storeAt({ folder: `${job.folder}/apart` });
  const store = faultyStore(kept, point);
  const made = shapes[job.shape].make({
    store,
    point,
    length: job.length,
    leaseMs: job.leaseMs ?? 30_000,
    apart: faultyStore(elsewhere, point),
    budgetUsd: job.budgetUsd ?? 1_000,
    payNow: (key) => pay(`${job.folder}/bank`, key),
    pay: async (key, signal) => {
      await sleep(job.payMs ?? 0);
      if (key.endsWith("openly")) await passGate(job, signal);
      pay(`${job.folder}/bank`, key);
    },
  });
  try {
    const { status, reason, state, error } = await toTheEnd(made, job, kept);
    return { id: job.id, status, reason, state, error: codeOf(error), ...(job.tells && { points }) };
  } catch (error) {
    if (error instanceof LoopError) return { id: job.id, status: "", reason: error.message, error: error.code };
    throw error;
  } finally {
    await kept.close();
    await elsewhere.close();
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof LoopError ? error.code : error === undefined ? undefined : String(error);
}

/** Begins or goes on, and answers whatever is asked, until the run is over. */
async function toTheEnd(
  made: Driven,
  { id, resume }: Job,
  store: Store,
): Promise<LoopResult<Tally>> {
  const isKnown = await store.getRun(id) !== undefined;
  let result = isKnown ? await made.resume(id, resume) : await made.run({ n: 0, sum: 0 }, { runId: id });
  while (result.status === "paused") {
    for (const run of await family(store, id)) {
      const open = (await store.pauses(run)).filter(({ answer }) => answer === undefined);
      for (const { key } of open) await made.answer(run, key, key.length);
    }
    result = await made.resume(id);
  }
  return result;
}

async function family(store: Store, id: string): Promise<readonly string[]> {
  const children = await store.listRuns({ parent: id });
  return [id, ...(await Promise.all(children.map((child) => family(store, child.id)))).flat()];
}

if (import.meta.main) {
  console.log("ready");
  for (const job of JSON.parse(Deno.args[0]) as Job[]) console.log(JSON.stringify(await drive(job)));
}
