/**
 * The `version` of a pipeline file, and what texts mean under it.
 *
 * @module
 */

import type { Problem, YamlPath } from "../../errors.ts";
import { canonicalOfOlder, canonicalText, type Miswritten } from "../interpolation.ts";
import { mapTexts, mapValue, REFERENCE_ROLES, type TextChange } from "../map_texts.ts";
import type { Pipeline } from "../pipeline.ts";
import type { Section, ValueMap } from "./section.ts";
import type { Value } from "../../yaml/value.ts";

/** Version 1 or 2. They differ in what `${name}` and `$$` mean. */
export function parseVersion(top: Section): 1 | 2 {
  const version = top.get("version") ?? 1;
  if (version === 1 || version === 2) return version;
  top.mismatch("version", "1 or 2", { code: "invalid-version", hint: "leave it out for version 1" });
  return 1;
}

/** A pipeline of version 2 with its texts in the form of {@linkcode canonicalText}; what is miswritten is an error. */
export function readInterpolation(pipeline: Pipeline, top: Section): Pipeline {
  if (pipeline.version === 1) return pipeline;
  return mapTexts(pipeline, (text, { role, at }) => {
    const made = canonicalText(text, { isReference: REFERENCE_ROLES.has(role) });
    if ("ok" in made) return made.ok;
    top.problems.push({ level: "error", ...miswritten(made), path: existing(top.values, at) });
    return "";
  });
}

/** The same for a value that comes from a command line, in a pipeline whose texts are in that form. */
export function readOverride(
  value: Value,
  { version, owner, onProblem }: {
    readonly version: 1 | 2;
    /** Such as `parameter 'lr'`. */
    readonly owner: string;
    readonly onProblem: (problem: Problem) => void;
  },
): Value {
  const change: TextChange = (text) => {
    if (version === 1) return canonicalOfOlder(text, { isReference: false, expands: true });
    const made = canonicalText(text, { isReference: false });
    if ("ok" in made) return made.ok;
    onProblem({ level: "error", ...miswritten(made, owner) });
    return "";
  };
  return mapValue(value, change, { role: "parameter", at: [], bound: new Set() });
}

const WORDS: Readonly<Record<Miswritten["fault"], readonly [what: string, hint: string]>> = {
  unclosed: ["has no '}'", "close it, or write '$$' for a dollar"],
  nested: ["has braces in braces", "put one name between them, such as ${name}"],
  empty: ["has no name in it", "name a parameter or a data entry, or write '$$' for a dollar"],
};

function miswritten(
  { fault, seen }: Miswritten,
  owner = "this text",
): Pick<Problem, "code" | "message" | "hint"> {
  const [what, hint] = WORDS[fault];
  return { code: "invalid-interpolation", message: `The '${seen}' in ${owner} ${what}`, hint };
}

/** As much of a path as the file has: older files call a task `script`, and an entry may be a text alone. */
function existing(root: ValueMap, path: YamlPath): YamlPath {
  const found: (string | number)[] = [];
  let value: Value | undefined = root;
  for (const key of path) {
    const known: string | number = value instanceof Map && key === "task" && !value.get(key) ? "script" : key;
    value = Array.isArray(value) ? value[Number(known)] : value instanceof Map ? value.get(known) : undefined;
    if (value === undefined) break;
    found.push(known);
  }
  return found;
}
