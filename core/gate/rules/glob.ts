/**
 * Patterns of rules: `*`, `?`, and in paths `**`.
 *
 * A name that starts with a dot is a name like any other here. Time is linear in the text for each `*`, whatever the
 * pattern: a project's file of rules may be hostile.
 *
 * @module
 */

import { pathStyle } from "../../paths.ts";

/** Whether a whole text fits a pattern in which `*` is any run of characters and `?` any one. */
export function matchesGlob(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === text;
  return fits([...pattern], [...text], (item) => item === "*", (item, char) => item === "?" || item === char);
}

/**
 * Whether an absolute path fits a pattern. `*` and `?` stay within one name, `**` is any number of names, none included:
 * `/a/**` is `/a` and all below it.
 */
export function matchesPath(pattern: string, path: string): boolean {
  return fits(namesOf(pattern), namesOf(path), (item) => item === "**", matchesGlob);
}

/** Upper and lower case are the same on Windows. */
function namesOf(path: string): readonly string[] {
  const text = pathStyle(path) === "posix" ? path : path.replaceAll("\\", "/").toLowerCase();
  return text.split("/").filter((name) => name !== "" && name !== ".");
}

/** Greedy with one point to go back to, the last run: what an earlier one took never needs to change. */
function fits<T>(
  items: readonly T[],
  units: readonly T[],
  isRun: (item: T) => boolean,
  fit: (item: T, unit: T) => boolean,
): boolean {
  let [item, unit, lastRun, resumeAt] = [0, 0, -1, 0];
  while (unit < units.length) {
    if (item < items.length && isRun(items[item])) [lastRun, resumeAt, item] = [item, unit, item + 1];
    else if (item < items.length && fit(items[item], units[unit])) [item, unit] = [item + 1, unit + 1];
    else if (lastRun < 0) return false;
    else [item, unit] = [lastRun + 1, ++resumeAt];
  }
  while (item < items.length && isRun(items[item])) item++;
  return item === items.length;
}
