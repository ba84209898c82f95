/**
 * Everything that is wrong with a pipeline, told before anything runs.
 *
 * @module
 */

import { isLoomError, type Problem } from "../errors.ts";
import type { Env } from "../graph/env.ts";
import type { Overrides } from "../graph/parse/override.ts";
import type { FileReader } from "../ports/files.ts";
import { located, type ReadPipeline, readPipeline } from "../run/session/load.ts";
import { Facts } from "./base/facts.ts";
import { RULES } from "./rules.ts";
import { type ScriptCache, Scripts } from "./base/scripts.ts";

export { readConfig } from "../run/session/load.ts";
export type { KeptScript, Script, ScriptCache } from "./base/scripts.ts";

/** What a check may look at. */
export interface CheckContext {
  readonly files: FileReader;
  readonly env: Env;
  /** Kept between checks of a file that is being edited, so that scripts are read when they change. */
  readonly scripts?: ScriptCache;
}

/** What was found. */
export interface Checked {
  /** Sorted by place, each with file, line and column. Those of level `hint` are for who wants to be told everything. */
  readonly problems: readonly Problem[];
  /** How many steps there are, those of repeated groups included. */
  readonly steps: number;
  /** How many different scripts were read. */
  readonly scripts: number;
}

const NO_OVERRIDES: Overrides = { parameters: new Map(), data: new Map() };

/**
 * Checks a pipeline as it stands in a text, which need not be on disk. Reads its scripts and runs none of them.
 *
 * @param text The file's text.
 * @param file Its absolute path: what its relative paths start from.
 * @param options.overrides Values in place of the file's, as a command line gives them.
 */
export async function checkPipeline(
  text: string,
  file: string,
  context: CheckContext,
  { overrides = NO_OVERRIDES }: { readonly overrides?: Overrides } = {},
): Promise<Checked> {
  const read = await tryToRead(text, file, context, overrides);
  if (!("pipeline" in read)) return { problems: read.problems, steps: 0, scripts: 0 };
  const scripts = new Scripts(context.files, context.scripts ?? new Map());
  const { pipeline, root, source } = read;
  const given = new Set(overrides.parameters.keys());
  const facts = new Facts({ pipeline, root, env: context.env, files: context.files, scripts, given });
  const found = RULES.flatMap((rule) => [...rule(facts)]).map(milder(facts));
  const problems = sorted(await located([...read.problems, ...found], source), file);
  return { problems: withoutEchoes(once(problems)), steps: countSteps(facts), scripts: scripts.count };
}

async function tryToRead(
  text: string,
  file: string,
  context: CheckContext,
  overrides: Overrides,
): Promise<ReadPipeline | { readonly problems: readonly Problem[] }> {
  try {
    return await readPipeline(text, file, context, overrides);
  } catch (error) {
    // A text that is no YAML is a finding like any other.
    if (isLoomError(error) && error.code === "pipeline-invalid") return { problems: error.problems };
    throw error;
  }
}

/** By file, the pipeline's own first, then by place; an error before a warning of the same place. */
function sorted(problems: readonly Problem[], file: string): readonly Problem[] {
  const order = new Map([[file, -1]]);
  for (const problem of problems) if (!order.has(problem.file ?? file)) order.set(problem.file ?? file, order.size);
  const rank = (problem: Problem) => order.get(problem.file ?? file) ?? 0;
  return problems.toSorted((a, b) =>
    rank(a) - rank(b) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0) ||
    LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level)
  );
}

const LEVELS = ["error", "warning", "hint"];

/** What is wrong in a step that does not run unless it is named stops nothing. */
function milder({ pipeline }: Facts): (problem: Problem) => Problem {
  const disabled = new Set(pipeline.steps.filter((step) => step.disabled).map((step) => step.name));
  return (problem) =>
    disabled.has(problem.step ?? "") && problem.level === "error" ? { ...problem, level: "warning" } : problem;
}

function countSteps({ pipeline }: Facts): number {
  return pipeline.steps.reduce((sum, step) => sum + (step.kind === "repeated" ? step.steps.length : 1), 0);
}

/** One fault may be seen by two rules. */
function once(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ code, line, column, message }) => {
    const key = `${code} ${line} ${column} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Data and parameters that are unused because their name was mistyped where they were meant. */
function withoutEchoes(problems: readonly Problem[]): readonly Problem[] {
  const meant = new Set(
    problems.flatMap(({ code, hint }) => code === "unknown-reference" ? hint?.match(/(?<='\$)[^']+/g) ?? [] : []),
  );
  if (meant.size === 0) return problems;
  return problems.filter(({ code, path }) =>
    !(code === "unused-data" || code === "unused-parameter") || !meant.has(String(path?.at(-1)))
  );
}
