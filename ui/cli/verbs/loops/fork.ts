/**
 * `loom fork ID --at N`: a new run that goes on from a step of another one.
 *
 * @module
 */

import { usage } from "../../../../core/errors.ts";
import { done, forkStored } from "../../../../core/loop/outside/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import type { LoopCommand } from "../../words/command.ts";
import { drive } from "./drive.ts";
import { findLoop } from "./find.ts";
import { jsonValue } from "./json_value.ts";
import { ownerOf } from "./owner.ts";
import { placeOf, writing } from "../../base/place.ts";

/** Length of an id, in hexadecimal digits. */
const ID_DIGITS = 12;

/** With the module the new run is run; without it is made ready to be resumed. */
export async function forkVerb({ words: [source], flags }: LoopCommand<"fork">, host: Host): Promise<number> {
  const { at, name, module, json } = flags;
  if (at === undefined) throw usage("Option --at is missing", "--at N names the step to go on from");
  const patch = flags.patch === undefined ? undefined : jsonValue(flags.patch, "patch");
  const place = await placeOf(flags, host);
  const run = await findLoop(source, place, host);
  const id = place.context.random.hex(ID_DIGITS);
  if (module !== undefined) {
    const options = { at, patch, name, runId: id, onSpecChange: flags.acceptChange ? "accept" : undefined };
    return await drive({ module, action: "fork", run, options, shown: id, flags }, { place, host });
  }
  const means = { owner: ownerOf(place.context, id), now: place.context.clock.now(), tools: await host.stateTools() };
  await writing(place, host, (store) => done(forkStored(run.id, { id, at, patch, name }, { ...means, store })));
  const text = `Forked run ${run.id} at step ${at} as ${id}; run it with: loom resume ${id} --module FILE`;
  host.terminal.write(`${json ? JSON.stringify({ run: id, from: run.id, at }) : text}\n`);
  return EXIT.done;
}
