/**
 * Curves that come ever closer to a level, fitted to scores by least squares, and what scores may follow them.
 *
 * @module
 */

/** `level - gap * 2 ** (-k / shape)`, or `level - gap * (k + 1) ** -shape`, for k = 0, 1, 2, ... */
export type ApproachKind = "exponential" | "power";

/** A curve through scores. */
export interface Approach {
  readonly kind: ApproachKind;
  /** Half-life in steps, or the exponent. */
  readonly shape: number;
  readonly gap: number;
  /** Means of the scores and of what is left of the gap, and how far the latter spreads. */
  readonly mean: number;
  readonly meanLeft: number;
  readonly spread: number;
  /** Sum of the squares of what the curve does not explain. */
  readonly error: number;
  /** Share of belief in this curve; those of all curves add up to 1. */
  readonly weight: number;
}

/** A shape, and two numbers to fit for each. */
export const parameters = 3;

/** Shapes that are tried of each kind. */
const gridSize = 120;

/** Error that is as good as none, as a share of the squares of all scores: what rounding leaves. */
const rounding = 1e-15;

/** All curves of the grid, each as good as it can be, weighed by how well it fits. */
export function approaches(scores: readonly number[]): readonly Approach[] {
  const fits = [
    ...grid(0.25, 8 * scores.length).map((shape) => fit("exponential", shape, scores)),
    ...grid(0.05, 4).map((shape) => fit("power", shape, scores)),
  ];
  const none = rounding * sumOf(scores.map((it) => it ** 2)) + Number.MIN_VALUE;
  const least = Math.min(...fits.map(({ error }) => error)) + none;
  // Marginal likelihood with the size of the noise unknown.
  const weights = fits.map(({ error }) => ((error + none) / least) ** (-(scores.length - parameters) / 2));
  const all = sumOf(weights);
  return fits.map((it, index) => ({ ...it, weight: weights[index] / all }));
}

/** A curve's value, its mean and its gap moved by so much. */
export function valueAt(curve: Approach, k: number, moved = { mean: 0, gap: 0 }): number {
  const left = remaining(curve.kind, curve.shape, k) - curve.meanLeft;
  return curve.mean + moved.mean - (curve.gap + moved.gap) * left;
}

function fit(kind: ApproachKind, shape: number, scores: readonly number[]): Omit<Approach, "weight"> {
  const left = scores.map((_, k) => remaining(kind, shape, k));
  const [meanLeft, mean] = [sumOf(left) / left.length, sumOf(scores) / scores.length];
  const spread = sumOf(left.map((it) => (it - meanLeft) ** 2));
  const gap = -sumOf(left.map((it, k) => (it - meanLeft) * (scores[k] - mean))) / spread;
  const error = sumOf(left.map((it, k) => (scores[k] - mean + gap * (it - meanLeft)) ** 2));
  return { kind, shape, gap, mean, meanLeft, spread, error };
}

/** What is left of the gap, as a share. */
function remaining(kind: ApproachKind, shape: number, k: number): number {
  return kind === "exponential" ? 2 ** (-k / shape) : (k + 1) ** -shape;
}

/** Geometric, from `first` to `last`. */
function grid(first: number, last: number): readonly number[] {
  return Array.from({ length: gridSize }, (_, i) => first * (last / first) ** (i / (gridSize - 1)));
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
