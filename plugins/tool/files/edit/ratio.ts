/**
 * How alike two texts are.
 *
 * @module
 */

/** Longer lines are compared whole only: the work grows with the product of the lengths. */
const MAX_LENGTH = 1000;

/**
 * Likeness in `[0, 1]`: twice the number of matching characters by the number of all.
 *
 * Source: Ratcliff and Metzener, "Pattern Matching: The Gestalt Approach", Dr. Dobb's Journal, July 1988.
 *
 * @param atLeast Less than that need not be exact: it is 0 then.
 */
export function ratio(a: string, b: string, atLeast: number = 0): number {
  if (a === b) return 1;
  if (a.length === 0 || b.length === 0 || a.length > MAX_LENGTH || b.length > MAX_LENGTH) return 0;
  const total = a.length + b.length;
  if (2 * Math.min(a.length, b.length) < atLeast * total) return 0;
  if (2 * shared(a, b) < atLeast * total) return 0;
  return 2 * matching(a, b) / total;
}

/** Characters that both have, wherever: never fewer than match. */
function shared(a: string, b: string): number {
  const counts = new Map<string, number>();
  for (const char of a) counts.set(char, (counts.get(char) ?? 0) + char.length);
  let count = 0;
  for (const char of b) {
    const left = counts.get(char) ?? 0;
    if (left <= 0) continue;
    counts.set(char, left - char.length);
    count += char.length;
  }
  return count;
}

/** The longest common piece, then likewise what stands before it and after it. */
function matching(a: string, b: string): number {
  let count = 0;
  const waiting: [string, string][] = [[a, b]];
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    const [x, y] = pair;
    const [at, from, length] = longest(x, y);
    if (length === 0) continue;
    count += length;
    waiting.push([x.slice(0, at), y.slice(0, from)], [x.slice(at + length), y.slice(from + length)]);
  }
  return count;
}

function longest(x: string, y: string): readonly [at: number, from: number, length: number] {
  let best: [number, number, number] = [0, 0, 0];
  let before = new Uint16Array(y.length + 1);
  let row = new Uint16Array(y.length + 1);
  for (let i = 0; i < x.length; i++) {
    const code = x.charCodeAt(i);
    for (let j = 0; j < y.length; j++) {
      const length = code === y.charCodeAt(j) ? before[j] + 1 : 0;
      row[j + 1] = length;
      if (length > best[2]) best = [i - length + 1, j - length + 1, length];
    }
    [before, row] = [row, before];
  }
  return best;
}
