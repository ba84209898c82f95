/**
 * `loom cancel ID`: calls a run off.
 *
 * @module
 */

import { cancelRun, done } from "../../../../core/loop/outside/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import type { LoopCommand } from "../../words/command.ts";
import { findLoop } from "./find.ts";
import { ownerOf } from "./owner.ts";
import { placeOf, writing } from "../../base/place.ts";

/** Tells its driver, or ends it here if it has none. */
export async function cancelVerb({ words: [id], flags }: LoopCommand<"cancel">, host: Host): Promise<number> {
  const place = await placeOf(flags, host);
  const run = await findLoop(id, place, host);
  const owner = ownerOf(place.context, run.id);
  const outcome = await writing(place, host, (store) => done(cancelRun(store, run.id, owner)));
  const text = outcome === "asked"
    ? `Run ${run.id} was asked to stop; loom show ${run.id} --follow tells when it has`
    : `Run ${run.id} is cancelled`;
  host.terminal.write(`${flags.json ? JSON.stringify({ run: run.id, outcome }) : text}\n`);
  return EXIT.done;
}
