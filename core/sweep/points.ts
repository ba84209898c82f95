/**
 * The points of a sweep: which values are tried together.
 *
 * @module
 */

import { baseKeys, combinationCount } from "../graph/parse/matrix_check.ts";
import { isSameValue } from "../graph/parse/sweep_values.ts";
import type { Matrix } from "../graph/pipeline.ts";
import type { Value } from "../yaml/value.ts";
import { draw } from "./draw.ts";
import { type Digest, pointName } from "./point_name.ts";

/** One set of values. */
export interface Point {
  /** Unique in the sweep, and the same in every sweep that has these values. */
  readonly name: string;
  /** From 1. */
  readonly number: number;
  /** Of every swept parameter. */
  readonly values: ReadonlyMap<string, Value>;
}

/** What points are made with. */
export interface PointOptions {
  /** Of the pipeline; extra points may leave out what they do not change. */
  readonly parameters: ReadonlyMap<string, Value>;
  readonly digest: Digest;
}

type Values = ReadonlyMap<string, Value>;

/**
 * Every point, in order: combinations with the last key changing fastest, or those drawn; then the extra ones. What comes
 * twice is there once.
 */
export function sweepPoints(matrix: Matrix, options: PointOptions): readonly Point[] {
  const base = baseKeys(matrix);
  const extra = [...new Set(matrix.include.flatMap((point) => [...point.keys()]))].filter((key) => !base.includes(key));
  const points = new Map<string, Point>();
  const add = (values: Values) => {
    const full = new Map(values);
    for (const key of extra) if (!full.has(key)) full.set(key, options.parameters.get(key)!);
    const name = nameOf(full, base, options);
    if (!points.has(name)) points.set(name, { name, number: points.size + 1, values: full });
  };
  for (const values of chosen(matrix)) add(values);
  for (const values of matrix.include) add(values);
  return [...points.values()];
}

/**
 * What values of a point are called. A point is not to get another name when some other point is given a parameter that
 * this one leaves as it is.
 */
export function nameOf(values: Values, base: readonly string[], { parameters, digest }: PointOptions): string {
  const isOwn = ([key, value]: readonly [string, Value]) =>
    base.includes(key) || !parameters.has(key) || !isSameValue(parameters.get(key)!, value);
  const own = new Map([...values].filter(isOwn));
  return pointName(own.size === 0 ? values : own, digest);
}

/** Combinations that are not excluded; of those, when some are drawn, as many as asked for. */
function* chosen(matrix: Matrix): Generator<Values> {
  const axes = axesOf(matrix);
  const total = combinationCount(matrix);
  const { random, exclude } = matrix;
  let left = random?.n ?? Infinity;
  for (const index of random === undefined ? upTo(total) : draw(total, random.seed)) {
    if (left === 0) return;
    const values = combination(axes, index);
    if (exclude.some((point) => covers(point, values))) continue;
    left--;
    yield values;
  }
}

function* upTo(total: bigint): Generator<bigint> {
  for (let index = 0n; index < total; index++) yield index;
}

/** What changes together: one parameter, or all of `zip`. Each entry is one row of values. */
type Axis = readonly (readonly (readonly [string, Value])[])[];

function axesOf({ grid, zip }: Matrix): readonly Axis[] {
  const axes: Axis[] = [...grid].map(([key, values]) => values.map((value) => [[key, value]]));
  const [first] = zip.values();
  if (first === undefined) return axes;
  return [...axes, first.map((_, row) => [...zip].map(([key, values]) => [key, values[row]]))];
}

function combination(axes: readonly Axis[], index: bigint): Values {
  const rows: Axis[number][] = [];
  let rest = index;
  for (const axis of axes.toReversed()) {
    rows.push(axis[Number(rest % BigInt(axis.length))]);
    rest /= BigInt(axis.length);
  }
  return new Map(rows.reverse().flat());
}

function covers(part: Values, values: Values): boolean {
  for (const [key, value] of part) if (!values.has(key) || !isSameValue(values.get(key)!, value)) return false;
  return true;
}

/**
 * The matrix with some parameters held at one value: those that `--set` names. A value that the matrix does not have
 * is tried in the place of all others.
 */
export function pinMatrix(matrix: Matrix, pinned: Values): Matrix {
  const keys = [...pinned.keys()];
  const swept = new Set([...baseKeys(matrix), ...matrix.include.flatMap((point) => [...point.keys()])]);
  if (!keys.some((key) => swept.has(key))) return matrix;
  const matches = (key: string, value: Value) => !pinned.has(key) || isSameValue(pinned.get(key)!, value);
  const grid = new Map([...matrix.grid].map(([key, values]) => {
    const kept = values.filter((value) => matches(key, value));
    return [key, kept.length > 0 ? kept : [pinned.get(key)!]];
  }));
  const [first = []] = matrix.zip.values();
  const rows = first.map((_, row) => row).filter((row) =>
    [...matrix.zip].every(([key, values]) => matches(key, values[row]))
  );
  const zip = new Map([...matrix.zip].map(([key, values]) => [key, rows.map((row) => values[row])]));
  const include = matrix.include.filter((point) => [...point].every(([key, value]) => matches(key, value)));
  return { ...matrix, grid, zip, include };
}
