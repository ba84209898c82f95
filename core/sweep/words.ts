/**
 * A sweep as it is typed: `--sweep lr=0.1,0.01 seed=1..5`.
 *
 * @module
 */

import { LoomError, type Problem } from "../errors.ts";
import { checkMatrix, type KnownNames } from "../graph/parse/matrix_check.ts";
import { parseSweepText } from "../graph/parse/sweep_values.ts";
import type { Matrix } from "../graph/pipeline.ts";
import { parseOverride, type Value } from "../yaml/value.ts";

/** What was typed. */
export interface SweepWords {
  /** `KEY=VALUES`. */
  readonly sweep: readonly string[];
  /** The values go together, the first with the first. */
  readonly zip: boolean;
  readonly random?: number;
  readonly seed?: number;
}

/**
 * The matrix that was typed. Values are parted by commas and read as those of `--set`; each may be a range. A key that
 * is given twice has all of its values.
 *
 * @throws {LoomError} `usage`, with everything that is wrong.
 */
export function parseSweepWords({ sweep, zip, random, seed = 0 }: SweepWords): Matrix {
  const problems: Problem[] = [];
  const values = new Map<string, Value[]>();
  for (const word of sweep) {
    const at = word.indexOf("=");
    const [key, texts] = [word.slice(0, at).trim(), word.slice(at + 1).split(",").map((text) => text.trim())];
    if (at < 1 || texts.includes("")) problems.push(mistake(`Option --sweep needs KEY=VALUES, not '${word}'`));
    for (const text of texts) {
      const read = parseSweepText(text) ?? { values: [parseOverride(text)] };
      if ("values" in read) values.set(key, [...values.get(key) ?? [], ...read.values]);
      else problems.push(mistake(`Option --sweep: ${key} ${read.error}`, read.hint));
    }
  }
  if (random === 0) problems.push(mistake("Option --random needs at least 1"));
  refuse(problems);
  return {
    grid: zip ? new Map() : values,
    zip: zip ? values : new Map(),
    include: [],
    exclude: [],
    ...(random !== undefined && { random: { n: random, seed } }),
  };
}

function mistake(message: string, hint?: string): Problem {
  return { level: "error", code: "usage", message, hint };
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const message = problems.map((problem) => problem.message).join("; ");
  throw new LoomError("usage", message, { problems, hint: problems[0].hint });
}

/**
 * A matrix that was typed, for a pipeline.
 *
 * @throws {LoomError} `usage`, with everything that is wrong.
 */
export function checkTyped(matrix: Matrix, known: KnownNames): Matrix {
  const problems: Problem[] = [];
  checkMatrix(matrix, known, ({ message, hint }) => problems.push(mistake(`Option --sweep: ${message}`, hint)));
  refuse(problems);
  return matrix;
}
