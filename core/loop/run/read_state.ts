import type { LoopRow } from "../../ports/loop_store.ts";
import type { Definition } from "../definition/definition.ts";
import { type Flow, wait } from "../base/flow.ts";

/** A stored state in the shape of today: through `migrate` if another version wrote it, then through the schema. */
export function* readState<S>(
  { definition, row }: { readonly definition: Definition<S>; readonly row: Pick<LoopRow, "version"> },
  text: string,
): Flow<S> {
  return yield* wait(definition.codec.decode(migrated(definition, row.version, text)));
}

/** The text of a state that another version of the loop wrote, as this one would have written it. */
export function migrated<S>({ spec }: Definition<S>, version: string | undefined, text: string): string {
  const migrate = version === spec.version ? undefined : spec.migrate?.[version ?? ""];
  return migrate === undefined ? text : JSON.stringify(migrate(JSON.parse(text)));
}
