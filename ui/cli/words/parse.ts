/**
 * From words to a command.
 *
 * @module
 */

import type { Command } from "./command.ts";
import { scan } from "./commands.ts";
import { readWords } from "./read_words.ts";

/** Reads a command line, without the program's name. */
export async function parseArgv(argv: readonly string[]): Promise<Command> {
  const read = readWords(argv);
  return read.verb === "parse" ? await scan(read.of, read.words) : read;
}
