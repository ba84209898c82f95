/** Signs that turn the direction of what follows, and are not seen themselves. */
// deno-lint-ignore no-control-regex
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/g;

/**
 * A name or path as it is shown: a sign that would make it look like another one, such as one that turns the direction
 * of writing, stands there as `⟨U+202E⟩`.
 */
export function shownText(text: string): string {
  return text.replace(UNSEEN, (sign) => `⟨U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}⟩`);
}
