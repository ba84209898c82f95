/**
 * `loom answer ID KEY=JSON`: what a paused run waits for.
 *
 * @module
 */

import { answerWithin, done } from "../../../../core/loop/outside/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import type { LoopCommand } from "../../words/command.ts";
import { findLoop } from "./find.ts";
import { type KeyedAnswer, keyedAnswer } from "./json_value.ts";
import { type Place, placeOf, writing } from "../../base/place.ts";

/** Stores the answer, if it fits. */
export async function answerVerb({ words: [id, word], flags }: LoopCommand<"answer">, host: Host): Promise<number> {
  const answer = keyedAnswer(word);
  const place = await placeOf(flags, host);
  const run = await findLoop(id, place, host);
  const asked = await storeAnswer(run.id, answer, { place, host });
  const document = { run: run.id, asked_by: asked, key: answer.key, value: answer.value };
  const text = `Answered '${answer.key}' of run ${asked}; go on with: loom resume ${run.id} --module FILE`;
  host.terminal.write(`${flags.json ? JSON.stringify(document) : text}\n`);
  return EXIT.done;
}

/** Stores an answer to a run or to one inside it; gives the id of the one that asked. */
export async function storeAnswer(
  run: string,
  { key, value }: KeyedAnswer,
  { place, host }: { readonly place: Place; readonly host: Host },
): Promise<string> {
  const now = place.context.clock.now();
  return await writing(place, host, (store) => done(answerWithin(store, { run, key, value, now })));
}
