/**
 * States that earlier versions of a loop wrote: they stay as they are, and are brought into the shape of today when they are
 * read.
 *
 * @module
 */

import type { LoopRow } from "../../ports/loop_store.ts";
import { type Flow, wait } from "../base/flow.ts";
import type { Definition } from "../definition/definition.ts";

/** Who wrote the steps before `before`, as far as that was not an earlier one; absent version: it had none. */
export interface Written {
  readonly before: number;
  readonly version?: string;
}

/** Who wrote what of a run: its row, and what it remembers of earlier versions. */
export interface Authors {
  readonly row: Pick<LoopRow, "version">;
  readonly written: readonly Written[];
}

/** The version that wrote the state of a step, or the input. */
export function authorOf({ row, written }: Authors, step: number | undefined): string | undefined {
  const earlier = written.find(({ before }) => (step ?? -1) < before);
  return earlier === undefined ? row.version : earlier.version;
}

/** A stored text as its author's version has it, in the shape of today; not checked. */
export function migrated<S>({ spec }: Definition<S>, version: string | undefined, text: string): string {
  const migrate = version === spec.version ? undefined : spec.migrate?.[version ?? ""];
  return migrate === undefined ? text : JSON.stringify(migrate(JSON.parse(text)));
}

/** {@linkcode migrated} as this loop would have written it, checked by its schema. */
export function* renewed<S>(definition: Definition<S>, version: string | undefined, text: string): Flow<string> {
  const { codec } = definition;
  const state = yield* wait(codec.decode(migrated(definition, version, text)));
  return (yield* wait(codec.encode(state))).text;
}
