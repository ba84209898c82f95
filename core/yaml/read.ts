/**
 * Reading a pipeline file as PyYAML's safe loader reads it.
 *
 * @module
 */

import { pipelineInvalid, type Problem } from "../errors.ts";
import type { Value } from "./value_types.ts";
import { compose, type Composed } from "./compose.ts";
import { parse, type Parsed, places } from "./events.ts";
import { YamlFault } from "./fault.ts";

/** What a file says, and what was noticed on the way. */
export interface ReadYaml {
  /** Null for an empty file. Maps are `Map`s in file order; aliases share objects. */
  readonly value: Value;
  /** Keys that stand twice in one map, located; the last one wins. */
  readonly problems: Problem[];
}

/**
 * Reads one YAML 1.1 document with the types and the leniency of PyYAML's `safe_load`.
 *
 * @param text The file's text; a byte order mark is passed over.
 * @param file Its name, for problems.
 * @throws {LoomError} `pipeline-invalid`, with one located problem, if the text is no YAML, holds several documents, or
 * nests or repeats without end.
 */
export function readYaml(text: string, file: string): ReadYaml {
  let parsed: Parsed | undefined;
  try {
    parsed = parse(text);
    const composed = compose(parsed.text, parsed.events);
    return { value: composed.value, problems: duplicateProblems(parsed, composed, file) };
  } catch (fault) {
    if (!(fault instanceof YamlFault)) throw fault;
    const place = fault.place ?? (parsed && places(parsed)(fault.offset ?? 0));
    const problem: Problem = { level: "error", code: "yaml-syntax", message: fault.message, hint: fault.hint };
    throw pipelineInvalid(file, [{ ...problem, file, ...place }]);
  }
}

function duplicateProblems(parsed: Parsed, { duplicates }: Composed, file: string): Problem[] {
  if (duplicates.length === 0) return [];
  const placeOf = places(parsed);
  return duplicates.map(({ key, offset }): Problem => ({
    level: "warning",
    code: "duplicate-key",
    message: `The key ${key} stands twice in one map; the last one wins`,
    hint: "remove or rename one of the two",
    file,
    ...placeOf(offset),
  }));
}
