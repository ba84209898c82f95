/**
 * From the text of a file to rules.
 *
 * @module
 */

import { isLoomError, LoomError, type Problem } from "../../errors.ts";
import { isAbsolute, joinPath, pathStyle } from "../../paths.ts";
import { locateProblems } from "../../yaml/position.ts";
import { readYaml } from "../../yaml/read.ts";
import { valueToJson } from "../../yaml/value.ts";
import type { Rule, RuleOwner } from "./rule.ts";
import { checkRules, type WrittenRule } from "./schema.ts";

/** A file of rules, and what its paths are relative to. */
export interface RulesSource {
  readonly text: string;
  /** Absolute. */
  readonly file: string;
  readonly owner: RuleOwner;
  /** What `~` stands for. */
  readonly home?: string;
  /** What `./` stands for. */
  readonly project: string;
}

/** Rules, and what a person should hear about them. */
export interface ReadRules {
  readonly rules: readonly Rule[];
  /** Warnings, located. */
  readonly problems: readonly Problem[];
}

/**
 * Reads rules. What a project allows counts for nothing, and is told.
 *
 * @throws {LoomError} `rules-invalid` with everything that is wrong, located.
 */
export async function readRules(source: RulesSource): Promise<ReadRules> {
  const { value, problems: noticed } = parsed(source);
  const checked = checkRules(value);
  const placed = checked.rules.map((rule, index) => placePath(rule, index, source));
  const problems = [...noticed, ...checked.problems, ...placed.flatMap(({ problems }) => problems)];
  const located = await locateProblems(source.text, source.file, problems);
  if (located.some(({ level }) => level === "error")) throw rulesInvalid(source.file, located);
  return { rules: placed.flatMap(({ rules }) => rules), problems: located };
}

/** Rules that cannot be read allow nothing: whoever asked is told, and nothing is done. */
function rulesInvalid(file: string, problems: readonly Problem[], cause?: unknown): LoomError {
  return new LoomError("rules-invalid", `Cannot read the rules in ${file}`, {
    hint: "put them right; nothing is allowed until then",
    data: { file },
    problems,
    cause,
  });
}

function parsed({ text, file }: RulesSource): { readonly value: unknown; readonly problems: readonly Problem[] } {
  try {
    const { value, problems } = readYaml(text, file);
    return { value: valueToJson(value), problems };
  } catch (error) {
    if (isLoomError(error)) throw rulesInvalid(file, error.problems, error);
    throw error;
  }
}

interface Placed {
  readonly rules: readonly Rule[];
  readonly problems: readonly Problem[];
}

function placePath(rule: WrittenRule, index: number, { file, owner, home, project }: RulesSource): Placed {
  const placed = { ...rule, source: `${file}:${index + 1}` };
  if (owner === "project" && rule.effect === "allow") return { rules: [], problems: [allowsNothing(index)] };
  if (rule.path === undefined) return { rules: [placed], problems: [] };
  const isHome = /^~([\\/]|$)/.test(rule.path);
  if (isHome && home === undefined) return { rules: [], problems: [noHome(index)] };
  const base = isHome ? home! : project;
  const inside = isHome ? rule.path.slice(2) : rule.path;
  const path = isAbsolute(inside, pathStyle(base)) && !isHome ? inside : joinPath(base, inside);
  return { rules: [{ ...placed, path }], problems: [] };
}

function allowsNothing(index: number): Problem {
  return {
    level: "warning",
    code: "rule-without-effect",
    message: "A project cannot allow anything, only ask and deny; this rule counts for nothing",
    hint: "put it into your own file of rules if you mean it",
    path: [index, "effect"],
  };
}

function noHome(index: number): Problem {
  return {
    level: "error",
    code: "rules-invalid",
    message: "'~' stands for nothing here: there is no home folder",
    hint: "set HOME, or write the whole path",
    path: [index, "path"],
  };
}
