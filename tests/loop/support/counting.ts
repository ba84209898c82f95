/**
 * A loop that counts, for tests in which the state matters little.
 *
 * @module
 */

import { z } from "zod";
import type { Loop, LoopResult, LoopSpec } from "../../../core/loop/mod.ts";
import type { LoopEventRow, LoopRow, StepRow } from "../../../core/ports/loop_store.ts";
import type { World } from "./world.ts";

/** What the loop knows. */
export interface Count {
  readonly n: number;
}

/** Counts up by one in each step, five times, unless told otherwise. */
export function counting(world: World, spec: Partial<LoopSpec<Count>> = {}): Loop<Count> {
  const isBounded = spec.convergeOn !== undefined || spec.budget !== undefined || spec.unbounded;
  return world.loop<Count>({
    name: "count",
    state: z.object({ n: z.number() }),
    ...(!isBounded && { budget: { iterations: 5 } }),
    step: ({ n }) => ({ n: n + 1 }),
    ...spec,
  });
}

/** The row of a run. */
export async function rowOf(world: World, run: string | LoopResult<unknown>): Promise<LoopRow> {
  const id = idOf(run);
  const row = await world.store.getRun(id);
  if (row === undefined) throw new Error(`There is no run ${id}`);
  return row;
}

/** Recorded steps of a run. */
export async function stepsOf(world: World, run: string | LoopResult<unknown>): Promise<readonly StepRow[]> {
  return await world.store.steps(idOf(run));
}

/** Stored events of a run. */
export async function eventsOf(world: World, run: string | LoopResult<unknown>): Promise<readonly LoopEventRow[]> {
  return await world.store.events(idOf(run));
}

/** Types of the stored events of a run. */
export async function typesOf(world: World, run: string | LoopResult<unknown>): Promise<readonly string[]> {
  return (await eventsOf(world, run)).map(({ type }) => type);
}

function idOf(run: string | LoopResult<unknown>): string {
  return typeof run === "string" ? run : run.runId;
}

/** Gives the scores one after the other, and `null` when there are no more. */
export function scores(...list: readonly (number | null)[]): () => number | null {
  let next = 0;
  return () => list[next++] ?? null;
}
