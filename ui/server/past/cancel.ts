/**
 * Ending what this server does not drive.
 *
 * @module
 */

import { cancelRun, done } from "../../../core/loop/outside/mod.ts";
import type { Parts } from "../parts/parts.ts";
import { refusal } from "../base/refusal.ts";
import { standingOf } from "../base/standing.ts";
import { readingRun } from "./kept.ts";

/** As long as `loom cancel` may hold a loop. */
const LEASE_MS = 30_000;

/**
 * Asks who drives a loop to stop, or ends it where nobody does.
 *
 * @throws {LoomError} Status 404 or 409 for runs of pipelines: only who drives one can end it.
 */
export async function cancelElsewhere(id: string, path: string | undefined, parts: Parts): Promise<void> {
  const { context, look } = parts;
  const project = await readingRun(id, { path, parts }, (found) => {
    if (found.kind === "loop") return found.project;
    const { elsewhere } = standingOf(found.run, { store: found.store, isOwn: false, context });
    if (elsewhere === undefined) throw refusal(404, "not-running", `Run ${id} is not going on`);
    const { pid, host } = elsewhere;
    throw refusal(
      409,
      "driven-elsewhere",
      `Run ${id} is driven by process ${pid} on ${host}`,
      "end it there, by Ctrl+C",
    );
  });
  const { self, isAlive, clock } = context;
  const store = (await look!.loops()).projectLoops(project);
  try {
    const holder = { ...self, run: id, since: clock.now() };
    await done(cancelRun(store, id, { holder, ttlMs: LEASE_MS, isAlive }));
  } finally {
    await store.close();
  }
}
