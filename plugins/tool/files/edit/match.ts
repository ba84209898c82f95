/**
 * Where in a text an edit belongs.
 *
 * @module
 */

import type { Line } from "./line_ends.ts";

/** How sure the place is: the very text, the same but for blanks, or alike. */
export type Level = "exact" | "blanks" | "fuzzy";

/** One place: a range of characters. */
export interface ExactMatch {
  readonly level: "exact";
  readonly start: number;
  readonly end: number;
}

/** One place: lines of the file, each with the line of the wish that it stands for. */
export interface LineMatch {
  readonly level: "blanks" | "fuzzy";
  /** Number of the first line, from 0. */
  readonly first: number;
  readonly lines: readonly Line[];
  /** For each wished line the line of `lines` it was found as, or -1: there is none. */
  readonly found: readonly number[];
  /** In `[0, 1]`. */
  readonly score: number;
}

/** Why there is no place. */
export interface NoMatch {
  readonly level: "none";
  readonly why: "empty" | "several" | "not-found" | "ambiguous";
  /** How often it is there, if several times. */
  readonly count?: number;
  /** The most alike lines: number of the first, from 0, and their likeness. */
  readonly near?: { readonly first: number; readonly lines: number; readonly score: number };
}

/** What came of looking. */
export type Found = ExactMatch | LineMatch | NoMatch;
