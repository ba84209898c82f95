/**
 * How wide text is in a picture, without a font at hand: widths of Helvetica, which Arial, Liberation Sans and what else
 * stands in for it share, and generous guesses for the rest.
 *
 * @module
 */

/** Thousandths of the size of the font, of the characters from the blank to `~`; Adobe, "Helvetica" (AFM), 1997. */
const WIDTHS = [
  ...[278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278],
  ...[556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556],
  ...[1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778],
  ...[667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556],
  ...[333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556],
  ...[556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584],
];
const LETTER = 700;
const WIDE = 1050;
/** Bold letters are wider, and fonts differ a little. */
const BOLD = 1.08;
const CAUTION = 1.03;

const WIDE_CHARACTERS =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uffe6\u{1f000}-\u{3fffd}]/u;
const NO_WIDTH = /[\p{Mark}\p{Cf}]/u;

/** How a text is set. */
export interface Font {
  /** In pixels. */
  readonly size: number;
  readonly bold?: boolean;
}

/** Width of a line of text, in pixels. */
export function textWidth(text: string, { size, bold = false }: Font): number {
  let sum = 0;
  for (const char of text) sum += charWidth(char);
  return sum / 1000 * size * CAUTION * (bold ? BOLD : 1);
}

function charWidth(char: string): number {
  const code = char.codePointAt(0)!;
  if (code >= 0x20 && code < 0x7f) return WIDTHS[code - 0x20];
  if (NO_WIDTH.test(char)) return 0;
  return WIDE_CHARACTERS.test(char) ? WIDE : LETTER;
}

/** The text in one line, without what no font shows, cut with `…` where it is wider than `width`. */
export function fitText(text: string, width: number, font: Font): string {
  const line = shownText(text);
  if (textWidth(line, font) <= width) return line;
  const room = width - textWidth("…", font);
  let [kept, used] = ["", 0];
  for (const char of line) {
    used += textWidth(char, font);
    if (used > room) break;
    kept += char;
  }
  return `${kept.trimEnd()}…`;
}

/** What may stand in an XML document and is seen: other characters become blanks, or the sign for what is unknown. */
export function shownText(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/[\x00-\x1f\x7f-\x9f]+/g, " ").replace(/[\p{Surrogate}\ufffe\uffff]/gu, "\ufffd");
}
