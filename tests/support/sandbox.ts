/**
 * What the tests of faults look at: files in a folder, processes by a mark in their environment, the history.
 *
 * @module
 */

import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Every file below a folder as relative path to text, sorted; empty when there is no such folder. */
export function snapshot(folder: string, prefix = ""): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of entries(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) Object.assign(found, snapshot(path, `${prefix}${entry.name}/`));
    else found[prefix + entry.name] = Deno.readTextFileSync(path);
  }
  return found;
}

function entries(folder: string): readonly Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)].sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** Command lines of the living processes that have `mark` in their environment. Linux only. */
export function processesWith(mark: string): readonly string[] {
  return [...Deno.readDirSync("/proc")].filter(({ name }) => /^\d+$/.test(name)).flatMap(({ name }) => {
    const environment = readOr(`/proc/${name}/environ`);
    const state = /\) (\w)/.exec(readOr(`/proc/${name}/stat`))?.[1];
    if (!environment.includes(mark) || state === "Z" || state === undefined) return [];
    return [`${name} ${readOr(`/proc/${name}/cmdline`).replaceAll("\0", " ")}`];
  });
}

function readOr(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    // It has ended meanwhile, or is somebody else's and none that a test started.
    const isGone = error instanceof Deno.errors.NotFound || /\(os error 3\)/.test((error as Error).message);
    if (isGone || error instanceof Deno.errors.PermissionDenied) return "";
    throw error;
  }
}

/** Waits until no process has the mark, at most so long; those that are left. */
export async function survivors(mark: string, withinMs: number): Promise<readonly string[]> {
  for (const end = Date.now() + withinMs;; await new Promise((resolve) => setTimeout(resolve, 20))) {
    const alive = processesWith(mark);
    if (alive.length === 0 || Date.now() > end) return alive;
  }
}

/** What the history of a project says. */
export interface History {
  readonly integrity: string;
  /** Oldest first. */
  readonly runs: readonly { readonly id: string; readonly status: string }[];
  /** `step` or `step/part` of everything that is remembered as done. */
  readonly done: ReadonlySet<string>;
  /** Runs whose events are not numbered from 1 without gaps, or are no JSON. */
  readonly broken: readonly string[];
}

/** Reads the history of the project in `folder`; `undefined` if there is none yet. */
export function historyOf(folder: string): History | undefined {
  const path = join(folder, ".loom", "loom.db");
  if (entries(join(folder, ".loom")).every((entry) => entry.name !== "loom.db")) return undefined;
  const database = new DatabaseSync(path);
  try {
    const version = Number(database.prepare("PRAGMA user_version").get()!.user_version);
    const integrity = String(database.prepare("PRAGMA integrity_check").get()!.integrity_check);
    if (version === 0) return { integrity, runs: [], done: new Set(), broken: [] };
    const runs = database.prepare("SELECT id, status FROM runs ORDER BY created_at")
      .all() as { id: string; status: string }[];
    const memos = database.prepare("SELECT step, part FROM memos WHERE state = 'done'").all() as {
      step: string;
      part: string;
    }[];
    const done = new Set(memos.map(({ step, part }) => part === "" ? step : `${step}/${part}`));
    return { integrity, runs, done, broken: runs.map(({ id }) => id).filter((id) => !isWhole(database, id)) };
  } finally {
    database.close();
  }
}

// Output and progress are numbered too but not kept, so numbers only have to rise.
function isWhole(database: DatabaseSync, run: string): boolean {
  const rows = database.prepare("SELECT seq, body FROM events WHERE run = ? ORDER BY seq").all(run) as {
    seq: number;
    body: string;
  }[];
  return rows.every(({ seq, body }) => JSON.parse(body).seq === seq);
}

/** Numbers in `[0, 1)` that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
