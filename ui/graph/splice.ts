/**
 * Changes of a text as data: what was taken out where, and what was put in.
 *
 * @module
 */

/** One change. `at` counts UTF-16 units from 0. */
export interface Splice {
  readonly at: number;
  readonly removed: string;
  readonly inserted: string;
}

/** The shortest change that makes `after` of `before`; `undefined` if they are the same. */
export function spliceBetween(before: string, after: string): Splice | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let end = 0;
  while (
    end < most - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  ) end++;
  return {
    at: start,
    removed: before.slice(start, before.length - end),
    inserted: after.slice(start, after.length - end),
  };
}

/**
 * The text with the change in it.
 *
 * @throws {RangeError} If what is to be taken out is not there.
 */
export function applySplice(text: string, { at, removed, inserted }: Splice): string {
  if (text.slice(at, at + removed.length) !== removed) throw new RangeError("The text is not the one that was changed");
  return text.slice(0, at) + inserted + text.slice(at + removed.length);
}

/** The change that takes a change back. */
export function inverseSplice({ at, removed, inserted }: Splice): Splice {
  return { at, removed: inserted, inserted: removed };
}
