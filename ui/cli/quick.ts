/**
 * Questions about loom itself, answered without loading what runs pipelines.
 *
 * @module
 */

import config from "../../deno.json" with { type: "json" };
import { EXIT, exitCodeAfterFlush } from "./base/exit_code.ts";
import { helpVerb, usageVerb } from "./words/help.ts";
import { HostTerminal, type Terminal } from "./base/terminal.ts";
import { type QuickCommand, readWords } from "./words/read_words.ts";

/** Answers, if that is all the words ask for; else `undefined`. */
export function runMain(argv: readonly string[]): Promise<number | undefined> {
  const terminal = new HostTerminal();
  const command = readWords(argv);
  if (command.verb === "parse" || command.verb === "complete") return Promise.resolve(undefined);
  return Promise.resolve(exitCodeAfterFlush(terminal, answer(command, terminal)));
}

/** Answers on any terminal. */
export function answer(command: Exclude<QuickCommand, { verb: "complete" }>, terminal: Terminal): number {
  if (command.verb === "help") return helpVerb(command, terminal);
  if (command.verb === "usage") return usageVerb(command, terminal);
  terminal.write(`${config.version}\n`);
  return EXIT.done;
}
