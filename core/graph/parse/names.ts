/**
 * Where steps stand and the names they take.
 *
 * @module
 */

import type { YamlPath } from "../../errors.ts";
import type { Section } from "./section.ts";

/** Where an entry stands: in the file, and in which list it is what number, from 0. */
export interface Position {
  readonly at: YamlPath;
  readonly index: number;
  readonly group?: string;
}

/** The position in words; people count from 1. */
function wordsOf({ index, group }: Position): string {
  return group === undefined ? `step ${index + 1}` : `step ${index + 1} of group '${group}'`;
}

/** {@linkcode wordsOf} as the start of a message. */
export function labelOf(position: Position): string {
  return `S${wordsOf(position).slice(1)}`;
}

/** The step's name; numbers become theirs. `undefined` after an error. */
export function nameOf(entry: Section, group: string | undefined): string | undefined {
  const own = group === undefined ? undefined : entry.text("group");
  if (own !== undefined && own !== group) {
    const message = `'group: ${own}' has no effect in group '${group}'`;
    entry.warn({ code: "no-effect", message, under: ["group"] });
  }
  const name = entry.text("name");
  if (name) return name;
  if (name === "" || entry.get("name") === undefined) {
    entry.error({ code: "missing-key", message: "name is missing", hint: "add 'name: NAME', unique in the pipeline" });
  }
  return undefined;
}

// deno-lint-ignore no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** Whether the name, which stands under `key`, can be told in one line and was free; else an error says what is wrong. */
export function takeName(
  taken: Map<string, Position>,
  entry: Section,
  { name, position, key = "name" }: { readonly name: string; readonly position: Position; readonly key?: string },
): boolean {
  if (CONTROL.test(name)) {
    const message = `the name ${JSON.stringify(name)} holds a control character`;
    entry.error({ code: "invalid-name", message, hint: "write it in one line, without tabs", under: [key] });
    return false;
  }
  const before = taken.get(name);
  if (before === undefined) {
    taken.set(name, position);
    return true;
  }
  const message = `the name is taken twice, by ${wordsOf(before)} and ${wordsOf(position)}`;
  entry.error({ code: "duplicate-step", message, hint: "rename one of them", under: [key] });
  return false;
}
