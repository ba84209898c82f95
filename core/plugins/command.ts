/**
 * What a plugin that is a program is started with, checked.
 *
 * @module
 */

import { z } from "zod";
import { faultOf } from "./permissions.ts";
import { ownProgram } from "./program.ts";

const PROGRAM = "write the name of a program, its absolute path, or './' and a file of the plugin";

const word = z.string().min(1, "write no empty word").max(4_000)
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u, "leave out what cannot be seen");

/** What a program is started with. */
export const commandSchema = z.array(word, 'write a list of texts, such as ["python3", "plugin.py"]')
  .min(1, "name the program").max(100)
  .refine(([first = ""]) => ownProgram([first]) !== undefined || faultOf("programs", first) === undefined, {
    message: PROGRAM,
    path: [0],
  });

/** A command whose program is there, if it is to be among these files. */
export function commandIn(files: readonly string[] | undefined) {
  const isThere = (own: string | undefined) => own === undefined || files === undefined || files.includes(own);
  return commandSchema.refine((command) => isThere(ownProgram(command)), {
    message: "there is no such file in the plugin's folder",
    path: [0],
  });
}
