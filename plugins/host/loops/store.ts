import type { LoopStore } from "../../../core/ports/loop_store.ts";
import { answer, requestCancel } from "./answers.ts";
import { commit, createRun, refuseUnleased } from "./commit.ts";
import { acquire, holder, release, renew } from "./leases.ts";
import { prune } from "./prune.ts";
import { attemptsOf, eventsOf, getRun, listRuns, listSummaries, stepsOf, where } from "./reading.ts";
import { blobs, breakers, memos, pauses, pools } from "./tables.ts";
import { ask, type Driver, type Work } from "./work.ts";

/** A store on a database. */
export function loopStore(driver: Driver): LoopStore {
  const { place, isSync, dialect } = driver;
  return {
    place,
    isSync,
    now: () => driver.read(() => clock(dialect.now)),
    createRun: (run, first, owner) => driver.transaction(() => createRun(run, { first, owner }, dialect, place)),
    getRun: (id) => driver.read(() => getRun(id)),
    listRuns: (query) => driver.read(() => listRuns(query)),
    listSummaries: (query) => driver.read(() => listSummaries(query)),
    acquire: (run, owner, how = {}) =>
      driver.transaction(() => acquire({ run, owner, steal: how.steal === true }, dialect, place)),
    holder: (run) => driver.read(() => holder(run, dialect)),
    renew: (lease, ttlMs) => driver.transaction(() => renew(lease, ttlMs, dialect)),
    release: (lease) => driver.transaction(() => release(lease)),
    commit: (batch) => {
      refuseUnleased(batch);
      return driver.transaction(() => commit(batch, dialect, place));
    },
    steps: (run, range) => driver.read(() => stepsOf(run, range)),
    attempts: (run, range) => driver.read(() => attemptsOf(run, range)),
    memos: (run, step) => driver.read(() => where(memos, { run, step }, "branch, key")),
    pauses: (run) => driver.read(() => where(pauses, { run }, "asked_at, key")),
    answer: (given) => driver.transaction(() => answer(given)),
    requestCancel: (run) => driver.transaction(() => requestCancel(run, place)),
    events: (run, afterSeq, limit) => driver.read(() => eventsOf(run, afterSeq, limit)),
    blob: (ref) => driver.read(() => first(where(blobs, { ref }))),
    breaker: (name) => driver.read(() => first(where(breakers, { name }))),
    pool: (pool, period) => driver.read(() => first(where(pools, { pool, period }))),
    prune: (retention, { dryRun, now }) => driver.transaction(() => prune(retention, now, dialect), { keep: !dryRun }),
    close: () => driver.close(),
  };
}

function* clock(expression: string): Work<number> {
  return Number((yield* ask(`SELECT ${expression}`))[0][0]);
}

function* first<T>(work: Work<readonly T[]>): Work<T | undefined> {
  return (yield* work)[0];
}
