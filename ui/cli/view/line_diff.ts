/**
 * What differs between two texts, line by line.
 *
 * @module
 */

/** Lines of one text that stand in the place of lines of another; indexes from 0, ends excluded. */
export interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/** How far apart two texts may drift before the rest counts as different. */
const REACH = 400;

/** The hunks that lead from one list of lines to the other. */
export function hunksBetween(before: readonly string[], after: readonly string[]): readonly Hunk[] {
  let tail = 0;
  const shorter = Math.min(before.length, after.length);
  while (tail < shorter && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const hunks: Hunk[] = [];
  let [i, j] = [0, 0];
  // The common end may overlap the common start: each line is counted once.
  while (i < before.length || j < after.length) {
    if (i < before.length && before[i] === after[j]) [i, j] = [i + 1, j + 1];
    else {
      const end = { to: Math.max(i, before.length - tail), newTo: Math.max(j, after.length - tail) };
      const { to, newTo } = meeting(before, after, { i, j }) ?? end;
      hunks.push({ from: i, to, newFrom: j, newTo });
      if (to === i && newTo === j) {
        return hunks.with(-1, { from: i, to: before.length, newFrom: j, newTo: after.length });
      }
      [i, j] = [to, newTo];
    }
  }
  return hunks;
}

/** The nearest place where both go on alike. */
function meeting(
  before: readonly string[],
  after: readonly string[],
  { i, j }: { readonly i: number; readonly j: number },
) {
  for (let far = 1; far <= REACH; far++) {
    for (let step = 0; step <= far; step++) {
      const [to, newTo] = [i + far - step, j + step];
      if (to > before.length || newTo > after.length) continue;
      if (isAlike(before, after, to, newTo)) return { to, newTo };
    }
  }
  return undefined;
}

/** Whether two lines follow that are the same, or both texts end. One alone may be the same by chance. */
function isAlike(before: readonly string[], after: readonly string[], i: number, j: number): boolean {
  if (i === before.length || j === after.length) return i === before.length && j === after.length;
  return before[i] === after[j] && before[i + 1] === after[j + 1];
}

/** A unified diff, as `patch` reads it. Empty if the texts are the same. */
export function unifiedLines(name: string, before: string, after: string, context: number = 3): readonly string[] {
  const [a, b] = [before, after].map(linesOf);
  const groups = grouped(hunksBetween(a, b), context);
  if (groups.length === 0) return [];
  return [`--- a/${name}`, `+++ b/${name}`, ...groups.flatMap((group) => groupLines(group, { a, b, context }))];
}

/** Lines with their breaks; a last line without one says so, as `diff` does. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function grouped(hunks: readonly Hunk[], context: number): readonly (readonly Hunk[])[] {
  const groups: Hunk[][] = [];
  for (const hunk of hunks) {
    const last = groups.at(-1);
    if (last !== undefined && hunk.from - last.at(-1)!.to <= context * 2) last.push(hunk);
    else groups.push([hunk]);
  }
  return groups;
}

interface Sides {
  readonly a: readonly string[];
  readonly b: readonly string[];
  readonly context: number;
}

function groupLines(group: readonly Hunk[], { a, b, context }: Sides): readonly string[] {
  const [first, last] = [group[0], group[group.length - 1]];
  const start = Math.max(0, first.from - context);
  const end = Math.min(a.length, last.to + context);
  const newStart = first.newFrom - (first.from - start);
  const newEnd = last.newTo + (end - last.to);
  const body: string[] = [];
  let at = start;
  for (const { from, to, newFrom, newTo } of group) {
    body.push(
      ...marked(" ", a.slice(at, from)),
      ...marked("-", a.slice(from, to)),
      ...marked("+", b.slice(newFrom, newTo)),
    );
    at = to;
  }
  return [`@@ -${range(start, end)} +${range(newStart, newEnd)} @@`, ...body, ...marked(" ", a.slice(at, end))];
}

/** A range counts from 1, and from 0 where it is empty. */
function range(from: number, to: number): string {
  return `${to === from ? from : from + 1},${to - from}`;
}

function marked(sign: string, lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) =>
    line.endsWith("\n") ? [sign + line.slice(0, -1)] : [sign + line, "\\ No newline at end of file"]
  );
}

/** Changed lines of the old text and the new, and where in the new text they begin, from 1. */
export interface ChangedLines {
  readonly line: number;
  /** With `-` or `+` before each. */
  readonly lines: readonly string[];
}

/** The hunks of two texts with their own lines alone. */
export function changedLines(before: string, after: string): readonly ChangedLines[] {
  const { start, end, newEnd } = middleOf(before, after);
  const [a, b] = [before.slice(start, end), after.slice(start, newEnd)].map(linesOf);
  const above = countLines(before, start);
  return hunksBetween(a, b).map(({ from, to, newFrom, newTo }) => ({
    line: above + newFrom + 1,
    lines: [...marked("-", a.slice(from, to)), ...marked("+", b.slice(newFrom, newTo))]
      .filter((line) => !line.startsWith("\\ ")).map((line) => line.replace(/\r$/, "")),
  }));
}

/** The whole lines between what two texts have in common at their starts and at their ends. */
function middleOf(before: string, after: string) {
  const shorter = Math.min(before.length, after.length);
  const head = longest(shorter, (from, to) => before.slice(from, to) === after.slice(from, to));
  const start = head === 0 ? 0 : before.lastIndexOf("\n", head - 1) + 1;
  const tail = longest(shorter - start, (from, to) => {
    return before.slice(before.length - to, before.length - from) ===
      after.slice(after.length - to, after.length - from);
  });
  const lineBreak = before.indexOf("\n", before.length - tail);
  const kept = tail === 0 || lineBreak < 0 ? 0 : before.length - lineBreak - 1;
  return { start, end: before.length - kept, newEnd: after.length - kept };
}

/** The longest stretch that is the same. Texts are long and differ in little: halves are compared as wholes. */
function longest(most: number, isSame: (from: number, to: number) => boolean): number {
  let [same, far] = [0, most];
  while (same < far) {
    const middle = Math.ceil((same + far) / 2);
    if (isSame(same, middle)) same = middle;
    else far = middle - 1;
  }
  return same;
}

function countLines(text: string, end: number): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}
