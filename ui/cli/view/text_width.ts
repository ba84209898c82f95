/**
 * How wide text is on a terminal, in cells.
 *
 * @module
 */

// deno-lint-ignore no-control-regex
const ESCAPES = /\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)|\x1b[@-Z\\-_]/g;
// deno-lint-ignore no-control-regex
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;
const PLAIN = /^[\x20-\x7e]*$/;
/** Latin, dashes, dots, arrows, lines and blocks: one cell each. Known without asking Unicode, which takes 15 ms. */
const NARROW = /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2190-\u2199\u2500-\u259f\u2800-\u28ff]*$/;
const ZERO = /^[\p{Mark}\p{Default_Ignorable_Code_Point}\p{Cf}]+$/u;
const EMOJI = /\p{Emoji_Presentation}|\p{Emoji}\ufe0f/u;
/** East Asian Wide and Fullwidth, by blocks; Unicode Standard Annex 11. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;

let graphemes: Intl.Segmenter | undefined;

/** The text without colours, cursor movements and other control characters; tabs become one blank. */
export function plainText(text: string): string {
  return PLAIN.test(text) ? text : text.replace(ESCAPES, "").replaceAll("\t", " ").replace(CONTROLS, "");
}

/** Cells that `text` takes; colours count nothing. */
export function cells(text: string): number {
  if (PLAIN.test(text)) return text.length;
  const bare = text.replace(ESCAPES, "");
  if (NARROW.test(bare)) return bare.length;
  let sum = 0;
  for (const { segment } of segments(bare)) sum += cellsOf(segment);
  return sum;
}

/** `text` without control characters, cut with `…` where it is wider than `columns`. */
export function fit(text: string, columns: number): string {
  const plain = plainText(text);
  if (columns <= 0) return "";
  if (NARROW.test(plain)) return plain.length <= columns ? plain : `${plain.slice(0, columns - 1)}…`;
  return cells(plain) <= columns ? plain : cut(plain, columns);
}

/** `text` with blanks behind it up to `columns` cells. */
export function pad(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - cells(text)));
}

function cut(plain: string, columns: number): string {
  let [kept, used] = ["", 0];
  for (const { segment } of segments(plain)) {
    used += cellsOf(segment);
    if (used > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

function cellsOf(grapheme: string): number {
  if (ZERO.test(grapheme)) return 0;
  return WIDE.test(grapheme) || EMOJI.test(grapheme) ? 2 : 1;
}

function segments(text: string): Intl.Segments {
  graphemes ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return graphemes.segment(text);
}
