/**
 * All tests as two parts that run side by side, as one processor is idle most of the time while a test waits for a program.
 *
 * @module
 */

import settings from "../deno.json" with { type: "json" };
import { root } from "./_run.ts";

/** What takes as long as all the rest: whole commands, and the page in a browser. */
const FACES: readonly string[] = ["tests/cli", "tests/ui"];

/** Words for `deno test`; together all tests, each once. A word that leaves out takes the place of the settings' own. */
export const LANES: readonly (readonly string[])[] = [
  FACES,
  [`--ignore=${[...FACES, ...settings.exclude].join(",")}`],
];

/** With which the runner begins to tell of the next file; colours may stand before it. */
const NEXT_FILE = /\n(?=\S*running \d+ tests? from )/g;

/** Run a command beside others and say how it ended. What it writes comes file by file, never within another's. */
export async function showByFile([program, ...args]: readonly string[]): Promise<number> {
  const child = new Deno.Command(program, { args: [...args], cwd: root, stdin: "null", stdout: "piped" }).spawn();
  for await (const text of byFile(child.stdout.pipeThrough(new TextDecoderStream()))) console.log(text);
  return (await child.status).code;
}

/** The same text in pieces that end where the runner has told all of a file, without the line's end. */
export async function* byFile(output: AsyncIterable<string>): AsyncGenerator<string> {
  let held = "";
  for await (const piece of output) {
    held += piece;
    const end = [...held.matchAll(NEXT_FILE)].at(-1)?.index;
    if (end === undefined) continue;
    yield held.slice(0, end);
    held = held.slice(end + 1);
  }
  if (held !== "") yield held.replace(/\n$/, "");
}
