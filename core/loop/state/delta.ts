/**
 * What has changed between two texts, for states that mostly stay the same.
 *
 * A delta is a row of `keep,drop,add;` and the added text after each: how much of the base stays, how much of it goes,
 * and how long what comes instead is (code units, base 36).
 *
 * @module
 */

/** A delta has to be this much smaller than the text itself to be worth the reading of a base. */
const WORTH = 0.6;

/** Text this long is met again by chance only where texts repeat themselves. */
const ANCHOR = 32;

/** How far around the place where it is expected an anchor is looked for, beside a multiple of the distance so far. */
const WINDOW = 1_024;

/**
 * How many times longer than what was skipped the common part after it must be to be taken at once: states repeat the
 * names of their members, and to go on at the wrong one loses all that lies between.
 */
const TRUST = 4;

/** Characters of the base that may be searched for each one that it has: more, and the texts are too different. */
const SEARCHES = 16;

/** A place in each of the two texts. */
interface Place {
  readonly base: number;
  readonly target: number;
}

/** A place where both may go on together; `gain` is what they then have in common less what is skipped. */
interface Candidate extends Place {
  readonly gain: number;
  readonly isSure: boolean;
}

/** Characters that may still be searched. */
interface Work {
  left: number;
}

/**
 * The delta that makes `target` of `base`; `undefined` when it is not clearly smaller than `target`.
 *
 * A pair of surrogates is never torn apart, so a delta of well-formed texts is well-formed.
 */
export function makeDelta(base: string, target: string): string | undefined {
  const limit = target.length * WORTH;
  const work = { left: base.length * SEARCHES + WINDOW * SEARCHES };
  let delta = "";
  for (let from = 0, at = 0; at < target.length;) {
    const keep = commonLength(base, from, target, at);
    const next = resume(base, from + keep, target, at + keep, work);
    if (next === undefined) return undefined;
    const added = target.slice(at + keep, next.target);
    delta += `${digits(keep)},${digits(next.base - from - keep)},${digits(added.length)};${added}`;
    if (delta.length >= limit) return undefined;
    [from, at] = [next.base, next.target];
  }
  return delta.length < limit ? delta : undefined;
}

/**
 * The text that `delta` makes of `base`.
 *
 * @throws {RangeError} If it is no delta of this base.
 */
export function applyDelta(base: string, delta: string): string {
  let text = "";
  for (let at = 0, from = 0; at < delta.length;) {
    const end = delta.indexOf(";", at);
    const [keep, drop, add] = delta.slice(at, end).split(",").map((part) => parseInt(part, 36));
    at = end + 1 + add;
    if (end < 0 || !(from + keep + drop <= base.length && at <= delta.length)) {
      throw new RangeError("This is no delta of this text");
    }
    text += base.slice(from, from + keep) + delta.slice(end + 1, at);
    from += keep + drop;
  }
  return text;
}

function digits(count: number): string {
  return count.toString(36);
}

/** How many code units are the same from both places on; slices are compared as a whole, twice as long each time. */
function commonLength(base: string, from: number, target: string, at: number): number {
  const most = Math.min(base.length - from, target.length - at);
  let length = 0;
  let size = ANCHOR;
  for (; length < most; length += size, size *= 2) {
    size = Math.min(size, most - length);
    if (base.slice(from + length, from + length + size) !== target.slice(at + length, at + length + size)) break;
  }
  while (size > ANCHOR && length < most) {
    size >>= 1;
    const isSame = base.slice(from + length, from + length + size) === target.slice(at + length, at + length + size);
    if (isSame) length += size;
  }
  while (length < most && base.charCodeAt(from + length) === target.charCodeAt(at + length)) length++;
  return length > 0 && isHighSurrogate(target.charCodeAt(at + length - 1)) ? length - 1 : length;
}

/** Where both texts go on together after a difference, or where they end; `undefined`: it takes too long to find out. */
function resume(base: string, from: number, target: string, at: number, work: Work): Place | undefined {
  let best: Candidate | undefined;
  for (let ahead = 0; at + ahead + ANCHOR <= target.length; ahead = ahead === 0 ? 4 : ahead * 2) {
    const width = Math.min(ahead * 8 + WINDOW, base.length - from);
    work.left -= width;
    if (work.left < 0) return undefined;
    const found = findAnchor(base, from, target.slice(at + ahead, at + ahead + ANCHOR), { ahead, width });
    const next = found < 0 ? undefined : candidate(base, { from, found }, target, { at, anchor: at + ahead });
    if (next?.isSure) return best !== undefined && best.gain > 0 ? better(best, next) : next;
    if (best !== undefined && best.gain > 0) return better(best, next);
    best = better(best, next);
  }
  return best ?? endOf(base, from, target, at);
}

function better(a: Candidate | undefined, b: Candidate | undefined): Candidate | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.gain > a.gain ? b : a;
}

function candidate(
  base: string,
  sought: { from: number; found: number },
  target: string,
  wanted: { at: number; anchor: number },
): Candidate {
  const place = backToDifference(base, sought, target, wanted);
  const skipped = place.base - sought.from + place.target - wanted.at;
  const same = commonLength(base, place.base, target, place.target);
  return { ...place, gain: same - skipped, isSure: same >= skipped * TRUST };
}

function endOf(base: string, from: number, target: string, at: number): Place {
  const tail = commonEnd(base, from, target, at);
  return { base: base.length - tail, target: target.length - tail };
}

/** Looks where nothing has moved first: texts repeat themselves, and the first that fits need not be the right one. */
function findAnchor(
  base: string,
  from: number,
  anchor: string,
  { ahead, width }: { ahead: number; width: number },
): number {
  if (ahead > 0 && base.startsWith(anchor, from + ahead)) return from + ahead;
  const found = base.slice(from, from + width).indexOf(anchor);
  return found < 0 ? -1 : from + found;
}

function backToDifference(
  base: string,
  { from, found }: { from: number; found: number },
  target: string,
  { at, anchor }: { at: number; anchor: number },
): Place {
  let back = 0;
  const most = Math.min(found - from, anchor - at);
  while (back < most && base.charCodeAt(found - back - 1) === target.charCodeAt(anchor - back - 1)) back++;
  if (isLowSurrogate(target.charCodeAt(anchor - back))) back--;
  return { base: found - back, target: anchor - back };
}

/** Length of the end that both have in common. */
function commonEnd(base: string, from: number, target: string, at: number): number {
  const most = Math.min(base.length - from, target.length - at);
  let length = 0;
  while (length < most && base.charCodeAt(base.length - length - 1) === target.charCodeAt(target.length - length - 1)) {
    length++;
  }
  return length > 0 && isLowSurrogate(target.charCodeAt(target.length - length)) ? length - 1 : length;
}

function isHighSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xd800;
}

function isLowSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00;
}
