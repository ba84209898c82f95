/**
 * Loops whose machine lost its power: whatever part of the log of the database reached the disk, what is left is a history
 * that was true at some moment, and the run goes on from there.
 *
 * @module
 */

import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { seededRandom } from "../support/sandbox.ts";
import { driven, Folder, start } from "./support/children.ts";
import { type Family, isConsistent, onlyGrew, read } from "./support/ledger.ts";
import type { Job, Said } from "./support/victim.ts";

const CUTS = 120;

/** Bytes of the log's header, and of the header of each frame, which holds one page. */
const [LOG_HEADER, FRAME_HEADER, PAGE] = [32, 24, 2048];

/** Where a run died at its very end, so that everything is still in the log; and what it gives if it does not. */
async function died(folder: Folder, job: Job): Promise<{ readonly place: string; readonly calm: Said }> {
  const [calm] = await driven({ ...job, folder: folder.sub("calm"), tells: true });
  const place = folder.sub("died");
  equal((await start({ ...job, folder: place, killAt: calm.points!.length }).ended).signal, "SIGKILL");
  return { place, calm };
}

/** The files as they are, with `change` made to the log. */
function copyOf(folder: Folder, from: string, { name, log }: { readonly name: string; readonly log: Uint8Array }) {
  const to = folder.sub(name);
  Deno.copyFileSync(join(from, "loop.db"), join(to, "loop.db"));
  Deno.writeFileSync(join(to, "loop.db-wal"), log);
  return to;
}

/** What a disk may have of the log: a part of it, that part and noise, or all with a hole. */
function remains(log: Uint8Array, index: number, random: () => number): Uint8Array {
  const inFrame = Math.trunc(random() * log.length);
  const atFrame = LOG_HEADER + Math.trunc((inFrame - LOG_HEADER) / (FRAME_HEADER + PAGE)) * (FRAME_HEADER + PAGE);
  const cut = index % 4 === 0 ? Math.max(LOG_HEADER, atFrame) : inFrame;
  if (index % 4 < 2) return log.slice(0, cut);
  const noise = (size: number) => Uint8Array.from({ length: size }, () => random() * 256);
  if (index % 4 === 2) return joined(log.slice(0, cut), noise(Math.trunc(random() * 3 * PAGE)));
  const hole = Math.min(log.length - cut, Math.trunc(random() * PAGE));
  return joined(log.slice(0, cut), noise(hole), log.slice(cut + hole));
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function integrity(folder: string): unknown {
  const database = new DatabaseSync(join(folder, "loop.db"));
  try {
    return database.prepare("PRAGMA integrity_check").get()!.integrity_check;
  } finally {
    database.close();
  }
}

/** Of two histories the longer one begins with the shorter. Attempts in flight may have ended since. */
function isBeginningOf(left: Family, whole: Family): void {
  onlyGrew(left.map((it) => ({ ...it, attempts: it.attempts.filter(({ status }) => status !== "in_flight") })), whole);
}

Deno.test("a loop whose log was torn anywhere goes on from a moment that was", async () => {
  using folder = new Folder();
  const seed = Math.trunc(Math.random() * 2 ** 31);
  const random = seededRandom(seed);
  const job: Job = { shape: "nested", folder: folder.path, id: "run", length: 5, durability: "full" };
  const { place, calm } = await died(folder, job);
  const log = Deno.readFileSync(join(place, "loop.db-wal"));
  ok(log.length > 100 * PAGE, `a log of ${log.length} bytes`);
  const whole = await read({ folder: copyOf(folder, place, { name: "whole", log }) }, "run");
  const torn: Job[] = [];
  const lengths = new Set<number>();
  try {
    for (let index = 0; index < CUTS; index++) {
      const left = copyOf(folder, place, { name: `${index}`, log: remains(log, index, random) });
      const family = await read({ folder: left }, "run");
      equal(integrity(left), "ok");
      isConsistent(family);
      isBeginningOf(family, whole);
      lengths.add(family.reduce((sum, { events }) => sum + events.length, 0));
      torn.push({ ...job, folder: left });
    }
    for (const said of await driven(...torn)) {
      deepEqual([said.status, said.state, said.error], ["completed", calm.state, undefined]);
    }
  } catch (cause) {
    throw new Error(`With seed ${seed}: ${(cause as Error).message}`, { cause });
  }
  ok(lengths.size > 5, `${lengths.size} different beginnings`);
});
