/**
 * What a matrix must be, wherever it was written: in a file or on the command line.
 *
 * @module
 */

import { didYouMean, type Finding, show } from "./section.ts";
import { isSameValue } from "./sweep_values.ts";
import type { DataEntry, Matrix } from "../pipeline.ts";
import { pyStr, type Value } from "../../yaml/value.ts";

/** More are refused, by a count, before anything is built. */
export const MOST_POINTS = 100_000;

/** Names that the pipeline has without the matrix. */
export interface KnownNames {
  readonly parameters: ReadonlyMap<string, Value>;
  readonly data: ReadonlyMap<string, DataEntry>;
}

/** Hears what is wrong; paths are below the matrix. */
export type Report = (finding: Finding) => void;

/** How many combinations grid and zip have, by arithmetic. */
export function combinationCount({ grid, zip }: Pick<Matrix, "grid" | "zip">): bigint {
  if (grid.size === 0 && zip.size === 0) return 0n;
  const lengths = [...grid.values()].map((values) => values.length);
  const [zipped] = zip.values();
  if (zipped !== undefined) lengths.push(zipped.length);
  return lengths.reduce((product, length) => product * BigInt(length), 1n);
}

/** Keys that every combination has. */
export function baseKeys({ grid, zip }: Pick<Matrix, "grid" | "zip">): readonly string[] {
  return [...grid.keys(), ...zip.keys()];
}

/** Tells everything that is wrong with a matrix, and gives it back. */
export function checkMatrix(matrix: Matrix, known: KnownNames, report: Report): Matrix {
  const { grid, zip, include, exclude } = matrix;
  for (const key of [...baseKeys(matrix), ...include.flatMap((point) => [...point.keys()])]) {
    if (known.data.has(key)) report(shadowed(key, grid.has(key) ? [key] : zip.has(key) ? ["zip", key] : []));
  }
  checkZip(zip, report);
  exclude.forEach((point, index) => checkExclude(matrix, point, { index, report }));
  checkEmpty(matrix, report);
  return matrix;
}

function shadowed(key: string, under: Finding["under"]): Finding {
  return {
    code: "shadowed-parameter",
    message: `'${key}' cannot be swept: '$${key}' is the data entry of that name`,
    hint: "give the parameter another name, or the data entry a parameter in its path",
    under,
    atKey: true,
  };
}

function checkZip(zip: Matrix["zip"], report: Report): void {
  const lengths = [...zip].map(([key, values]) => `${key} has ${values.length}`);
  if (new Set([...zip.values()].map((values) => values.length)).size <= 1) return;
  const message = `the lists of matrix.zip must be of one length, but ${lengths.join(", ")}`;
  report({ code: "zip-length", message, hint: "they go together, the first with the first", under: ["zip"] });
}

function checkExclude(
  matrix: Matrix,
  point: ReadonlyMap<string, Value>,
  { index, report }: { readonly index: number; readonly report: Report },
): void {
  for (const [key, value] of point) {
    const values = matrix.grid.get(key) ?? matrix.zip.get(key);
    if (values === undefined) {
      const hint = didYouMean(key, baseKeys(matrix)) ?? `swept are ${baseKeys(matrix).join(", ")}`;
      report({
        code: "matrix-unknown-key",
        message: `matrix.exclude names '${key}', which is not swept`,
        hint,
        under: ["exclude", index, key],
        atKey: true,
      });
    } else if (!values.some((other) => isSameValue(other, value))) {
      report({
        code: "matrix-unknown-value",
        message: `matrix.exclude: ${key} is never ${show(value)}`,
        hint: "write the value as it is in the matrix",
        under: ["exclude", index, key],
      });
    }
  }
}

function checkEmpty(matrix: Matrix, report: Report): void {
  if (combinationCount(matrix) > 0n || matrix.include.length > 0) return;
  report({ code: "matrix-empty", message: "the matrix has no points", hint: "give it a parameter and its values" });
}

/** What is said of a matrix with more points than can be run; counted, not built. */
export function tooManyPoints(matrix: Matrix): Finding | undefined {
  const { include, random } = matrix;
  const combinations = combinationCount(matrix);
  const drawn = random === undefined ? combinations : BigInt(random.n);
  const count = (drawn < combinations ? drawn : combinations) + BigInt(include.length);
  if (count <= MOST_POINTS) return undefined;
  return {
    code: "too-many-points",
    message: `the matrix has ${grouped(count)} points; ${grouped(BigInt(MOST_POINTS))} are the most`,
    hint: "take fewer values, or draw some of them: 'random: {n: 200, seed: 0}' in the matrix, or --random 200",
  };
}

function grouped(count: bigint): string {
  return count.toLocaleString("en-US");
}

/**
 * The matrix with its extra points completed: what they leave out has the value of the parameter. A key that only
 * they have must be a parameter, for the others.
 */
export function completeInclude(matrix: Matrix, known: KnownNames, report: Report): Matrix {
  const base = baseKeys(matrix);
  const all = new Set([...base, ...matrix.include.flatMap((point) => [...point.keys()])]);
  const include = matrix.include.map((point, index) => {
    const full = new Map<string, Value>();
    for (const key of all) {
      const value = point.get(key) ?? known.parameters.get(key);
      if (point.has(key)) full.set(key, point.get(key)!);
      else if (value !== undefined) full.set(key, value);
      else report(incomplete(point, key, ["include", index]));
    }
    return full;
  });
  if (base.length > 0) {
    for (const key of all) {
      if (base.includes(key) || known.parameters.has(key)) continue;
      const message = `'${key}' has a value only at points of matrix.include`;
      report({
        code: "matrix-incomplete",
        message,
        hint: `add 'parameters.${key}' for the others`,
        under: ["include"],
      });
    }
  }
  return { ...matrix, include };
}

function incomplete(point: ReadonlyMap<string, Value>, key: string, under: Finding["under"]): Finding {
  const words = [...point].map(([name, value]) => `${name}: ${pyStr(value)}`).join(", ");
  return {
    code: "matrix-incomplete",
    message: `the point {${words}} of matrix.include has no value of '${key}'`,
    hint: `give it one, or add 'parameters.${key}'`,
    under,
  };
}

/** The parameters with those that only the matrix has, each with the first value that is tried. */
export function sweptParameters(
  { grid, zip, include }: Matrix,
  parameters: ReadonlyMap<string, Value>,
): ReadonlyMap<string, Value> {
  const made = new Map(parameters);
  const first = [...grid, ...zip].map(([key, values]) => [key, values[0]] as const);
  for (const [key, value] of [...first, ...include.flatMap((point) => [...point])]) {
    if (!made.has(key)) made.set(key, value);
  }
  return made;
}
