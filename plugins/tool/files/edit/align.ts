/**
 * What two lists of lines have in common, in order.
 *
 * @module
 */

/** A stretch: the same in both, or other lines in their place. Ends are exclusive. */
export interface Stretch {
  readonly same: boolean;
  readonly a: readonly [start: number, end: number];
  readonly b: readonly [start: number, end: number];
}

/** Longer lists are compared by their common beginning and end only: the table grows with the product. */
const MAX_CELLS = 4_000_000;

/** Aligns two lists by a longest common subsequence. */
export function align(a: readonly string[], b: readonly string[]): readonly Stretch[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0; i < head; i++) pairs.push([i, i]);
  for (const [i, j] of common(a.slice(head, a.length - tail), b.slice(head, b.length - tail))) {
    pairs.push([i + head, j + head]);
  }
  for (let i = tail; i > 0; i--) pairs.push([a.length - i, b.length - i]);
  return stretches(pairs, a.length, b.length);
}

function common(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  if (a.length * b.length > MAX_CELLS || a.length === 0 || b.length === 0) return [];
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const [down, right] = [lengths[(i + 1) * width + j], lengths[i * width + j + 1]];
      lengths[i * width + j] = a[i] === b[j] ? lengths[(i + 1) * width + j + 1] + 1 : Math.max(down, right);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) i++;
    else j++;
  }
  return pairs;
}

function stretches(
  pairs: readonly (readonly [number, number])[],
  aLength: number,
  bLength: number,
): readonly Stretch[] {
  const result: Stretch[] = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...pairs, [aLength, bLength] as const]) {
    if (x > i || y > j) result.push({ same: false, a: [i, x], b: [j, y] });
    if (x < aLength && y < bLength) {
      const last = result.at(-1);
      if (last?.same && last.a[1] === x && last.b[1] === y) {
        result[result.length - 1] = { same: true, a: [last.a[0], x + 1], b: [last.b[0], y + 1] };
      } else result.push({ same: true, a: [x, x + 1], b: [y, y + 1] });
    }
    [i, j] = [x + 1, y + 1];
  }
  return result;
}
