import type { LoopAttempt, LoopMemo, LoopRow, LoopStore, StateTools } from "../../ports/loop_store.ts";
import { RunNotFound } from "../base/errors.ts";
import { type OtlpTraces, tracesOf } from "./otlp.ts";
import { spansOf, type StoredRun } from "./spans.ts";

/**
 * A stored run, and those inside it, as a request to a collector.
 *
 * @throws {RunNotFound} If the store has no such run.
 */
export async function readTraces(
  { store, tools }: { readonly store: LoopStore; readonly tools: Pick<StateTools, "sha256"> },
  runId: string,
): Promise<OtlpTraces> {
  const run = await store.getRun(runId);
  if (run === undefined) throw new RunNotFound(`There is no run ${runId} in ${store.place}`, { runId });
  const root = await rootOf(store, run);
  return tracesOf(spansOf(await storedRun(store, run), { tools, root }));
}

async function rootOf(store: LoopStore, run: LoopRow): Promise<string> {
  let it = run;
  while (it.parent !== undefined) {
    const above = await store.getRun(it.parent.run);
    if (above === undefined) return it.parent.run;
    it = above;
  }
  return it.id;
}

async function storedRun(store: LoopStore, run: LoopRow): Promise<StoredRun> {
  const { id } = run;
  const attempts = await store.attempts(id);
  const children: StoredRun[] = [];
  for (const child of await store.listRuns({ parent: id })) children.push(await storedRun(store, child));
  return {
    run,
    steps: await store.steps(id),
    attempts,
    events: await store.events(id),
    memos: await memosOf(store, id, attempts),
    children: children.reverse(),
  };
}

async function memosOf(store: LoopStore, run: string, attempts: readonly LoopAttempt[]): Promise<readonly LoopMemo[]> {
  const memos: LoopMemo[] = [];
  for (const step of new Set(attempts.map((it) => it.step))) memos.push(...await store.memos(run, step));
  return memos;
}
