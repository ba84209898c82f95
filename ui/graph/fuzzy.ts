/**
 * Finding by a few letters.
 *
 * @module
 */

const HIT = 1;
const RUN = 4;
const WORD_START = 3;

/**
 * How well `letters` fit `name`: all of them must occur in it in order. Letters that follow each other, letters at the
 * beginning of words and short names count more. `undefined`: they do not fit.
 */
export function fit(letters: string, name: string): number | undefined {
  const [wanted, text] = [[...letters].map(lower), [...name].map(lower)];
  const starts = [...name].map((_, at, all) => isWordStart(all, at));
  // Of the letters so far: the best score with the last of them at each place.
  let scores = text.map(() => wanted.length === 0 ? 0 : -Infinity);
  for (const [index, letter] of wanted.entries()) {
    let before = index === 0 ? 0 : -Infinity;
    scores = text.map((char, at) => {
      const run = at > 0 && index > 0 ? scores[at - 1] + RUN : -Infinity;
      const score = char === letter ? Math.max(before, run) + HIT + (starts[at] ? WORD_START : 0) : -Infinity;
      if (index > 0) before = Math.max(before, scores[at]);
      return score;
    });
  }
  const best = wanted.length === 0 ? 0 : Math.max(-Infinity, ...scores);
  return best === -Infinity ? undefined : best - text.length / 100;
}

function lower(char: string): string {
  return char.toLowerCase();
}

function isWordStart(chars: readonly string[], at: number): boolean {
  const [before, char] = [chars[at - 1], chars[at]];
  return at === 0 || /[^\p{L}\p{N}]/u.test(before) || (/\p{Lu}/u.test(char) && /\p{Ll}/u.test(before));
}

/** Those that fit, the best first. */
export function search<T>(letters: string, items: readonly T[], nameOf: (item: T) => string): readonly T[] {
  const fitting = items.flatMap((item) => {
    const score = fit(letters, nameOf(item));
    return score === undefined ? [] : [{ item, score }];
  });
  return fitting.sort((a, b) => b.score - a.score).map(({ item }) => item);
}
