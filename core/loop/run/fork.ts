/**
 * A new run that goes on from a step of another one.
 *
 * @module
 */

import type { LoopRow, LoopStore, StepRow } from "../../ports/loop_store.ts";
import { type Amount, NOTHING, plus } from "../budget/ledger.ts";
import { Faults } from "../base/faults.ts";
import { toLimits } from "../definition/limits.ts";
import { LoopConfigError, RunNotFound } from "../base/errors.ts";
import { type Flow, wait } from "../base/flow.ts";
import { canonicalJson } from "../state/canonical.ts";
import { mergePatch } from "../state/merge_patch.ts";
import type { ForkOptions, LoopResult } from "../types/mod.ts";
import { checkSpec } from "./spec_change.ts";
import type { Engine } from "./engine.ts";
import { create, newRow, ownId } from "./start.ts";
import { StateBook } from "../drive/state_book.ts";
import { storedMemory } from "../drive/memory.ts";
import { authorOf, migrated } from "../drive/versions.ts";

/** Forks a run; the source is only read, and may be running. */
export function* forkRun<S>(engine: Engine<S>, id: string, options: ForkOptions<S>): Flow<LoopResult<S>> {
  const { definition, host, store } = engine;
  const forked = yield* wait(store.getRun(id));
  if (forked === undefined) throw new RunNotFound(`There is no run ${id} in ${store.place}`, { runId: id });
  checkSpec(engine, forked, options);
  const source = yield* ownerOf(store, forked, options.at);
  const rows = yield* wait(store.steps(source.id, { from: options.at, to: options.at }));
  const from = stepAt(rows, source, options.at);
  const states = new StateBook(store, host.tools);
  const author = authorOf({ row: source, ...storedMemory(source.memory, definition, []) }, options.at);
  const text = yield* patched(engine, migrated(definition, author, yield* states.text(from.stateRef)), options);
  const { ref, blob } = states.add(text);
  const faults = new Faults();
  const limits = options.budget === undefined ? definition.limits : toLimits(options.budget, faults);
  faults.throwIfAny(`Run ${id} cannot be forked`);
  const inherited = yield* spentBefore(store, source, options.at);
  const row: LoopRow = {
    ...newRow(engine, ownId(host, options)),
    name: options.name ?? source.name,
    inputRef: ref,
    nextStep: options.at + 1,
    limits,
    forkedFrom: { run: source.id, step: options.at },
    inheritedNano: inherited.nano,
    ...(options.inheritSpend && { spentNano: inherited.nano, spentTokens: inherited.tokens }),
  };
  const data = { from: source.id, step: options.at };
  const blobs = blob === undefined ? [] : [blob];
  return yield* create(engine, row, { states, blobs, inside: undefined, options, event: "forked", data });
}

/** The run that made a step: of a fork, what came before it belongs to the run that it came from. */
function* ownerOf(store: LoopStore, run: LoopRow, at: number): Flow<LoopRow> {
  let owner = run;
  while (owner.forkedFrom !== undefined && at <= owner.forkedFrom.step) {
    const before: LoopRow | undefined = yield* wait(store.getRun(owner.forkedFrom.run));
    if (before === undefined) break;
    owner = before;
  }
  return owner;
}

/** What it took to get to a step, along the whole chain of forks. */
function* spentBefore(store: LoopStore, { id, forkedFrom }: LoopRow, at: number): Flow<Amount> {
  const rows = yield* wait(store.steps(id, { to: at }));
  const own = rows.map(({ costNano, childNano, tokens }) => ({ nano: costNano + childNano, tokens })).reduce(
    plus,
    NOTHING,
  );
  const source = forkedFrom && (yield* wait(store.getRun(forkedFrom.run)));
  return source === undefined ? own : plus(own, yield* spentBefore(store, source, forkedFrom!.step));
}

function stepAt(rows: readonly StepRow[], { id }: LoopRow, at: number): StepRow & { readonly stateRef: string } {
  const there = rows.filter(({ step }) => step === at);
  const row = there.find(({ decision }) => decision !== "dropped") ?? there[0];
  if (row?.stateRef !== undefined) return { ...row, stateRef: row.stateRef };
  const why = row === undefined ? "has no such step" : row.status === "error" ? "failed there" : "has pruned its state";
  throw new LoopConfigError(`Run ${id} cannot be forked at step ${at}: it ${why}`, { runId: id, step: at });
}

/** A function changes the state as the step knows it; a merge patch its stored form. */
function* patched<S>({ definition }: Engine<S>, text: string, { patch }: ForkOptions<S>): Flow<string> {
  const { codec } = definition;
  if (typeof patch === "function") {
    const state = (patch as (state: S) => S)(yield* wait(codec.decode(text)));
    return (yield* wait(codec.encode(state))).text;
  }
  const changed = patch === undefined ? text : canonicalJson(mergePatch(JSON.parse(text), patch));
  // What does not fit the schema must not become the state of the next step.
  return (yield* wait(codec.encode(yield* wait(codec.decode(changed))))).text;
}
