/**
 * Names as they can be shown: nothing in them moves the cursor, hides, or turns the direction of writing.
 *
 * @module
 */

/** What is seen as what it is. All else, and each blank but the usual one, is written as an escape. */
const UNSEEN = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;

/** What needs no quotes to be told from the words around it. */
const PLAIN = /^[\p{L}\p{N}/_.:@%+=~*[\]-]+$/u;

/** Text in one line, whatever is in it. A backslash is doubled, so that an escape can be told from its spelling. */
export function shownText(text: string): string {
  return text.replaceAll("\\", "\\\\").replace(UNSEEN, escaped);
}

/** A path or a name: as it is if nothing about it is unusual, else in double quotes. {@linkcode JSON.parse} reads those. */
export function shownName(name: string): string {
  return PLAIN.test(name) ? name : `"${shownText(name).replaceAll('"', '\\"')}"`;
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
