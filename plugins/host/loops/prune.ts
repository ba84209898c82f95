/** Forgetting what is old. */

import type { PruneReport, Retention } from "../../../core/ports/loop_store.ts";
import { leaseName } from "./leases.ts";
import { ask, change, type Dialect, type Query, type Row, type Work } from "./work.ts";

/** As much of a run as decides whether it may go. */
interface Candidate {
  readonly id: string;
  readonly status: string;
  readonly updatedAt: number;
  readonly parent?: string;
  readonly forkedFrom?: string;
  readonly isHeld: boolean;
}

/** Forgets runs and states, then what nothing refers to any longer. */
export function* prune(retention: Retention, now: number, dialect: Dialect): Work<PruneReport> {
  if (Object.values(retention).every((member) => member === undefined)) return { runs: 0, states: 0, bytes: 0 };
  if (dialect.exclusive !== undefined) yield* change(dialect.exclusive);
  const candidates = yield* readCandidates(dialect);
  const going = departing(candidates, retention, now);
  yield [...going].flatMap(removal);
  const resting = candidates.filter((run) => !going.has(run.id) && !isHeldOrPaused(run) && !isRunning(run));
  const { keepStates = "all" } = retention;
  if (keepStates !== "all") yield resting.map(({ id }) => thinning(id, keepStates));
  return { runs: going.size, ...(yield* sweep()) };
}

function* readCandidates({ now }: Dialect): Work<readonly Candidate[]> {
  const rows = yield* ask(
    `SELECT loops.id, status, updated_at, parent_run, forked_run,
        CASE WHEN held = 1 AND expires_at > ${now} THEN 1 ELSE 0 END
      FROM loops LEFT JOIN leases ON leases.name = '${leaseName("")}' || loops.id
      ORDER BY created_at DESC, loops.id DESC`,
  );
  return rows.map(candidateOf);
}

function candidateOf([id, status, updatedAt, parent, forkedFrom, held]: Row): Candidate {
  return {
    id: String(id),
    status: String(status),
    updatedAt: Number(updatedAt),
    parent: parent === null ? undefined : String(parent),
    forkedFrom: forkedFrom === null ? undefined : String(forkedFrom),
    isHeld: held === 1,
  };
}

function isHeldOrPaused({ isHeld, status }: Candidate): boolean {
  return isHeld || status === "paused";
}

/** Held by nobody, it is a crash that somebody may mean to resume: it goes when it is old, not when it is one too many. */
function isRunning({ status }: Candidate): boolean {
  return status === "running";
}

/** Ids of the runs that go: whole families, a run with all those inside it, and none that a run which stays came from. */
function departing(candidates: readonly Candidate[], retention: Retention, now: number): ReadonlySet<string> {
  const { maxAgeMs = Infinity, maxRuns = Infinity } = retention;
  const families = familiesOf(candidates);
  const going = new Set<string>();
  for (const [rank, family] of families.entries()) {
    const isOld = family.every(({ updatedAt }) => now - updatedAt > maxAgeMs);
    const isTooMany = rank >= maxRuns && !family.some(isRunning);
    if ((isOld || isTooMany) && !family.some(isHeldOrPaused)) family.forEach(({ id }) => going.add(id));
  }
  while (spared(families, going)) continue;
  return going;
}

/** Runs with those inside them, in the order of the outermost. */
function familiesOf(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const byId = new Map(candidates.map((run) => [run.id, run]));
  const families = new Map<string, Candidate[]>();
  for (const run of candidates) {
    const root = rootOf(run, byId);
    if (root === run) families.set(run.id, families.get(run.id) ?? []);
  }
  for (const run of candidates) families.get(rootOf(run, byId).id)?.push(run);
  return [...families.values()];
}

function rootOf(run: Candidate, byId: ReadonlyMap<string, Candidate>): Candidate {
  let root = run;
  for (let up = byId.get(root.parent ?? ""); up !== undefined; up = byId.get(root.parent ?? "")) root = up;
  return root;
}

/** Takes out a family that a run which stays was forked from; whether there was one. */
function spared(families: readonly (readonly Candidate[])[], going: Set<string>): boolean {
  const sources = new Set<string>();
  for (const family of families) {
    for (const { id, forkedFrom } of family) if (!going.has(id) && forkedFrom !== undefined) sources.add(forkedFrom);
  }
  const family = families.find((family) => family.some(({ id }) => going.has(id) && sources.has(id)));
  family?.forEach(({ id }) => going.delete(id));
  return family !== undefined;
}

const owned = ["loop_specs", "loop_steps", "loop_attempts", "loop_memos", "loop_pauses", "events"];

/** The lease's row stays, released: should the id come again, a driver that slept through all of this finds its fence taken. */
function removal(run: string): readonly Query[] {
  const statements = [
    ...owned.map((table) => `DELETE FROM ${table} WHERE run = ?`),
    "DELETE FROM loops WHERE id = ?",
    "DELETE FROM runs WHERE id = ?",
  ];
  const deletions = statements.map((sql) => ({ sql, inputs: [run], reads: false }));
  return [...deletions, { sql: "UPDATE leases SET held = 0 WHERE name = ?", inputs: [leaseName(run)], reads: false }];
}

/** Lets go of states from which nothing can start: neither head, best nor newest, nor where another run was forked. */
function thinning(run: string, keep: "best+last" | { readonly every: number }): Query {
  const sql = `UPDATE loop_steps SET state_ref = NULL
    WHERE run = ? AND state_ref IS NOT NULL
      AND step <> (SELECT max(step) FROM loop_steps newest WHERE newest.run = ? AND newest.state_ref IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM loops WHERE loops.id = loop_steps.run AND (
        (head_step = step AND head_branch = branch) OR (best_step = step AND best_branch = branch)))
      AND NOT EXISTS (SELECT 1 FROM loops forks WHERE forks.forked_run = loop_steps.run AND forks.forked_step = step)`;
  if (keep === "best+last") return { sql, inputs: [run, run], reads: false };
  return { sql: `${sql} AND step % ? <> 0`, inputs: [run, run, keep.every], reads: false };
}

const kept = `WITH RECURSIVE kept (ref) AS (
    SELECT input_ref FROM loops
    UNION SELECT state_ref FROM loop_steps WHERE state_ref IS NOT NULL
    UNION SELECT base_ref FROM blobs JOIN kept ON blobs.ref = kept.ref WHERE base_ref IS NOT NULL)`;

/** Content that no run, step or kept delta needs. */
function* sweep(): Work<Omit<PruneReport, "runs">> {
  const unneeded = "FROM blobs WHERE ref NOT IN (SELECT ref FROM kept)";
  const [[states, bytes]] = yield* ask(`${kept} SELECT count(*), coalesce(sum(length(bytes)), 0) ${unneeded}`);
  yield* change(`${kept} DELETE ${unneeded}`);
  return { states: Number(states), bytes: Number(bytes) };
}
