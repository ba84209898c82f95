/**
 * Texts as they are shown: a mark that would turn the reading direction of what stands around it is a sign of its own.
 *
 * @module
 */

/** Marks that turn the direction of a text, or end that. */
const TURNING = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** The text with a sign for each mark that cannot be seen and would change the order in which letters are read. */
export function visible(text: string): string {
  return text.replace(TURNING, (mark) => `[U+${mark.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}]`);
}
