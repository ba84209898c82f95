/**
 * `loom import FILE`: takes over what the original has kept.
 *
 * @module
 */

import { joinPath } from "../../../../core/graph/mod.ts";
import { done, importOriginal, type ImportReport } from "../../../../core/loop/outside/mod.ts";
import { EXIT } from "../../base/exit_code.ts";
import type { Host } from "../../base/host.ts";
import type { LoopCommand } from "../../words/command.ts";
import { ownerOf } from "./owner.ts";
import { placeOf, writing } from "../../base/place.ts";

/** Takes the runs over, and says what has become of each. */
export async function importVerb({ words: [file], flags }: LoopCommand<"import">, host: Host): Promise<number> {
  const place = await placeOf(flags, host);
  const { readOriginal } = await host.originals();
  const originals = readOriginal(joinPath(place.context.cwd, file))[Symbol.iterator]();
  // Nothing is made before there is something to import.
  const first = originals.next();
  const tools = await host.stateTools();
  const owner = ownerOf(place.context, "import");
  const runs = first.done ? [] : withFirst(first.value, originals);
  const report = await writing(place, host, (store) => done(importOriginal(runs, { store, tools, owner })));
  host.terminal.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
  return EXIT.done;
}

function* withFirst<T>(first: T, rest: Iterator<T>): Generator<T> {
  yield first;
  for (let next = rest.next(); !next.done; next = rest.next()) yield next.value;
}

function reportText({ imported, present, steps, notes }: ImportReport): string {
  const lines = [
    `Imported ${imported.length} runs with ${steps} steps`,
    ...(present.length === 0 ? [] : [`${present.length} runs were here already and stay as they are`]),
    ...notes.map(({ run, path, text, why }) => `${run}: ${path}${text === "" ? "" : ` ${text}`}: ${why}`),
  ];
  return lines.map((line) => `${line}\n`).join("");
}
