/**
 * The smallest head there is: whoever is nearer to the middle of a class belongs to it.
 *
 * @module
 */

/** Middles of both classes. */
export interface Centroids {
  readonly negative: readonly number[];
  readonly positive: readonly number[];
}

/** A row of features with its label. */
export interface Labelled {
  readonly features: readonly number[];
  readonly label: number;
}

/** The middles of what was seen; the origin for a class that was not. */
export function fitCentroids(rows: readonly Labelled[]): Centroids {
  const middle = (label: number) => meanOf(rows.filter((row) => row.label === label), rows[0]?.features.length ?? 0);
  return { negative: middle(0), positive: middle(1) };
}

/** Share of the rows whose class is found, from 0 to 1. */
export function accuracyOf(centroids: Centroids, rows: readonly Labelled[]): number {
  const right = rows.filter(({ features, label }) => {
    const isPositive = distance(features, centroids.positive) < distance(features, centroids.negative);
    return isPositive === (label === 1);
  });
  return right.length / rows.length;
}

function meanOf(rows: readonly Labelled[], width: number): readonly number[] {
  const sum = (index: number) => rows.reduce((total, { features }) => total + features[index], 0);
  return Array.from({ length: width }, (_, index) => sum(index) / Math.max(1, rows.length));
}

function distance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + (value - b[index]) ** 2, 0);
}
