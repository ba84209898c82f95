/**
 * Lines that are alike.
 *
 * @module
 */

import { agree, plain, withPlainQuotes } from "./agree.ts";
import type { Line } from "./line_ends.ts";
import type { Found, LineMatch, NoMatch } from "./match.ts";
import { ratio } from "./ratio.ts";

/** Each line must be this much alike, their mean that much, and the second best place so much less. */
const LIMITS = { line: 0.7, mean: 0.85, margin: 0.05 } as const;

/** The same where one line is missing or too many: there is more that can go wrong. */
const SLACK = { lines: 3, mean: 0.92, margin: 0.1 } as const;

/** A place that was looked at. */
interface Place {
  readonly first: number;
  readonly length: number;
  readonly found: readonly number[];
  readonly score: number;
  /** Whether each line is alike enough, and can be the line that is meant. */
  readonly fits: boolean;
}

/** Finds the one place that is alike enough, by as many lines as are wanted, else by one more or less. */
export function findFuzzy(lines: readonly Line[], wanted: readonly string[]): Found {
  const sheet = new Sheet(lines, wanted);
  const places = placesOf(sheet, 0);
  const taken = choose(places, LIMITS);
  if (taken !== undefined) return toMatch(lines, taken);
  const near = nearestOf(places);
  if (places.some((place) => accepts(place, LIMITS.mean)) || wanted.length < SLACK.lines) return nothing(places, near);
  const loose = [...placesOf(sheet, 1), ...placesOf(sheet, -1)];
  const other = choose(loose, SLACK);
  return other === undefined ? nothing(loose, near) : toMatch(lines, other);
}

function nothing(places: readonly Place[], near: NoMatch["near"]): NoMatch {
  const ambiguous = places.some((place) => accepts(place, LIMITS.mean));
  return { level: "none", why: ambiguous ? "ambiguous" : "not-found", near };
}

/** The best place, if it is good enough and no other is nearly as good. A place that only looks alike counts as another. */
function choose(
  places: readonly Place[],
  limits: { readonly mean: number; readonly margin: number },
): Place | undefined {
  const [best, ...others] = [...places].sort((a, b) => b.score - a.score);
  if (best === undefined || !accepts(best, limits.mean)) return undefined;
  const next = others.find((place) => !overlap(place, best));
  const isClose = next !== undefined && next.score >= limits.mean && best.score - next.score < limits.margin;
  return isClose ? undefined : best;
}

function accepts(place: Place, mean: number): boolean {
  return place.fits && place.score >= mean;
}

function overlap(a: Place, b: Place): boolean {
  return a.first < b.first + b.length && b.first < a.first + a.length;
}

function nearestOf(places: readonly Place[]): NoMatch["near"] {
  let best: Place | undefined;
  for (const place of places) if (best === undefined || place.score > best.score) best = place;
  return best && { first: best.first, lines: best.length, score: best.score };
}

function toMatch(lines: readonly Line[], { first, length, found, score }: Place): LineMatch {
  return { level: "fuzzy", first, lines: lines.slice(first, first + length), found, score };
}

/** All places of `wanted.length + extra` lines. */
function placesOf(sheet: Sheet, extra: -1 | 0 | 1): readonly Place[] {
  const length = sheet.wanted.length + extra;
  const places: Place[] = [];
  for (let first = 0; first + length <= sheet.lines.length; first++) {
    const place = extra === 0 ? straight(sheet, first) : bestSlack(sheet, first, length);
    if (place !== undefined) places.push(place);
  }
  return places;
}

function straight(sheet: Sheet, first: number): Place {
  return placed(sheet, { first, length: sheet.wanted.length, found: sheet.wanted.map((_, i) => i) });
}

/** The best of all ways to leave one line out, of the file or of what is wanted. */
function bestSlack(sheet: Sheet, first: number, length: number): Place | undefined {
  let best: Place | undefined;
  const count = sheet.wanted.length;
  // At the ends it would be a place of another length.
  for (let gap = 1; gap < Math.max(count, length) - 1; gap++) {
    const found = sheet.wanted.map((_, i) =>
      length > count ? (i < gap ? i : i + 1) : i === gap ? -1 : i < gap ? i : i - 1
    );
    const place = placed(sheet, { first, length, found });
    if (best === undefined || place.score > best.score) best = place;
  }
  return best;
}

function placed(
  sheet: Sheet,
  { first, length, found }: { readonly first: number; readonly length: number; readonly found: readonly number[] },
): Place {
  let [sum, count, fits] = [0, 0, true];
  for (const [i, at] of found.entries()) {
    if (at < 0) continue;
    const score = sheet.score(i, first + at);
    [sum, count] = [sum + score, count + 1];
    fits &&= score >= LIMITS.line && sheet.agrees(i, first + at);
  }
  return { first, length, found, score: count === 0 ? 0 : sum / count, fits };
}

/** Lines against lines. Each pair of texts is compared once. */
class Sheet {
  readonly lines: readonly string[];
  readonly wanted: readonly string[];
  readonly #scores = new Map<string, number>();

  constructor(lines: readonly Line[], wanted: readonly string[]) {
    this.lines = lines.map((line) => plain(line.text));
    this.wanted = wanted;
  }

  score(wanted: number, line: number): number {
    const [a, b] = [this.wanted[wanted], this.lines[line]];
    if (a === b) return 1;
    const key = `${wanted}\n${b}`;
    const known = this.#scores.get(key);
    if (known !== undefined) return known;
    const score = ratio(withPlainQuotes(a), withPlainQuotes(b), LIMITS.line);
    this.#scores.set(key, score);
    return score;
  }

  agrees(wanted: number, line: number): boolean {
    return agree(this.wanted[wanted], this.lines[line]);
  }
}
