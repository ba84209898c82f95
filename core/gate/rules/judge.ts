/**
 * Which rule decides about an action.
 *
 * @module
 */

import { basename, pathStyle } from "../../paths.ts";
import { matchesGlob, matchesPath } from "./glob.ts";
import { hostCovers, type HostPattern, hostsMeet, isHostFault, parseHost } from "../policy/hosts.ts";
import type { Effect, Rule, Touched } from "./rule.ts";

const STRONGEST_FIRST: readonly Effect[] = ["deny", "ask", "allow"];

/**
 * The rule that decides: deny wins over ask, ask over allow, and of equals the first. `undefined` where none fits.
 *
 * A rule that narrows fits as soon as anything the action touches fits. One that allows fits only if everything does:
 * it names the tool, or has a condition for each kind of thing that is touched.
 */
export function judge(rules: readonly Rule[], touched: Touched): Rule | undefined {
  for (const effect of STRONGEST_FIRST) {
    const found = rules.find((rule) => rule.effect === effect && fits(rule, touched));
    if (found !== undefined) return found;
  }
  return undefined;
}

function fits(rule: Rule, touched: Touched): boolean {
  const isWide = rule.effect === "allow";
  if (rule.tool !== undefined && !(touched.tool !== undefined && matchesGlob(rule.tool, touched.tool))) return false;
  const isNamed = rule.tool !== undefined;
  return kind(rule.path, touched.paths, { isWide, isNamed }, matchesPath) &&
    kind(rule.argv, touched.commands, { isWide, isNamed }, isWide ? startsExactly : startsLike) &&
    kind(rule.host, touched.hosts, { isWide, isNamed }, isWide ? coversHost : meetsHost);
}

interface Strictness {
  readonly isWide: boolean;
  /** Whether the rule says which tool it is about. */
  readonly isNamed: boolean;
}

function kind<P, T>(
  pattern: P | undefined,
  items: readonly T[] = [],
  { isWide, isNamed }: Strictness,
  fit: (pattern: P, item: T) => boolean,
): boolean {
  if (pattern === undefined) return !isWide || isNamed || items.length === 0;
  if (items.length === 0) return false;
  return isWide ? items.every((item) => fit(pattern, item)) : items.some((item) => fit(pattern, item));
}

function startsExactly(patterns: readonly string[], words: readonly string[]): boolean {
  return patterns.length <= words.length && patterns.every((pattern, at) => matchesGlob(pattern, words[at]));
}

/** A program is the same program under its whole path. */
function startsLike(patterns: readonly string[], words: readonly string[]): boolean {
  if (startsExactly(patterns, words)) return true;
  const [program = "", ...rest] = words;
  return startsExactly(patterns, [basename(program, pathStyle(program)), ...rest]);
}

function coversHost(pattern: string, host: string): boolean {
  return compared(pattern, host, hostCovers);
}

function meetsHost(pattern: string, host: string): boolean {
  return compared(pattern, host, hostsMeet);
}

function compared(pattern: string, host: string, fit: (a: HostPattern, b: HostPattern) => boolean): boolean {
  if (pattern === "*") return true;
  const [outer, inner] = [parseHost(pattern), parseHost(host)];
  return !isHostFault(outer) && !isHostFault(inner) && fit(outer, inner);
}
