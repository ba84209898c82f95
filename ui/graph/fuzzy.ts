/**
 * Finding by a few letters.
 *
 * @module
 */

const HIT = 1;
const RUN = 2;
const WORD_START = 3;

/**
 * How well `letters` fit `name`: all of them must occur in it in order. Letters that follow each other, letters at the
 * beginning of words and short names count more. `undefined`: they do not fit.
 */
export function fit(letters: string, name: string): number | undefined {
  const [wanted, text] = [letters.toLowerCase(), name.toLowerCase()];
  let [score, at, last] = [0, 0, -2];
  for (const letter of wanted) {
    const found = bestPlace(text, letter, at, last);
    if (found === -1) return undefined;
    score += HIT + (found === last + 1 ? RUN : 0) + (isWordStart(name, found) ? WORD_START : 0);
    [last, at] = [found, found + letter.length];
  }
  return score - name.length / 100;
}

/** The next letter if it follows the last one, else one at the beginning of a word, else the first there is. */
function bestPlace(text: string, letter: string, from: number, last: number): number {
  if (text.startsWith(letter, last + 1) && last >= 0) return last + 1;
  for (let at = text.indexOf(letter, from); at !== -1; at = text.indexOf(letter, at + 1)) {
    if (isWordStart(text, at)) return at;
  }
  return text.indexOf(letter, from);
}

function isWordStart(name: string, at: number): boolean {
  return at === 0 || /[^\p{L}\p{N}]/u.test(name[at - 1]) || (/\p{Lu}/u.test(name[at]) && /\p{Ll}/u.test(name[at - 1]));
}

/** Those that fit, the best first. */
export function search<T>(letters: string, items: readonly T[], nameOf: (item: T) => string): readonly T[] {
  const fitting = items.flatMap((item) => {
    const score = fit(letters, nameOf(item));
    return score === undefined ? [] : [{ item, score }];
  });
  return fitting.sort((a, b) => b.score - a.score).map(({ item }) => item);
}
