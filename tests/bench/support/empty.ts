/**
 * Two programs that do nothing: the floor of every start.
 *
 * @module
 */

import { join } from "node:path";
import { denoPair } from "../../../_tools/denort.ts";
import { inRepository, must } from "../../../_tools/_run.ts";

const FOLDER = inRepository(".test-env/empty");

/** Commands of an empty program, run from source and compiled; made on first use. */
export async function emptyPrograms(): Promise<{ readonly source: readonly string[]; readonly binary: string }> {
  const [script, binary] = [join(FOLDER, "empty.js"), join(FOLDER, "empty")];
  await Deno.mkdir(FOLDER, { recursive: true });
  await Deno.writeTextFile(script, "");
  if (!await isThere(binary)) await compile(script, binary);
  return { source: [Deno.execPath(), "run", "-A", script], binary };
}

async function compile(script: string, binary: string): Promise<void> {
  const { deno, denort } = await denoPair();
  const flags = ["--quiet", "--no-check", "--no-config", "--no-lock", "--allow-all"];
  const env = { DENORT_BIN: denort, DENO_TLS_CA_STORE: "system" };
  await must([deno, "compile", ...flags, "--output", binary, script], { env });
}

async function isThere(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, (error) => {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  });
}
