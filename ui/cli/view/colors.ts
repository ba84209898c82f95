/** Colours of the terminal, by what they mean. */
export type Paint = (text: string) => string;

/** One function for each meaning; all give the text back unchanged when colours are off. */
export interface Palette {
  readonly good: Paint;
  readonly bad: Paint;
  readonly warn: Paint;
  readonly busy: Paint;
  readonly dim: Paint;
  readonly strong: Paint;
}

const PLAIN: Palette = { good: same, bad: same, warn: same, busy: same, dim: same, strong: same };

const COLORED: Palette = {
  good: sgr(32, 39),
  bad: sgr(31, 39),
  warn: sgr(33, 39),
  busy: sgr(36, 39),
  dim: sgr(2, 22),
  strong: sgr(1, 22),
};

/** The palette for a stream that shows colours or does not. */
export function palette(color: boolean): Palette {
  return color ? COLORED : PLAIN;
}

function same(text: string): string {
  return text;
}

function sgr(on: number, off: number): Paint {
  return (text) => `\x1b[${on}m${text}\x1b[${off}m`;
}
