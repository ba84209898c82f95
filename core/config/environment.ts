/**
 * The environment, filled up by `.env`.
 *
 * @module
 */

import type { Problem } from "../errors.ts";
import { joinPath } from "../paths.ts";
import { parseEnvFile } from "./env_file.ts";
import { readSmall } from "./small_file.ts";
import type { ConfigOutside, Environment, Origin, Place } from "./types.ts";

/** The environment, and what was noticed on the way. */
export interface ReadEnvironment {
  readonly environment: Environment;
  readonly place: Place;
  readonly problems: readonly Problem[];
}

/** Variables that say how programs are found and loaded. A file that came with a project has no say in that. */
const LOADERS =
  /^(PATH|HOME|SHELL|IFS|ENV|BASH_ENV|NODE_OPTIONS|LOOM_HOME|XDG_.*|LD_.*|DYLD_.*|DENO_.*|PYTHON.*|GIT_.*)$/i;

/** Reads `.env` in the working directory. It fills only variables that are not set; empty ones are not. */
export function readEnvironment(outside: Pick<ConfigOutside, "env" | "cwd" | "files">): ReadEnvironment {
  const file = joinPath(outside.cwd, ".env");
  const found = new Map<string, { value: string; origin: Origin }>();
  for (const [name, value] of Object.entries(outside.env)) {
    if (value !== "") found.set(name, { value, origin: { kind: "environment", name } });
  }
  const { text, problem } = readSmall(file, outside.files);
  const problems = problem === undefined ? [] : [problem];
  if (text !== undefined) problems.push(...fill(found, text, file));
  const environment: Environment = { get: (name) => found.get(name), names: () => [...found.keys()] };
  return { environment, place: { role: "env-file", file, present: text !== undefined }, problems };
}

function fill(found: Map<string, { value: string; origin: Origin }>, text: string, file: string): Problem[] {
  const { entries, faults } = parseEnvFile(text);
  const problems = faults.map((fault): Problem => ({ level: "warning", code: "env-file-syntax", file, ...fault }));
  const real = new Set(found.keys());
  for (const { name, value, line } of entries) {
    if (real.has(name)) continue;
    if (LOADERS.test(name)) problems.push(refused(name, file, line));
    else if (value === "") found.delete(name);
    else found.set(name, { value, origin: { kind: "env-file", name, file, line } });
  }
  return problems;
}

function refused(name: string, file: string, line: number): Problem {
  const message = `${name} is not taken from a .env file: it decides which programs are run`;
  return { level: "warning", code: "env-file-refused", message, hint: "set it in your shell", file, line };
}
