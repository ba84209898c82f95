/**
 * Words of commands as a POSIX shell reads them.
 *
 * @module
 */

import { quotePosix } from "../display.ts";
import type { ScriptStep, Word } from "./step.ts";

/** A word for any POSIX shell. Control characters stand between the quotes as they are: not every shell knows `$'…'`. */
export function quote(word: string): string {
  const quoted = quotePosix(word);
  return quoted.startsWith("$") ? `'${word.replaceAll("'", `'\\''`)}'` : quoted;
}

/** The command of a step. `root`: what stands in front of paths, when it is run in another folder. */
export function commandText({ words, env, cwd }: ScriptStep): string {
  const root = cwd === undefined ? "" : '"$root"/';
  const command = words.map((word) => wordText(word, root)).join(" ");
  const set = Array.from(env, ([name, value]) => `${name}=${value === undefined ? `"\${${name}:?}"` : quote(value)}`);
  const whole = set.length === 0 ? command : `env ${set.join(" ")} ${command}`;
  return cwd === undefined ? whole : `(root=$(pwd) && cd ${quote(cwd)} && ${whole})`;
}

function wordText(word: Word, root: string): string {
  switch (word.kind) {
    case "python":
      return '"$PYTHON"';
    case "item":
      return `${root}"$item"`;
    case "result":
      return `${root}"$result"`;
    case "text":
      return quote(word.text);
    case "path":
      return word.path.startsWith("/") ? quote(word.path) : `${root}${quote(word.path)}`;
  }
}

/** All that a step does, line by line: folders, command, the time of folders it has written. */
export function stepLines(step: ScriptStep, folders: readonly string[]): readonly string[] {
  const { loop, isTolerated, name } = step;
  const made = [...new Set([...folders, ...(loop === undefined ? [] : [loop.into])])];
  const told = isTolerated ? ` || echo ${quote(`${name} failed; going on`)} >&2` : "";
  return [
    ...(made.length === 0 ? [] : [`mkdir -p ${made.map(quote).join(" ")}`]),
    ...(loop === undefined ? [`${commandText(step)}${told}`] : loopLines(step, loop, told)),
  ];
}

function loopLines(step: ScriptStep, { over, into, filter }: NonNullable<ScriptStep["loop"]>, told: string): string[] {
  return [
    `for item in ${quote(over)}/${filter}; do`,
    '  [ -e "$item" ] || continue',
    ...(step.loop!.filter === "*" ? ['  [ -f "$item" ] || continue'] : []),
    `  result=${quote(into)}/"\${item##*/}"`,
    `  ${commandText(step)}${told === "" ? " || exit 1" : told}`,
    "done",
  ];
}
