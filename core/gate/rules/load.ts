/**
 * The rules that hold here: a person's own and the project's.
 *
 * @module
 */

import type { Problem } from "../../errors.ts";
import { joinPath, pathStyle } from "../../paths.ts";
import type { FileReader } from "../../ports/files.ts";
import type { Rule, RuleOwner } from "./rule.ts";

/** Where rules are looked for. */
export interface RulesPlace {
  /** The user's state folder, `~/.loom` unless it was moved. */
  readonly userState?: string;
  readonly project: string;
  readonly home?: string;
}

/** All rules, and what a person should hear about their files. */
export interface LoadedRules {
  readonly rules: readonly Rule[];
  /** Warnings, located. */
  readonly problems: readonly Problem[];
}

/**
 * Reads `rules.yaml` in the user's state folder and in `.loom/` of the project; each may be absent.
 *
 * @throws {LoomError} `rules-invalid`.
 */
export async function loadRules(
  place: RulesPlace,
  files: Pick<FileReader, "readText" | "realPath">,
): Promise<LoadedRules> {
  const { userState, project } = place;
  const user = userState === undefined ? none : await load("user", joinPath(userState, "rules.yaml"), place, files);
  const narrowing = await load("project", joinPath(project, ".loom/rules.yaml"), place, files);
  return { rules: [...user.rules, ...narrowing.rules], problems: [...user.problems, ...narrowing.problems] };
}

const none: LoadedRules = { rules: [], problems: [] };

async function load(
  owner: RuleOwner,
  file: string,
  { project, home }: RulesPlace,
  files: Pick<FileReader, "readText" | "realPath">,
): Promise<LoadedRules> {
  const text = files.readText(file);
  if (text === undefined) return none;
  // The schema and the reader of YAML cost milliseconds, and most people have no rules.
  const { rules, problems } = await (await import("./read.ts")).readRules({ text, file, owner, home, project });
  return { rules: rules.flatMap((rule) => withRealPath(rule, files)), problems };
}

/**
 * What is compared are real paths, so a pattern that begins behind a link must say the same of what the link leads to.
 * A rule that narrows holds for both spellings, one that allows for the real one only.
 */
function withRealPath(rule: Rule, files: Pick<FileReader, "realPath">): readonly Rule[] {
  if (rule.path === undefined) return [rule];
  const path = realPattern(rule.path, files);
  if (path === rule.path) return [rule];
  const real = { ...rule, path };
  return rule.effect === "allow" ? [real] : [rule, real];
}

/** The pattern with its first names, as far as they are there and no patterns, replaced by where they lead. */
function realPattern(pattern: string, files: Pick<FileReader, "realPath">): string {
  const separator = pathStyle(pattern) === "posix" ? "/" : /[\\/]/;
  const names = pattern.split(separator);
  const firstPattern = names.findIndex((name) => /[*?]/.test(name));
  for (let count = firstPattern < 0 ? names.length : firstPattern; count > 1; count--) {
    const real = files.realPath(names.slice(0, count).join("/"));
    if (real !== undefined) return [real, ...names.slice(count)].join("/");
  }
  return pattern;
}
