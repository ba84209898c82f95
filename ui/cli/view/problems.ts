/**
 * Errors and problems as lines for people: `error: <file>:<line>:<column>: <what>; <hint>`.
 *
 * @module
 */

import { isLoomError, type LoomError, type Problem } from "../../../core/errors.ts";
import { palette } from "./colors.ts";
import type { Terminal } from "../base/terminal.ts";

/** How paths and words are shown. */
export interface ProblemStyle {
  /** The caller's working directory, absolute; without it paths are shown whole. */
  readonly cwd?: string;
  readonly color: boolean;
}

/** One line, without its end. */
export function problemLine(problem: Problem, style: ProblemStyle): string {
  const place = [problem.file === undefined ? undefined : shownPath(problem.file, style.cwd)];
  if (problem.file !== undefined) place.push(problem.line?.toString(), problem.column?.toString());
  const where = place.filter((part) => part !== undefined).map((part) => `${part}:`).join("");
  const hint = problem.hint === undefined ? "" : `; ${problem.hint}`;
  const words = inOneLine(`${where === "" ? "" : `${where} `}${problem.message}${hint}`);
  return `${level(problem.level, style.color)}: ${words}`;
}

/** Control characters, which names in a file may hold, as JSON writes them. */
function inOneLine(text: string): string {
  // deno-lint-ignore no-control-regex -- they are what is looked for
  return text.replace(/[\u0000-\u001f\u007f]/g, (character) => JSON.stringify(character).slice(1, -1));
}

function shownPath(path: string, cwd: string | undefined): string {
  return cwd === undefined ? path : displayPath(path, cwd);
}

/** All that an error says, one line for each thing that is wrong. */
export function errorLines(error: LoomError, style: ProblemStyle): readonly string[] {
  const problems = error.problems.length > 0
    ? error.problems
    : [{ level: "error", code: error.code, message: messageOf(error, style.cwd), hint: error.hint } as const];
  return problems.map((problem) => problemLine(problem, style));
}

/** All that an error says, as one JSON document for programs; the same members as findings have elsewhere. */
export function errorJson({ code, message, hint, problems }: LoomError): string {
  return JSON.stringify({ type: "error", code, message, hint, problems: problems.map(problemJson) });
}

/** One finding as programs read it. */
export function problemJson({ path: _path, atKey: _atKey, ...problem }: Problem): Omit<Problem, "path" | "atKey"> {
  return problem;
}

// The engine knows files by their absolute paths; a person reads them as they typed them.
function messageOf(error: LoomError, cwd: string | undefined): string {
  const { file } = error.data;
  return typeof file === "string" ? error.message.replaceAll(file, shownPath(file, cwd)) : error.message;
}

/** Writes problems to standard error, a line each. */
export function tellProblems(problems: readonly Problem[], terminal: Terminal, cwd: string): void {
  const lines = problems.map((problem) => `${problemLine(problem, { cwd, color: terminal.errorColor })}\n`);
  if (lines.length > 0) terminal.writeError(lines.join(""));
}

/** What is told of an error that nobody foresaw. The stack only when someone looks for the fault in loom. */
export function unexpectedLines(error: unknown, options: { color: boolean; debug: boolean }): readonly string[] {
  const message = error instanceof Error ? error.message : String(error);
  const stack = options.debug && error instanceof Error ? [error.stack ?? ""] : [];
  const advice = "this is a fault in loom, please report it; LOOM_DEBUG=1 shows where it happened";
  return [`${level("error", options.color)}: internal: ${message}; ${advice}`, ...stack];
}

/** `path` as a person standing in `cwd` would write it. */
export function displayPath(path: string, cwd: string): string {
  const folder = cwd.endsWith("/") || cwd.endsWith("\\") ? cwd : cwd + (cwd.includes("\\") ? "\\" : "/");
  return path.startsWith(folder) ? path.slice(folder.length) : path;
}

/** {@linkcode isLoomError}, so that faces need not know where it lives. */
export function isKnown(error: unknown): error is LoomError {
  return isLoomError(error);
}

function level(word: Problem["level"], color: boolean): string {
  const paint = palette(color);
  if (word === "error") return paint.bad(word);
  return word === "warning" ? paint.warn(word) : paint.dim(word);
}
